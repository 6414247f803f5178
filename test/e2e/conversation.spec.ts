import type { Locator, Page } from '@playwright/test';
import type { PublicMessage, PublicState } from '../../src/element.js';
import { expect, strictCsp, test } from '../support/e2e.js';

type Chat = HTMLElement & {
  state: PublicState;
  messages: readonly PublicMessage[];
  connect(): void;
  send(text: string): void;
};

const state = (chat: Locator): Promise<PublicState> => chat.evaluate((element) => (element as Chat).state);
const messages = (chat: Locator): Promise<readonly PublicMessage[]> =>
  chat.evaluate((element) => (element as Chat).messages);
const statuses = async (chat: Locator): Promise<(string | undefined)[]> =>
  (await messages(chat)).filter(({ role }) => role === 'user').map(({ status }) => status);
const input = (chat: Locator): Locator => chat.getByRole('textbox');
const articles = (chat: Locator): Locator => chat.getByRole('article');

async function open(chat: Locator): Promise<void> {
  await chat.getByRole('button', { name: 'Chat with us' }).click();
  await expect.poll(async () => (await state(chat)).connection).toBe('open');
}

async function greeted(chat: Locator): Promise<void> {
  await open(chat);
  await expect.poll(async () => (await state(chat)).turn).toBe('idle');
  await expect(articles(chat)).toHaveCount(1);
}

async function ask(chat: Locator, text: string): Promise<void> {
  await input(chat).fill(text);
  await input(chat).press('Enter');
}

async function answered(chat: Locator, count: number): Promise<void> {
  await expect
    .poll(async () => {
      const { turn } = await state(chat);
      return turn === 'idle' ? (await statuses(chat)).filter((status) => status === 'delivered').length : -1;
    })
    .toBe(count);
}

/** Collects a public event's details from now on. */
async function collect<Detail>(page: Page, type: string): Promise<() => Promise<Detail[]>> {
  await page.evaluate((name) => {
    const seen: unknown[] = [];
    (globalThis as unknown as Record<string, unknown>)[`seen:${name}`] = seen;
    addEventListener(name, (event) => seen.push((event as CustomEvent).detail));
  }, type);
  return () =>
    page.evaluate((name) => (globalThis as unknown as Record<string, Detail[]>)[`seen:${name}`] ?? [], type);
}

