import type { Locator } from '@playwright/test';
import { expect, test } from '../support/e2e.js';

/** What the host page sees of the widget. */
interface Seen {
  readonly state: {
    readonly connection: string;
    readonly surface: string;
    readonly turn: string;
    readonly handover: string;
    readonly conversationId?: string;
    readonly error?: { readonly code: string };
  };
  readonly messages: readonly { readonly role: string; readonly text: string; readonly status?: string }[];
}

const page = { layout: 'inline', transport: 'text-stream' };

const see = (chat: Locator): Promise<Seen> =>
  chat.evaluate((element) => {
    const { state, messages } = element as unknown as Seen;
    return { state, messages };
  });

const say = (chat: Locator, text: string): Promise<void> =>
  chat.evaluate((element, words) => {
    (element as unknown as { send(text: string): void }).send(words);
  }, text);

const isOpen = (chat: Locator): Promise<void> =>
  expect
    .poll(async () => (await see(chat)).state, { timeout: 30_000 })
    .toMatchObject({ connection: 'open', surface: 'text-stream' });

/** Waits for the roles of the transcript, with the status of what the person said. */
const shows = (chat: Locator, expected: readonly string[]): Promise<void> =>
  expect
    .poll(
      async () => (await see(chat)).messages.map(({ role, status }) => (status ? `${role} ${status}` : role)),
      { timeout: 30_000 },
    )
    .toEqual(expected);

test('a message that the server takes for a repeat ends its turn, without a bubble or an error', async ({
  page: browser,
  mountChat,
  control,
}) => {
  const chat = await mountChat(browser, { attributes: page });
  await isOpen(chat);
  await say(chat, 'Hello');
  await shows(chat, ['user delivered', 'agent']);
  control.set({ fault: 'suppressed-repeat' });
  await say(chat, 'Hello');
  await shows(chat, ['user delivered', 'agent', 'user delivered']);
  await expect.poll(async () => (await see(chat)).state.turn).toBe('idle');
  expect((await see(chat)).state.error).toBeUndefined();
  await expect(chat.locator('amigo-error-banner').getByRole('button')).toHaveCount(0);
  // The next one is handed over as ever.
  await say(chat, 'When are you open?');
  await shows(chat, ['user delivered', 'agent', 'user delivered', 'user delivered', 'agent']);
});

test('ending the chat says "stop", and the session ends without another connect', async ({
  page: browser,
  mountChat,
}) => {
  const sent: string[] = [];
  browser.on('websocket', (socket) => {
    socket.on('framesent', ({ payload }) => sent.push(String(payload)));
  });
  const chat = await mountChat(browser, { attributes: page });
  await isOpen(chat);
  await say(chat, 'Hello');
  await shows(chat, ['user delivered', 'agent']);
  await chat.evaluate((element) => {
    (element as unknown as { endConversation(): void }).endConversation();
  });
  await shows(chat, ['user delivered', 'agent', 'system']);
  await expect.poll(async () => (await see(chat)).state.connection).toBe('closed');
  expect(sent.at(-1)).toBe('{"type":"stop"}');
});

for (const reason of ['completed', 'stopped', 'other', 'reason_from_the_future'] as const) {
  test(`a session that ends with "${reason}" has ended: a note, and no other connect`, async ({
    page: browser,
    mountChat,
    control,
  }) => {
    let sockets = 0;
    browser.on('websocket', () => (sockets += 1));
    const chat = await mountChat(browser, { attributes: page });
    await isOpen(chat);
    await say(chat, 'Hello');
    await shows(chat, ['user delivered', 'agent']);
    control.set({ fault: 'session-ended', reason, at: 'now' });
    await shows(chat, ['user delivered', 'agent', 'system']);
    await expect(chat.getByText('This chat has ended.')).toBeVisible();
    await expect
      .poll(async () => (await see(chat)).state)
      .toMatchObject({ connection: 'closed', handover: 'none' });
    expect(sockets).toBe(1);
  });
}

test('a session that ends with "disconnected" is taken up again, and no note is made of it', async ({
  page: browser,
  mountChat,
  control,
}) => {
  let sockets = 0;
  browser.on('websocket', () => (sockets += 1));
  const chat = await mountChat(browser, { attributes: page });
  await isOpen(chat);
  await say(chat, 'Hello');
  await shows(chat, ['user delivered', 'agent']);
  const { conversationId } = (await see(chat)).state;
  control.set({ fault: 'session-ended', reason: 'disconnected', at: 'now' });
  await expect.poll(() => sockets, { timeout: 30_000 }).toBe(2);
  await isOpen(chat);
  await say(chat, 'Thank you');
  await shows(chat, ['user delivered', 'agent', 'user delivered', 'agent']);
  expect((await see(chat)).state.conversationId).toBe(conversationId);
});

test('pings that stop coming mean a dead connection, and another is made', async ({
  page: browser,
  mountChat,
  control,
}) => {
  control.set({ fault: 'pings', every_ms: 300 });
  let sockets = 0;
  let pings = 0;
  browser.on('websocket', (socket) => {
    sockets += 1;
    socket.on('framereceived', ({ payload }) => {
      if (payload === '{"type":"ping"}') pings += 1;
    });
  });
  const chat = await mountChat(browser, { attributes: page });
  await isOpen(chat);
  await expect.poll(() => pings).toBeGreaterThan(3);
  expect(sockets).toBe(1);
  control.set({ fault: 'stall', at: 'now', turn: 'any' });
  await expect.poll(() => sockets, { timeout: 40_000 }).toBe(2);
  await isOpen(chat);
  await say(chat, 'Hello');
  await shows(chat, ['user delivered', 'agent']);
});

test('text-stream-url says where it is', async ({ page: browser, site, mountChat }) => {
  const urls: URL[] = [];
  browser.on('websocket', (socket) => urls.push(new URL(socket.url())));
  const url = `${site.origin}/voice-agent/agent/text-stream`;
  const chat = await mountChat(browser, { attributes: { ...page, 'text-stream-url': url } });
  await isOpen(chat);
  await say(chat, 'Hello');
  await shows(chat, ['user delivered', 'agent']);
  expect(urls.map(({ protocol, pathname }) => [protocol, pathname])).toEqual([
    ['ws:', '/voice-agent/agent/text-stream'],
  ]);
  expect(urls[0]?.href).not.toContain('token');
});
