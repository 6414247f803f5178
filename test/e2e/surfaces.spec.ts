import type { Locator } from '@playwright/test';
import { demoIds } from '../../demo/server/index.js';
import { violations } from '../support/accessibility.js';
import { expect, strictCsp, test } from '../support/e2e.js';

/** What the host page sees of the widget. */
interface Seen {
  readonly state: {
    readonly connection: string;
    readonly surface: string;
    readonly turn: string;
    readonly conversationId?: string;
  };
  readonly messages: readonly { readonly role: string; readonly text: string; readonly status?: string }[];
}

const see = (chat: Locator): Promise<Seen> =>
  chat.evaluate((element) => {
    const { state, messages } = element as unknown as Seen;
    return { state, messages };
  });

const say = (chat: Locator, text: string): Promise<void> =>
  chat.evaluate((element, words) => {
    (element as unknown as { send(text: string): void }).send(words);
  }, text);

/** Waits until the connection is open on a surface. */
const openOn = (chat: Locator, surface: string, timeout = 20_000): Promise<void> =>
  expect
    .poll(async () => (await see(chat)).state, { timeout })
    .toMatchObject({ connection: 'open', surface });

/** Says something and waits for its delivery and an answer below it. */
async function exchange(chat: Locator, text: string): Promise<string> {
  await say(chat, text);
  const after = async (): Promise<Seen['messages']> => {
    const { messages } = await see(chat);
    return messages.slice(messages.findLastIndex((message) => message.text === text));
  };
  await expect.poll(after, { timeout: 20_000 }).toMatchObject([{ status: 'delivered' }, { role: 'agent' }]);
  return (await after())[1]?.text ?? '';
}

const texts = async (chat: Locator): Promise<readonly string[]> =>
  (await see(chat)).messages.map(({ role, text }) => `${role}: ${text}`);

test.describe('text-stream', () => {
  const page = { layout: 'inline', transport: 'text-stream' };

  test('is fetched on demand, lets the person speak first and resumes its conversation', async ({
    page: browser,
    mountChat,
    control,
    problems,
  }) => {
    const fetched = browser.waitForRequest((request) =>
      request.url().endsWith('/dist/surfaces/text-stream.js'),
    );
    const chat = await mountChat(browser, { attributes: page, csp: strictCsp });
    await fetched;
    await openOn(chat, 'text-stream');
    expect(await texts(chat)).toEqual([]);
    await exchange(chat, 'Hello');
    const before = await see(chat);
    control.drop();
    await openOn(chat, 'text-stream');
    await exchange(chat, 'Which days are free?');
    expect((await see(chat)).state.conversationId).toBe(before.state.conversationId);
    expect(await problems.all()).toEqual([]);
  });

  test('ends a turn by silence where the server does not say so', async ({
    page: browser,
    mountChat,
    control,
  }) => {
    control.set({ fault: 'turn-end', is: 'nothing' });
    const chat = await mountChat(browser, { attributes: page });
    await openOn(chat, 'text-stream');
    await exchange(chat, 'Hello');
    await exchange(chat, 'Thank you');
  });

  test('shows a hand-over to a person, and does not connect again', async ({
    page: browser,
    mountChat,
    control,
  }) => {
    control.set({ fault: 'session-ended', reason: 'escalated' });
    const chat = await mountChat(browser, { attributes: page });
    await openOn(chat, 'text-stream');
    await say(chat, 'Hello');
    await expect(chat.getByText('Your chat was passed on to the care team.')).toBeVisible();
    await expect
      .poll(async () => (await see(chat)).state)
      .toMatchObject({ connection: 'closed', handover: 'escalated' });
  });
});

