import { chromium, type Locator, type Page } from '@playwright/test';
import { chromiumLaunchOptions } from '../../../scripts/browsers.mjs';
import {
  articles,
  converse,
  focusOf,
  greeted,
  input,
  launcher,
  messagesOf,
  ready,
  send,
  settled,
  still,
  violations,
  type Chat,
} from '../../support/accessibility.js';
import { expect, test, type HostPage } from '../../support/e2e.js';
import { clipped, ringOf, targets } from '../../support/look.js';

/** A conversation with a table, a link, a tool, and a message that was not sent. */
async function fullConversation(chat: Locator): Promise<void> {
  await converse(chat, 'Can you explain my lab result?');
  await expect(chat.getByRole('table')).toBeVisible();
}

/** Brands that a portal may have; the last three are hard to write on. */
const brands = ['', '#0b6570', '#7a2a8c', '#ffd400', '#f5f5f5', '#101010'];

for (const theme of ['light', 'dark']) {
  test(`[32] text 4.5:1 and controls 3:1 in the ${theme} theme, whatever the brand`, async ({
    page,
    mountChat,
    control,
  }) => {
    const chat = await mountChat(page, { attributes: { theme, 'tool-events': true, layout: 'inline' } });
    await ready(chat);
    await fullConversation(chat);
    control.set({ fault: 'error', code: 'client_error' });
    await send(chat, 'This one is refused');
    await expect(chat.getByText('Not sent', { exact: true })).toBeVisible();
    await input(chat).fill('x'.repeat(10_001));
    for (const brand of brands) {
      await chat.evaluate((element, colour) => {
        element.style.setProperty('--amigo-color-brand', colour);
      }, brand);
      await expect
        .poll(() => violations(page, ['color-contrast']), { message: `brand ${brand}`, timeout: 60_000 })
        .toEqual([]);
    }
  });
}

test('[33] forced colours: borders, focus and icons stay visible', async ({ page, mountChat, control }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    control.reset();
    await page.emulateMedia({ forcedColors: 'active', colorScheme });
    const chat = await mountChat(page, { attributes: { 'tool-events': true } });
    await greeted(chat);
    await fullConversation(chat);
    await still(page);
    const faults = await chat.evaluate((element) => {
      const roots = (root: ParentNode): ParentNode[] => [
        root,
        ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? roots(one.shadowRoot) : [])),
      ];
      const all = roots(element.shadowRoot as ShadowRoot).flatMap((root) => [...root.querySelectorAll('*')]);
      const shown = all.filter((one) => one.checkVisibility({ opacityProperty: true }));
      const probe = document.body.appendChild(document.createElement('i'));
      probe.style.setProperty('forced-color-adjust', 'none');
      probe.style.setProperty('color', 'Canvas');
      const ground = getComputedStyle(probe).color;
      probe.remove();
      const edged = shown.filter((one) => one.matches('button, .field, .bubble, .panel'));
      const edgeless = edged.filter((one) => {
        const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(one);
        return borderTopStyle === 'none' || borderTopWidth === '0px' || borderTopColor === ground;
      });
      const icons = shown.filter((one) => one.localName === 'svg');
      const unseen = icons.filter((icon) => getComputedStyle(icon).color === ground);
      return {
        edged: edged.length,
        icons: icons.length,
        edgeless: edgeless.map((one) => `${one.localName}.${one.className}`),
        unseen: unseen.map((icon) => icon.parentElement?.className),
      };
    });
    expect(faults).toMatchObject({ edgeless: [], unseen: [] });
    expect(faults.edged).toBeGreaterThan(6);
    expect(faults.icons).toBeGreaterThan(4);
    for (let times = 0; times < 5; times += 1) {
      await page.keyboard.press('Tab');
      if (!(await focusOf(page)).ours) continue;
      expect(await ringOf(page)).toMatchObject({ style: 'solid' });
    }
  }
});

