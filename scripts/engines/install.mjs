// Brings an engine that is missing by apt, where that is allowed; else says what to install.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** What was tried for an engine that is not there, and the last lines of the answer. */
/** @typedef {{ command: string, output: string }} Attempt */

/** @param {import('./find.mjs').Engine} engine @returns {Attempt | undefined} undefined once it is there */
export function ensureEngine(engine) {
  if (engine.present()) return undefined;
  const command = `apt-get install -y --no-install-recommends ${engine.packages.join(' ')}`;
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    return { command, output: 'Not tried: this needs root on Debian or Ubuntu.' };
  }
  console.log(`${engine.title} is missing: ${command}`);
  const output = apt(['update', '-q']) + apt(command.split(' ').slice(1));
  return engine.present() ? undefined : { command, output: lastLines(output) };
}

/** @param {string[]} args */
function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { stdout, stderr } = spawnSync('/usr/bin/apt-get', args, { encoding: 'utf8', env, timeout: 600_000 });
  return `${stdout ?? ''}${stderr ?? ''}`;
}

/** @param {string} text */
const lastLines = (text) => text.trim().split('\n').slice(-8).join('\n');
