// Installs what is missing. Plain Node: it runs before any dependency exists.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The repository's root, without a trailing slash. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

const oldest = [20, 19];

/**
 * Runs a command with its output on ours. True when it ended well.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnSyncOptions} [options]
 */
export function run(command, args, options = {}) {
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', shell, ...options }).status === 0;
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
  console.error(`Node ${oldest.join('.')} or newer is needed; this is ${process.versions.node}.`);
  process.exit(1);
}

/** @param {string} path */
function packagesIn(path) {
  const file = `${root}/${path}`;
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined;
}

/**
 * Whether what is installed is what the lock file names. npm notes what it installed in a hidden lock file;
 * optional packages are left out, because npm skips those of other platforms.
 */
function installed() {
  const wanted = packagesIn('package-lock.json');
  const present = packagesIn('node_modules/.package-lock.json');
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

/** Runs `npm ci` where the installed packages are not those of the lock file; ends the process if it fails. */
export function ensureInstalled() {
  requireNode();
  if (installed()) return;
  console.log('Installing dependencies (npm ci)…');
  if (run('npm', ['ci', '--include=dev', '--no-fund', '--no-audit'])) return;
  console.error('npm ci failed: see the lines above.');
  process.exit(1);
}
