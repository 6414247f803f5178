// The engines that `npm run test:engines` knows, and where each is.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromiumPath, firefoxPath } from '../browsers.mjs';

/** Where Debian and Ubuntu keep libraries: the test browser lies beside WebKit's. */
const libraries = '/usr/lib';

function miniBrowser() {
  if (process.env.WEBKIT_PATH) return process.env.WEBKIT_PATH;
  if (!existsSync(libraries)) return undefined;
  const folders = readdirSync(libraries).filter((name) => name.endsWith('-linux-gnu'));
  const places = folders.flatMap((folder) =>
    ['webkit2gtk-4.1', 'webkitgtk-6.0', 'webkit2gtk-4.0'].map((name) =>
      join(libraries, folder, name, 'MiniBrowser'),
    ),
  );
  return places.find((path) => existsSync(path));
}

/** WebKitGTK's test browser, its driver, and the display it needs; undefined where one of them is missing. */
export function webKitPaths() {
  const browser = miniBrowser();
  const [driver, xvfb] = ['/usr/bin/WebKitWebDriver', '/usr/bin/Xvfb'];
  return browser && existsSync(driver) && existsSync(xvfb) ? { browser, driver, xvfb } : undefined;
}

/**
 * @typedef {object} Engine
 * @property {'chromium' | 'firefox' | 'webkitgtk'} name what the tests call it
 * @property {string} title what people call it
 * @property {readonly string[]} packages Debian's packages that bring it
 * @property {() => boolean} present whether it is installed
 */

/** @type {readonly Engine[]} */
export const engines = [
  { name: 'chromium', title: 'Chromium', packages: ['chromium'], present: () => Boolean(chromiumPath()) },
  { name: 'firefox', title: 'Firefox', packages: ['firefox-esr'], present: () => Boolean(firefoxPath()) },
  {
    name: 'webkitgtk',
    title: 'WebKitGTK',
    packages: ['webkit2gtk-driver', 'xvfb'],
    present: () => Boolean(webKitPaths()),
  },
];
