import type { Locator, Page } from '@playwright/test';
import {
  converse,
  input,
  launcher,
  ready,
  stateOf,
  still,
  violations,
  type Chat,
} from '../support/accessibility.js';
import { expect, test } from '../support/e2e.js';
import { clipped, targets } from '../support/look.js';

/** CSS pixels of phones, upright and on their side, and of a desktop at 400 % zoom. */
const windows = [
  [320, 640],
  [360, 640],
  [390, 844],
  [430, 932],
  [640, 360],
  [932, 430],
  [320, 256],
] as const;

test.use({ hasTouch: true, isMobile: true, deviceScaleFactor: 2 });

/** Opens the chat with a finger. */
async function tapOpen(chat: Locator): Promise<void> {
  await launcher(chat).tap();
  await ready(chat);
  await still(chat.page());
}

const dialog = (chat: Locator): Locator => chat.getByRole('dialog', { name: 'Chat with us' });
const log = (chat: Locator): Locator => chat.getByRole('region', { name: 'Messages' });
const emergency = (chat: Locator): Locator => chat.getByRole('link', { name: /911/ });

for (const [width, height] of windows) {
  for (const textSize of ['1', '2']) {
    test(`${String(width)} × ${String(height)}, text × ${textSize}: the chat is all of the window, and all of it can be used`, async ({
      page,
      mountChat,
    }) => {
      await page.setViewportSize({ width, height });
      const chat = await mountChat(page, { attributes: { 'text-size': textSize } });
      await tapOpen(chat);
      await converse(chat, 'Can you explain my lab result?');
      expect(await dialog(chat).boundingBox()).toEqual({ x: 0, y: 0, width, height });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      expect(await clipped(chat)).toEqual([]);
      await expect(input(chat)).toBeInViewport({ ratio: 1 });
      const fontSize = await input(chat).evaluate((field) =>
        Number.parseFloat(getComputedStyle(field).fontSize),
      );
      // Smaller, and phones zoom into the field.
      expect(fontSize).toBeGreaterThanOrEqual(16);
      for (const { name, width: wide, height: high, inline } of await targets(chat)) {
        if (!inline) expect(Math.min(wide, high), name).toBeGreaterThanOrEqual(44);
      }
      await expect(emergency(chat)).toBeInViewport();
      expect((await log(chat).boundingBox())?.height).toBeGreaterThan(80);
      expect(await violations(page)).toEqual([]);
    });
  }
}

/**
 * What a phone reports when its keyboard comes up: only the visual viewport becomes smaller. The browser of these
 * tests has no on-screen keyboard, so that its measures are put in place of the real ones.
 */
async function keyboard(page: Page, height: number, offsetTop = 0): Promise<void> {
  await page.evaluate(
    ([visible, top]) => {
      const view = visualViewport as VisualViewport;
      for (const [name, value] of Object.entries({ height: visible, offsetTop: top }))
        Object.defineProperty(view, name, { value, configurable: true });
      view.dispatchEvent(new Event('resize'));
    },
    [height, offsetTop] as const,
  );
}

