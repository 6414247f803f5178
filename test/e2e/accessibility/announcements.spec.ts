import type { Page } from '@playwright/test';
import { en } from '../../../src/i18n/locales/en.js';
import { es } from '../../../src/i18n/locales/es.js';
import {
  accessibilityTree,
  articles,
  converse,
  greeted,
  input,
  launcher,
  listen,
  listenOn,
  messagesOf,
  ready,
  send,
  settled,
  stateOf,
  type Chat,
} from '../../support/accessibility.js';
import { expect, test, widgetMarkup } from '../../support/e2e.js';

const inline = { attributes: { layout: 'inline' } };
const guide = 'Tell me all about diabetes: the whole guide, please';

/** Counts the tokens that come over WebSockets from now on. */
function countTokens(page: Page): () => number {
  let tokens = 0;
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      if (/"event":\s*"token"/.test(String(payload))) tokens += 1;
    });
  });
  return () => tokens;
}

test('[14] 200 tokens are at most 3 announcer writes', async ({ page, mountChat }) => {
  const tokens = countTokens(page);
  const chat = await mountChat(page, inline);
  const said = await listenOn(chat);
  const before = tokens();
  await converse(chat, guide);
  await expect.poll(async () => (await said()).some(({ text }) => /^AI helper: /.test(text))).toBe(true);
  expect(tokens() - before).toBeGreaterThan(200);
  const texts = (await said()).map(({ text }) => text);
  expect(texts).toHaveLength(3);
  expect(texts.at(-1)).toMatch(/This is a long reply\. Go to the messages to read it all\.$/);
});

