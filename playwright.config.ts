import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './scripts/browsers.mjs';

/** End-to-end: the built script in a real Chromium against the development server (test/support/e2e.ts). */
export default defineConfig({
  testDir: 'test',
  testMatch: ['e2e/**/*.spec.ts', 'faults/**/*.spec.ts', 'hosts/**/*.spec.ts', 'hostile/**/*.spec.ts'],
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  // A busy machine is slow, not wrong: limits are generous, and CI tries again what fails, saying so.
  retries: process.env.CI ? 2 : 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['./test/support/accessibility-reporter.ts']],
  use: {
    browserName: 'chromium',
    launchOptions: chromiumLaunchOptions(),
    trace: 'retain-on-failure',
    locale: 'en-US',
  },
});
