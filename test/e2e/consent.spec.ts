import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { PublicMessage } from '../../src/element.js';
import { expect, strictCsp, test } from '../support/e2e.js';

type Chat = HTMLElementTagNameMap['amigo-chat'];

const AGREE = 'I agree and want to chat';
const agree = (chat: Locator): Locator => chat.getByRole('button', { name: AGREE });
const question = (chat: Locator): Locator => chat.getByRole('heading', { name: 'Before you start' });
const field = (chat: Locator): Locator => chat.getByRole('textbox');

const connection = (chat: Locator): Promise<string> =>
  chat.evaluate((element) => (element as Chat).state.connection);
const said = async (chat: Locator): Promise<readonly string[]> => {
  const messages = await chat.evaluate((element): readonly PublicMessage[] => (element as Chat).messages);
  return messages.filter(({ role }) => role === 'user').map(({ text, status }) => `${text}: ${status ?? ''}`);
};

/** Tokens asked for and sockets opened by a page, as they happen. */
function contacts(page: Page): string[] {
  const seen: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/token' || pathname.startsWith('/v1/')) seen.push(pathname);
  });
  page.on('websocket', (socket) => seen.push(socket.url()));
  return seen;
}

/** What the page asks for now is sent after everything that the widget asked for before. */
const settled = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    return (await fetch(location.href)).status;
  });

const setConsent = (chat: Locator, id: string | null): Promise<void> =>
  chat.evaluate((element, value) => {
    (element as Chat).consent = value;
  }, id);

const idle = (chat: Locator): Promise<void> =>
  expect
    .poll(() => chat.evaluate((element) => (element as Chat).state))
    .toMatchObject({ connection: 'open', turn: 'idle' });

async function agreed(chat: Locator): Promise<void> {
  await agree(chat).click();
  await expect.poll(() => connection(chat)).toBe('open');
}

test('nothing connects before the person agrees, and what was sent meanwhile is sent then, in order', async ({
  page,
  mountChat,
  problems,
}) => {
  const seen = contacts(page);
  const chat = await mountChat(page, { attributes: { layout: 'inline', consent: 'v1' }, csp: strictCsp });
  await expect(agree(chat)).toBeVisible();
  await chat.evaluate((element) => {
    const widget = element as Chat;
    widget.connect();
    widget.send('Hello');
    widget.startWith('I need a refill', 'user-message');
    widget.newConversation();
    widget.send('Thanks');
    widget.setDraft('One more thing');
  });
  await settled(page);
  expect(seen).toEqual([]);
  expect(await connection(chat)).toBe('idle');
  await expect(field(chat)).toHaveCount(0);
  await agreed(chat);
  await expect
    .poll(() => said(chat), { timeout: 20_000 })
    .toEqual(['Hello: delivered', 'I need a refill: delivered', 'Thanks: delivered']);
  await expect(field(chat)).toHaveValue('One more thing');
  await expect(field(chat)).toBeFocused();
  expect(seen).toContain('/token');
  expect(await problems.all()).toEqual([]);
});