test.describe('a conversation', () => {
  test('costs the platform nothing until the popup is opened, then greets', async ({
    page,
    mountChat,
    control,
    problems,
  }) => {
    const chat = await mountChat(page);
    await expect(chat.getByRole('button', { name: 'Chat with us' })).toBeVisible();
    expect(control.log().filter(({ kind }) => kind === 'upgrade')).toEqual([]);
    await greeted(chat);
    await expect(articles(chat)).toContainText('virtual assistant');
    expect(await problems.all()).toEqual([]);
  });

  test('streams a reply with a tool, a table and a link', async ({ page, mountChat, problems }) => {
    const chat = await mountChat(page, { attributes: { 'tool-events': true } });
    const started = await collect<{ toolName: string }>(page, 'amigo-tool-start');
    const completed = await collect<{ succeeded: boolean }>(page, 'amigo-tool-complete');
    await greeted(chat);
    await ask(chat, 'Can you explain my lab result?');
    await answered(chat, 1);
    await expect(chat.getByRole('table')).toBeVisible();
    const link = chat.getByRole('link', { name: /MedlinePlus/ });
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
    await expect(chat.getByRole('button', { name: /Details/ })).toHaveAttribute('aria-expanded', 'false');
    expect((await started()).map(({ toolName }) => toolName)).toEqual(['get_lab_results']);
    expect((await completed()).map(({ succeeded }) => succeeded)).toEqual([true]);
    expect(await problems.all()).toEqual([]);
  });

  test('holds what is typed while connecting and during a turn, and sends it in order', async ({
    page,
    mountChat,
    control,
  }) => {
    // Long enough to type all three on a slow machine.
    control.set({ fault: 'slow-session', ms: 6_000 });
    const chat = await mountChat(page);
    await chat.getByRole('button', { name: 'Chat with us' }).click();
    for (const text of ['First: hello', 'Second: refill my lisinopril', 'Third: thanks'])
      await ask(chat, text);
    await expect(chat.getByText('Waiting to send').first()).toBeVisible();
    await answered(chat, 3);
    const asked = (await messages(chat)).filter(({ role }) => role === 'user').map(({ text }) => text);
    expect(asked).toEqual(['First: hello', 'Second: refill my lisinopril', 'Third: thanks']);
    const received = control.log().flatMap((entry) => (entry.kind === 'user-text' ? [entry.text] : []));
    expect(received).toEqual(asked);
  });

  test('refuses blank and too long, counts, and keeps the text', async ({ page, mountChat, control }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    await ask(chat, '   ');
    const long = '😀'.repeat(10_001);
    await ask(chat, long);
    await expect(chat.getByText('1 character too long')).toBeVisible();
    await expect(input(chat)).toHaveValue(long);
    await expect(input(chat)).toHaveAttribute('aria-invalid', 'true');
    await ask(chat, '😀'.repeat(10_000));
    await answered(chat, 1);
    expect(control.log().filter(({ kind }) => kind === 'user-text')).toHaveLength(1);
  });

  test('two presses of Enter send once', async ({ page, mountChat, control }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    await input(chat).fill('hello');
    await input(chat).evaluate((field) => {
      for (let press = 0; press < 2; press += 1) {
        field.dispatchEvent(
          new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }),
        );
      }
    });
    await answered(chat, 1);
    expect(control.log().filter(({ kind }) => kind === 'user-text')).toHaveLength(1);
  });

  test('comes back after a reload with what was said, in one read', async ({ page, mountChat }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    await ask(chat, 'Please refill my lisinopril');
    await answered(chat, 1);
    const before = (await messages(chat)).map(({ role, text }) => ({ role, text }));
    const reads: string[] = [];
    page.on('request', (request) => {
      if (/\/conversations\//.test(request.url())) reads.push(request.method());
    });
    await page.reload();
    await open(chat);
    await expect
      .poll(async () => (await messages(chat)).map(({ role, text }) => ({ role, text })))
      .toEqual(before);
    expect(reads.filter((method) => method === 'GET')).toHaveLength(1);
  });

  test('history="memory" shows nothing from before', async ({ page, mountChat }) => {
    const chat = await mountChat(page, { attributes: { history: 'memory' } });
    await greeted(chat);
    await ask(chat, 'hello');
    await answered(chat, 1);
    const reads: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'GET' && /\/conversations\//.test(request.url())) reads.push(request.url());
    });
    await page.reload();
    await open(chat);
    await expect(chat.getByText('How can we help')).toBeVisible();
    expect(reads).toEqual([]);
  });

  test('a history that cannot be read does not block the chat', async ({ page, mountChat, control }) => {
    control.set({ fault: 'history-fails', status: 500, times: 10 });
    const chat = await mountChat(page);
    await greeted(chat);
    await ask(chat, 'hello');
    await answered(chat, 1);
  });

  test('takes a fresh token for every connect, and none is ever in an address', async ({
    page,
    mountChat,
    control,
  }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    control.expireTokens(4001);
    await expect.poll(async () => (await state(chat)).connection).toBe('open');
    await expect.poll(() => control.log().filter(({ kind }) => kind === 'upgrade').length).toBe(2);
    await ask(chat, 'hello');
    await answered(chat, 1);
    await expect(articles(chat).filter({ hasText: 'virtual assistant. I can' })).toHaveCount(1);
    const addresses = JSON.stringify(control.log());
    expect(addresses).not.toContain('access_token');
  });

  test('a reply cut off in the middle is completed, and nothing is sent twice', async ({
    page,
    mountChat,
    control,
  }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    control.set({ fault: 'drop', at: 'mid-reply', after: 5 });
    await ask(chat, 'What should I know about diabetes?');
    await answered(chat, 1);
    await expect
      .poll(async () => (await messages(chat)).some(({ incomplete }) => incomplete), { timeout: 30_000 })
      .toBe(false);
    await expect.poll(async () => (await messages(chat)).length, { timeout: 30_000 }).toBe(3);
    expect(control.log().filter(({ kind }) => kind === 'user-text')).toHaveLength(1);
  });
});

test.describe('every error code', () => {
  const shown = {
    client_error: /could not be sent/,
    upstream_error: /did not work/,
    stream_interrupted: /cut off/,
    turn_timeout: /took too long/,
    unknown: /did not work/,
    code_from_the_future: /did not work/,
  };
  for (const [code, sentence] of Object.entries(shown)) {
    test(`${code} is told in plain words, and the chat goes on`, async ({ page, mountChat, control }) => {
      const chat = await mountChat(page);
      await greeted(chat);
      control.set({ fault: 'error', code, retryable: 'false' });
      await ask(chat, 'hello');
      await expect(chat.getByText(sentence).first()).toBeVisible({ timeout: 30_000 });
      await expect(chat.getByText(code)).toHaveCount(0);
      await ask(chat, 'thanks');
      await expect.poll(async () => (await statuses(chat)).at(-1), { timeout: 30_000 }).toBe('delivered');
    });
  }
});