test('[15] a completed reply is announced once, in order, without Markdown', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page, inline);
  const said = await listenOn(chat);
  control.say('Take **one** tablet *daily*:\n\n- with `water`\n- see [the leaflet](https://example.org/l)');
  await expect.poll(async () => (await said()).filter(({ text }) => text.includes('tablet')).length).toBe(1);
  control.say('Second.');
  await expect.poll(async () => (await said()).at(-1)?.text).toBe('AI helper: Second.');
  const replies = (await said()).filter(({ text }) => text.startsWith('AI helper: '));
  expect(replies).toHaveLength(2);
  expect(replies[0]?.text).toMatch(/^AI helper: Take one tablet daily:\s+• with water\s+• see the leaflet/);
  expect(replies[0]?.text).not.toMatch(/[*`~[\]]/);
  expect(replies.every(({ live }) => live === 'polite')).toBe(true);
});

test('[16] a history that loads announces no messages', async ({ page, mountChat }) => {
  await page.clock.install();
  const chat = await mountChat(page, inline);
  await ready(chat);
  await converse(chat, 'Please refill my lisinopril');
  await page.reload();
  await chat.waitFor();
  const said = await listen(chat);
  await expect(articles(chat)).toHaveCount(3);
  await settled(chat);
  await page.clock.runFor(20_000);
  expect((await said()).map(({ text }) => text)).toEqual([]);
  // The listening works: what is new is said.
  await send(chat, 'thanks');
  await expect.poll(async () => (await messagesOf(chat)).length).toBe(5);
  await page.clock.runFor(5_000);
  expect((await said()).length).toBeGreaterThan(0);
});

test('[17] sending gives one short confirmation', async ({ page, mountChat }) => {
  const chat = await mountChat(page, inline);
  const said = await listenOn(chat);
  await converse(chat, 'hello');
  await expect.poll(async () => (await said()).some(({ text }) => text.startsWith('AI helper: '))).toBe(true);
  const confirmations = (await said()).filter(({ text }) => !text.startsWith('AI helper'));
  expect(confirmations.map(({ text }) => text)).toEqual(['Message sent.']);
});

test('[18] typing is announced once per turn', async ({ page, mountChat, control }) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline', 'tool-events': true } });
  const said = await listenOn(chat);
  const replying = async (): Promise<number> =>
    (await said()).filter(({ text }) => text === 'AI helper is replying.').length;
  // A tool in the middle makes the turn wait, reply and wait again.
  for (const [turn, text] of ['Can you explain my lab result?', 'Please refill my lisinopril'].entries()) {
    await converse(chat, text);
    await expect
      .poll(async () => (await said()).filter((one) => one.text.startsWith('AI helper: ')).length)
      .toBe(turn + 1);
    // On a machine so slow that the reply overtakes the word before it, that word is left out.
    expect(await replying()).toBeLessThanOrEqual(turn + 1);
  }
  expect(await replying()).toBeGreaterThan(0);
  control.say('By the way.');
  await expect.poll(async () => (await said()).at(-1)?.text).toBe('AI helper: By the way.');
  // What is said at once may need no word before it; two it never gets.
  expect(await replying()).toBeLessThanOrEqual(3);
});

test('[19] errors land in a role=alert that was there before', async ({ page, mountChat, control }) => {
  const chat = await mountChat(page, inline);
  await ready(chat);
  // Empty it takes no room, but a screen reader knows it.
  const alert = await chat.locator('[role=alert]').elementHandle();
  expect(await alert?.textContent()).toMatch(/^\s*$/);
  expect((await accessibilityTree(page)).filter(({ role }) => role === 'alert')).toHaveLength(1);
  control.set({ fault: 'close', code: 4404, at: 'now' });
  await expect.poll(() => alert?.textContent()).toContain('We could not find');
  expect(await alert?.evaluate((element) => element.isConnected)).toBe(true);
  await expect(chat.getByRole('alert')).toHaveCount(1);
});

test('[20] errors say what happened and what to do, without codes', async ({ page, mountChat, control }) => {
  for (const strings of [en, es]) {
    for (const [code, words] of Object.entries(strings.errors)) {
      // Those that name an attribute are for whoever builds the page.
      if (typeof words === 'function' || code === 'missing-token-source') continue;
      const [what, action] = words;
      for (const text of [what, action]) {
        expect(text.length, code).toBeGreaterThan(10);
        expect(text, code).toMatch(/[.?!]$/);
        expect(text.replaceAll('911', ''), code).not.toMatch(
          /\d|_|\b(?:error code|null|undefined|http|socket|token|frame|server)\b/i,
        );
      }
    }
  }
  const chat = await mountChat(page, inline);
  await ready(chat);
  control.set({ fault: 'close', code: 4404, at: 'created', times: 5 });
  control.set({ fault: 'close', code: 4404, at: 'now' });
  const [what, action] = en.errors['conversation-not-found'];
  await expect(chat.getByRole('alert')).toHaveText(`${what} ${action}`, { timeout: 60_000 });
});

test('[21] one polite message for each change of the connection', async ({ page, mountChat, control }) => {
  const chat = await mountChat(page, inline);
  const said = await listenOn(chat);
  const lost = 'Connection lost. We are trying again.';
  const back = 'Chat connected.';
  for (let times = 1; times <= 5; times += 1) {
    control.drop();
    const told = async (text: string): Promise<number> =>
      (await said()).filter((one) => one.text === text).length;
    await expect.poll(() => told(back), { timeout: 60_000 }).toBe(times);
    expect(await told(lost)).toBe(times);
    // A session that is open for a while counts anew, as it does between real breaks.
    await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  }
  const texts = await said();
  expect(texts.map(({ text }) => text)).toEqual(Array.from({ length: 5 }, () => [lost, back]).flat());
  expect(texts.every(({ live }) => live === 'polite')).toBe(true);
});

test('[22] a failed message keeps its text, and its buttons name it', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page, inline);
  await ready(chat);
  const text = 'Please refill my lisinopril';
  control.set({ fault: 'history-fails', status: 500, times: 100 });
  control.set({ fault: 'drop', at: 'received' });
  await send(chat, text);
  const message = articles(chat).filter({ hasText: text });
  await expect(message).toContainText('We do not know if this arrived.', { timeout: 60_000 });
  await expect(message.locator('.typed')).toHaveText(text);
  for (const label of ['Check now', 'Send again', 'It arrived'])
    await expect(message.getByRole('button', { name: `${label}: “${text}”`, exact: true })).toBeVisible();
  const said = await listen(chat);
  control.clear('history-fails');
  await message.getByRole('button', { name: /^Check now/ }).click();
  await expect(message).toContainText('Not sent', { timeout: 60_000 });
  await expect(message.locator('.typed')).toHaveText(text);
  await expect
    .poll(async () => (await said()).map((one) => one.text))
    .toContain('Your message was not sent.');
  await message.getByRole('button', { name: `Send again: “${text}”`, exact: true }).press('Enter');
  await expect
    .poll(async () => (await messagesOf(chat)).find((one) => one.text === text)?.status)
    .toBe('delivered');
});

test('[23] unread announcements come at most once in 10 s', async ({ page, mountChat, control }) => {
  await page.clock.install();
  const chat = await mountChat(page);
  await greeted(chat);
  await page.clock.runFor(5_000);
  await input(chat).press('Escape');
  const said = await listen(chat);
  for (let count = 1; count <= 8; count += 1) {
    control.say(`Number ${String(count)}.`);
    await expect(launcher(chat)).toHaveAccessibleName(new RegExp(`\\b${String(count)} new message`));
    await page.clock.runFor(3_000);
  }
  await page.clock.runFor(20_000);
  const notices = (await said()).filter(({ text }) => /new message/.test(text));
  expect(notices.length).toBeGreaterThan(1);
  for (const [index, { at }] of notices.entries()) {
    if (index > 0) expect(at - (notices[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
  }
  expect(notices.at(-1)?.text).toBe('8 new messages in the chat.');
  // What came is counted, not read out.
  expect((await said()).filter(({ text }) => text.includes('Number'))).toEqual([]);
});

test('[24] ticking times are never in live regions', async ({ page, mountChat }) => {
  await page.clock.install();
  const chat = await mountChat(page, { attributes: { layout: 'inline', 'lock-after': '600' } });
  await ready(chat);
  await converse(chat, 'hello');
  await page.clock.runFor(20_000);
  const said = await listen(chat);
  await page.clock.fastForward(3_600_000);
  await page.clock.runFor(5_000);
  await chat.evaluate(async (element) => {
    (element as Chat).requestUpdate();
    await (element as Chat).updateComplete;
  });
  expect(await said()).toEqual([]);
  const times = await chat.evaluate((element) => {
    const live = '[aria-live],[role=status],[role=alert],[role=log],[role=timer],[role=marquee]';
    const roots = (node: ParentNode): ParentNode[] => [
      node,
      ...[...node.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? roots(one.shadowRoot) : [])),
    ];
    const within = roots(element.shadowRoot as ShadowRoot);
    const found = within.flatMap((root) => [...root.querySelectorAll('time')]);
    const inLive = found.filter((time) => {
      for (
        let node: Node | null = time;
        node;
        node = node instanceof ShadowRoot ? node.host : node.parentNode
      )
        if (node instanceof Element && node.closest(live)) return true;
      return false;
    });
    return { found: found.length, inLive: inLive.length };
  });
  expect(times.found).toBeGreaterThan(2);
  expect(times.inLive).toBe(0);
});

test('that an AI answers, and what to do in an emergency, is heard before anything else, once', async ({
  page,
  mountChat,
  site,
}) => {
  const markup = widgetMarkup(site.origin).replace(
    '></',
    '><p slot="emergency">In an emergency dial 112.</p></',
  );
  const html = `<main></main>${markup}<script type="module" src="/dist/amigo-chat.js"></script>`;
  for (const width of [1024, 360]) {
    await page.setViewportSize({ width, height: 700 });
    const chat = await mountChat(page, { html });
    await launcher(chat).waitFor();
    const said = await listen(chat);
    await launcher(chat).click();
    await expect.poll(async () => (await said()).length).toBeGreaterThan(0);
    expect((await said())[0]).toMatchObject({
      text: 'You are chatting with an AI helper, not a person. It can make mistakes. In an emergency dial 112.',
      live: 'polite',
    });
    await input(chat).press('Escape');
    await launcher(chat).click();
    await converse(chat, 'hello');
    await expect.poll(async () => (await said()).at(-1)?.text).toMatch(/^AI helper: /);
    expect((await said()).filter(({ text }) => text.includes('dial 112'))).toHaveLength(1);
  }
});
