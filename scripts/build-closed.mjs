// Writes dist/amigo-chat.closed.js: the classic script with closed shadow roots. It is the same code in every other
// byte, runs from `<script src>` and from `<script type="module" src>` alike, and exports nothing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withClosedRoots } from './build/closed-roots.mjs';
import { root } from './install.mjs';

const script = readFileSync(join(root, 'dist/amigo-chat.iife.js'), 'utf8');
writeFileSync(join(root, 'dist/amigo-chat.closed.js'), withClosedRoots(script));
