import type { AmigoChat } from '../../src/amigo-chat.js';
import { VERSION } from '../../src/version.js';
import { strictCsp } from '../support/e2e.js';
import { classicScript, converse, expect, nonce, script, test } from './host-test.js';

/** The lines of docs/security.md, for a portal that serves the files and the chat from its own origin. */
const documented =
  "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'";

/** A portal that uses Lit for something of its own. */
const hostLit = `<script type="importmap" nonce="{nonce}">{"imports":{
  "lit":"/vendor/lit/index.js","@lit/reactive-element":"/vendor/@lit/reactive-element/reactive-element.js",
  "lit-html":"/vendor/lit-html/lit-html.js","lit-html/is-server.js":"/vendor/lit-html/is-server.js",
  "lit-element/lit-element.js":"/vendor/lit-element/lit-element.js"}}</script>
<script type="module" nonce="{nonce}">
  import { LitElement, html } from 'lit';
  customElements.define('portal-greeting', class extends LitElement { render() { return html\`<p>Hello</p>\`; } });
</script>`;
const withHostLit = `<portal-greeting></portal-greeting>{chat}`;
const trusted = `script-src 'self' 'nonce-{nonce}'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types`;

for (const [title, csp] of [
  ["F04 default-src 'none' with the documented grants", documented],
  ["F04 style-src 'self' adds nothing that is needed", `${documented}; style-src 'self'`],
  ["F04 style-src 'none' is no loss either", `${documented}; style-src 'none'`],
  ['F05 enforced Trusted Types with our policy alone', strictCsp],
] as const) {
  test(title, async ({ visit, expectGoodGuest }) => {
    await converse(await visit({ csp }));
    await expectGoodGuest();
  });
}

test('F04 nonces: the script and what it loads on demand', async ({ visit, expectGoodGuest, page }) => {
  const policy =
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'nonce-{nonce}'; connect-src 'self'";
  const chat = await visit({
    csp: policy,
    body: `<main><h1>Portal</h1></main>{chat}${script.replace('<script', `<script nonce="${nonce}"`)}`,
    attributes: { lang: 'pl' },
  });
  await expect
    .poll(() =>
      page.evaluate(() =>
        performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/locales/pl.js')),
      ),
    )
    .toBe(true);
  await converse(chat);
  await expectGoodGuest();
});

for (const [title, policies, before] of [
  ['F06 before ours', 'lit-html amigo-chat', true],
  ['F06 after ours', 'lit-html amigo-chat', false],
  ["F06 with 'allow-duplicates'", "lit-html amigo-chat 'allow-duplicates'", true],
] as const) {
  test(`${title}: the host page has a Lit of its own under enforced Trusted Types`, async ({
    visit,
    expectGoodGuest,
    page,
  }) => {
    const chat = await visit({
      csp: `default-src 'none'; ${trusted} ${policies}`,
      head: before ? hostLit : '',
      body: `<main><h1>Portal</h1></main>${withHostLit}${script}${before ? '' : hostLit}`,
    });
    await converse(chat);
    await expect(page.getByText('Hello', { exact: true })).toBeVisible();
    await expectGoodGuest();
  });
}

test('F09 a module and a classic script of the widget share one page under enforced Trusted Types', async ({
  visit,
  expectGoodGuest,
}) => {
  const body = `<main><h1>Portal</h1></main>{chat}${script}${classicScript}`;
  await converse(await visit({ csp: strictCsp, body }));
  await expectGoodGuest();
});

test('F09 an older version that came first goes on working beside this one', async ({
  visit,
  expectGoodGuest,
  page,
  site,
}) => {
  const current = await (await fetch(`${site.origin}/dist/amigo-chat.js`)).text();
  // What it loads on demand lies beside it, as it would in a directory of its own.
  const files = current.replaceAll(/(["'`])\.\/(?=[\w/-]+\.js\1)/g, '$1/dist/');
  const older = site.publishFile(files.replaceAll(VERSION, '0.0.1'), 'text/javascript');
  const body = `<main><h1>Portal</h1></main>{chat}<script type="module" src="${older}"></script>${script}`;
  const chat = await visit({ csp: strictCsp, body });
  await converse(chat);
  expect(await chat.evaluate((element) => (element as AmigoChat).version)).toBe('0.0.1');
  expect(await page.evaluate(() => customElements.get('amigo-chat')?.name)).toBeTruthy();
  await expectGoodGuest();
});

test('F10 a script that was tampered with does not run; the published hash lets ours run', async ({
  visit,
  site,
  page,
  problems,
}) => {
  const hashes = (await (await fetch(`${site.origin}/dist/SRI.json`)).json()) as Record<string, string>;
  const tagged = (integrity: string): string =>
    `<main><h1>Portal</h1></main>{chat}${script.replace('<script', `<script integrity="${integrity}" crossorigin`)}`;
  const bad = await visit({ body: tagged(hashes['amigo-chat.iife.js']!) });
  await page.waitForLoadState('load');
  expect(await bad.evaluate((element) => element.matches(':defined'))).toBe(false);
  expect(await problems.all()).toEqual([expect.stringContaining('integrity')]);

  await converse(await visit({ body: tagged(hashes['amigo-chat.js']!) }));
});
