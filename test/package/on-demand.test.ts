import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { onDemandFiles } from '../../scripts/build/on-demand.mjs';
import { borrows } from '../../scripts/build/shared-modules.mjs';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const core = readFileSync(`${dist}amigo-chat.js`, 'utf8');

/** What only the implementation of Lit says, in each of its parts. */
const litMarks = /litHtmlVersions|reactiveElementVersions|litElementVersions/g;

/** Names that the core hands out, from the call in it that does. */
const lent = /\)\.default\(\{([^}]+)\}\)/
  .exec(core)?.[1]
  ?.split(',')
  .map((entry) => entry.split(':')[0]);

const files = [...onDemandFiles].map(([source, file]) => ({ file, lends: borrows(source) }));

describe('the files that are loaded on demand', () => {
  it.each(files)('$file holds no Lit of its own, and imports nothing', ({ file }) => {
    const code = readFileSync(dist + file, 'utf8');
    expect(core.match(litMarks)?.length).toBeGreaterThanOrEqual(3);
    expect(code.match(litMarks)).toBeNull();
    expect(code).not.toMatch(/\bimport\s*[{*"'`]|\bfrom\s*["'`]/);
  });

  it.each(files.filter(({ lends }) => lends))('$file takes only what the core lends', ({ file }) => {
    const code = readFileSync(dist + file, 'utf8');
    // The first statement of the function takes everything, before the code of any module.
    const taking = /=>\{(?:let|const|var)(\{[^;]+);/.exec(code)?.[1] ?? '';
    const taken = [...taking.matchAll(/\{([\w:,$\s]+)\}=\w+\b/g)].flatMap(([, names = '']) =>
      names.split(',').map((entry) => entry.split(':')[0]?.trim()),
    );
    expect(taken.length).toBeGreaterThan(0);
    expect(taken.filter((name) => !lent?.includes(name ?? ''))).toEqual([]);
  });
});
