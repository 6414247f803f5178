import { widgetMarkup } from '../support/e2e.js';
import {
  ask,
  classicScript,
  converse,
  expect,
  open,
  reachable,
  replies,
  script,
  test,
  type Host,
} from './host-test.js';

const portal = '<main><h1>Portal</h1><p>Your next visit is on Friday.</p></main>';
const stylesheet = (path: string): string => `<link rel="stylesheet" href="/vendor/${path}">`;
const style = (css: string): string => `<style>${css}</style>`;

/** Pages that differ in what stands around the widget, and in nothing that is done. */
const hosts: Readonly<Record<string, Host>> = {
  'RequireJS, which a UMD file would trip': {
    head: '<script src="/vendor/requirejs/require.js"></script>',
    body: `${portal}{chat}${classicScript}`,
  },
  'AngularJS 1 compiles the page, the widget’s tag within it': {
    head: '<script src="/vendor/angular/angular.js"></script>',
    body: `<main ng-app ng-init="visit='Friday'"><h1>{{visit}}</h1>{chat}</main>${classicScript}`,
  },
  'Bootstrap 3': { head: stylesheet('bootstrap/dist/css/bootstrap.css') },
  'Tailwind’s preflight': { head: stylesheet('@unocss/reset/tailwind.css') },
  'hostile rules for everything (F07)': {
    head: style(`* { all: unset !important; } * { color: red !important; font: 6px fantasy !important; }
      body *, amigo-chat { display: none !important; opacity: 0 !important;
        pointer-events: none !important; content-visibility: hidden !important; transform: scale(0) !important;
        clip-path: inset(50%) !important; filter: blur(9px) !important; }
      :not(:defined), :defined { position: static !important; inset: auto !important; z-index: -1 !important; }`),
  },
  'right to left': { root: 'dir="rtl" lang="ar"' },
  'the element before its script, which comes late': {
    body: `{chat}${portal}<script>addEventListener('load', () => {
      const late = document.createElement('script');
      late.type = 'module'; late.src = '/dist/amigo-chat.js'; document.body.append(late);
    });</script>`,
  },
  'the script long before the element, which a framework adds': {
    head: script,
    body: `${portal}<template>{chat}</template><script>addEventListener('load', () => {
      document.body.append(document.querySelector('template').content.cloneNode(true));
    });</script>`,
  },
  'a patched page: Array, JSON, fetch and WebSocket are not the browser’s (F08)': {
    head: `<script>
      Array.prototype.toJSON = function () { return [...this]; };
      Array.prototype.each = function (f) { this.forEach(f); };
      for (const name of ['stringify', 'parse']) {
        const native = JSON[name]; JSON[name] = function (...args) { return native.apply(this, args); };
      }
      const nativeFetch = window.fetch; window.fetch = (...args) => nativeFetch(...args);
      window.WebSocket = class Traced extends WebSocket { constructor(...args) { super(...args); this.traced = true; } };
    </script>`,
  },
};

for (const [title, host] of Object.entries(hosts)) {
  test(title, async ({ visit, expectGoodGuest }) => {
    const chat = await visit(host);
    await converse(chat);
    expect(await reachable(chat)).toBe(true);
    await expectGoodGuest();
  });
}

test('a root of 62.5 % leaves the text at its size', async ({ visit, expectGoodGuest }) => {
  const chat = await visit({ head: style('html { font-size: 62.5%; } body { font-size: 1.4rem; }') });
  await converse(chat);
  const sizes = await replies(chat, /Copay for a visit/).evaluate(
    (element) => getComputedStyle(element).fontSize,
  );
  expect(sizes).toBe('16px');
  const typed = await chat.getByRole('textbox').evaluate((element) => getComputedStyle(element).fontSize);
  expect(Number.parseFloat(typed)).toBeGreaterThanOrEqual(16);
  await expectGoodGuest();
});

const trap =
  'position: fixed; transform: translate(40px, 30px); overflow: hidden; width: 200px; height: 120px; contain: layout paint;';

test('a transformed shell that clips does not trap the popup', async ({ visit, page, expectGoodGuest }) => {
  const chat = await visit({
    head: style(`.shell { ${trap} }`),
    body: `${portal}<div class="shell">{chat}</div>${script}`,
  });
  await converse(chat);
  const { width, height } = page.viewportSize()!;
  const box = (await chat.getByRole('region').first().boundingBox())!;
  expect(box.width).toBeGreaterThan(200);
  expect([box.x >= 0, box.y >= 0, box.x + box.width <= width, box.y + box.height <= height]).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(await reachable(chat)).toBe(true);
  await expectGoodGuest();
});

