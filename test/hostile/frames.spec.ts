import type { Locator } from '@playwright/test';
import type { PublicMessage, PublicState } from '../../src/conversation/select-view.js';
import { expect, test } from '../support/e2e.js';

test.setTimeout(120_000);

const replies = (chat: Locator, text: RegExp): Locator => chat.getByRole('article').filter({ hasText: text });

async function ask(chat: Locator): Promise<void> {
  const composer = chat.getByRole('textbox');
  await composer.fill('Is my insurance still good?');
  await composer.press('Enter');
}

const stateOf = (chat: Locator): Promise<PublicState> =>
  chat.evaluate((element) => (element as unknown as { state: PublicState }).state);
test('D11 a reply that never ends is given up at 1 MiB, marked as cut off, and the chat goes on', async ({
  page,
  mountChat,
  control,
  problems,
}) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  await expect(replies(chat, /virtual assistant/)).toHaveCount(1);
  control.set({ fault: 'endless', per_second: 200, bytes_per_token: 16_384 });
  await ask(chat);
  await expect(chat.getByText('The reply was too long to show.')).toBeVisible({ timeout: 60_000 });
  const cut = await chat.evaluate((element) =>
    (element as unknown as { messages: PublicMessage[] }).messages
      .filter(({ incomplete }) => incomplete)
      .map(({ text }) => text.length),
  );
  expect(cut).toHaveLength(1);
  // The frame that crossed the limit is the last one kept.
  expect(cut[0]).toBeLessThan(1_048_576 + 2 * 16_384);
  await expect.poll(async () => (await stateOf(chat)).turn).toBe('idle');
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  await chat.getByRole('textbox').fill('usable');
  await expect(chat.getByRole('textbox')).toHaveValue('usable');
  expect(await problems.all()).toEqual([]);
});

for (const [title, fault] of [
  ['D05 a frame of 10 MB', { fault: 'huge-frame', bytes: 10_000_000, inside: 'message', at: 'processed' }],
  [
    'D05 a token of just over 1 MiB',
    { fault: 'huge-frame', bytes: 1_048_577, inside: 'token', at: 'mid-reply' },
  ],
  ['D06 nesting of 65 levels', { fault: 'deep-frame', depth: 65, at: 'processed' }],
  ['D06 nesting of 1,000,000 levels', { fault: 'deep-frame', depth: 1_000_000, at: 'processed' }],
  ['D04 nine frames in a row that cannot be read', { fault: 'bad-frame', count: 9, at: 'mid-reply' }],
] as const) {
  test(`${title}: dropped unread, the reply arrives over the same connection`, async ({
    page,
    mountChat,
    control,
    problems,
  }) => {
    const chat = await mountChat(page, { attributes: { layout: 'inline', 'tool-events': true } });
    await expect(replies(chat, /virtual assistant/)).toHaveCount(1);
    control.set(fault);
    await ask(chat);
    await expect(replies(chat, /Copay for a visit/)).toHaveCount(1);
    await expect.poll(async () => (await stateOf(chat)).turn).toBe('idle');
    expect(await chat.getByText('xxxxxxxxxx').count()).toBe(0);
    expect(control.log().filter(({ kind }) => kind === 'connected')).toHaveLength(1);
    expect(await problems.all()).toEqual([]);
  });
}

test('D04 ten frames in a row that cannot be read: another connection, said plainly, and the reply is whole', async ({
  page,
  mountChat,
  control,
  problems,
}) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  await expect(replies(chat, /virtual assistant/)).toHaveCount(1);
  const errors = chat.evaluate(
    (element) =>
      new Promise((resolve) =>
        element.addEventListener(
          'amigo-error',
          (event) => resolve((event as CustomEvent<{ code: string }>).detail.code),
          { once: true },
        ),
      ),
  );
  control.set({ fault: 'bad-frame', count: 10, at: 'mid-reply' });
  await ask(chat);
  expect(await errors).toBe('unreadable-frames');
  await expect(replies(chat, /Copay for a visit/)).toHaveCount(1, { timeout: 20_000 });
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  expect(control.log().filter(({ kind }) => kind === 'connected')).toHaveLength(2);
  expect(control.log().filter(({ kind }) => kind === 'closed')[0]).toMatchObject({ code: 4902 });
  expect(await problems.all()).toEqual([]);
});
