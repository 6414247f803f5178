import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './scripts/browsers.mjs';

/** Pictures of every state of the chat, into `gallery/`: for people to look at, none is compared. */
export default defineConfig({
  testDir: 'test/gallery',
  outputDir: 'test-results/gallery',
  fullyParallel: true,
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['dot']],
  use: { browserName: 'chromium', launchOptions: chromiumLaunchOptions(), locale: 'en-US' },
});
