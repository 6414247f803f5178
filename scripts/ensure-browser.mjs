// Finds a Chromium for the tests, else installs one. Needs the dependencies to be installed already.
import { existsSync } from 'node:fs';
import { chromiumPath } from './browsers.mjs';
import { run } from './install.mjs';

const limit = { timeout: 600_000 };

function byPlaywright() {
  console.log('No Chromium found; Playwright installs one…');
  run('npx', ['playwright', 'install', 'chromium'], limit);
}

function byApt() {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  console.log('Playwright has none for us; apt installs one…');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  if (run('apt-get', ['update', '-q'], { ...limit, env }))
    run('apt-get', ['install', '-yq', '--no-install-recommends', 'chromium'], { ...limit, env });
}

/** The path of a Chromium. Ends the process with a plain sentence where none can be had. */
export function ensureBrowser() {
  for (const install of [byPlaywright, byApt]) {
    if (chromiumPath()) break;
    install();
  }
  const path = chromiumPath();
  if (path) return path;
  console.error('The tests need Chromium. Install it, or set CHROME_PATH to one, and run this again.');
  process.exit(1);
}
