import type { Locator, Page } from '@playwright/test';
import { demoIds } from '../../demo/server/index.js';
import { violations } from '../support/accessibility.js';
import { expect, strictCsp, test } from '../support/e2e.js';

/** What the host page sees and does of the widget. */
interface Widget {
  readonly state: {
    readonly connection: string;
    readonly surface: string;
    readonly turn: string;
    readonly conversationId?: string;
  };
  readonly messages: readonly { readonly role: string; readonly text: string; readonly status?: string }[];
  send(text: string): void;
  startWith(text: string, kind: 'user-message' | 'external-event'): void;
  endConversation(): void;
  quickReplies: boolean | readonly string[];
}

type Seen = Pick<Widget, 'state' | 'messages'>;

/** Attributes that point the widget at the classic part of the development server. */
const attributesFor = (origin: string): Record<string, string | boolean | null> => ({
  layout: 'inline',
  transport: 'classic',
  'base-url': null,
  'workspace-id': null,
  'entity-id': null,
  'classic-base-url': origin,
  'organization-id': demoIds.organizationId,
  'service-id': demoIds.classicServiceId,
});

const see = (chat: Locator): Promise<Seen> =>
  chat.evaluate((element) => {
    const { state, messages } = element as unknown as Widget;
    return { state, messages };
  });

const act = (chat: Locator, method: 'send' | 'endConversation', ...texts: readonly string[]): Promise<void> =>
  chat.evaluate(
    (element, { method: name, texts: [text = ''] }) => {
      (element as unknown as Widget)[name](text);
    },
    { method, texts },
  );

const begin = (chat: Locator, text: string, kind: 'user-message' | 'external-event'): Promise<void> =>
  chat.evaluate(
    (element, { text: words, kind: how }) => {
      (element as unknown as Widget).startWith(words, how);
    },
    { text, kind },
  );

const roles = async (chat: Locator): Promise<readonly string[]> =>
  (await see(chat)).messages.map(({ role, status }) => (status === undefined ? role : `${role} ${status}`));

const open = (chat: Locator): Promise<void> =>
  expect
    .poll(async () => (await see(chat)).state, { timeout: 20_000 })
    .toMatchObject({ connection: 'open', surface: 'classic' });

/** Waits until the transcript has these roles, and the status of what the person said. */
const shows = (chat: Locator, expected: readonly string[]): Promise<void> =>
  expect.poll(() => roles(chat), { timeout: 20_000 }).toEqual(expected);

/** The agent has greeted, and the exchange that carried the greeting is over: what is switched on now is for the next. */
async function greeted(chat: Locator): Promise<void> {
  await shows(chat, ['agent']);
  await expect.poll(async () => (await see(chat)).state.turn).toBe('idle');
}

test('is fetched on demand, is greeted, and converses under a strict policy without a socket', async ({
  page,
  site,
  mountChat,
  problems,
}) => {
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  const fetched = page.waitForRequest((request) => request.url().endsWith('/dist/surfaces/classic.js'));
  const chat = await mountChat(page, { attributes: attributesFor(site.origin), csp: strictCsp });
  await fetched;
  await open(chat);
  await shows(chat, ['agent']);
  await act(chat, 'send', 'I want to move my visit');
  await shows(chat, ['agent', 'user delivered', 'agent']);
  expect(sockets).toEqual([]);
  expect(await problems.all()).toEqual([]);
});

test('the person may speak first, and no greeting comes', async ({ page, site, mountChat }) => {
  const attributes = { ...attributesFor(site.origin), layout: null };
  const chat = await mountChat(page, { attributes });
  await begin(chat, 'When are you open?', 'user-message');
  await shows(chat, ['user delivered', 'agent']);
  await act(chat, 'send', 'Thank you');
  await shows(chat, ['user delivered', 'agent', 'user delivered', 'agent']);
});

test('an event may begin it, and is shown as a notice', async ({ page, site, mountChat }) => {
  const attributes = { ...attributesFor(site.origin), layout: null };
  const chat = await mountChat(page, { attributes });
  await begin(chat, 'The visit on Friday was cancelled', 'external-event');
  await shows(chat, ['system delivered', 'agent']);
  await chat.evaluate((element) => {
    (element as unknown as { show(): void }).show();
  });
  await expect(chat.locator('amigo-message').first().locator('.author')).toHaveText('Notice');
});

