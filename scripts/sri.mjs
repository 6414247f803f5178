// Writes dist/SRI.json: what a page puts into `integrity` when it loads a script-tag file from elsewhere.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './install.mjs';

const dist = join(root, 'dist');
/** @param {string} file */
const integrity = (file) =>
  `sha384-${createHash('sha384')
    .update(readFileSync(join(dist, file)))
    .digest('base64')}`;

const files = readdirSync(dist).filter((file) => file.endsWith('.js'));
const hashes = Object.fromEntries(files.sort().map((file) => [file, integrity(file)]));
writeFileSync(join(dist, 'SRI.json'), `${JSON.stringify(hashes, null, 2)}\n`);