test('a popup asks with the focus on the question, and can be closed instead; the draft stays', async ({
  page,
  mountChat,
}) => {
  const seen = contacts(page);
  const chat = await mountChat(page, { attributes: { consent: 'v1' } });
  const launcher = chat.getByRole('button', { name: 'Chat with us' });
  await chat.evaluate((element) => {
    (element as Chat).setDraft('My knee hurts');
  });
  await launcher.focus();
  await page.keyboard.press('Enter');
  await expect(question(chat)).toBeFocused();
  await expect(question(chat)).toHaveAccessibleDescription(/Nothing is sent until you agree/);
  const axe = await new AxeBuilder({ page })
    .include('amigo-chat')
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(axe.violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(agree(chat)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(chat.getByRole('button', { name: 'Not now' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(question(chat)).toBeHidden();
  await expect(launcher).toBeFocused();
  await settled(page);
  expect(seen).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(question(chat)).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(field(chat)).toBeFocused();
  await expect(field(chat)).toHaveValue('My knee hurts');
  await expect.poll(() => connection(chat)).toBe('open');
});

test('another id asks again: the conversation leaves the screen, and is back once they agree', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline', consent: 'v1' } });
  await agreed(chat);
  await expect(chat.getByRole('article')).toHaveCount(1);
  await field(chat).fill('Half a sentence');
  await setConsent(chat, 'v2');
  await expect(question(chat)).toBeFocused();
  await expect(chat.getByRole('article')).toHaveCount(0);
  await expect.poll(() => connection(chat)).toBe('closed');
  await agreed(chat);
  await expect(chat.getByRole('article')).toHaveCount(1);
  await expect(field(chat)).toHaveValue('Half a sentence');
  await setConsent(chat, 'v2');
  await expect(field(chat)).toBeVisible();
  await setConsent(chat, 'v3');
  await expect(question(chat)).toBeVisible();
  // The page takes its question back.
  await setConsent(chat, null);
  await expect(field(chat)).toBeVisible();
  await expect.poll(() => connection(chat)).toBe('open');
});

test('reset() and another person are asked anew; the same person in another conversation is not', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline', consent: 'v1' } });
  await agreed(chat);
  await chat.evaluate((element) => {
    (element as Chat).newConversation();
  });
  await expect(field(chat)).toBeVisible();
  // What the ending of the old one asks of the server is the agreed conversation's own business.
  await expect(chat.getByRole('article')).toHaveCount(1);
  await idle(chat);
  await settled(page);
  const seen = contacts(page);
  await chat.evaluate((element) => {
    (element as Chat).reset();
    (element as Chat).connect();
  });
  await expect(question(chat)).toBeVisible();
  await settled(page);
  expect(seen).toEqual([]);
  await agreed(chat);
  seen.length = 0;
  await chat.evaluate((element) => {
    (element as Chat).entityId = 'someone-else';
  });
  await expect(question(chat)).toBeVisible();
  await settled(page);
  expect(seen).toEqual([]);
});

test('each tab asks for itself, and leaves the chat of the others alone', async ({ page, mountChat }) => {
  const attributes = { layout: 'inline', consent: 'v1' };
  const first = await mountChat(page, { attributes });
  await agreed(first);
  const other = await page.context().newPage();
  const seen = contacts(other);
  await other.goto(page.url());
  const second = other.locator('amigo-chat');
  await expect(question(second)).toBeVisible();
  await settled(other);
  expect(seen).toEqual([]);
  expect(await connection(first)).toBe('open');
  await agreed(second);
  expect(await connection(first)).toBe('open');
});

test('the page’s own text stands in place of ours', async ({ page, mountChat }) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline', consent: 'v1' } });
  await chat.evaluate((element) => {
    const text = document.createElement('p');
    text.slot = 'consent';
    text.textContent = 'Elm Street Clinic keeps your chat for a year.';
    element.append(text);
  });
  await expect(chat.getByText('Elm Street Clinic keeps your chat for a year.')).toBeVisible();
  await expect(chat.getByText(/Nothing is sent until you agree/)).toHaveCount(0);
  await expect(question(chat)).toHaveAccessibleDescription('Elm Street Clinic keeps your chat for a year.');
});

test('an attribute without an id asks all the same, and the page is told once', async ({
  page,
  mountChat,
}) => {
  await page.addInitScript(() => {
    const errors: unknown[] = [];
    Object.assign(globalThis, { errors });
    addEventListener('amigo-error', (event) => errors.push((event as CustomEvent).detail));
  });
  const chat = await mountChat(page, { attributes: { layout: 'inline', consent: true } });
  await expect(question(chat)).toBeVisible();
  await setConsent(chat, ' ');
  await agreed(chat);
  const errors = await page.evaluate(() => (globalThis as unknown as { errors: object[] }).errors);
  expect(errors).toEqual([
    { origin: 'configuration', code: 'invalid-attribute', severity: 'warning', retryable: false },
  ]);
});

test('where the question cannot be fetched, the chat says so and stays closed; opening it again tries again', async ({
  page,
  mountChat,
}) => {
  const seen = contacts(page);
  await page.route('**/dist/consent.js', (route) => route.abort());
  const chat = await mountChat(page, { attributes: { consent: 'v1' } });
  const launcher = chat.getByRole('button', { name: 'Chat with us' });
  await launcher.click();
  await expect(chat.getByText('The chat could not start.')).toBeVisible();
  await settled(page);
  expect(seen).toEqual([]);
  await page.unroute('**/dist/consent.js');
  await launcher.click();
  await launcher.click();
  await agreed(chat);
  await expect(chat.getByText('The chat could not start.')).toHaveCount(0);
});
