import { playwright } from '@vitest/browser-playwright';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { chromiumLaunchOptions, firefoxPath } from './scripts/browsers.mjs';
import { firefoxWith, webKit } from './test/engines/vitest-provider.js';

/** The engine that component tests run in; `npm run test:engines` names the others, one at a time. */
const engine = process.env.ENGINE ?? 'chromium';

const instances = {
  chromium: { browser: 'chromium', provider: playwright({ launchOptions: chromiumLaunchOptions() }) },
  firefox: {
    browser: 'firefox',
    provider: firefoxWith({
      launchOptions: { channel: 'moz-firefox', executablePath: firefoxPath() ?? 'firefox-esr' },
    }),
  },
  webkitgtk: { browser: 'webkit', provider: webKit() },
} as const;
const instance = instances[engine as keyof typeof instances];

/** What only Chromium can be asked over its own protocol: media features that are emulated. */
const chromiumOnly = ['test/theme/media.browser.test.ts'];

/**
 * Everything a component test may pull in, bundled before the first test: a dependency found in the middle
 * of a run makes Vite reload the page under the test.
 */
const preBundled = [
  '@open-wc/testing',
  'lit',
  'lit/async-directive.js',
  'lit/decorators.js',
  'lit/directive.js',
  'lit/static-html.js',
  'lit/directives/class-map.js',
  'lit/directives/guard.js',
  'lit/directives/if-defined.js',
  'lit/directives/keyed.js',
  'lit/directives/live.js',
  'lit/directives/ref.js',
  'lit/directives/repeat.js',
  'lit/directives/when.js',
  'reconnecting-websocket',
  'zod/mini',
];

/** What exercises the built files in `dist/`; `npm test` builds before it runs them. */
const packageTests = 'test/package/**/*.test.ts';

export default defineConfig({
  test: {
    coverage: { provider: 'v8', include: ['src/**/*.ts'] },
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          setupFiles: ['./test/support/property-seed.ts'],
          include: ['test/**/*.test.ts'],
          exclude: ['test/**/*.browser.test.ts', 'test/e2e/**', packageTests],
          // A busy machine is no failure: only a test that hangs runs into this.
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'package',
          environment: 'node',
          include: [packageTests],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        resolve: {
          alias: {
            '@web/test-runner-commands': fileURLToPath(new URL('./test/support/no-wtr.js', import.meta.url)),
          },
        },
        optimizeDeps: { include: preBundled },
        test: {
          name: 'component',
          include: ['test/**/*.browser.test.ts'],
          exclude: engine === 'chromium' ? [] : chromiumOnly,
          // open-wc's `fixture` cleans up after itself only where `afterEach` is a global.
          globals: true,
          testTimeout: 60_000,
          retry: process.env.CI ? 2 : 0,
          browser: {
            enabled: true,
            headless: engine !== 'webkitgtk', // Its window is on a display that nobody sees.
            screenshotFailures: false,
            provider: instance.provider,
            instances: [instance],
          },
        },
      },
    ],
  },
});
