// Writes dist/THIRD-PARTY-LICENSES.txt: the licences of the libraries inside the script-tag files, whose own
// notices the minifier takes out. Which libraries those are, the source maps say.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onDemandFiles } from './build/on-demand.mjs';
import { root } from './install.mjs';

/** @param {string} file @returns {string[]} */
const sourcesOf = (file) => JSON.parse(readFileSync(join(root, 'dist', `${file}.map`), 'utf8')).sources;
const sources = ['amigo-chat.js', ...onDemandFiles.values()].flatMap(sourcesOf);
const packages = new Set(
  sources.flatMap((source) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1] ?? []),
);

/** @type {Map<string, string[]>} licence → the libraries under it */
const licences = new Map();
for (const name of [...packages].sort()) {
  const folder = join(root, 'node_modules', name);
  const file = existsSync(folder) && readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} is in the bundle, but its package brings no licence file.`);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const text = readFileSync(join(folder, file), 'utf8').trim();
  licences.set(text, [...(licences.get(text) ?? []), `${name} ${version}`]);
}

const chapters = [...licences].map(([text, names]) => `${names.join(', ')}\n\n${text}\n`);
const opening = 'amigo-chat contains these libraries, under the licences that follow.\n';
writeFileSync(
  join(root, 'dist/THIRD-PARTY-LICENSES.txt'),
  [opening, ...chapters].join(`\n${'-'.repeat(80)}\n\n`),
);
