// npm run docs: writes docs/reference.md and the tables of docs/theming.md and docs/languages.md from the source.
// The reference is read from dist/custom-elements.json, which npm run build:manifest makes first.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { register } from 'tsx/esm/api';
import { reference } from './docs/reference.mjs';
import { fill, languageTable, tokenTable } from './docs/tables.mjs';
import { root } from './install.mjs';

register();
const { tokenMeanings, tokens } = await import('../src/theme/tokens.ts');
const { describeLanguages } = await import('./docs/described-languages.ts');

/** @param {string} file @param {string} name @param {string} table */
async function write(file, name, table) {
  const path = join(root, 'docs', file);
  await save(path, fill(readFileSync(path, 'utf8'), name, table));
}

/** @param {string} path @param {string} text */
async function save(path, text) {
  writeFileSync(path, await format(text, { ...(await resolveConfig(path)), filepath: path }));
}

await write('theming.md', 'tokens', tokenTable(tokens, tokenMeanings));
await write('languages.md', 'languages', languageTable(await describeLanguages()));
await save(join(root, 'docs/reference.md'), reference(join(root, 'dist/custom-elements.json')));
