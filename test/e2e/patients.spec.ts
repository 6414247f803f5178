import type { Locator, Page } from '@playwright/test';
import type { Control } from '../../demo/server/index.js';
import { announced } from '../support/announced.js';
import { expect, test } from '../support/e2e.js';

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
