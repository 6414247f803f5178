// Writes dist/SRI.json: what a page puts into `integrity` when it loads a script-tag file from elsewhere, and
// into the `integrity` of its import map for the files that are loaded on demand.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onDemandFiles } from './build/on-demand.mjs';
import { root } from './install.mjs';

const dist = join(root, 'dist');
/** @param {string} file */
const integrity = (file) =>
  `sha384-${createHash('sha384')
    .update(readFileSync(join(dist, file)))
    .digest('base64')}`;

const scripts = readdirSync(dist).filter((file) => file.endsWith('.js'));
const files = [...scripts, ...onDemandFiles.values()];
const hashes = Object.fromEntries(files.sort().map((file) => [file, integrity(file)]));
writeFileSync(join(dist, 'SRI.json'), `${JSON.stringify(hashes, null, 2)}\n`);
