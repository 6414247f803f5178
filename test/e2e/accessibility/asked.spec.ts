import type { Locator, Page } from '@playwright/test';
import { demoIds } from '../../../demo/server/index.js';
import {
  converse,
  focusOf,
  input,
  launcher,
  listen,
  ready,
  stateOf,
  violations,
  type Chat,
} from '../../support/accessibility.js';
import { expect, test, widgetMarkup, type HostPage } from '../../support/e2e.js';

/** What a person is asked or told beside the conversation: its names, its keys, and axe in both schemes. */
interface Asked {
  readonly attributes?: HostPage['attributes'] | ((origin: string) => HostPage['attributes']);
  /** The chat's time is moved by the test. */
  readonly clock?: true;
  readonly reach: (chat: Locator, page: Page) => Promise<void>;
  /** What a screen reader finds. */
  readonly tree: string;
  /** The button that is pressed by Enter, and what has the focus then. */
  readonly press?: { readonly name: string | RegExp; readonly leadsTo: string };
}

const classic = (origin: string): NonNullable<HostPage['attributes']> => ({
  layout: 'inline',
  transport: 'classic',
  'workspace-id': null,
  'entity-id': null,
  'classic-base-url': origin,
  'organization-id': demoIds.organizationId,
  'service-id': demoIds.classicServiceId,
});

const asked: Readonly<Record<string, Asked>> = {
  consent: {
    attributes: { consent: 'terms-1' },
    reach: async (chat, page) => {
      await launcher(chat).press('Enter');
      await expect.poll(async () => (await focusOf(page)).label).toBe('Before you start');
    },
    tree: `
      - group "Before you start":
        - heading "Before you start" [level=2]
        - paragraph: /Your messages go to your clinic/
        - button "I agree and want to chat"
        - button "Not now"`,
    press: { name: 'I agree and want to chat', leadsTo: 'textarea' },
  },
  'whether a reply helped': {
    attributes: { layout: 'inline' },
    reach: async (chat) => {
      await ready(chat);
      await expect(chat.getByRole('button', { name: /^Helpful/ })).toBeVisible();
    },
    tree: `
      - button /^Copy. “Good/
      - button /^Helpful. “Good/
      - button /^Not helpful. “Good/`,
    press: { name: /^Not helpful/, leadsTo: 'button' },
  },
  'what becomes of an unfinished chat': {
    attributes: classic,
    reach: async (chat, page) => {
      await ready(chat);
      await converse(chat, 'Hello');
      await page.reload();
      await expect(chat.getByRole('button', { name: 'Start over' })).toBeVisible();
    },
    tree: `
      - group "You have a chat that is not finished. Do you want to continue it or start over?":
        - paragraph
        - button "Continue"
        - button "Start over"`,
    press: { name: 'Continue', leadsTo: 'textarea' },
  },
  'an action to approve': {
    attributes: { layout: 'inline' },
    reach: async (chat) => {
      await ready(chat);
      await chat.evaluate((element) => {
        (element as Chat).requestApproval({ id: 'a1', summary: 'Cancel the visit on Friday.' });
      });
      await expect(chat.getByRole('region', { name: 'Please check and confirm' })).toBeVisible();
    },
    tree: `
      - region "Please check and confirm":
        - heading "Please check and confirm" [level=2]
        - paragraph: Cancel the visit on Friday.
        - button "Approve"
        - button "Decline"`,
    press: { name: 'Approve', leadsTo: 'button' },
  },
  'whether to stay, before the chat hides': {
    attributes: { layout: 'inline', 'lock-after': '5' },
    clock: true,
    reach: async (chat, page) => {
      await ready(chat);
      await page.clock.fastForward(285_000);
      await expect(chat.getByRole('button', { name: 'Keep it open' })).toBeVisible();
    },
    tree: `
      - text: /This chat will be hidden soon/
      - button "Keep it open"`,
    press: { name: 'Keep it open', leadsTo: 'textarea' },
  },
  'whether to stay, before the chat is finished': {
    attributes: (origin) => ({ ...classic(origin), 'finish-after': '5' }),
    clock: true,
    reach: async (chat, page) => {
      await ready(chat);
      // The watch begins when its file has run: what is put forward before then is not counted.
      await page.evaluate((file) => import(file) as Promise<unknown>, '/dist/left-alone.js');
      await page.clock.fastForward(270_000);
      await expect(chat.getByRole('button', { name: 'Keep it open' })).toBeVisible();
    },
    tree: `
      - text: /This chat will end soon/
      - button "Keep it open"`,
    press: { name: 'Keep it open', leadsTo: 'textarea' },
  },
};