test('the z-index war is not fought: the panel stands above the highest', async ({
  visit,
  expectGoodGuest,
}) => {
  const curtain =
    '.curtain { position: fixed; inset: 0; z-index: 2147483647; background: #fffc; pointer-events: none }';
  const chat = await visit({
    head: style(`${curtain} .low { position: relative; z-index: 0 }`),
    body: `${portal}<div class="low">{chat}</div><div class="curtain"></div>${script}`,
  });
  await open(chat);
  await chat.page().addStyleTag({ content: '.curtain { pointer-events: auto !important }' });
  expect(await reachable(chat)).toBe(true);
  await ask(chat);
  await expectGoodGuest();
});

test('a single-page portal moves the widget, changes its route, and takes it away', async ({
  visit,
  control,
  page,
  expectGoodGuest,
}) => {
  const chat = await visit({ body: `${portal}<div id="one">{chat}</div><div id="two"></div>${script}` });
  await converse(chat);
  await page.evaluate(() => document.querySelector('#two')!.append(document.querySelector('amigo-chat')!));
  await page.evaluate(() => history.pushState({}, '', '/pages/visits'));
  await chat.getByRole('textbox').fill('Is my insurance still good?');
  await chat.getByRole('textbox').press('Enter');
  await expect(replies(chat, /Copay for a visit/)).toHaveCount(2);
  const opened = control.log().filter(({ kind }) => kind === 'connected');
  expect(opened).toHaveLength(1);
  await expectGoodGuest();

  await page.evaluate(() => document.querySelector('amigo-chat')!.remove());
  await expect.poll(() => control.conversations().map(({ connections }) => connections)).toEqual([0]);
});

test('the portal’s hotkeys stay quiet while the patient types', async ({ visit, page, expectGoodGuest }) => {
  const chat = await visit({
    head: `<script>window.hotkeys = [];
      for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, ({ key, target }) => {
        // As a portal guards its hotkeys: not while somebody types into a field of the page.
        if (!/^(input|textarea)$/i.test(target.tagName)) window.hotkeys.push(type + ' ' + key);
      });</script>`,
  });
  await converse(chat);
  expect(await page.evaluate(() => (window as unknown as { hotkeys: string[] }).hotkeys)).toEqual([]);
  await page.getByRole('heading', { name: 'Portal' }).click();
  await page.keyboard.press('r');
  expect(await page.evaluate(() => (window as unknown as { hotkeys: string[] }).hotkeys)).toContain(
    'keydown r',
  );
  await expectGoodGuest();
});

test('on paper the conversation stands whole, below the page', async ({ visit, page, expectGoodGuest }) => {
  const chat = await visit({});
  await converse(chat);
  await page.emulateMedia({ media: 'print' });
  await expect(replies(chat, /Copay for a visit/)).toBeVisible();
  await page.pdf();
  await page.emulateMedia({ media: 'screen' });
  await expectGoodGuest();
});

test('a sandboxed frame without an origin: no storage, no cookies, a token from its own script', async ({
  site,
  page,
  problems,
  requests,
  control,
}) => {
  control.reset();
  const give = `document.querySelector('amigo-chat').getToken = () => ${JSON.stringify(site.devServer.issueToken())};`;
  const framed = `<!doctype html><html lang="en"><title>Chat</title>
    ${widgetMarkup(site.origin, { 'token-url': null, layout: 'fullscreen' })}${script}<script>${give}</script>`;
  const outer = `<!doctype html><html lang="en"><title>Portal</title><h1>Portal</h1>
    <iframe title="Chat" width="400" height="600" sandbox="allow-scripts" src="${site.publish(framed)}"></iframe>`;
  await page.goto(site.publish(outer));
  const chat = page.frameLocator('iframe').locator('amigo-chat');
  await expect(replies(chat, /virtual assistant/)).toHaveCount(1);
  await ask(chat);
  expect(await chat.evaluate(() => globalThis.origin)).toBe('null');
  expect(requests).toEqual([]);
  expect(await problems.all()).toEqual([]);
});