test('[34] sender and error are told in words and signs, not by colour alone', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  await ready(chat);
  await converse(chat, 'hello');
  control.set({ fault: 'error', code: 'client_error' });
  await send(chat, 'This one is refused');
  const refused = articles(chat).filter({ hasText: 'This one is refused' });
  await expect(refused).toContainText('Not sent');
  await expect(refused.locator('.status svg')).toBeVisible();
  for (const [index, author] of ['AI helper', 'You', 'AI helper', 'You'].entries())
    await expect(articles(chat).nth(index).locator('[part=author]')).toHaveText(author);
  control.set({ fault: 'close', code: 4404, at: 'created', times: 5 });
  control.set({ fault: 'close', code: 4404, at: 'now' });
  await expect(chat.getByRole('alert')).toContainText('We could not find');
  await expect(chat.locator('.banner > svg')).toBeVisible();
  // Links are underlined.
  const links = chat.getByRole('link');
  for (const link of await links.all())
    expect(await link.evaluate((one) => getComputedStyle(one).textDecorationLine)).toContain('underline');
});

/** In a browser whose owner set another size of text. */
async function withDefaultFont(size: number, run: (page: Page) => Promise<void>): Promise<void> {
  const args = [`--blink-settings=defaultFontSize=${String(size)},defaultFixedFontSize=${String(size)}`];
  const browser = await chromium.launch({ ...chromiumLaunchOptions(), args });
  try {
    await run(await browser.newPage());
  } finally {
    await browser.close();
  }
}

test('[35] a default font of 32 px: nothing is clipped, on a desktop or a phone', async ({
  mountChat,
  control,
}) => {
  await withDefaultFont(32, async (page) => {
    for (const [width, height] of [
      [1024, 768],
      [360, 640],
    ] as const) {
      control.reset();
      await page.setViewportSize({ width, height });
      const chat = await mountChat(page, { attributes: { 'tool-events': true } });
      const heading = page.getByRole('heading', { name: 'Clinic portal' });
      expect(await heading.evaluate((one) => getComputedStyle(one).fontSize)).toBe('64px');
      await greeted(chat);
      await fullConversation(chat);
      await still(page);
      expect(await clipped(chat)).toEqual([]);
      await expect(input(chat)).toBeInViewport({ ratio: 1 });
    }
  });
});