test('an event in the middle is told apart from words, on the wire and on the screen', async ({
  page,
  site,
  mountChat,
  control,
}) => {
  const types: string[] = [];
  page.on('request', (request) => {
    if (!request.url().includes('/interact')) return;
    types.push(/name="initial_message_type"\s+([a-z-]+)/.exec(request.postData() ?? '')?.[1] ?? '');
  });
  const chat = await mountChat(page, { attributes: attributesFor(site.origin) });
  await open(chat);
  await shows(chat, ['agent']);
  await begin(chat, 'The visit on Friday was cancelled', 'external-event');
  await shows(chat, ['agent', 'system delivered', 'agent']);
  await act(chat, 'send', 'Hello');
  await shows(chat, ['agent', 'system delivered', 'agent', 'user delivered', 'agent']);
  expect(types).toEqual(['external-event', 'user-message']);
  expect(JSON.stringify(control.conversations())).toContain('The visit on Friday was cancelled');
});

test('an event on a surface that cannot tell it is refused, not said in the person’s name', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline', transport: 'turns' } });
  await expect.poll(() => roles(chat), { timeout: 20_000 }).toEqual(['agent']);
  await begin(chat, 'The visit on Friday was cancelled', 'external-event');
  await shows(chat, ['agent', 'system not-sent']);
  expect(JSON.stringify(control.conversations())).not.toContain('cancelled');
});

test('goes to the host of its region, and nowhere else', async ({ page, site, mountChat }) => {
  const region = 'https://api-eu-central-1.amigo.ai';
  const asked: string[] = [];
  await page.route(`${region}/**`, async (route) => {
    const request = route.request();
    asked.push(new URL(request.url()).pathname);
    const headers = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
    if (request.method() === 'OPTIONS') return route.fulfill({ status: 204, headers });
    const answer = await route.fetch({ url: request.url().replace(region, site.origin) });
    return route.fulfill({ response: answer, headers: { ...answer.headers(), ...headers } });
  });
  const attributes = { ...attributesFor(site.origin), 'classic-base-url': region };
  const chat = await mountChat(page, { attributes });
  await open(chat);
  await shows(chat, ['agent']);
  await act(chat, 'send', 'Hello');
  await shows(chat, ['agent', 'user delivered', 'agent']);
  const base = `/v1/${demoIds.organizationId}/conversation/`;
  expect(asked.filter((path) => !path.startsWith(base))).toEqual([]);
  expect(asked.length).toBeGreaterThan(1);
});

test('a user token is renewed five minutes before its end', async ({ page, site, mountChat, control }) => {
  const tokens: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/interact')) tokens.push(request.headers()['authorization'] ?? '');
  });
  // Six minutes and some: good for now, and due a moment later.
  control.set({ fault: 'token-ttl', seconds: 400 });
  await page.clock.install();
  const chat = await mountChat(page, { attributes: attributesFor(site.origin) });
  await open(chat);
  await shows(chat, ['agent']);
  await act(chat, 'send', 'Hello');
  await shows(chat, ['agent', 'user delivered', 'agent']);
  await act(chat, 'send', 'Hello again');
  await shows(chat, ['agent', ...['user delivered', 'agent', 'user delivered', 'agent']]);
  expect(tokens[1]).toBe(tokens[0]);
  await page.clock.fastForward(110_000);
  await act(chat, 'send', 'Thank you');
  await expect.poll(() => tokens.length).toBe(3);
  expect(tokens[2]).not.toBe(tokens[1]);
  await shows(chat, ['agent', ...Array.from({ length: 3 }, () => ['user delivered', 'agent']).flat()]);
});

