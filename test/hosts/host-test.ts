import { AxeBuilder } from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { expect, test as base, widgetMarkup, type HostPage } from '../support/e2e.js';

export { expect };

/** A page of a portal, with what makes it hard to be a guest on. */
export interface Host {
  /** Content-Security-Policy of the page; `{nonce}` stands for its nonce. */
  readonly csp?: string;
  /** What `<html>` carries besides a language, e.g. `dir="rtl"`. */
  readonly root?: string;
  /** Markup in front of the widget, as `<head>` content. */
  readonly head?: string;
  /** The page around the widget; `{chat}` stands for its tag, `{script}` for the script's. */
  readonly body?: string;
  readonly attributes?: HostPage['attributes'];
}

/** Addresses that a page with the widget on it may ask for: its own files, the chat's, and the server's. */
const EXPECTED = [
  /^\/pages\/\d+$/,
  /^\/vendor\//,
  /^\/dist\/[\w/.-]+\.js$/,
  /^\/token$/,
  /^\/v1\//,
  /^\/favicon\.ico$/,
];

export const nonce = 'b3h5Y2FyZQ';
export const script = '<script type="module" src="/dist/amigo-chat.js"></script>';
export const classicScript = '<script src="/dist/amigo-chat.iife.js"></script>';

interface HostFixtures {
  /** Opens a portal's page; answers the widget on it. */
  readonly visit: (host: Host) => Promise<Locator>;
  /** What the widget must not have done to its host. Call it last. */
  readonly expectGoodGuest: () => Promise<void>;
  readonly requests: string[];
}

export const test = base.extend<HostFixtures>({
  requests: async ({ page, site }, use) => {
    const requests: string[] = [];
    const note = (url: string): void => {
      const { pathname, host, protocol } = new URL(url);
      const expected =
        host === new URL(site.origin).host && EXPECTED.some((pattern) => pattern.test(pathname));
      if (!expected && protocol !== 'data:' && protocol !== 'about:') requests.push(url);
    };
    page.on('request', (request) => note(request.url()));
    page.on('websocket', (socket) => note(socket.url()));
    await use(requests);
  },

  visit: async ({ page, site, control }, use) => {
    void control;
    await use(async (host) => {
      const chat = widgetMarkup(site.origin, host.attributes);
      await page.goto(site.publish(pageOf(host, chat), host.csp?.replaceAll('{nonce}', nonce)));
      return page.locator('amigo-chat').first();
    });
  },

  expectGoodGuest: async ({ page, problems, requests }, use) => {
    await use(async () => {
      const { violations } = await new AxeBuilder({ page }).include('amigo-chat').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      expect(await storageOf(page)).toEqual({ local: 0, session: 0, cookie: '', databases: 0, caches: 0 });
      expect(requests).toEqual([]);
      expect(await problems.all()).toEqual([]);
    });
  },
});

function pageOf(
  { root = '', head = '', body = '<main><h1>Portal</h1></main>{chat}{script}' }: Host,
  chat: string,
): string {
  const html = `<!doctype html><html lang="en" ${root}><head><meta charset="utf-8"><title>Clinic portal</title>
<meta name="viewport" content="width=device-width">${head}</head><body>${body}</body></html>`;
  return html.replaceAll('{chat}', chat).replaceAll('{script}', script).replaceAll('{nonce}', nonce);
}

/** Everything that a page can keep on the device. */
function storageOf(page: Page): Promise<object> {
  return page.evaluate(async () => ({
    local: localStorage.length,
    session: sessionStorage.length,
    cookie: document.cookie,
    databases: (await indexedDB.databases()).length,
    // Not there on an insecure origin.
    caches: 'caches' in globalThis ? (await caches.keys()).length : 0,
  }));
}

export const replies = (chat: Locator, text: RegExp): Locator =>
  chat.getByRole('article').filter({ hasText: text });

/** Opens the popup by its button, as a patient does. */
export async function open(chat: Locator): Promise<void> {
  await chat.getByRole('button').first().click();
  await expect(chat.getByRole('textbox')).toBeVisible();
  await expect(replies(chat, /virtual assistant/)).toHaveCount(1);
}

/** Asks something by keyboard and waits for the whole answer. */
export async function ask(chat: Locator): Promise<void> {
  const composer = chat.getByRole('textbox');
  await composer.click();
  await composer.pressSequentially('Is my insurance still good?');
  await composer.press('Enter');
  const answer = replies(chat, /Copay for a visit/);
  await expect(answer).toHaveCount(1);
  await expect(answer).toHaveAttribute('aria-busy', 'false');
  await expect(composer).toHaveValue('');
}

/** A conversation as on any other page. */
export async function converse(chat: Locator): Promise<void> {
  await open(chat);
  await ask(chat);
}

/** Whether the topmost thing at the middle of what the person types into is the widget. */
export async function reachable(chat: Locator): Promise<boolean> {
  const box = await chat.getByRole('textbox').boundingBox();
  if (!box) return false;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  return chat
    .page()
    .evaluate(([x, y]) => document.elementFromPoint(x, y)?.localName === 'amigo-chat', [x, y] as const);
}
