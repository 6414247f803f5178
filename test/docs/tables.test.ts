import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeLanguages } from '../../scripts/docs/described-languages.js';
import { languageTable, plain, tokenTable } from '../../scripts/docs/tables.mjs';
import { tokenMeanings, tokens } from '../../src/theme/tokens.js';

const read = (file: string): string =>
  plain(readFileSync(new URL(`../../docs/${file}`, import.meta.url), 'utf8'));

it('docs/theming.md lists every property as it is (npm run docs writes it)', () => {
  expect(read('theming.md')).toContain(plain(tokenTable(tokens, tokenMeanings)));
});

it('docs/languages.md lists every language as it is (npm run docs writes it)', async () => {
  expect(read('languages.md')).toContain(plain(languageTable(await describeLanguages())));
});
