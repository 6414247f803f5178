// npm run gallery: pictures of every state of the chat on phones and desktops, in light, dark and forced colours, in
// English, Spanish and Arabic, into gallery/ (not kept), with a contact sheet: index.html and contact-sheet.png.
// npm run gallery -- -g "menu-open phone"  takes only those; arguments are Playwright's.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser } from './ensure-browser.mjs';
import { ensureInstalled, root, run } from './install.mjs';

const folder = join(root, 'gallery');

/** Pictures by state, and every variant that one of them has. */
function pictures() {
  const states = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const rows = states.map(({ name }) => ({ name, files: readdirSync(join(folder, name)).sort() }));
  return { rows, variants: [...new Set(rows.flatMap(({ files }) => files))].sort() };
}

function contactSheet() {
  const { rows, variants } = pictures();
  const head = variants
    .map((file) => `<th>${file.replace('.png', '').replaceAll('-', '<br>')}</th>`)
    .join('');
  const cell = (/** @type {string} */ path) =>
    existsSync(join(folder, path))
      ? `<td><a href="${path}"><img src="${path}" alt=""></a></td>`
      : '<td></td>';
  const body = rows
    .map(({ name }) => `<tr><th>${name}</th>${variants.map((file) => cell(`${name}/${file}`)).join('')}</tr>`)
    .join('');
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery · amigo-chat</title>
<style>body{margin:0;background:#8a939b;font:12px system-ui,sans-serif}td{padding:3px}img{height:210px;display:block}
th{color:#fff;text-align:start;padding:4px}</style><table><tr><th></th>${head}</tr>${body}</table></html>`;
}

/** @param {string} page */
async function photograph(page) {
  const { chromium } = await import('playwright');
  const { chromiumLaunchOptions } = await import('./browsers.mjs');
  const browser = await chromium.launch(chromiumLaunchOptions());
  const sheet = await browser.newPage({ viewport: { width: 4200, height: 1000 } });
  await sheet.goto(`file://${page}`);
  await sheet.screenshot({ path: join(folder, 'contact-sheet.png'), fullPage: true });
  await browser.close();
}

ensureInstalled();
ensureBrowser();
if (!run('npm', ['run', '--silent', 'build:bundle'])) process.exit(1);
const taken = run('npx', [
  'playwright',
  'test',
  '--config=playwright.gallery.config.ts',
  ...process.argv.slice(2),
]);
const page = join(folder, 'index.html');
writeFileSync(page, contactSheet());
await photograph(page);
console.log(`\nContact sheet: ${page}`);
process.exit(taken ? 0 : 1);
