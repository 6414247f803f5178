import { test as base, expect } from '@playwright/test';
import type { Control } from '../../demo/server/index.js';
import { widgetMarkup } from '../support/e2e.js';
import { HostSite } from '../support/host-site.js';
import { startEngine, type EngineName, type RunningEngine } from './driver.js';
import { Patient } from './patient.js';

export { expect };

/** A host page to serve. */
interface EnginePage {
  readonly attributes?: Readonly<Record<string, string | boolean | null>>;
  readonly csp?: string;
  /** What `<html>` carries; `lang="en"` by default. */
  readonly root?: string;
  readonly script?: 'module' | 'classic';
}

interface TestFixtures {
  readonly control: Control;
  /** Opens a page with the built widget on it, for somebody who has never been there. */
  readonly visit: (page?: EnginePage) => Promise<Patient>;
}

interface WorkerFixtures {
  readonly engineName: EngineName;
  readonly engine: RunningEngine;
  readonly site: HostSite;
}

/** Notes what no page may cause, before anything else of the page runs; a file, as a strict policy wants it. */
const watcher = `window.problems = [];
addEventListener('error', (event) => problems.push('error: ' + event.message));
addEventListener('unhandledrejection', (event) => problems.push('rejection: ' + event.reason));
document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
  // The browser asks for this by itself, and some report that the page's policy forbids it.
  if (!blockedURI.endsWith('/favicon.ico')) problems.push('policy: ' + effectiveDirective + ' ' + blockedURI);
});`;

const scripts = {
  module: '<script type="module" src="/dist/amigo-chat.js"></script>',
  classic: '<script src="/dist/amigo-chat.iife.js"></script>',
};

/** A page of a portal with a link before the widget and one after it. */
function render(site: HostSite, page: EnginePage): string {
  const watch = site.publishFile(watcher, 'text/javascript');
  return `<!doctype html><html ${page.root ?? 'lang="en"'}><head><meta charset="utf-8"><title>Clinic portal</title>
<meta name="viewport" content="width=device-width"><script src="${watch}"></script></head>
<body><main><h1>Clinic portal</h1><p><a href="#visits">Visits</a></p></main>
${widgetMarkup(site.origin, page.attributes)}${scripts[page.script ?? 'module']}</body></html>`;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  engineName: ['chromium', { option: true, scope: 'worker' }],

  engine: [
    async ({ engineName }, use) => {
      const engine = await startEngine(engineName);
      await use(engine);
      await engine.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  site: [
    // eslint-disable-next-line no-empty-pattern -- Playwright reads the fixtures asked for from this pattern.
    async ({}, use) => {
      const site = await HostSite.open({ speed: 20 });
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],

  control: async ({ site }, use) => {
    site.devServer.control.reset();
    await use(site.devServer.control);
  },

  visit: async ({ engine, site, control }, use, info) => {
    void control; // Asked for, so that every page meets a server that was reset.
    info.annotations.push({ type: 'engine', description: engine.version });
    const opened: Patient[] = [];
    await use(async (page = {}) => {
      const patient = new Patient(await engine.open());
      opened.push(patient);
      await patient.driver.goto(site.origin + site.publish(render(site, page), page.csp));
      return patient;
    });
    for (const { driver } of opened) await driver.close();
  },
});

/** What the page noted: errors and violations of its policy. */
export const problems = (patient: Patient): Promise<readonly string[]> =>
  patient.driver.run(() => (globalThis as unknown as { problems: string[] }).problems, null);
