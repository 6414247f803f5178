import type { Locator, Page } from '@playwright/test';
import { expect, strictCsp, test } from '../support/e2e.js';

type Chat = HTMLElementTagNameMap['amigo-chat'];

const bubbleText = (chat: Locator): Promise<number> =>
  chat
    .locator('[part=bubble]')
    .first()
    .evaluate((bubble) => Number.parseFloat(getComputedStyle(bubble).fontSize));

async function greeted(chat: Locator): Promise<void> {
  await chat.evaluate((element) => (element as Chat).show());
  await expect(chat.getByRole('article')).toHaveCount(1);
}

/** Every element that holds more than it can show, or that stands outside the window, as a sentence. */
const cut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const look = (root: ParentNode): void => {
      for (const element of root.querySelectorAll<HTMLElement>('*')) {
        if (element.shadowRoot) look(element.shadowRoot);
        const style = getComputedStyle(element);
        if (element.getClientRects().length === 0 || style.clipPath !== 'none') continue;
        const { left, right } = element.getBoundingClientRect();
        const name = `${element.localName}.${element.className}`;
        if (element.localName === 'amigo-announcer') continue;
        if (left < -1 || right > innerWidth + 1) found.push(`${name} leaves the window: ${left} to ${right}`);
        if (style.overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
          found.push(`${name} cuts ${element.scrollWidth - element.clientWidth} px off`);
      }
    };
    look(document.querySelector('amigo-chat')!.shadowRoot!);
    return found;
  });

test('scales all text by one factor, and takes a change at any time', async ({
  page,
  mountChat,
  problems,
}) => {
  const chat = await mountChat(page, { attributes: { 'text-size': '1.5' }, csp: strictCsp });
  await greeted(chat);
  expect(await bubbleText(chat)).toBe(24);
  await chat.evaluate((element) => ((element as Chat).textSize = 2));
  await expect.poll(() => bubbleText(chat)).toBe(32);
  await chat.evaluate((element) => element.removeAttribute('text-size'));
  await expect.poll(() => bubbleText(chat)).toBe(16);
  expect(await problems.all()).toEqual([]);
});

for (const bad of ['huge', '0.5', '3', '']) {
  test(`text-size="${bad}" is size 1, and one warning`, async ({ page, mountChat }) => {
    await page.addInitScript(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      document.addEventListener('amigo-error', (event) => {
        const { severity, code } = (event as HTMLElementEventMap['amigo-error']).detail;
        heard.push(`${severity} ${code}`);
      });
    });
    const chat = await mountChat(page, { attributes: { 'text-size': bad } });
    await greeted(chat);
    expect(await bubbleText(chat)).toBe(16);
    expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([
      'warning invalid-attribute',
    ]);
  });
}

for (const [width, height] of [
  [320, 640],
  [320, 256],
  [430, 932],
  [1280, 800],
] as const) {
  test(`twice the size at ${width}×${height}: nothing is cut, and the composer can be reached`, async ({
    page,
    mountChat,
  }) => {
    await page.setViewportSize({ width, height });
    const chat = await mountChat(page, {
      attributes: { 'text-size': '2', 'tool-events': true, 'language-picker': true },
    });
    await greeted(chat);
    const input = chat.getByRole('textbox');
    await input.fill('Is my insurance still good?');
    await input.press('Enter');
    await expect.poll(() => chat.evaluate((element) => (element as Chat).state.turn)).toBe('idle');
    await expect.poll(() => chat.getByRole('article').count()).toBeGreaterThan(2);
    expect(await cut(page)).toEqual([]);
    for (const control of [input, chat.getByRole('button', { name: 'Close chat' })]) {
      await control.scrollIntoViewIfNeeded();
      await expect(control).toBeInViewport({ ratio: 0.9 });
    }
    const log = chat.getByRole('region', { name: 'Messages' });
    await log.scrollIntoViewIfNeeded();
    await expect(log).toBeInViewport({ ratio: 0.7 });
    expect((await log.boundingBox())!.height).toBeGreaterThan(100);
  });
}
