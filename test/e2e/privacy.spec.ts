import type { BrowserContext, CDPSession, Locator, Page } from '@playwright/test';
import type { Control } from '../../demo/server/index.js';
import { expect, test, type HostPage } from '../support/e2e.js';

type Chat = HTMLElementTagNameMap['amigo-chat'];
type Mount = (page: Page, host?: HostPage) => Promise<Locator>;

const inline: HostPage = { attributes: { layout: 'inline' } };

const stateOf = (chat: Locator): Promise<Chat['state']> =>
  chat.evaluate((element) => (element as Chat).state);

async function openTab(
  context: BrowserContext,
  mountChat: Mount,
  host = inline,
): Promise<{ page: Page; chat: Locator }> {
  const page = await context.newPage();
  const chat = await mountChat(page, host);
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  return { page, chat };
}

async function say(chat: Locator, text: string): Promise<void> {
  await chat.getByRole('textbox').fill(text);
  await chat.getByRole('textbox').press('Enter');
  await expect.poll(() => delivered(chat)).toContain(text);
}

const delivered = (chat: Locator): Promise<readonly string[]> =>
  chat.evaluate((element) =>
    (element as Chat).messages.filter(({ status }) => status === 'delivered').map(({ text }) => text),
  );

/** All that is in the document, the shadow roots and their form fields included. */
const everything = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const read = (node: Node): string => {
      const field = node instanceof HTMLTextAreaElement || node instanceof HTMLInputElement ? node.value : '';
      const attributes =
        node instanceof Element ? [...node.attributes].map(({ value }) => value).join(' ') : '';
      const inside = node instanceof Element && node.shadowRoot ? read(node.shadowRoot) : '';
      const own = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : '';
      return [own, field, attributes, inside, ...[...node.childNodes].map(read)].join(' ');
    };
    return read(document);
  });

/** What assistive technology is given, closed roots included. */
async function accessibilityTree(page: Page): Promise<string> {
  const session: CDPSession = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return JSON.stringify(
    nodes.map(({ name, value, description }) =>
      [name, value, description].map((property) => String(property?.value)),
    ),
  );
}

const CANARY = 'canaryword';

test('lock() hides everything in every tab at once, unlock() brings it back with the draft', async ({
  context,
  mountChat,
  problems,
}) => {
  const one = await openTab(context, mountChat);
  const two = await openTab(context, mountChat);
  await say(one.chat, `I take ${CANARY} daily`);
  await expect.poll(() => delivered(two.chat)).toHaveLength(1);
  await two.chat.getByRole('textbox').fill(`a draft with ${CANARY}`);
  await one.chat.evaluate((element) => {
    (element as Chat).lock();
  });
  for (const { page, chat } of [one, two]) {
    await expect.poll(async () => (await stateOf(chat)).locked).toBe(true);
    await expect(chat.getByRole('heading', { name: 'Chat hidden' })).toBeVisible();
    expect(await everything(page)).not.toContain(CANARY);
    expect(await accessibilityTree(page)).not.toContain(CANARY);
    expect(await chat.evaluate((element) => (element as Chat).messages)).toEqual([]);
    // What the page itself has locked, no button opens.
    await expect(chat.getByRole('button', { name: 'Show my chat' })).toHaveCount(0);
  }
  const late = await context.newPage();
  const lateChat = await mountChat(late, inline);
  await expect.poll(async () => (await stateOf(lateChat)).locked).toBe(true);
  await two.chat.evaluate((element) => {
    (element as Chat).unlock();
  });
  await expect.poll(() => delivered(one.chat)).toHaveLength(1);
  await expect(two.chat.getByRole('textbox')).toHaveValue(`a draft with ${CANARY}`);
  expect((await stateOf(lateChat)).locked).toBe(false);
  expect(await problems.all()).toEqual([]);
});

test('reset() leaves nothing in any tab: page, accessibility tree, storage', async ({
  context,
  mountChat,
  control,
  problems,
}) => {
  const one = await openTab(context, mountChat);
  const two = await openTab(context, mountChat);
  await say(one.chat, `Nothing of ${CANARY} may stay`);
  await expect.poll(() => delivered(two.chat)).toHaveLength(1);
  await two.chat.getByRole('textbox').fill(`a draft with ${CANARY}`);
  await one.chat.evaluate((element) => {
    (element as Chat).reset();
  });
  for (const { page, chat } of [one, two]) {
    await expect.poll(async () => (await stateOf(chat)).connection).toBe('idle');
    await expect(chat.getByRole('textbox')).toHaveValue('');
    expect(await everything(page)).not.toContain(CANARY);
    expect(await accessibilityTree(page)).not.toContain(CANARY);
    expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
      0,
      0,
      '',
    ]);
  }
  // Nothing connects by itself, and what comes next is the server's own thread again, on one new connection.
  const before = control.log().filter(({ kind }) => kind === 'connected').length;
  expect(before).toBe(1);
  expect(await problems.all()).toEqual([]);
});