test.describe('an unfinished conversation is a choice', () => {
  for (const [button, answer] of [
    ['Continue', ['agent', 'user delivered', 'agent', 'user delivered', 'agent']],
    ['Start over', ['agent', 'user delivered', 'agent']],
  ] as const) {
    test(button, async ({ page, site, mountChat, control }) => {
      const chat = await mountChat(page, { attributes: attributesFor(site.origin) });
      await open(chat);
      await act(chat, 'send', 'Hello');
      await shows(chat, ['agent', 'user delivered', 'agent']);
      const { conversationId } = (await see(chat)).state;
      await page.reload();
      const choice = chat.getByRole('group', { name: 'You have a chat that is not finished' });
      await expect(choice).toBeVisible();
      expect(await violations(page)).toEqual([]);
      // What is typed meanwhile waits for the choice, and goes where it leads.
      await act(chat, 'send', 'When are you open?');
      await shows(chat, ['user queued']);
      await choice.getByRole('button', { name: button }).click();
      await expect(choice).toBeHidden();
      const expected = button === 'Continue' ? answer : ['user delivered', 'agent'];
      await shows(chat, expected);
      const now = (await see(chat)).state.conversationId;
      expect(now === conversationId).toBe(button === 'Continue');
      const kept = control
        .conversations()
        .flatMap(({ turns }) => turns)
        .filter(({ text }) => text === 'When are you open?');
      expect(kept).toHaveLength(1);
    });
  }
});

test('a turn that is rolled back takes its half reply along and offers the text again', async ({
  page,
  site,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page, { attributes: attributesFor(site.origin) });
  await open(chat);
  await greeted(chat);
  control.set({ fault: 'error', at: 'mid-reply', code: 'unknown' });
  await act(chat, 'send', 'I want to move my visit');
  await shows(chat, ['agent', 'user not-sent']);
  await chat.getByRole('button', { name: /Send again/ }).click();
  await shows(chat, ['agent', 'user delivered', 'agent']);
});

for (const sign of ['completed', 'end-session', 'both']) {
  test(`ends once by ${sign} (C14)`, async ({ page, site, mountChat, control }) => {
    const chat = await mountChat(page, { attributes: attributesFor(site.origin) });
    await open(chat);
    await greeted(chat);
    control.set({ fault: 'classic-end', sign });
    await act(chat, 'send', 'Thank you');
    await shows(chat, ['agent', 'user delivered', 'agent', 'system']);
    await expect.poll(async () => (await see(chat)).state.connection).toBe('closed');
  });
}

test('a filler is shown while a tool runs', async ({ page, site, mountChat, control }) => {
  control.set({ fault: 'action-too-long', where: 'both', filler: 'One moment, I am still looking.' });
  control.set({ fault: 'pace', speed: 1 });
  const chat = await mountChat(page, { attributes: { ...attributesFor(site.origin), 'tool-events': true } });
  await open(chat);
  await shows(chat, ['agent']);
  await act(chat, 'send', 'When is my next visit?');
  await expect(chat.locator('amigo-typing')).toContainText('One moment, I am still looking.');
  await expect(chat.locator('amigo-tool-event').first()).toBeVisible();
  await shows(chat, ['agent', 'user delivered', 'agent']);
  await expect(chat.locator('amigo-typing')).toHaveCount(0);
});

test('suggestions are buttons; choosing one sends it and moves the focus to the composer', async ({
  page,
  site,
  mountChat,
}) => {
  const attributes = { ...attributesFor(site.origin), 'quick-replies': true };
  const chat = await mountChat(page, { attributes });
  await chat.evaluate((element) => {
    Object.assign(element, { starters: { facets: ['visits'], instructions: 'Short.', min: 1, max: 2 } });
  });
  const list = chat.getByRole('list', { name: 'Suggested replies' });
  await expect(list.getByRole('button')).toHaveText([
    'I want to move my visit',
    'Can you refill my lisinopril?',
  ]);
  await list.getByRole('button').first().click();
  await expect(chat.getByRole('textbox')).toBeFocused();
  await shows(chat, ['agent', 'user delivered', 'agent']);
  await expect(list.getByRole('button', { name: 'The first one' })).toBeVisible();
  await chat.evaluate((element) => {
    (element as unknown as Widget).quickReplies = ['Our own'];
  });
  await expect(list.getByRole('button')).toHaveText(['Our own']);
});

