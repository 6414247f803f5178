import type { Locator, Page } from '@playwright/test';
import type { Control } from '../../demo/server/index.js';
import { expect, test as base } from '../support/e2e.js';
import { traces, unfold, watchForAttacks } from './in-page.js';
import { ownPayloads, publishedPayloads, withoutPublished } from './payloads.js';

/** Addresses that were asked for, save the page's own. */
const test = base.extend<{ asked: string[] }>({
  asked: async ({ page, site }, use) => {
    const asked: string[] = [];
    page.on('request', (request) => {
      const { origin, pathname, protocol } = new URL(request.url());
      const known =
        origin === site.origin && /^\/(pages\/\d+|dist\/[\w./-]+|token|v1\/.*|favicon\.ico)$/.test(pathname);
      if (!known && protocol !== 'about:') asked.push(request.url());
    });
    page.on('dialog', (dialog) => {
      asked.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    await page.addInitScript(watchForAttacks);
    await use(asked);
  },
});

const corpora = [
  ['our own corpus', ownPayloads],
  ['the published corpus', publishedPayloads],
] as const;

function frame(control: Control, event: string, data: object): void {
  control.set({ fault: 'raw-frame', frame: JSON.stringify({ event, data }), at: 'now' });
}

/** One turn that never says it is done, so that frames of ours are part of it. */
async function openTurn(page: Page, chat: Locator, control: Control): Promise<void> {
  control.set({ fault: 'no-done' });
  const composer = chat.getByRole('textbox');
  await composer.fill('Is my insurance still good?');
  await composer.press('Enter');
  await expect(chat.getByRole('article').filter({ hasText: /Copay for a visit/ })).toHaveCount(1);
}

async function expectHarmless(page: Page, asked: readonly string[], atLeast: number): Promise<void> {
  await page.evaluate(unfold);
  const { ran, foreign, elements } = await page.evaluate(traces);
  expect(foreign).toEqual([]);
  expect(ran).toEqual([]);
  expect(elements).toBeGreaterThan(atLeast);
  expect(asked).toEqual([]);
  expect(new URL(page.url()).pathname).toMatch(/^\/pages\/\d+$/);
}

for (const [title, payloads] of corpora) {
  test.describe(title, () => {
    test.skip(payloads.length === 0, withoutPublished);
    test.setTimeout(120_000);

    test('F01 in a reply, whole and streamed, in tools, ids and errors: nothing runs, nothing is asked for', async ({
      page,
      mountChat,
      control,
      asked,
      problems,
    }) => {
      const chat = await mountChat(page, { attributes: { layout: 'inline', 'tool-events': true } });
      await openTurn(page, chat, control);
      for (const [index, payload] of payloads.entries()) {
        const id = `${payload}#${index}`;
        const tool = { tool_name: payload, call_id: id };
        frame(control, 'tool_call_started', { ...tool, input: index % 2 ? payload : { [payload]: payload } });
        frame(control, 'tool_call_completed', {
          ...tool,
          result: index % 3 ? payload : [payload],
          succeeded: index % 2 === 0,
        });
        for (let at = 0; at < payload.length; at += 1 + (index % 80))
          frame(control, 'token', { text: payload.slice(at, at + 1 + (index % 80)) });
        frame(control, 'message', { role: 'agent', text: payload });
        frame(control, 'message', { role: payload, text: `${payload} ${index}` });
      }
      frame(control, 'done', { turn_id: payloads[0], conversation_id: payloads[1], turn_count: 1 });
      await expect
        .poll(() =>
          chat.evaluate((element) => (element as unknown as { state: { turn: string } }).state.turn),
        )
        .toBe('idle');
      for (const payload of payloads)
        frame(control, 'error', { code: payload, message: payload, retryable: true });
      frame(control, 'session_ended', { reason: payloads[0] });
      await expectHarmless(page, asked, payloads.length * 10);
      for (const { role, text } of await messagesOf(chat))
        if (role === 'system') expect(text).not.toContain('attack');
      expect(await problems.all()).toEqual([]);
    });

    test('F01 in the history, in the words of both sides and in its tools', async ({
      page,
      mountChat,
      asked,
      problems,
    }) => {
      await page.route(/\/v1\/[^/]+\/conversations\/[^/]+(\?.*)?$/, (route) =>
        route.fulfill({ json: detail(payloads) }),
      );
      const chat = await mountChat(page, { attributes: { layout: 'inline', 'tool-events': true } });
      await expect.poll(async () => (await messagesOf(chat)).length).toBeGreaterThanOrEqual(payloads.length);
      await expectHarmless(page, asked, payloads.length * 10);
      expect(await problems.all()).toEqual([]);
    });
  });
}

test('F01 in the ids of a session: they stay inside one part of the path', async ({
  page,
  mountChat,
  control,
  asked,
}) => {
  const paths: string[] = [];
  page.on('request', (request) => paths.push(new URL(request.url()).pathname));
  const hostile = '../../../../token?x="><img src=x onerror=attack()>#';
  const created = { event: 'session.created', data: { conversation_id: hostile, entity_id: hostile } };
  control.set({ fault: 'raw-frame', frame: JSON.stringify(created), at: 'accept' });
  await mountChat(page, { attributes: { layout: 'inline' } });
  await expect.poll(() => paths.some((path) => path.includes('/conversations/'))).toBe(true);
  const [read] = paths.filter((path) => path.includes('/conversations/'));
  expect(decodeURIComponent(read!.split('/conversations/')[1]!)).toBe(hostile);
  await expectHarmless(page, asked, 20);
});

test('F03 an image in a reply is a link: nobody learns that it was read', async ({
  page,
  mountChat,
  control,
  asked,
}) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  await expect(chat.getByRole('article')).toHaveCount(1);
  control.say('See ![your scan](https://attacker.example/seen.png)');
  await expect(chat.getByRole('link', { name: 'your scan' })).toHaveAttribute(
    'href',
    'https://attacker.example/seen.png',
  );
  await expectHarmless(page, asked, 20);
});

test('the watch itself sees an attack', async ({ page, mountChat, asked, problems }) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  await expect(chat.getByRole('article')).toHaveCount(1);
  await chat.evaluate((element) => {
    const bubble = element
      .shadowRoot!.querySelector('amigo-message-list')!
      .shadowRoot!.querySelector('.items')!;
    const smuggled = document.createElement('div');
    smuggled.innerHTML = '<img src="//attacker.example/seen" onerror="attack()">';
    bubble.append(smuggled);
  });
  // Once or more: the list may move what was smuggled into it, and the picture fails again.
  await expect.poll(async () => (await page.evaluate(traces)).ran).toContain('attack');
  expect((await page.evaluate(traces)).foreign).toHaveLength(1);
  expect(asked).toContain('http://attacker.example/seen');
  expect((await problems.all()).length).toBeGreaterThan(0);
});

interface Said {
  readonly role: string;
  readonly text: string;
}

function messagesOf(chat: Locator): Promise<readonly Said[]> {
  return chat.evaluate((element) => (element as unknown as { messages: readonly Said[] }).messages);
}

/** A conversation whose every string is hostile (protocol §c, ConversationDetail). */
function detail(payloads: readonly string[]): object {
  const turns = payloads.map((payload, index) => ({
    role: index % 3 === 0 ? 'user' : 'agent',
    text: payload,
    turn_id: payload,
    timestamp: new Date(index * 60_000).toISOString(),
    tool_calls: [
      {
        tool_name: payload,
        call_id: `${payload}#${index}`,
        input: { [payload]: payload },
        result: payload,
        succeeded: index % 2 === 0,
      },
    ],
  }));
  return { id: payloads[0], status: 'active', lifecycle: 'active', turn_count: turns.length, turns };
}
