import type { BrowserContext, Locator, Page } from '@playwright/test';
import { expect, strictCsp, test, type HostPage } from '../support/e2e.js';

interface Tab {
  readonly page: Page;
  readonly chat: Locator;
}

const inline: HostPage = {
  attributes: { layout: 'inline' },
  csp: strictCsp.replace("style-src 'none'", "style-src 'self'"),
};

/** Opens a tab and waits until it shows the greeting. */
async function openTab(
  context: BrowserContext,
  mountChat: (page: Page, host?: HostPage) => Promise<Locator>,
  host: HostPage = inline,
): Promise<Tab> {
  const page = await context.newPage();
  const chat = await mountChat(page, host);
  await expect.poll(() => stateOf(chat)).toBe('open');
  return { page, chat };
}

const stateOf = (chat: Locator): Promise<string> =>
  chat.evaluate((element) => (element as HTMLElementTagNameMap['amigo-chat']).state.connection);

/** What is on the screen, as ids and delivery: equal in every tab. */
const transcript = (chat: Locator): Promise<unknown> =>
  chat.evaluate((element) =>
    (element as HTMLElementTagNameMap['amigo-chat']).messages.map(({ id, role, text, status }) => [
      id,
      role,
      text,
      status,
    ]),
  );

async function say(chat: Locator, text: string): Promise<void> {
  await chat.getByRole('textbox').fill(text);
  await chat.getByRole('textbox').press('Enter');
}

const delivered = (chat: Locator): Promise<number> =>
  chat.evaluate(
    (element) =>
      (element as HTMLElementTagNameMap['amigo-chat']).messages.filter(({ status }) => status === 'delivered')
        .length,
  );

test.describe('several tabs of one portal', () => {
  test('share one socket and one transcript, and send from any of them', async ({
    context,
    mountChat,
    control,
    problems,
  }) => {
    const tabs = [
      await openTab(context, mountChat),
      await openTab(context, mountChat),
      await openTab(context, mountChat),
    ];
    for (const [index, { chat }] of tabs.entries()) {
      await say(chat, `Hello from tab ${String(index)}`);
      await expect.poll(() => delivered(chat)).toBe(index + 1);
    }
    await expect
      .poll(
        async () => new Set((await Promise.all(tabs.map(({ chat }) => transcript(chat)))).map(String)).size,
      )
      .toBe(1);
    expect(control.log().filter(({ kind }) => kind === 'connected')).toHaveLength(1);
    expect(await problems.all()).toEqual([]);
  });

  test('closing the one that leads hands over, and what it had on the wire is looked up', async ({
    context,
    mountChat,
    control,
    problems,
  }) => {
    const leader = await openTab(context, mountChat);
    const other = await openTab(context, mountChat);
    control.set({ fault: 'pace', speed: 1 });
    await say(other.chat, 'I need a refill of my pills');
    await expect
      .poll(() =>
        other.chat.evaluate((element) => (element as HTMLElementTagNameMap['amigo-chat']).state.turn),
      )
      .toBe('replying');
    control.clear();
    const before = Date.now();
    await leader.page.close();
    await expect.poll(() => stateOf(other.chat), { intervals: [20] }).toBe('open');
    test
      .info()
      .annotations.push({ type: 'handed over after', description: `${String(Date.now() - before)} ms` });
    await say(other.chat, 'And a visit');
    await expect.poll(() => delivered(other.chat), { timeout: 20_000 }).toBe(2);
    const texts = control.log().filter(({ kind }) => kind === 'user-text');
    expect(texts).toHaveLength(2);
    expect(await problems.all()).toEqual([]);
  });
});