test.describe('a conversation left alone', () => {
  /** What the announcer says, assertively, ever. */
  const said = async (chat: Locator): Promise<string> =>
    (await chat.locator('amigo-announcer [aria-live=assertive]').allInnerTexts()).join('');
  const warning = (chat: Locator): Locator => chat.getByRole('button', { name: 'Keep it open' });
  /** Waits until the watch has begun: its file has come, and nothing is under way. */
  const watched = async (page: Page, chat: Locator, file: Promise<unknown>): Promise<void> => {
    await file;
    await page.evaluate(async (address) => {
      await import(address);
    }, '/dist/left-alone.js');
    await open(chat);
    await expect.poll(async () => (await see(chat)).state.turn).toBe('idle');
    await shows(chat, ['agent']);
  };
  const fetched = (page: Page): Promise<unknown> =>
    page.waitForResponse((response) => response.url().endsWith('/dist/left-alone.js'));

  test('is finished after a warning that any key puts off', async ({ page, site, mountChat, control }) => {
    await page.clock.install();
    const attributes = { ...attributesFor(site.origin), 'finish-after': '5' };
    const file = fetched(page);
    const chat = await mountChat(page, { attributes });
    await watched(page, chat, file);
    const finished: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/finish/')) finished.push(request.url());
    });
    for (const putOff of ['key', 'button'] as const) {
      await page.clock.fastForward(270_000);
      await expect(warning(chat)).toBeVisible();
      await expect
        .poll(() => said(chat))
        .toContain('This chat will end soon. Press any key to keep it open.');
      expect(await violations(page)).toEqual([]);
      await page.clock.fastForward(20_000);
      expect((await see(chat)).state.connection).toBe('open');
      if (putOff === 'key') await page.keyboard.press('a');
      else await warning(chat).dispatchEvent('click');
      await expect(warning(chat)).toHaveCount(0);
    }
    await page.clock.fastForward(270_000);
    await expect(warning(chat)).toBeVisible();
    expect(finished).toEqual([]);
    await page.clock.fastForward(30_000);
    await shows(chat, ['agent', 'system']);
    await expect.poll(async () => (await see(chat)).state.connection).toBe('closed');
    expect(finished).toHaveLength(1);
    expect(JSON.stringify(control.log())).toContain('finish');
    await expect(warning(chat)).toHaveCount(0);
  });

  test('is left alone only if nobody is at it in any tab', async ({ page, context, site, mountChat }) => {
    const attributes = { ...attributesFor(site.origin), 'finish-after': '5' };
    await context.clock.install();
    const other = await context.newPage();
    const files = [fetched(page), fetched(other)] as const;
    const chat = await mountChat(page, { attributes });
    const there = await mountChat(other, { attributes });
    await watched(page, chat, files[0]);
    await watched(other, there, files[1]);
    await page.clock.fastForward(240_000);
    await page.evaluate(() => {
      new BroadcastChannel('amigo-chat finish').onmessage = () => {
        document.documentElement.dataset['heard'] = 'yes';
      };
    });
    await there.getByRole('textbox').press('a');
    await expect(page.locator('html')).toHaveAttribute('data-heard', 'yes');
    await page.clock.fastForward(60_000);
    await expect(warning(chat)).toHaveCount(0);
    await page.clock.fastForward(210_000);
    for (const one of [chat, there]) await expect(warning(one)).toBeVisible();
    await warning(there).dispatchEvent('click');
    for (const one of [chat, there]) await expect(warning(one)).toHaveCount(0);
    await page.clock.fastForward(270_000);
    for (const one of [chat, there]) await expect(warning(one)).toBeVisible();
    await page.clock.fastForward(30_000);
    for (const one of [chat, there]) await shows(one, ['agent', 'system']);
  });

  test('is never finished where the page does not ask for it', async ({ page, site, mountChat }) => {
    await page.clock.install();
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    const chat = await mountChat(page, { attributes: attributesFor(site.origin) });
    await open(chat);
    await page.clock.fastForward(24 * 3_600_000);
    await shows(chat, ['agent']);
    expect((await see(chat)).state.connection).toBe('open');
    expect(fetched.filter((url) => url.endsWith('left-alone.js'))).toEqual([]);
  });
});

test('the end finishes the conversation on the server', async ({ page, site, mountChat }) => {
  const chat = await mountChat(page, { attributes: attributesFor(site.origin) });
  await open(chat);
  await act(chat, 'send', 'Hello');
  await shows(chat, ['agent', 'user delivered', 'agent']);
  const finished = page.waitForResponse((response) => response.url().endsWith('/finish/'));
  await act(chat, 'endConversation');
  expect((await finished).status()).toBe(204);
  await page.reload();
  await open(chat);
  await shows(chat, ['agent']);
});
