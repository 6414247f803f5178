import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { expect, it } from 'vitest';
import { reference } from '../../scripts/docs/reference.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

it('docs/reference.md says what the source says: npm run docs writes it', async () => {
  const written = await format(reference(`${root}dist/custom-elements.json`), {
    parser: 'markdown',
    printWidth: 110,
  });
  expect(readFileSync(`${root}docs/reference.md`, 'utf8')).toBe(written);
});