test('[36] 320 × 256, which is 400 % zoom: no scrolling in two directions, the composer is usable', async ({
  page,
  mountChat,
}) => {
  await page.setViewportSize({ width: 320, height: 256 });
  const chat = await mountChat(page, { attributes: { 'tool-events': true } });
  await greeted(chat);
  await input(chat).fill('What is on my list?');
  await expect(input(chat)).toBeInViewport({ ratio: 1 });
  await expect(chat.getByRole('button', { name: 'Send', exact: true })).toBeInViewport({ ratio: 1 });
  await chat.getByRole('button', { name: 'Send', exact: true }).click();
  await expect.poll(async () => (await messagesOf(chat)).length).toBe(3);
  await settled(chat);
  await fullConversation(chat);
  await still(page);
  // Only a wide table or code scrolls sideways, inside itself.
  expect(await clipped(chat)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  const log = chat.getByRole('region', { name: 'Messages' });
  expect(await log.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
  expect((await log.boundingBox())?.height).toBeGreaterThan(90);
  expect(await violations(page)).toEqual([]);
});

test('[37] text-spacing overrides lose nothing', async ({ page, mountChat, control }) => {
  for (const [width, height] of [
    [1024, 768],
    [320, 640],
  ] as const) {
    control.reset();
    await page.setViewportSize({ width, height });
    const chat = await mountChat(page, { attributes: { 'tool-events': true } });
    await page.addStyleTag({
      content: `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
        p { margin-block-end: 2em !important; }`,
    });
    await greeted(chat);
    await fullConversation(chat);
    await input(chat).fill('A draft that is long enough to need more than one line of this width');
    await still(page);
    const spacing = await articles(chat)
      .first()
      .locator('.bubble')
      .evaluate((bubble) => getComputedStyle(bubble).letterSpacing);
    // The page's own size times 0.12: it comes through.
    expect(Number.parseFloat(spacing)).toBeGreaterThan(1.5);
    expect(await clipped(chat)).toEqual([]);
    await expect(input(chat)).toBeInViewport({ ratio: 1 });
    for (const name of ['Send', 'Close chat', 'More options'])
      await expect(chat.getByRole('button', { name, exact: true })).toBeInViewport({ ratio: 1 });
  }
});

for (const [width, height] of [
  [1024, 768],
  [320, 640],
] as const) {
  test(`[38] targets are at least 24 px, 44 where they stand alone (${String(width)} px)`, async ({
    page,
    mountChat,
    control,
  }) => {
    await page.setViewportSize({ width, height });
    const chat = await mountChat(page, {
      attributes: { 'tool-events': true, 'language-picker': true },
    });
    await greeted(chat);
    await fullConversation(chat);
    await chat.evaluate((element) => {
      (element as Chat).quickReplies = ['Yes', 'No'];
    });
    control.set({ fault: 'error', code: 'client_error' });
    await send(chat, 'This one is refused');
    await expect(chat.getByText('Not sent', { exact: true })).toBeVisible();
    await chat.getByRole('button', { name: 'More options' }).click();
    await still(page);
    const all = await targets(chat);
    expect(all.length).toBeGreaterThan(10);
    for (const target of all.filter(({ inline }) => !inline)) {
      expect(target.width, target.name).toBeGreaterThanOrEqual(44);
      expect(target.height, target.name).toBeGreaterThanOrEqual(44);
    }
    expect(await violations(page, ['target-size'])).toEqual([]);
  });
}

for (const theme of ['light', 'dark']) {
  test(`[39] the focus ring is at least 2 px wide and 3:1 (${theme})`, async ({ page, mountChat }) => {
    const chat = await mountChat(page, { attributes: { theme, 'tool-events': true } });
    await launcher(chat).waitFor();
    await page.keyboard.press('Tab');
    const seen: string[] = [];
    const look = async (): Promise<void> => {
      if (!(await focusOf(page)).ours) return;
      const ring = await ringOf(page);
      seen.push(ring.label);
      expect(ring.style, ring.label).toBe('solid');
      expect(ring.width, ring.label).toBeGreaterThanOrEqual(2);
      expect(ring.contrast, ring.label).toBeGreaterThanOrEqual(3);
    };
    await page.keyboard.press('Enter');
    await ready(chat);
    await fullConversation(chat);
    await look();
    // Backwards, with a walk through the messages and into one of them.
    await page.keyboard.press('Shift+Tab');
    for (const key of ['ArrowUp', 'Enter', 'Tab', 'Escape']) {
      await page.keyboard.press(key);
      await look();
    }
    for (let times = 0; times < 6; times += 1) {
      await page.keyboard.press('Shift+Tab');
      await look();
    }
    for (const part of [
      'textarea',
      'section',
      'amigo-message',
      'button Close chat',
      'a Is this an emergency',
    ])
      expect(
        seen.some((label) => label.startsWith(part)),
        part,
      ).toBe(true);
  });
}

test('[43] there are no tooltips: nothing appears on hover or focus, and no text hides in a title', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page, { attributes: { 'tool-events': true, announce: 'off' } });
  await greeted(chat);
  await fullConversation(chat);
  const words = (): Promise<{ text: string; titles: number }> =>
    chat.evaluate((element) => {
      const roots = (root: ParentNode): ParentNode[] => [
        root,
        ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? roots(one.shadowRoot) : [])),
      ];
      const all = roots(element.shadowRoot as ShadowRoot);
      return {
        // Hovering scrolls what is hovered into view, and away from the newest message.
        text: all
          .map((root) => root.textContent)
          .join('|')
          .replace('Go to the newest message', '')
          .replace(/\s+/g, ' '),
        titles: all.flatMap((root) => [...root.querySelectorAll('[title]:not([title=""])')]).length,
      };
    });
  await page.mouse.move(0, 0);
  const before = await words();
  expect(before.titles).toBe(0);
  for (const button of await chat.getByRole('button').all()) {
    await button.hover();
    await button.focus();
    expect(await words()).toEqual(before);
  }
});

