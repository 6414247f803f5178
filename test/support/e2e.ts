import { test as base, expect, type Locator, type Page } from '@playwright/test';
import type { Control, DevServerOptions } from '../../demo/server/index.js';
import { demoIds } from '../../demo/server/index.js';
import { recordSayings } from './announced.js';
import { HostSite } from './host-site.js';

export { expect };

/** A host page to serve. */
export interface HostPage {
  /** Attributes of `<amigo-chat>`, on top of those that point it at the development server; null removes one. */
  readonly attributes?: Readonly<Record<string, string | boolean | null>>;
  /** The page's Content-Security-Policy; none by default. */
  readonly csp?: string;
  /** Markup of the body in place of the widget and its script: the page brings its own. */
  readonly html?: string;
  /** Which file the page loads; `module` by default. */
  readonly script?: 'module' | 'classic' | 'closed';
  /** Language of the page; `en` by default. */
  readonly lang?: string;
  /** Direction of the page; the browser's default by default. */
  readonly dir?: 'ltr' | 'rtl';
}

/** What no test may cause unnoticed: `expect(await problems.all()).toEqual([])`. */
export interface Problems {
  /** Console errors, uncaught errors, CSP violations and requests to foreign origins, as sentences. */
  all(): Promise<readonly string[]>;
}

interface TestFixtures {
  /** Switches faults, and shows what the server saw; back at the start before each test. */
  readonly control: Control;
  /** Watches every page of the test. */
  readonly problems: Problems;
  /** Whether what screen readers are told is kept in the page, for `sayings`. True, but where memory is looked at. */
  readonly recording: boolean;
  /** Opens a host page with the built widget on it, and returns the widget. `origin`: by way of another address. */
  readonly mountChat: (page: Page, host?: HostPage, origin?: string) => Promise<Locator>;
}

interface WorkerFixtures {
  /** Options of the worker's development server; by default it speaks twenty times as fast as natural. */
  readonly serverOptions: DevServerOptions;
  /** The site of this worker: host pages, `dist/` and the development server on one origin. */
  readonly site: HostSite;
}

/** A policy that allows the widget's script from its own origin, and nothing that it should not need. */
export const strictCsp = [
  "default-src 'none'",
  "script-src 'self'",
  "connect-src 'self'",
  "style-src 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types amigo-chat',
].join('; ');

export const test = base.extend<TestFixtures, WorkerFixtures>({
  serverOptions: [{ speed: 20 }, { option: true, scope: 'worker' }],

  site: [
    async ({ serverOptions }, use) => {
      const site = await HostSite.open(serverOptions);
      await use(site);
      await site.close();
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ site }, use) => use(site.origin),

  control: async ({ site }, use) => {
    site.devServer.control.reset();
    await use(site.devServer.control);
  },

  // Automatic, so that it listens before the first page opens.
  problems: [
    async ({ context, site }, use) => {
      const found: string[] = [];
      await context.exposeBinding('reportViolation', (_source, what: string) => found.push(what));
      await context.addInitScript(reportViolations);
      context.on('page', (page) => {
        watch(page, site.origin, found);
      });
      await use({ all: () => Promise.resolve([...found]) });
    },
    { auto: true },
  ],

  recording: [true, { option: true }],

  mountChat: async ({ site, control, recording }, use) => {
    void control; // Asked for, so that every mounted page meets a server that was reset.
    await use(async (page, host = {}, origin = site.origin) => {
      const path = site.publish(render(origin, host), host.csp);
      if (recording) await recordSayings(page);
      await page.goto(origin + path);
      return page.locator('amigo-chat').first();
    });
  },
});

/** Runs in the page, before anything else. */
function reportViolations(): void {
  const report = (globalThis as unknown as { reportViolation: (what: string) => void }).reportViolation;
  document.addEventListener('securitypolicyviolation', (event) => {
    report(`CSP violation: ${event.effectiveDirective} ${event.blockedURI}`);
  });
}

function watch(page: Page, origin: string, found: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error') found.push(`console error: ${message.text()}`);
  });
  page.on('pageerror', (error) => found.push(`uncaught error: ${error.message}`));
  const foreign = (url: string): void => {
    const { protocol, host } = new URL(url);
    const local = protocol === 'data:' || protocol === 'blob:' || host === new URL(origin).host;
    if (!local) found.push(`request to ${url}`);
  };
  page.on('request', (request) => {
    foreign(request.url());
  });
  page.on('websocket', (socket) => {
    foreign(socket.url());
  });
}

function render(origin: string, { attributes, html, script = 'module', lang = 'en', dir }: HostPage): string {
  const body = html ?? `${widgetMarkup(origin, attributes)}${tags[script]}`;
  return `<!doctype html><html lang="${lang}"${dir ? ` dir="${dir}"` : ''}><head><meta charset="utf-8"><title>Clinic portal</title>
<meta name="viewport" content="width=device-width"></head><body><main><h1>Clinic portal</h1></main>${body}</body></html>`;
}

/** The widget's tag, pointed at the development server. */
export function widgetMarkup(origin: string, attributes: HostPage['attributes'] = {}): string {
  return `<amigo-chat${attributeList({ ...defaults(origin), ...attributes })}></amigo-chat>`;
}

function defaults(origin: string): Record<string, string> {
  return {
    'base-url': origin,
    'workspace-id': demoIds.workspaceId,
    'service-id': demoIds.serviceId,
    'entity-id': demoIds.entityId,
    'token-url': '/token',
  };
}

function attributeList(attributes: Readonly<Record<string, string | boolean | null>>): string {
  return Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escape(String(value))}"`))
    .join('');
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

const tags: Readonly<Record<NonNullable<HostPage['script']>, string>> = {
  module: '<script type="module" src="/dist/amigo-chat.js"></script>',
  classic: '<script src="/dist/amigo-chat.iife.js"></script>',
  closed: '<script src="/dist/amigo-chat.closed.js"></script>',
};
