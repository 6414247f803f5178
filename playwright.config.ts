import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './scripts/browsers.mjs';

/** End-to-end: the built script in a real Chromium against the development server (test/support/e2e.ts). */
export default defineConfig({
  testDir: 'test',
  testMatch: ['e2e/**/*.spec.ts', 'faults/**/*.spec.ts', 'hosts/**/*.spec.ts', 'hostile/**/*.spec.ts'],
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: chromiumLaunchOptions(),
    trace: 'retain-on-failure',
    locale: 'en-US',
  },
});