test('[47] it works rotated, and nothing needs dragging', async ({ page, mountChat }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const chat = await mountChat(page);
  await greeted(chat);
  await input(chat).fill('a draft');
  for (const [width, height] of [
    [844, 390],
    [390, 844],
    [844, 390],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(input(chat)).toBeInViewport({ ratio: 1 });
    await expect(input(chat)).toBeFocused();
    await expect(input(chat)).toHaveValue('a draft');
    const panel = await chat.getByRole('dialog', { name: 'Chat with us' }).boundingBox();
    expect(panel).toEqual({ x: 0, y: 0, width, height });
    expect((await chat.getByRole('region', { name: 'Messages' }).boundingBox())?.height).toBeGreaterThan(90);
  }
  // No handle to drag: the composer grows by itself, the panel has its size from the window.
  const draggable = await chat.evaluate((element) => {
    const roots = (root: ParentNode): ParentNode[] => [
      root,
      ...[...root.querySelectorAll('*')].flatMap((one) => (one.shadowRoot ? roots(one.shadowRoot) : [])),
    ];
    return roots(element.shadowRoot as ShadowRoot)
      .flatMap((root) => [...root.querySelectorAll<HTMLElement>('*')])
      .filter(
        (one) =>
          !['none', ''].includes(getComputedStyle(one).resize) || (one.draggable && one.localName !== 'a'),
      )
      .map((one) => one.localName);
  });
  expect(draggable).toEqual([]);
  const one = (await input(chat).boundingBox())?.height ?? 0;
  await input(chat).fill('one\ntwo\nthree');
  expect((await input(chat).boundingBox())?.height).toBeGreaterThan(one + 20);
});

/** States of the widget that a person may meet, for axe. */
const states: Readonly<
  Record<string, { host?: HostPage; reach: (chat: Locator, page: Page) => Promise<void> }>
> = {
  closed: { reach: async (chat) => launcher(chat).waitFor() },
  'a conversation in Arabic, from right to left': {
    host: { attributes: { lang: 'ar', layout: 'inline' } },
    reach: async (chat) => ready(chat),
  },
  'with its menu open': {
    reach: async (chat) => {
      await greeted(chat);
      await chat.getByRole('button', { name: 'More options' }).click();
    },
  },
  'on a phone': {
    reach: async (chat, page) => {
      await page.setViewportSize({ width: 360, height: 640 });
      await greeted(chat);
      await fullConversation(chat);
    },
  },
  'with everything a page can ask for': {
    host: {
      attributes: {
        layout: 'inline',
        'tool-events': true,
        'language-picker': true,
        'text-size': '1.5',
        'read-aloud': true,
      },
    },
    reach: async (chat) => {
      await ready(chat);
      await chat.evaluate((element) => {
        (element as Chat).quickReplies = ['Yes', 'No'];
        (element as Chat).requestApproval({ id: 'a1', summary: 'Cancel the visit on Friday' });
      });
      await fullConversation(chat);
      await chat.getByRole('button', { name: /^Details/ }).click();
    },
  },
  locked: {
    host: { attributes: { layout: 'inline' } },
    reach: async (chat) => {
      await ready(chat);
      await chat.evaluate((element) => {
        (element as Chat).lock();
      });
      await expect(chat.getByRole('heading', { name: 'Chat hidden' })).toBeVisible();
    },
  },
};

for (const [state, { host = {}, reach }] of Object.entries(states)) {
  for (const theme of ['light', 'dark']) {
    test(`axe finds nothing in the widget ${state} (${theme})`, async ({ page, mountChat }) => {
      const chat = await mountChat(page, { ...host, attributes: { ...host.attributes, theme } });
      await reach(chat, page);
      expect(await violations(page)).toEqual([]);
    });
  }
}
