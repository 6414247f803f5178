import { demoIds } from '../../../demo/server/index.js';
import {
  accessibilityTree,
  articles,
  converse,
  greeted,
  input,
  listen,
  messagesOf,
  ready,
  send,
  settled,
  stateOf,
  violations,
  type Chat,
} from '../../support/accessibility.js';
import { expect, test } from '../../support/e2e.js';

const inline = { attributes: { layout: 'inline' } };
const guide = 'Tell me all about diabetes: the whole guide, please';

test('[26] an action with consequences is put up for review, and nothing is done before the person confirms', async ({
  page,
  mountChat,
  site,
}) => {
  const attributes = { layout: 'inline', transport: 'turns', 'entity-id': null, 'token-url': null };
  const chat = await mountChat(page, { attributes });
  const token = await externalUserToken(site.origin);
  await chat.evaluate((element, given) => {
    (element as Chat).getToken = () => given;
  }, token);
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  await settled(chat);
  const decisions: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.url().includes('/approval'))
      decisions.push(request.postData() ?? '');
  });
  const said = await listen(chat);
  await input(chat).focus();
  await chat.evaluate((element) => {
    (element as Chat).requestApproval({ id: 'a1', summary: 'Cancel the visit on Friday' });
  });
  const card = chat.getByRole('region', { name: 'Please check and confirm' });
  await expect(card).toContainText('Cancel the visit on Friday');
  await expect
    .poll(async () => (await said()).at(-1)?.text)
    .toBe('Please check and confirm: Cancel the visit on Friday');
  for (const name of ['Approve', 'Decline'])
    await expect(card.getByRole('button', { name })).toHaveAccessibleDescription(
      'Cancel the visit on Friday',
    );
  expect(await violations(page)).toEqual([]);
  // Neither sending nor Enter elsewhere confirms, and the focus stays where the person is.
  await expect(input(chat)).toBeFocused();
  await converse(chat, 'hello');
  expect(decisions).toEqual([]);
  await card.getByRole('button', { name: 'Decline' }).press('Enter');
  await expect(chat.getByText('You declined this.')).toBeVisible();
  expect(decisions).toHaveLength(1);
  // The card is gone: the focus goes where the person goes on.
  await expect(input(chat)).toBeFocused();
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

test('[27] a reader who scrolled back is never moved by what arrives', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page);
  await greeted(chat);
  await converse(chat, 'Can you explain my lab result?');
  await converse(chat, 'Please refill my lisinopril');
  const log = chat.getByRole('region', { name: 'Messages' });
  const places = await log.evaluateHandle((region) => {
    region.scrollTop -= 150;
    const seen: number[] = [];
    region.addEventListener('scroll', () => seen.push(region.scrollTop));
    return seen;
  });
  const place = await log.evaluate((region) => region.scrollTop);
  const height = await log.evaluate((region) => region.scrollHeight);
  control.say('A long reply that grows line by line. '.repeat(40));
  await expect(articles(chat)).toHaveCount(6);
  await settled(chat);
  expect(await log.evaluate((region) => region.scrollHeight)).toBeGreaterThan(height + 200);
  expect(await log.evaluate((region) => region.scrollTop)).toBe(place);
  expect((await places.jsonValue()).filter((top) => top !== place)).toEqual([]);
});

test('[29] Stop halts the streaming: not one change after it, and the composer is free when the turn ends', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page, inline);
  await ready(chat);
  let frames = 0;
  page.on('websocket', (socket) => {
    socket.on('framereceived', () => (frames += 1));
  });
  await page.reload();
  await expect(input(chat)).toBeVisible();
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  await send(chat, guide);
  const reply = articles(chat).last();
  await expect(reply).toContainText('diabetes', { timeout: 30_000 });
  await chat.getByRole('button', { name: 'Stop reply' }).click();
  await expect(reply).toContainText('You stopped this reply.');
  await expect(input(chat)).toBeFocused();
  const text = await reply.locator('amigo-markdown').evaluate((markdown) => markdown.shadowRoot?.textContent);
  const changes = await reply.evaluateHandle((article) => {
    const seen: string[] = [];
    for (const root of [article.shadowRoot, article.shadowRoot?.querySelector('amigo-markdown')?.shadowRoot])
      new MutationObserver((all) => seen.push(...all.map(({ type }) => type))).observe(root as ShadowRoot, {
        childList: true,
        subtree: true,
        characterData: true,
      });
    return seen;
  });
  const before = frames;
  await expect.poll(async () => (await stateOf(chat)).turn, { timeout: 60_000 }).toBe('idle');
  expect(frames, 'the turn went on unseen').toBeGreaterThan(before);
  expect(await changes.jsonValue()).toEqual([]);
  expect(await reply.locator('amigo-markdown').evaluate((markdown) => markdown.shadowRoot?.textContent)).toBe(
    text,
  );
  await expect(chat.getByRole('button', { name: 'Stop reply' })).toHaveCount(0);
  await converse(chat, 'hello');
});

