// Where the browsers are. Everything that launches one (Vitest, Playwright, the package tests) asks here.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';

/** @param {(string | undefined)[]} paths @returns {string | undefined} */
const firstExisting = (...paths) => paths.find((path) => path && existsSync(path));

/** A Chromium: the one named by `CHROME_PATH`, the one Playwright installed, or the system's. */
export const chromiumPath = () =>
  firstExisting(
    process.env.CHROME_PATH,
    chromium.executablePath(),
    '/usr/bin/chromium',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  );

/** A Firefox for the optional second engine (`ALL_BROWSERS=1`), or undefined. */
export const firefoxPath = () =>
  firstExisting(process.env.FIREFOX_PATH, '/usr/bin/firefox-esr', '/usr/bin/firefox');

/** Playwright's launch options for it. Empty where none is found: Playwright then says what it misses. */
export const chromiumLaunchOptions = () => {
  const executablePath = chromiumPath();
  return executablePath ? { executablePath } : {};
};
