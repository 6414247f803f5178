import { defineConfig } from '@playwright/test';
import type { EngineName } from './test/engines/driver.js';

/** Which engines run; all that are known by default. `npm run test:engines` names those that are installed. */
const wanted = (process.env.ENGINES ?? 'chromium,firefox,webkitgtk').split(',') as EngineName[];

/** The main scenarios, the same for every engine: the built script against the development server. */
export default defineConfig<object, { engineName: EngineName }>({
  testDir: 'test/engines',
  testMatch: '*.spec.ts',
  outputDir: 'test-results/engines',
  workers: 1,
  // What passes at a second try is reported as such.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  projects: wanted.map((engineName) => ({ name: engineName, use: { engineName } })),
});