test('[30] the lock warns at least 20 s before, and one key extends it, ten times and more', async ({
  page,
  mountChat,
}) => {
  await page.clock.install();
  const chat = await mountChat(page, { attributes: { layout: 'inline', 'lock-after': '1' } });
  await ready(chat);
  await input(chat).fill('a draft');
  await page.clock.runFor(2_000);
  const said = await listen(chat);
  const warning = chat.getByRole('button', { name: 'Keep it open' });
  const keys = [
    'Shift',
    'a',
    'Tab',
    'ArrowDown',
    'Control',
    'F6',
    'Home',
    'Alt',
    'End',
    'CapsLock',
    'Shift',
    'Shift',
  ];
  for (const [index, key] of keys.entries()) {
    await page.clock.runFor(32_000);
    await expect(warning).toBeVisible();
    if (index === 0) expect(await violations(page)).toEqual([]);
    await page.keyboard.press(key);
    await expect(warning).toHaveCount(0);
    expect((await stateOf(chat)).locked).toBe(false);
  }
  await expect
    .poll(async () => (await said()).filter(({ text }) => text.startsWith('Are you still there?')).length)
    .toBe(keys.length);
  expect((await said()).every(({ live }) => live === 'assertive')).toBe(true);
  // With nobody there it falls, 20 s after the warning or later.
  await page.clock.runFor(32_000);
  await expect(warning).toBeVisible();
  await page.clock.runFor(20_000);
  expect((await stateOf(chat)).locked).toBe(false);
  await page.clock.runFor(12_000);
  await expect.poll(async () => (await stateOf(chat)).locked).toBe(true);
  // Nothing typed is lost by it.
  await chat.getByRole('button', { name: 'Show my chat' }).press('Enter');
  await expect(input(chat)).toHaveValue('a drafta');
});

test('[31] signing in again is the host’s: no puzzle, and the draft is kept in memory', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page, inline);
  const asked = await chat.evaluateHandle((element) => {
    const seen: unknown[] = [];
    element.addEventListener('amigo-auth-required', (event) => seen.push((event as CustomEvent).detail));
    return seen;
  });
  await ready(chat);
  await converse(chat, 'hello');
  await input(chat).fill('a draft');
  control.set({ fault: 'refuse-token', times: 2 });
  control.drop();
  await expect.poll(async () => (await stateOf(chat)).locked, { timeout: 60_000 }).toBe(true);
  expect(await asked.jsonValue()).toHaveLength(1);
  // Nothing to solve, to remember or to copy: a sentence and one button.
  await expect(chat.getByText('Please sign in again to see your chat.')).toBeVisible();
  await expect(chat.getByRole('textbox')).toHaveCount(0);
  await expect(chat.locator('input, select, iframe, canvas')).toHaveCount(0);
  expect((await accessibilityTree(page)).map(({ name }) => name).join()).not.toContain('a draft');
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
    0,
    0,
    '',
  ]);
  expect(await violations(page)).toEqual([]);
  await chat.getByRole('button', { name: 'Show my chat' }).press('Enter');
  await expect(input(chat)).toHaveValue('a draft', { timeout: 60_000 });
  await expect.poll(async () => (await messagesOf(chat)).length).toBe(3);
});

for (const reducedMotion of ['reduce', 'no-preference'] as const) {
  const title =
    reducedMotion === 'reduce'
      ? '[42] reduced motion: no animation, no smooth scrolling'
      : 'motion where it is welcome, so that the test of reduced motion can fail';
  test(title, async ({ page, mountChat, control }) => {
    await page.emulateMedia({ reducedMotion });
    const chat = await mountChat(page);
    await chat.getByRole('button', { name: 'Chat with us' }).hover();
    // Everything that moves from the first frame on: opening, waiting, streaming.
    const moved = await chat.evaluateHandle((element) => {
      const seen = new Set<string>();
      const roots = (root: ShadowRoot): ShadowRoot[] => [
        root,
        ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? roots(one.shadowRoot) : [])),
      ];
      const look = (): void => {
        for (const root of roots(element.shadowRoot as ShadowRoot)) {
          for (const animation of [...root.getAnimations(), ...document.getAnimations()])
            seen.add(animation.constructor.name);
          for (const one of root.querySelectorAll('*'))
            if (getComputedStyle(one).scrollBehavior === 'smooth') seen.add(`smooth ${one.localName}`);
        }
        requestAnimationFrame(look);
      };
      look();
      return seen;
    });
    await greeted(chat);
    control.set({ fault: 'stall', at: 'processed', ms: 3_000 });
    await send(chat, guide);
    await expect(chat.getByText('AI helper is writing…')).toBeVisible();
    await chat.getByRole('button', { name: 'Close chat' }).hover();
    // Every frame is noted, so that the whole reply counts, however short it was for whoever looks now and then.
    await expect(articles(chat)).toHaveCount(3);
    await settled(chat);
    const seen = await moved.evaluate((set) => [...set]);
    if (reducedMotion === 'reduce') expect(seen).toEqual([]);
    else expect(seen).toEqual(expect.arrayContaining(['CSSAnimation', 'CSSTransition']));
  });
}