for (const [what, { attributes, clock, reach, tree, press }] of Object.entries(asked)) {
  for (const theme of ['light', 'dark']) {
    test(`asks ${what}: names, keys, axe (${theme})`, async ({ page, mountChat, site }) => {
      if (clock) await page.clock.install();
      const own = typeof attributes === 'function' ? attributes(site.origin) : attributes;
      const chat = await mountChat(page, { attributes: { ...own, theme } });
      await reach(chat, page);
      await expect(chat).toMatchAriaSnapshot(tree);
      expect(await violations(page)).toEqual([]);
      if (!press) return;
      await chat.getByRole('button', { name: press.name }).first().press('Enter');
      await expect.poll(async () => (await focusOf(page)).tag).toBe(press.leadsTo);
    });
  }
}

test('the way to an interpreter stands before the messages, in the order of Tab, and is heard as a link', async ({
  page,
  mountChat,
  site,
}) => {
  const markup = widgetMarkup(site.origin, { layout: 'inline' }).replace(
    '></',
    '><p slot="interpreter"><a href="#interpreter">Free interpreter</a></p></',
  );
  const html = `<main></main>${markup}<script type="module" src="/dist/amigo-chat.js"></script>`;
  const chat = await mountChat(page, { html });
  await ready(chat);
  await expect(chat).toMatchAriaSnapshot(`
    - paragraph: To talk to a person, call your clinic.
    - paragraph:
      - link "Free interpreter":
        - /url: "#interpreter"
    - region "Messages"`);
  const order: string[] = [];
  for (let step = 0; step < 8; step += 1) {
    await page.keyboard.press('Tab');
    const { tag, label } = await focusOf(page);
    order.push(tag === 'textarea' ? tag : label);
  }
  const link = order.indexOf('Free interpreter');
  expect(link).toBeGreaterThan(order.indexOf('Is this an emergency? Call 911.'));
  expect(order.indexOf('textarea')).toBeGreaterThan(link);
  expect(await violations(page)).toEqual([]);
});

test('a hand-over is told at once and stays in words', async ({ page, mountChat, control }) => {
  const attributes = { layout: 'inline', transport: 'text-stream' };
  const chat = await mountChat(page, { attributes });
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  const said = await listen(chat);
  control.set({ fault: 'session-ended', reason: 'escalated' });
  await input(chat).fill('I would like to talk to a nurse');
  await input(chat).press('Enter');
  await expect.poll(async () => (await stateOf(chat)).handover).toBe('escalated');
  await expect(chat).toMatchAriaSnapshot(`- paragraph: A person from your clinic is taking over.`);
  await expect
    .poll(async () => (await said()).map(({ text }) => text).join(' '))
    .toContain('Your chat was passed on to the care team.');
  expect((await focusOf(page)).tag).toBe('textarea');
  expect(await violations(page)).toEqual([]);
});

for (const [file, text, reach] of [
  [
    'approval.js',
    'Please check and confirm: Cancel the visit on Friday.',
    async (chat: Locator): Promise<void> => {
      await ready(chat);
      await chat.evaluate((element) => {
        (element as Chat).requestApproval({ id: 'a1', summary: 'Cancel the visit on Friday.' });
      });
    },
  ],
  [
    'choice.js',
    'You have a chat that is not finished. Do you want to continue it or start over?',
    async (chat: Locator, page: Page): Promise<void> => {
      await ready(chat);
      await converse(chat, 'Hello');
      await page.reload();
    },
  ],
] as const) {
  test(`where ${file} cannot be fetched, what is asked is seen, and can be fetched again`, async ({
    page,
    mountChat,
    site,
  }) => {
    let there = false;
    let asked = 0;
    await page.route(`**/${file}`, (route) => {
      asked += 1;
      return there ? route.continue() : route.abort();
    });
    const chat = await mountChat(page, {
      attributes: file === 'choice.js' ? classic(site.origin) : { layout: 'inline' },
    });
    await reach(chat, page);
    const again = chat.getByRole('button', { name: 'Try again', exact: true });
    await expect(again).toBeVisible();
    await expect(chat.getByText(text)).toBeVisible();
    expect((await again.boundingBox())?.height).toBeGreaterThanOrEqual(44);
    expect(await violations(page)).toEqual([]);
    // More often than the chat tries by itself.
    await expect(async () => {
      await again.press('Enter');
      expect(asked).toBeGreaterThan(5);
    }).toPass();
    there = true;
    await expect(async () => {
      await again.press('Enter', { timeout: 500 });
    }).toPass();
    const card = file === 'choice.js' ? 'Continue' : 'Approve';
    await expect(chat.getByRole('button', { name: card, exact: true })).toBeVisible();
    await expect(again).toBeHidden();
  });
}