test.describe('turns', () => {
  const page = { layout: 'inline', transport: 'turns' };

  test('greets, streams, and opens no socket', async ({ page: browser, mountChat, problems }) => {
    const sockets: string[] = [];
    browser.on('websocket', (socket) => sockets.push(socket.url()));
    const chat = await mountChat(browser, { attributes: page, csp: strictCsp });
    await openOn(chat, 'turns');
    await expect.poll(async () => (await texts(chat)).length).toBe(1);
    await exchange(chat, 'I want to move my visit');
    expect(sockets).toEqual([]);
    expect(await problems.all()).toEqual([]);
  });

  test('shows tools of the turn, and of the history after a reload', async ({ page: browser, mountChat }) => {
    const chat = await mountChat(browser, { attributes: { ...page, 'tool-events': true } });
    await openOn(chat, 'turns');
    await exchange(chat, 'When is my next visit?');
    const tools = chat.locator('amigo-tool-event');
    await expect(tools).not.toHaveCount(0);
    const count = await tools.count();
    await browser.reload();
    await expect(tools).toHaveCount(count);
  });

  test('a token that names the person needs no entity-id', async ({ page: browser, mountChat, control }) => {
    const creates: string[] = [];
    browser.on('request', (request) => {
      if (/\/conversations$/.test(request.url())) creates.push(request.postData() ?? '');
    });
    const chat = await mountChat(browser, {
      attributes: { ...page, 'entity-id': null, 'tool-events': true },
    });
    await openOn(chat, 'turns');
    await exchange(chat, 'Hello');
    expect(creates).toHaveLength(1);
    expect(creates[0]).not.toContain('entity_id');
    expect(JSON.stringify(control.log())).not.toContain('include_tool_calls');
  });

  test('B14 a stream cut in the middle keeps what came, and posts nothing again', async ({
    page: browser,
    mountChat,
    control,
  }) => {
    const chat = await mountChat(browser, { attributes: page });
    await openOn(chat, 'turns');
    await expect.poll(async () => (await texts(chat)).length).toBe(1);
    const posts: string[] = [];
    browser.on('request', (request) => {
      if (request.url().includes('/turns/stream')) posts.push(request.postData() ?? '');
    });
    control.set({ fault: 'cut-stream', bytes: 400, how: 'rst' });
    await say(chat, 'Tell me all about my visit');
    await expect
      .poll(async () => (await see(chat)).messages.slice(-2), { timeout: 30_000 })
      .toMatchObject([{ role: 'user', status: 'delivered' }, { role: 'agent' }]);
    expect(posts).toHaveLength(1);
  });

  test('a 429 puts the message back in the queue, and it goes out later', async ({
    page: browser,
    mountChat,
    control,
  }) => {
    const chat = await mountChat(browser, { attributes: page });
    await openOn(chat, 'turns');
    await expect.poll(async () => (await texts(chat)).length).toBe(1);
    control.set({ fault: 'request-fails', status: 429, retry_after: 1 });
    await exchange(chat, 'Hello again');
  });

  test('a 422 gives the text back to be edited', async ({ page: browser, mountChat, control }) => {
    const chat = await mountChat(browser, { attributes: page });
    await openOn(chat, 'turns');
    await expect.poll(async () => (await texts(chat)).length).toBe(1);
    control.set({ fault: 'request-fails', status: 422 });
    await say(chat, 'Hello');
    await expect(chat.getByRole('button', { name: 'Edit' })).toBeVisible();
    expect((await see(chat)).messages.at(-1)).toMatchObject({ text: 'Hello', status: 'not-sent' });
  });
});

test.describe('auto', () => {
  const page = { layout: 'inline' };

  test('B13 goes over to HTTP where WebSockets are refused, and nobody notices', async ({
    page: browser,
    mountChat,
    control,
  }) => {
    control.set({ fault: 'http-status', status: 503, times: 1_000 });
    const chat = await mountChat(browser, { attributes: page });
    await openOn(chat, 'turns');
    await exchange(chat, 'Hello');
    await expect(chat.locator('amigo-error-banner').getByRole('button')).toHaveCount(0);
  });

  test('keeps the transcript and the conversation when sockets die in the middle', async ({
    page: browser,
    mountChat,
    control,
  }) => {
    const chat = await mountChat(browser, { attributes: page });
    await openOn(chat, 'sessions-connect');
    await exchange(chat, 'I want to move my visit');
    const before = await see(chat);
    control.set({ fault: 'http-status', status: 503, times: 1_000 });
    control.drop();
    await say(chat, 'On Friday please');
    await openOn(chat, 'turns');
    await expect
      .poll(async () => (await see(chat)).messages.slice(-2), { timeout: 20_000 })
      .toMatchObject([{ text: 'On Friday please', status: 'delivered' }, { role: 'agent' }]);
    const after = await see(chat);
    expect(after.state.conversationId).toBe(before.state.conversationId);
    expect(after.messages.slice(0, before.messages.length)).toEqual(before.messages);
    expect(after.messages.filter(({ text }) => text === 'On Friday please')).toHaveLength(1);
  });

  test('goes over to HTTP where the handshake hangs', async ({ page: browser, mountChat, control }) => {
    control.set({ fault: 'hung-handshake', times: 1_000 });
    const chat = await mountChat(browser, { attributes: page });
    await openOn(chat, 'turns', 25_000);
    await exchange(chat, 'Hello');
  });

  test('goes over to HTTP where the page’s policy blocks WebSockets', async ({
    page: browser,
    mountChat,
    site,
  }) => {
    const connectSrc = `connect-src ${site.origin}/token ${site.origin}/v1/ ${site.origin}/dist/`;
    const chat = await mountChat(browser, { attributes: page, csp: `${connectSrc}; script-src 'self'` });
    await openOn(chat, 'turns');
    await exchange(chat, 'Hello');
  });
});