test.describe('every close code', () => {
  const retried = [1001, 1005, 1006, 1011, 1012, 4200, 4503];
  for (const code of retried) {
    test(`${String(code)} is retried by itself`, async ({ page, mountChat, control }) => {
      const chat = await mountChat(page);
      await greeted(chat);
      control.set({ fault: 'close', code, at: 'now' });
      await expect.poll(async () => (await state(chat)).connection).not.toBe('open');
      await expect.poll(async () => (await state(chat)).connection, { timeout: 20_000 }).toBe('open');
      await expect(articles(chat)).toHaveCount(1);
    });
  }

  const fatal = [1002, 1003, 1007, 1008, 1009, 3003, 4000, 4003, 4004, 4400, 4404, 4499];
  for (const code of fatal) {
    test(`${String(code)} stops, says so without a number, and tries no more`, async ({
      page,
      mountChat,
      control,
    }) => {
      const chat = await mountChat(page);
      await greeted(chat);
      control.set({ fault: 'close', code, at: 'now' });
      await expect(chat.getByRole('alert')).not.toBeEmpty();
      await expect.poll(async () => (await state(chat)).connection).toBe('failed');
      expect(await chat.getByRole('alert').innerText()).not.toMatch(/\d{4}/);
      expect(control.log().filter(({ kind }) => kind === 'upgrade')).toHaveLength(1);
    });
  }

  for (const code of [1013, 4029, 4409]) {
    test(`${String(code)} is retried slowly, and the person is told`, async ({
      page,
      mountChat,
      control,
    }) => {
      const chat = await mountChat(page);
      await greeted(chat);
      control.set({ fault: 'close', code, at: 'now' });
      await expect.poll(async () => (await state(chat)).connection).toBe('reconnecting');
      await expect(chat.getByRole('button', { name: /Try now|Use it here/ })).toBeVisible();
      await chat.getByRole('button', { name: /Try now|Use it here/ }).click();
      await expect.poll(async () => (await state(chat)).connection).toBe('open');
    });
  }

  for (const code of [4001, 4100, 4403]) {
    test(`${String(code)} takes a fresh token once, then asks to sign in or stops`, async ({
      page,
      mountChat,
      control,
    }) => {
      const chat = await mountChat(page);
      const asked = await collect<{ reason: string }>(page, 'amigo-auth-required');
      await greeted(chat);
      control.set({ fault: 'close', code, at: 'created', times: 5 });
      control.set({ fault: 'close', code, at: 'now' });
      await expect.poll(async () => (await state(chat)).connection, { timeout: 20_000 }).toBe('failed');
      expect(control.log().filter(({ kind }) => kind === 'upgrade')).toHaveLength(2);
      expect(await asked()).toHaveLength(code === 4403 ? 0 : 1);
    });
  }

  test('1000 ends the conversation quietly, and the next message opens it again', async ({
    page,
    mountChat,
    control,
  }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    control.set({ fault: 'close', code: 1000, at: 'now' });
    await expect.poll(async () => (await state(chat)).connection).toBe('closed');
    await ask(chat, 'hello again');
    await answered(chat, 1);
  });

  test('an idle conversation is opened again by the next message', async ({ page, mountChat, control }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    control.set({ fault: 'idle', at: 'now' });
    await expect.poll(async () => (await state(chat)).connection).toBe('idle');
    await ask(chat, 'hello again');
    await answered(chat, 1);
  });
});

test.describe('the element', () => {
  test('names a missing attribute, and recovers when it is there', async ({ page, mountChat }) => {
    const chat = await mountChat(page, { attributes: { 'service-id': null, layout: 'inline' } });
    await expect(chat.getByText(/“service-id” is missing/)).toBeVisible();
    expect((await state(chat)).error).toMatchObject({ origin: 'configuration', severity: 'fatal' });
    await chat.evaluate((element) => {
      element.setAttribute('service-id', '8b9f3c52-7d64-4f7e-8f0b-1f6f4c1d2e02');
    });
    await expect.poll(async () => (await state(chat)).connection).toBe('open');
    await expect(chat.getByText(/is missing/)).toHaveCount(0);
  });

  test('inline connects by itself and has no launcher', async ({ page, mountChat }) => {
    const chat = await mountChat(page, { attributes: { layout: 'inline' } });
    await expect.poll(async () => (await state(chat)).connection).toBe('open');
    await expect(articles(chat)).toHaveCount(1);
    await expect(chat.getByRole('button', { name: 'Chat with us' })).toHaveCount(0);
  });

  test('is used by keyboard alone', async ({ page, mountChat }) => {
    const chat = await mountChat(page);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(input(chat)).toBeFocused();
    await page.keyboard.type('Can you explain my lab result?');
    await page.keyboard.press('Enter');
    await answered(chat, 1);
    await expect(input(chat)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(chat.getByRole('button', { name: 'Chat with us' })).toBeFocused();
  });

  test('works without a violation under a strict policy and enforced Trusted Types', async ({
    page,
    mountChat,
    problems,
  }) => {
    const chat = await mountChat(page, { csp: strictCsp, attributes: { 'tool-events': true } });
    await greeted(chat);
    await ask(chat, 'Can you explain my lab result?');
    await answered(chat, 1);
    await expect(chat.getByRole('table')).toBeVisible();
    expect(await problems.all()).toEqual([]);
  });
});
