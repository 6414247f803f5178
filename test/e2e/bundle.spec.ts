import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inCore } from '../../scripts/build/shared-modules.mjs';
import { expect, test } from '../support/e2e.js';

/** Every tag that some module of ours defines, but for those that are loaded on demand. */
const tags = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && inCore.has(join('src', file)))
  .flatMap((file) => [...readFileSync(join('src', file), 'utf8').matchAll(/\bdefine\('(amigo-[a-z-]+)'/g)])
  .map(([, tag = '']) => tag);

for (const script of ['module', 'classic'] as const) {
  test(`the ${script} file defines every element of ours`, async ({ page, mountChat, problems }) => {
    expect(tags.length).toBeGreaterThan(9);
    await mountChat(page, { script });
    const missing = await page.evaluate((names) => names.filter((name) => !customElements.get(name)), tags);
    expect(missing).toEqual([]);
    expect(await problems.all()).toEqual([]);
  });
}
