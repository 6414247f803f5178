import type { Locator, Page } from '@playwright/test';
import { expect, strictCsp, test, type HostPage } from '../support/e2e.js';

/** `history="session"`: what was said is there again after a reload, from the tab's own storage and for nobody else. */

type Chat = HTMLElementTagNameMap['amigo-chat'];

const kept: HostPage = { attributes: { layout: 'inline', history: 'session' }, csp: strictCsp };

const texts = (chat: Locator): Promise<string[]> =>
  chat.evaluate((element) => (element as Chat).messages.map(({ role, text }) => `${role}: ${text}`));
const open = (chat: Locator): Promise<unknown> =>
  expect.poll(() => chat.evaluate((element) => (element as Chat).state.connection)).toBe('open');
const stored = (page: Page): Promise<string> => page.evaluate(() => JSON.stringify({ ...sessionStorage }));

async function ask(chat: Locator, text: string): Promise<void> {
  await open(chat);
  await chat.getByRole('textbox').fill(text);
  await chat.getByRole('textbox').press('Enter');
  await expect
    .poll(() =>
      chat.evaluate((element, words) => {
        const { messages, state } = element as Chat;
        return (
          state.turn === 'idle' && messages.some((one) => one.text === words && one.status === 'delivered')
        );
      }, text),
    )
    .toBe(true);
}

test('a reload brings back what was said, without asking the server, and greets nobody twice', async ({
  page,
  mountChat,
  control,
  problems,
}) => {
  const chat = await mountChat(page, kept);
  await ask(chat, 'When are you open?');
  const before = await texts(chat);
  expect(before).toHaveLength(3);
  await page.reload();
  await open(chat);
  await expect.poll(() => texts(chat)).toEqual(before);
  await expect(chat.getByRole('article')).toHaveCount(3);
  await ask(chat, 'Thank you');
  expect((await texts(chat)).slice(0, 4)).toEqual([...before, 'user: Thank you']);
  const reads = control.log().filter(({ detail }) => /GET .*conversations/.test(detail ?? ''));
  expect(reads).toEqual([]);
  expect(await problems.all()).toEqual([]);
});

test('nothing of it is announced or told to the page as news', async ({ page, mountChat }) => {
  const chat = await mountChat(page, kept);
  await ask(chat, 'When are you open?');
  const before = await texts(chat);
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    addEventListener('amigo-message', (event) =>
      heard.push((event as CustomEvent<{ role: string }>).detail.role),
    );
  });
  await page.reload();
  await open(chat);
  await expect.poll(() => texts(chat)).toEqual(before);
  const heard = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard);
  expect(heard.filter((role) => role === 'user')).toEqual([]);
});

test('reset() and another entity-id leave nothing in the storage', async ({ page, mountChat }) => {
  const chat = await mountChat(page, kept);
  await ask(chat, 'Words of canaryone');
  expect(await stored(page)).toContain('canaryone');
  await chat.evaluate((element) => {
    (element as Chat).entityId = '00000000-0000-4000-8000-00000000beef';
  });
  await expect.poll(() => stored(page)).not.toContain('canaryone');
  await ask(chat, 'Words of canarytwo');
  expect(await stored(page)).toContain('canarytwo');
  await chat.evaluate((element) => {
    (element as Chat).reset();
  });
  expect(await stored(page)).toBe('{}');
});

test('reset() in one tab wipes the storage of the others', async ({ context, mountChat }) => {
  const [one, two] = [await context.newPage(), await context.newPage()];
  const chat = await mountChat(one, kept);
  const other = await mountChat(two, kept);
  await open(other);
  await ask(chat, 'Words of canaryword');
  await expect.poll(() => stored(two)).toContain('canaryword');
  await chat.evaluate((element) => {
    (element as Chat).reset();
  });
  await expect.poll(() => stored(two)).toBe('{}');
  expect(await stored(one)).toBe('{}');
});

test('who signs in after a reload with another token sees nothing of the last person', async ({
  page,
  mountChat,
  control,
}) => {
  control.set({ fault: 'token-subject', subject: 'mia', times: 50 });
  const chat = await mountChat(page, kept);
  await ask(chat, 'Words of canaryword');
  control.clear('token-subject');
  control.set({ fault: 'token-subject', subject: 'ben', times: 50 });
  const seen: string[] = [];
  await page.exposeFunction('report', (text: string) => seen.push(text));
  await page.addInitScript(() => {
    const { report } = globalThis as unknown as { report: (text: string) => void };
    const look = (): void => {
      const chat = document.querySelector('amigo-chat');
      if (chat?.messages?.some(({ text }) => text.includes('canaryword'))) report('seen');
      requestAnimationFrame(look);
    };
    look();
  });
  await page.reload();
  await open(chat);
  await expect.poll(() => stored(page)).not.toContain('canaryword');
  expect(await texts(chat)).not.toContainEqual(expect.stringContaining('canaryword'));
  expect(seen).toEqual([]);
});

for (const [what, breakIt] of [
  [
    'blocked',
    () =>
      Object.defineProperty(globalThis, 'sessionStorage', {
        get: () => {
          throw new DOMException('no', 'SecurityError');
        },
      }),
  ],
  [
    'full',
    () => {
      Storage.prototype.setItem = () => {
        throw new DOMException('full', 'QuotaExceededError');
      };
    },
  ],
  [
    'full of junk',
    () => {
      sessionStorage.setItem('amigo-chat', '{"format":1,"turns":[{}');
    },
  ],
] as const) {
  test(`a storage that is ${what} costs the earlier messages and nothing else`, async ({
    page,
    mountChat,
    problems,
  }) => {
    await page.addInitScript(breakIt);
    const chat = await mountChat(page, kept);
    await ask(chat, 'When are you open?');
    await page.reload();
    await ask(chat, 'Thank you');
    expect(await problems.all()).toEqual([]);
  });
}

test('a file that does not come costs the earlier messages and nothing else', async ({ page, mountChat }) => {
  await page.route('**/dist/kept-history.js', (route) => route.abort());
  const chat = await mountChat(page, kept);
  await ask(chat, 'When are you open?');
  expect(await stored(page)).toBe('{}');
});
