// npm run docs: writes the tables of docs/theming.md and docs/languages.md from the source.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { register } from 'tsx/esm/api';
import { fill, languageTable, tokenTable } from './docs/tables.mjs';
import { root } from './install.mjs';

register();
const { tokenMeanings, tokens } = await import('../src/theme/tokens.ts');
const { describeLanguages } = await import('./docs/described-languages.ts');

/** @param {string} file @param {string} name @param {string} table */
async function write(file, name, table) {
  const path = join(root, 'docs', file);
  const text = fill(readFileSync(path, 'utf8'), name, table);
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

await write('theming.md', 'tokens', tokenTable(tokens, tokenMeanings));
await write('languages.md', 'languages', languageTable(await describeLanguages()));