test.describe('background work', () => {
  for (const transport of ['turns', 'sessions-connect']) {
    for (const version of ['1', '2']) {
      test(`is collected over HTTP after a turn of ${transport}, version ${version}`, async ({
        page: browser,
        mountChat,
        control,
      }) => {
        control.set({ fault: 'delivery-protocol', version });
        const chat = await mountChat(browser, { attributes: { layout: 'inline', transport } });
        await openOn(chat, transport);
        await expect.poll(async () => (await texts(chat)).length).toBe(1);
        const asked: { readonly at: number; readonly key: string | undefined }[] = [];
        const acknowledged: string[] = [];
        browser.on('request', (request) => {
          if (request.url().includes('poll=true')) {
            asked.push({ at: Date.now(), key: request.headers()['idempotency-key'] });
          }
          if (request.url().endsWith('/ack')) acknowledged.push(request.url());
        });
        control.set({ fault: 'background-work', polls: 2 });
        const before = (await see(chat)).messages.length;
        await say(chat, 'Explain my lab result');
        await expect.poll(async () => (await see(chat)).state).toMatchObject({ turn: 'background' });
        await expect
          .poll(async () => (await see(chat)).state, { timeout: 30_000 })
          .toMatchObject({ turn: 'idle' });
        expect((await see(chat)).messages.length).toBeGreaterThan(before + 2);
        const gaps = asked.slice(1).map(({ at }, index) => at - (asked[index]?.at ?? at));
        expect(gaps.every((gap) => gap >= 4_900)).toBe(true);
        expect(asked.every(({ key }) => (key !== undefined) === (version === '2'))).toBe(true);
        expect(acknowledged.length > 0).toBe(version === '2');
      });
    }
  }
});

test('background work that takes more than five minutes is asked for again by a button', async ({
  page: browser,
  mountChat,
  control,
}) => {
  await browser.clock.install();
  const chat = await mountChat(browser, { attributes: { layout: 'inline', transport: 'turns' } });
  await openOn(chat, 'turns');
  await expect.poll(async () => (await texts(chat)).length).toBe(1);
  let asked = 0;
  browser.on('requestfinished', (request) => {
    if (request.url().includes('poll=true')) asked += 1;
  });
  // It is there for the sixth poll: four, one when the patience ends, and the one that the person asks for.
  control.set({ fault: 'background-work', polls: 6 });
  await say(chat, 'Explain my lab result');
  await expect.poll(async () => (await see(chat)).state).toMatchObject({ turn: 'background' });
  const again = chat.getByRole('button', { name: 'Check again' });
  for (let polls = 1; polls <= 4; polls += 1) {
    await browser.clock.fastForward(5_000);
    await expect.poll(() => asked).toBe(polls);
  }
  await expect(again).toHaveCount(0);
  await browser.clock.fastForward(5 * 60_000);
  await expect(again).toBeVisible();
  expect(await violations(browser)).toEqual([]);
  // Nothing is asked any more, however long that lasts.
  await browser.clock.fastForward(5 * 60_000);
  await expect(again).toBeVisible();
  expect(asked).toBe(5);
  await again.click();
  await expect(again).toHaveCount(0);
  await browser.clock.fastForward(5_000);
  await expect.poll(async () => (await see(chat)).state).toMatchObject({ turn: 'idle' });
  expect((await texts(chat)).at(-1)).toContain('LDL');
  expect(asked).toBe(6);
});

test.describe('approval', () => {
  test('the page asks, the person decides by keyboard, the page is told', async ({
    page: browser,
    mountChat,
    problems,
    site,
  }) => {
    const attributes = { layout: 'inline', transport: 'turns', 'entity-id': null, 'token-url': null };
    const chat = await mountChat(browser, { attributes });
    const token = await externalUserToken(site.origin);
    await chat.evaluate((element, given) => {
      (element as unknown as { getToken: () => string }).getToken = () => given;
    }, token);
    await openOn(chat, 'turns');
    const decided = chat.evaluate(
      (element) =>
        new Promise<unknown>((resolve) => {
          element.addEventListener('amigo-approval', (event) => {
            resolve((event as CustomEvent).detail);
          });
        }),
    );
    await chat.evaluate((element) => {
      const ask = element as unknown as { requestApproval(request: { id: string; summary: string }): void };
      ask.requestApproval({ id: 'a1', summary: 'Cancel the visit on Friday' });
    });
    const card = chat.getByRole('region', { name: 'Please check and confirm' });
    await expect(card).toContainText('Cancel the visit on Friday');
    await card.getByRole('button', { name: 'Approve' }).press('Enter');
    expect(await decided).toEqual({ id: 'a1', decision: 'approve' });
    await expect(card).toHaveCount(0);
    await expect(chat.getByText('You approved this.')).toBeVisible();
    expect(await problems.all()).toEqual([]);
  });
});

/** What a portal's backend mints for one patient (protocol §f): only such a token may decide. */
async function externalUserToken(origin: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'external_user_session',
    api_key: 'amigo-demo-key',
    workspace_id: demoIds.workspaceId,
    service_id: demoIds.serviceId,
    external_subject_key: 'patient-1',
    subject_type: 'user',
  });
  const answer = await fetch(`${origin}/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}