test('the on-screen keyboard leaves composer, newest message and emergency line in view', async ({
  page,
  mountChat,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  const chat = await mountChat(page);
  await tapOpen(chat);
  await converse(chat, 'Can you explain my lab result?');
  for (const [visible, top] of [
    [340, 0],
    [300, 120],
  ] as const) {
    await keyboard(page, visible, top);
    const inside = async (one: Locator): Promise<boolean> => {
      const box = await one.boundingBox();
      return box !== null && box.y >= top && box.y + box.height <= top + visible;
    };
    expect(await inside(dialog(chat))).toBe(true);
    expect(await inside(input(chat))).toBe(true);
    expect(await inside(emergency(chat))).toBe(true);
    // The end of the conversation is what is seen of it.
    const gap = await log(chat).evaluate((one) => one.scrollHeight - one.clientHeight - one.scrollTop);
    expect(gap).toBeLessThanOrEqual(1);
  }
  await keyboard(page, 640);
  expect(await dialog(chat).boundingBox()).toEqual({ x: 0, y: 0, width: 360, height: 640 });
});

test('on its side, the keyboard leaves the whole composer and the emergency line', async ({
  page,
  mountChat,
}) => {
  await page.setViewportSize({ width: 640, height: 360 });
  const chat = await mountChat(page);
  await tapOpen(chat);
  for (const visible of [200, 180]) {
    await keyboard(page, visible);
    const box = await input(chat).boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(visible);
    await expect(emergency(chat)).toBeInViewport({ ratio: 1 });
  }
});

test('a keyboard that makes the window itself smaller does the same', async ({ page, mountChat }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  const chat = await mountChat(page);
  await tapOpen(chat);
  await page.setViewportSize({ width: 360, height: 330 });
  await expect(input(chat)).toBeInViewport({ ratio: 1 });
  await expect(input(chat)).toBeFocused();
  await expect(emergency(chat)).toBeInViewport({ ratio: 1 });
});

test('notch and home bar cover nothing, upright or on its side', async ({ page, mountChat }) => {
  const session = await page.context().newCDPSession(page);
  for (const [width, height, insets] of [
    [390, 844, { top: 47, bottom: 34, left: 0, right: 0 }],
    [844, 390, { top: 0, bottom: 21, left: 47, right: 47 }],
  ] as const) {
    await page.setViewportSize({ width, height });
    await session.send('Emulation.setSafeAreaInsetsOverride', { insets });
    const chat = await mountChat(page);
    await launcher(chat).waitFor();
    const clear = async (one: Locator): Promise<void> => {
      const box = await one.boundingBox();
      expect(box).not.toBeNull();
      if (!box) return;
      expect(box.x).toBeGreaterThanOrEqual(insets.left);
      expect(box.y).toBeGreaterThanOrEqual(insets.top);
      expect(box.x + box.width).toBeLessThanOrEqual(width - insets.right);
      expect(box.y + box.height).toBeLessThanOrEqual(height - insets.bottom);
    };
    await clear(launcher(chat));
    await tapOpen(chat);
    const buttons = ['More options', 'Close chat', 'Send'].map((name) =>
      chat.getByRole('button', { name, exact: true }),
    );
    for (const one of [
      chat.getByRole('heading', { name: 'Chat with us' }),
      ...buttons,
      input(chat),
      emergency(chat),
    ])
      await clear(one);
  }
});

const longPage = '<p style="height:300px">A long page.</p>'.repeat(10);

test('the page behind is inert, does not scroll under a finger, and is where it was after', async ({
  page,
  mountChat,
}) => {
  await page.setViewportSize({ width: 360, height: 640 });
  const chat = await mountChat(page);
  await page.evaluate(
    (html) => document.querySelector('main')?.insertAdjacentHTML('beforeend', html),
    longPage,
  );
  await page.evaluate(() => {
    scrollTo(0, 500);
  });
  await tapOpen(chat);
  const session = await page.context().newCDPSession(page);
  for (const y of [30, 130, 300, 600]) {
    await session.send('Input.synthesizeScrollGesture', {
      x: 100,
      y,
      yDistance: -200,
      gestureSourceType: 'touch',
      speed: 2000,
    });
  }
  expect(await page.evaluate(() => scrollY)).toBe(500);
  await chat.getByRole('button', { name: 'Close chat' }).tap();
  await expect(dialog(chat)).toHaveCount(0);
  expect(await page.evaluate(() => scrollY)).toBe(500);
});

test('the phone’s own Back closes the chat and gives the focus back', async ({ page, mountChat }) => {
  await page.setViewportSize({ width: 360, height: 640 });
  const chat = await mountChat(page);
  await tapOpen(chat);
  await input(chat).fill('a draft');
  // What Android's Back asks of an open dialog.
  await dialog(chat).evaluate((one) => {
    (one as HTMLDialogElement).requestClose();
  });
  await expect.poll(async () => (await stateOf(chat)).open).toBe(false);
  await expect(launcher(chat)).toBeFocused();
  await launcher(chat).tap();
  await expect(input(chat)).toHaveValue('a draft');
});

test('turning the phone keeps the reader’s place, and the end for those who follow', async ({
  page,
  mountChat,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const chat = await mountChat(page);
  await tapOpen(chat);
  await converse(chat, 'Can you explain my lab result?');
  await converse(chat, 'Please refill my lisinopril');
  for (const [width, height] of [
    [844, 390],
    [390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect
      .poll(() => log(chat).evaluate((one) => one.scrollHeight - one.clientHeight - one.scrollTop))
      .toBeLessThanOrEqual(1);
    await expect(input(chat)).toBeInViewport({ ratio: 1 });
  }
});

test('from a phone’s window to a desktop’s and back, conversation, place and draft stay', async ({
  page,
  mountChat,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const chat = await mountChat(page);
  await tapOpen(chat);
  await converse(chat, 'Can you explain my lab result?');
  await converse(chat, 'Please refill my lisinopril');
  await input(chat).fill('a draft');
  await log(chat).evaluate((one) => {
    one.scrollTop = 100;
  });
  for (const [width, role] of [
    [900, 'region'],
    [390, 'dialog'],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await expect(chat.getByRole(role, { name: 'Chat with us' })).toBeVisible();
    await expect(input(chat)).toHaveValue('a draft');
    await expect(input(chat)).toBeFocused();
    expect((await chat.evaluate((element) => (element as Chat).messages)).length).toBe(5);
    const place = await log(chat).evaluate((one) => one.scrollTop);
    expect(place).toBeGreaterThan(0);
    expect(place).toBeLessThan(400);
  }
});