test('lock-after warns, any key puts it off, and the person opens it again with a token of their own', async ({
  page,
  mountChat,
  problems,
}) => {
  await page.clock.install();
  const chat = await mountChat(page, { attributes: { layout: 'inline', 'lock-after': '2' } });
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  await expect
    .poll(async () => (await chat.evaluate((element) => (element as Chat).messages)).length)
    .toBe(1);
  const warning = chat.getByRole('button', { name: 'Keep it open' });
  for (let times = 0; times < 3; times += 1) {
    await page.clock.runFor(95_000);
    await expect(warning).toBeVisible();
    await page.keyboard.press('Shift');
    await expect(warning).toBeHidden();
  }
  await page.clock.runFor(125_000);
  await expect.poll(async () => (await stateOf(chat)).locked).toBe(true);
  await chat.getByRole('button', { name: 'Show my chat' }).click();
  await expect.poll(async () => (await stateOf(chat)).locked).toBe(false);
  expect(await problems.all()).toEqual([]);
});

test('a lapsed sign-in locks; the same person finds transcript and draft again', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page, inline);
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  await say(chat, `Before it lapsed: ${CANARY}`);
  await chat.getByRole('textbox').fill('a draft');
  control.set({ fault: 'refuse-token', times: 2 });
  control.drop();
  await expect.poll(async () => (await stateOf(chat)).locked, { timeout: 20_000 }).toBe(true);
  expect(await everything(page)).not.toContain(CANARY);
  await chat.getByRole('button', { name: 'Show my chat' }).click();
  await expect.poll(async () => (await stateOf(chat)).locked).toBe(false);
  await expect.poll(() => delivered(chat)).toHaveLength(1);
  await expect(chat.getByRole('textbox')).toHaveValue('a draft');
});

test('a lapsed sign-in, and then somebody else: the draft of the first person never comes back', async ({
  page,
  mountChat,
  control,
}) => {
  control.set({ fault: 'token-subject', subject: 'mia', times: 50 });
  const chat = await mountChat(page, inline);
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  await chat.getByRole('textbox').fill(`a draft of mia: ${CANARY}`);
  control.set({ fault: 'refuse-token', times: 2 });
  control.drop();
  await expect.poll(async () => (await stateOf(chat)).locked, { timeout: 20_000 }).toBe(true);
  control.clear('token-subject');
  control.clear('refuse-token');
  control.set({ fault: 'token-subject', subject: 'ben', times: 50 });
  const seen: string[] = [];
  await page.exposeFunction('report', (what: string) => seen.push(what));
  // Looked at in every frame, so that not even a flash of it goes by.
  await chat.evaluate((element, word) => {
    const { report } = globalThis as unknown as { report: (what: string) => void };
    const look = (): void => {
      const { draft = '' } = element.shadowRoot?.querySelector('amigo-composer') ?? {};
      if (draft.includes(word)) report(draft);
      requestAnimationFrame(look);
    };
    look();
  }, CANARY);
  await chat.getByRole('button', { name: 'Show my chat' }).click();
  await expect.poll(async () => (await stateOf(chat)).locked).toBe(false);
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  await expect(chat.getByRole('textbox')).toHaveValue('');
  expect(await everything(page)).not.toContain(CANARY);
  expect(seen).toEqual([]);
});

/** The sign-in behind this chat lapses, which hides it. */
async function lapse(chat: Locator, control: Control): Promise<void> {
  control.set({ fault: 'refuse-token', times: 2 });
  control.drop();
  await expect.poll(async () => (await stateOf(chat)).locked, { timeout: 20_000 }).toBe(true);
}

test('somebody else who signs in in a second tab does not bring the first person’s hidden chat back', async ({
  context,
  mountChat,
  control,
}) => {
  const first = await openTab(context, mountChat);
  await say(first.chat, `Only for me: ${CANARY}`);
  await lapse(first.chat, control);
  const other = { attributes: { layout: 'inline', 'entity-id': '7d1c1f0e-0000-4000-8000-00000000beef' } };
  const second = await openTab(context, mountChat, other);
  await expect.poll(async () => (await stateOf(second.chat)).locked).toBe(false);
  await say(second.chat, 'I am somebody else');
  expect((await stateOf(first.chat)).locked).toBe(true);
  expect(await everything(first.page)).not.toContain(CANARY);
  // Whose it is finds it again, and tabs of theirs that are opened meanwhile hide nobody else's.
  const third = await openTab(context, mountChat);
  await expect.poll(() => delivered(third.chat)).toHaveLength(1);
  await expect.poll(() => delivered(first.chat)).toHaveLength(1);
  expect((await stateOf(second.chat)).locked).toBe(false);
});

test('a chat hidden because nobody was there is not shown by a sign-in that nobody saw', async ({
  page,
  mountChat,
  control,
}) => {
  await page.clock.install();
  const chat = await mountChat(page, { attributes: { layout: 'inline', 'lock-after': '2' } });
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  await say(chat, `Only for me: ${CANARY}`);
  await page.clock.runFor(125_000);
  await expect.poll(async () => (await stateOf(chat)).locked).toBe(true);
  control.set({ fault: 'refuse-token', times: 2 });
  control.drop();
  await expect
    .poll(
      async () => {
        await page.clock.runFor(2_000);
        return (await stateOf(chat)).connection;
      },
      { timeout: 20_000 },
    )
    .toBe('failed');
  // The page renews its token by itself, and connects.
  await chat.evaluate((element) => {
    (element as Chat).connect();
  });
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  expect((await stateOf(chat)).locked).toBe(true);
  expect(await everything(page)).not.toContain(CANARY);
  await chat.getByRole('button', { name: 'Show my chat' }).click();
  await expect.poll(() => delivered(chat)).toHaveLength(1);
});
