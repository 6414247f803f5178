// npm run check:package: what npm would publish resolves, with types, for those who import it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './install.mjs';

if (!existsSync(join(root, 'dist/npm/index.js'))) {
  console.error('dist is missing: npm run build makes it.');
  process.exit(1);
}
// Both pack the package themselves; without scripts, because a second build would only repeat the first.
const env = { ...process.env, npm_config_ignore_scripts: 'true' };
const checks = [
  ['publint', '--strict'],
  ['attw', '--pack', '.', '--profile', 'esm-only'],
];
const failed = checks.filter(([tool = '', ...args]) => !run('npx', [tool, ...args], { env }));
process.exit(failed.length === 0 ? 0 : 1);
