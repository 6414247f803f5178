import type { BrowserContext, Locator, Page } from '@playwright/test';
import type { Control } from '../../demo/server/index.js';
import { expect, test, type HostPage } from '../support/e2e.js';

/** What is left in a page's memory of somebody who is gone: read from a snapshot of its whole heap. */

// A trace keeps copies of the page's nodes, inside the page.
test.use({ trace: 'off', recording: false });

type Chat = HTMLElementTagNameMap['amigo-chat'];
type Mount = (page: Page, host?: HostPage) => Promise<Locator>;
interface Tab {
  readonly page: Page;
  readonly chat: Locator;
}

/** Words that come into the page by different ways: typed and sent, typed only, and from the server. */
const TYPED = 'typedcanary';
const DRAFT = 'draftcanary';
const TOLD = 'toldcanary';
const WORDS = [TYPED, DRAFT, TOLD];

const connection = (chat: Locator): Promise<string> =>
  chat.evaluate((element) => (element as Chat).state.connection);

const count = (chat: Locator): Promise<number> =>
  chat.evaluate((element) => (element as Chat).messages.length);

async function openTab(context: BrowserContext, mountChat: Mount): Promise<Tab> {
  const page = await context.newPage();
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  await expect.poll(() => connection(chat)).toBe('open');
  return { page, chat };
}

/** Greeting, a message, its reply, something unprompted; and a draft. */
async function talk({ chat }: Tab, control: Control): Promise<void> {
  const input = chat.getByRole('textbox');
  await input.fill(`I take ${TYPED}`);
  await input.press('Enter');
  await expect.poll(() => count(chat)).toBe(3);
  await expect.poll(() => chat.evaluate((element) => (element as Chat).state.turn)).toBe('idle');
  control.say(`Your result: ${TOLD}`);
  await expect.poll(() => count(chat)).toBe(4);
  await input.fill(`and ${DRAFT}`);
}

/** Which of the words any string on the page's heap holds. */
async function held(page: Page, words = WORDS): Promise<string[]> {
  // Only what is drawn again lets go of what was drawn before; a tab in the background is not.
  await page.bringToFront();
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
  const session = await page.context().newCDPSession(page);
  const found = new Set<string>();
  let rest = '';
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    const text = rest + chunk;
    for (const word of words) if (text.includes(word)) found.add(word);
    rest = chunk.slice(-Math.max(...words.map(({ length }) => length)));
  });
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return [...found].sort();
}

test('reset() leaves nothing in the memory of any tab; what the page itself keeps is seen', async ({
  context,
  mountChat,
  control,
}) => {
  const one = await openTab(context, mountChat);
  const two = await openTab(context, mountChat);
  await talk(one, control);
  await expect.poll(() => count(two.chat)).toBe(4);
  expect(await held(one.page)).toEqual([...WORDS].sort());
  // The control: a page that holds on to what it has read must be found out.
  await two.chat.evaluate((element) => {
    Object.assign(globalThis, { kept: (element as Chat).messages });
  });
  await one.chat.evaluate((element) => {
    (element as Chat).reset();
  });
  for (const { chat } of [one, two]) await expect.poll(() => connection(chat)).toBe('idle');
  await expect.poll(() => held(one.page)).toEqual([]);
  await expect.poll(() => held(two.page)).toEqual([TOLD, TYPED]);
  await two.page.evaluate(() => {
    Object.assign(globalThis, { kept: undefined });
  });
  await expect.poll(() => held(two.page)).toEqual([]);
});

test('a locked conversation, once reset, leaves nothing in memory', async ({
  context,
  mountChat,
  control,
}) => {
  const tab = await openTab(context, mountChat);
  await talk(tab, control);
  await tab.chat.evaluate((element) => {
    (element as Chat).lock();
  });
  await expect(tab.chat.getByRole('heading', { name: 'Chat hidden' })).toBeVisible();
  // It goes on in memory, to be shown again.
  expect(await held(tab.page)).toEqual([...WORDS].sort());
  await tab.chat.evaluate((element) => {
    (element as Chat).reset();
  });
  await expect.poll(() => held(tab.page)).toEqual([]);
});

test('another entity-id leaves nothing of the last one in memory', async ({
  context,
  mountChat,
  control,
}) => {
  const tab = await openTab(context, mountChat);
  await talk(tab, control);
  await tab.chat.evaluate((element) => {
    (element as Chat).entityId = '00000000-0000-4000-8000-00000000beef';
  });
  await expect.poll(() => count(tab.chat)).toBeLessThan(2);
  await expect.poll(() => held(tab.page)).toEqual([]);
});
