import type { Locator, Page } from '@playwright/test';
import type { Control } from '../../demo/server/index.js';
import { announced } from '../support/announced.js';
import { expect, strictCsp, test } from '../support/e2e.js';

type Chat = HTMLElementTagNameMap['amigo-chat'];

const stateOf = (chat: Locator): Promise<Chat['state']> =>
  chat.evaluate((element) => (element as Chat).state);

/** Details of a public event, from now on. */
async function details(
  chat: Locator,
  type: keyof HTMLElementEventMap,
): Promise<() => Promise<readonly unknown[] | undefined>> {
  await chat.evaluate((element, name) => {
    const heard: unknown[] = [];
    Object.assign(element, { [`heard:${name}`]: heard });
    element.addEventListener(name, (event) => heard.push((event as CustomEvent).detail));
  }, type);
  return () =>
    chat.evaluate(
      (element, name) => (element as unknown as Record<string, unknown[]>)[`heard:${name}`],
      type,
    );
}

/** The server says on this surface that a person takes over, once the person has written. */
const escalate: Record<'text-stream' | 'sessions-connect', (page: Page, control: Control) => Promise<void>> =
  {
    'text-stream': (_, control) => {
      control.set({ fault: 'session-ended', reason: 'escalated' });
      return Promise.resolve();
    },
    // Our development server has no such frame on this surface: it is added on the way.
    'sessions-connect': (page) =>
      page.routeWebSocket(/sessions\/connect/, (socket) => {
        const server = socket.connectToServer();
        socket.onMessage((message) => {
          if (String(message).includes('user_text'))
            socket.send(JSON.stringify({ type: 'session_ended', reason: 'escalated' }));
          else server.send(message);
        });
      }),
  };

for (const transport of ['text-stream', 'sessions-connect'] as const) {
  test(`a hand-over by ${transport} is announced once, told to the page, and stays in view`, async ({
    page,
    mountChat,
    control,
  }) => {
    await escalate[transport](page, control);
    const chat = await mountChat(page, { attributes: { layout: 'inline', transport } });
    const said = await announced(chat);
    const handovers = await details(chat, 'amigo-handover');
    await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
    await chat.evaluate((element) => {
      (element as Chat).send('I want to talk to a person');
    });
    const notice = chat.getByText('A person from your clinic is taking over.');
    await expect(notice).toBeVisible();
    expect(await stateOf(chat)).toMatchObject({ handover: 'escalated' });
    expect(await handovers()).toEqual([{ state: 'escalated' }]);
    const words = 'Your chat was passed on to the care team.';
    await expect.poll(async () => (await said()).filter((text) => text.includes(words))).toHaveLength(1);
    // Another chat begins: nobody has taken that one over.
    await chat.evaluate((element) => {
      (element as Chat).newConversation();
    });
    await expect(notice).toHaveCount(0);
    expect(await handovers()).toEqual([{ state: 'escalated' }, { state: 'none' }]);
  });
}

test('a line about interpreters stands beside how to reach a human, and nothing where there is none', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  const notices = chat.locator('.about');
  await expect(notices).toContainText('To talk to a person, call your clinic.');
  const before = await notices.innerText();
  await chat.evaluate((element) => {
    const line = document.createElement('p');
    line.slot = 'interpreter';
    line.textContent = 'Free interpreters: 555-0100';
    element.append(line);
  });
  const line = chat.getByText('Free interpreters: 555-0100');
  await expect(line).toBeVisible();
  const human = chat.getByText('To talk to a person, call your clinic.');
  const [one, other] = [await human.boundingBox(), await line.boundingBox()];
  expect(one && other && other.y >= one.y).toBe(true);
  await line.evaluate((element) => {
    element.remove();
  });
  expect(await notices.innerText()).toBe(before);
});

test('thumbs tell the page whether a reply helped, without a word of it, and can be changed', async ({
  page,
  mountChat,
  problems,
}) => {
  const chat = await mountChat(page, {
    attributes: { layout: 'inline', 'event-text': true },
    csp: strictCsp,
  });
  const said = await announced(chat);
  const answers = await details(chat, 'amigo-feedback');
  const helpful = chat.getByRole('button', { name: /^Helpful: “/ });
  const notHelpful = chat.getByRole('button', { name: /^Not helpful: “/ });
  await helpful.click();
  await expect(helpful).toHaveAttribute('aria-pressed', 'true');
  await expect(helpful).toBeFocused();
  await helpful.click();
  await notHelpful.click();
  await expect(notHelpful).toHaveAttribute('aria-pressed', 'true');
  await expect(helpful).toHaveAttribute('aria-pressed', 'false');
  const [greeting] = await chat.evaluate((element) => (element as Chat).messages);
  expect(await answers()).toEqual([
    { messageId: greeting?.id, value: 'up' },
    { messageId: greeting?.id, value: 'down' },
  ]);
  const thanks = async (): Promise<number> =>
    (await said()).filter((text) => text.includes('Thank you for telling us.')).length;
  await expect.poll(thanks).toBeGreaterThan(0);
  expect(await thanks()).toBeLessThanOrEqual(2);
  // The next person, and another chat, begin without answers.
  await chat.evaluate((element) => {
    (element as Chat).reset();
    (element as Chat).connect();
  });
  await expect(helpful).toHaveAttribute('aria-pressed', 'false');
  await expect(notHelpful).toHaveAttribute('aria-pressed', 'false');
  expect(await problems.all()).toEqual([]);
});

test('a page that wants no feedback has no thumbs, and fetches none', async ({ page, mountChat }) => {
  const files: string[] = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  const chat = await mountChat(page, { attributes: { layout: 'inline', feedback: 'off' } });
  await expect(chat.getByRole('button', { name: /^Copy: “/ })).toHaveCount(1);
  await expect(chat.getByRole('button', { name: /helpful/i })).toHaveCount(0);
  expect(files).not.toContain('/dist/thumbs.js');
});

test('what came unseen is counted on the launcher, in its name and in an event, and the tab title stays', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page);
  const title = await page.title();
  const counts = await details(chat, 'amigo-unread-change');
  await chat.getByRole('button', { name: 'Chat with us' }).click();
  await expect(chat.getByRole('article')).toHaveCount(1);
  // A greeting that goes on while the chat is closed would count too.
  await expect.poll(async () => (await stateOf(chat)).turn).toBe('idle');
  await chat.getByRole('button', { name: 'Close chat' }).click();
  control.say('Your refill is ready.');
  await expect(chat.getByRole('button', { name: 'Chat with us, 1 new message' })).toBeVisible();
  await expect(chat.locator('[part=badge]')).toHaveText('1');
  control.say('You can pick it up now.');
  const launcher = chat.getByRole('button', { name: 'Chat with us, 2 new messages' });
  await expect(launcher).toBeVisible();
  expect(await page.title()).toBe(title);
  await launcher.click();
  await expect(chat.locator('[part=badge]')).toHaveCount(0);
  expect(await counts()).toEqual([{ count: 1 }, { count: 2 }, { count: 0 }]);
  expect(await page.title()).toBe(title);
});
