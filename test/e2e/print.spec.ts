import type { Locator, Page } from '@playwright/test';
import { expect, strictCsp, test } from '../support/e2e.js';

type Chat = HTMLElementTagNameMap['amigo-chat'];

const LONG = 150;

async function converse(chat: Locator): Promise<void> {
  await chat.evaluate((element) => (element as Chat).show());
  await expect.poll(() => chat.evaluate((element) => (element as Chat).messages.length)).toBe(1);
}

/** A conversation longer than what the log renders at once. */
async function longTalk(chat: Locator, say: (text: string) => void): Promise<void> {
  await converse(chat);
  for (let count = 1; count <= LONG; count += 1) say(`Message number ${count} of many.`);
  await expect.poll(() => chat.evaluate((element) => (element as Chat).messages.length)).toBe(LONG + 1);
}

const pages = async (page: Page): Promise<number> =>
  (await page.pdf()).toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;

/** Writes down what stands on paper at the moment of printing. */
async function watchPaper(page: Page): Promise<() => Promise<{ articles: number; topLayer: number }[]>> {
  await page.evaluate(() => {
    const seen: unknown[] = [];
    Object.assign(globalThis, { seen });
    addEventListener('beforeprint', () => {
      const root = document.querySelector('amigo-chat')!.shadowRoot!;
      const list = root.querySelector('amigo-message-list')?.shadowRoot;
      const panel = root.querySelector('amigo-panel')!.shadowRoot!;
      seen.push({
        articles: list?.querySelectorAll('amigo-message').length ?? 0,
        topLayer: panel.querySelectorAll(':popover-open').length,
      });
    });
  });
  return () =>
    page.evaluate(() => (globalThis as unknown as { seen: { articles: number; topLayer: number }[] }).seen);
}

const rendered = (chat: Locator): Promise<number> =>
  chat.evaluate(
    (element) =>
      element.shadowRoot!.querySelector('amigo-message-list')!.shadowRoot!.querySelectorAll('amigo-message')
        .length,
  );

test('prints the whole conversation on as many sheets as it takes, and is afterwards as it was', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page, { csp: strictCsp });
  await longTalk(chat, (text) => control.say(text));
  expect(await rendered(chat)).toBeLessThan(LONG);
  const paper = await watchPaper(page);
  expect(await pages(page)).toBeGreaterThan(4);
  expect(await paper()).toEqual([{ articles: LONG + 1, topLayer: 0 }]);
  await expect.poll(() => rendered(chat)).toBeLessThan(LONG);
  await expect(chat.getByRole('textbox')).toBeVisible();
  expect(
    await chat.evaluate((element) =>
      element
        .shadowRoot!.querySelector('amigo-panel')!
        .shadowRoot!.querySelector('.panel')!
        .matches(':popover-open'),
    ),
  ).toBe(true);
});

for (const layout of ['popup', 'inline', 'fullscreen'] as const) {
  test(`${layout}: paper shows every message below the other, and no control`, async ({
    page,
    mountChat,
    control,
  }) => {
    const chat = await mountChat(page, { attributes: { layout } });
    await longTalk(chat, (text) => control.say(text));
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    // In the page's flow: what stands in the top layer would be cut at the end of the first sheet.
    const panel = chat.getByRole('region', { name: 'Chat with us' });
    await expect(panel).toHaveCSS('position', 'static');
    const tops = await chat.getByRole('article').evaluateAll((all) =>
      all.map((one) => {
        const { top, height } = one.getBoundingClientRect();
        return { top, bottom: top + height };
      }),
    );
    expect(tops).toHaveLength(LONG + 1);
    for (const [index, { top }] of tops.slice(1).entries())
      expect(top).toBeGreaterThanOrEqual(tops[index]!.bottom);
    await expect(chat.getByRole('button')).toHaveCount(0);
    await expect(chat.getByRole('textbox')).toHaveCount(0);
    await expect(chat.getByText('You are chatting with an AI helper')).toBeVisible();
  });
}

test('is black on white, also where page and person want it dark', async ({ page, mountChat, control }) => {
  const chat = await mountChat(page, { attributes: { theme: 'dark', layout: 'inline' } });
  await page.emulateMedia({ colorScheme: 'dark' });
  await chat.evaluate((element) => {
    element.style.setProperty('--amigo-color-user-bubble', 'navy');
    element.style.setProperty('--amigo-color-on-user-bubble', 'white');
    (element as Chat).send('Is my insurance still good?');
  });
  void control;
  const bubbles = chat.getByRole('article').locator('[part=bubble]');
  await expect.poll(() => bubbles.count()).toBeGreaterThan(2);
  const colours = (): Promise<string[]> =>
    bubbles.evaluateAll((all) => all.map((one) => getComputedStyle(one).color));
  expect(await colours()).not.toContain('rgb(0, 0, 0)');
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(new Set(await colours())).toEqual(new Set(['rgb(0, 0, 0)']));
});

test('a locked conversation is not on paper', async ({ page, mountChat }) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  await converse(chat);
  await chat.evaluate((element) => (element as Chat).lock());
  await expect(chat.getByText('Chat hidden')).toBeVisible();
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  await expect(chat.getByText('Chat hidden')).toBeHidden();
  await expect(chat.getByRole('article')).toHaveCount(0);
});
