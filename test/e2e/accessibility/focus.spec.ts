import type { Locator, Page } from '@playwright/test';
import {
  accessibilityTree,
  articles,
  converse,
  focusOf,
  greeted,
  input,
  launcher,
  ready,
  send,
  settled,
  stateOf,
  type Chat,
} from '../../support/accessibility.js';
import { expect, test, widgetMarkup } from '../../support/e2e.js';

const script = '<script type="module" src="/dist/amigo-chat.js"></script>';
const before = '<button>Before</button>';
const after = '<button>After</button>';
/** The widget between two controls of the page. */
const between = (origin: string, attributes = {}): string =>
  `<main>${before}${widgetMarkup(origin, attributes)}${after}</main>${script}`;

/** Presses a key until the focus is where it is wanted; answers how often, -1 where it never came. */
async function until(page: Page, key: string, there: (label: string) => boolean, most = 20): Promise<number> {
  for (let times = 1; times <= most; times += 1) {
    await page.keyboard.press(key);
    if (there((await focusOf(page)).label)) return times;
  }
  return -1;
}

/** Opens by keyboard alone. */
async function openByKeyboard(page: Page, chat: Locator): Promise<void> {
  await launcher(chat).waitFor();
  expect(await until(page, 'Tab', (label) => label.startsWith('Chat with us'))).toBeGreaterThan(0);
  await page.keyboard.press('Enter');
  await ready(chat);
}

for (const width of [1024, 360]) {
  test(`[4] opening by keyboard puts the focus in the composer (${String(width)} px)`, async ({
    page,
    mountChat,
  }) => {
    await page.setViewportSize({ width, height: 700 });
    const chat = await mountChat(page);
    await openByKeyboard(page, chat);
    await expect(input(chat)).toBeFocused();
    await page.keyboard.type('hi');
    await expect(input(chat)).toHaveValue('hi');
  });

  test(`[5] closing returns the focus to the opener (${String(width)} px)`, async ({
    page,
    mountChat,
    site,
  }) => {
    await page.setViewportSize({ width, height: 700 });
    const chat = await mountChat(page, { html: between(site.origin) });
    await openByKeyboard(page, chat);
    await page.keyboard.press('Escape');
    await expect(launcher(chat)).toBeFocused();
    await page.keyboard.press('Enter');
    await chat.getByRole('button', { name: 'Close chat' }).press('Enter');
    await expect(launcher(chat)).toBeFocused();
    // A control of the page's own that opens the chat gets the focus back.
    const opener = page.getByRole('button', { name: 'Before' });
    await opener.evaluate((button) => {
      button.addEventListener('click', () => {
        (document.querySelector('amigo-chat') as Chat).show();
      });
    });
    await opener.press('Enter');
    await expect(input(chat)).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(opener).toBeFocused();
  });

  test(`[6] Escape goes from the transcript to the composer, then closes, and the draft is kept (${String(width)} px)`, async ({
    page,
    mountChat,
  }) => {
    await page.setViewportSize({ width, height: 700 });
    const chat = await mountChat(page);
    await openByKeyboard(page, chat);
    await page.keyboard.type('a draft');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowUp');
    expect((await focusOf(page)).tag).toBe('amigo-message');
    await page.keyboard.press('Escape');
    await expect(input(chat)).toBeFocused();
    expect((await stateOf(chat)).open).toBe(true);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await stateOf(chat)).open).toBe(false);
    await page.keyboard.press('Enter');
    await expect(input(chat)).toHaveValue('a draft');
  });
}

test('[7] Tab leaves the popup both ways', async ({ page, mountChat, site }) => {
  const chat = await mountChat(page, { html: between(site.origin) });
  await openByKeyboard(page, chat);
  expect(await until(page, 'Tab', (label) => label === 'After', 6)).toBeGreaterThan(0);
  expect((await stateOf(chat)).open).toBe(true);
  expect(await until(page, 'Shift+Tab', (label) => label === 'Before', 12)).toBeGreaterThan(0);
});

test('[8] full screen on a phone: the focus is contained, the page inert', async ({
  page,
  mountChat,
  site,
}) => {
  await page.setViewportSize({ width: 320, height: 640 });
  const chat = await mountChat(page, { html: between(site.origin) });
  await openByKeyboard(page, chat);
  for (const key of ['Tab', 'Shift+Tab']) {
    const seen = new Set<string>();
    for (let times = 0; times < 14; times += 1) {
      await page.keyboard.press(key);
      const { ours, label } = await focusOf(page);
      expect(ours, label).toBe(true);
      seen.add(label);
    }
    // Round and round: what comes first is met again, and the launcher, which is behind, never.
    expect(seen, key).toContain('Close chat');
    expect([...seen].filter((label) => label.startsWith('Chat with us'))).toEqual([]);
  }
  const outside = page.getByRole('button', { name: 'After', exact: true, includeHidden: true });
  await outside.evaluate((button) => {
    button.focus();
  });
  expect((await focusOf(page)).ours).toBe(true);
  const names = (await accessibilityTree(page)).map(({ name }) => name);
  expect(names).toContain('Close chat');
  expect(names).not.toContain('After');
  // Closed, the page is itself again.
  await input(chat).press('Escape');
  await expect(launcher(chat)).toBeFocused();
  await outside.focus();
  await expect(outside).toBeFocused();
  expect((await accessibilityTree(page)).map(({ name }) => name)).toContain('After');
});

test('[9] the transcript is one stop; arrows, Home and End move between messages', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline', 'tool-events': true } });
  await ready(chat);
  await converse(chat, 'Can you explain my lab result?');
  await input(chat).focus();
  await page.keyboard.press('Shift+Tab');
  expect((await focusOf(page)).label).toBe('Messages');
  await page.keyboard.press('Shift+Tab');
  expect((await focusOf(page)).label).toContain('911');
  await page.keyboard.press('Tab');
  const walk = async (key: string): Promise<string> => {
    await page.keyboard.press(key);
    return (await focusOf(page)).label;
  };
  const [tool, you, ai] = [/^Done: Get lab results/, /^You, /, /^AI helper, /];
  for (const [key, expected] of [
    ['ArrowUp', ai],
    ['ArrowUp', tool],
    ['ArrowUp', you],
    ['ArrowUp', ai],
    ['ArrowUp', ai],
    ['End', ai],
    ['ArrowUp', tool],
    ['Home', ai],
    ['ArrowDown', you],
  ] as const) {
    expect(await walk(key), key).toMatch(expected);
  }
  // From a message in the middle Tab goes on behind the log, not through it.
  expect(await until(page, 'Tab', () => true)).toBe(1);
  expect((await focusOf(page)).label).toBe('Go to the newest message');
  await page.keyboard.press('Tab');
  await expect(input(chat)).toBeFocused();
});

test('[10] what arrives never moves the focus', async ({ page, mountChat, control }) => {
  control.set({ fault: 'pace', speed: 1 });
  const chat = await mountChat(page);
  await greeted(chat);
  await send(chat, 'Tell me all about diabetes: the whole guide, please');
  await expect.poll(async () => (await stateOf(chat)).turn).toBe('replying');
  const typed = 'And what about my knee? ';
  for (const key of typed) {
    await page.keyboard.press(key === ' ' ? 'Space' : key);
    expect((await focusOf(page)).tag).toBe('textarea');
  }
  expect((await stateOf(chat)).turn, 'the reply was streaming all the while').toBe('replying');
  await expect(input(chat)).toHaveValue(typed);
  // Nor what the agent says unasked, with the focus on the page.
  await page.getByRole('heading', { name: 'Clinic portal' }).evaluate((heading) => {
    heading.tabIndex = -1;
    heading.focus();
  });
  await chat.evaluate((element) => {
    (element as Chat).stop();
  });
  control.say('One more thing.');
  await expect(articles(chat).last()).toContainText('One more thing.', { timeout: 60_000 });
  expect((await focusOf(page)).label).toBe('Clinic portal');
});

test('no control that goes away takes the focus along', async ({ page, mountChat, control }) => {
  control.set({ fault: 'history-fails', status: 500, times: 10 });
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  await ready(chat);
  await chat.getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(chat.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
  await expect(input(chat)).toBeFocused();
  control.set({ fault: 'close', code: 4409, at: 'now' });
  await chat.getByRole('button', { name: 'Use it here' }).press('Enter');
  await expect(chat.getByRole('button', { name: 'Use it here' })).toHaveCount(0);
  await expect(input(chat)).toBeFocused();
});

for (const how of ['click', 'Enter'] as const) {
  test(`[28] “New messages” focuses the first unread one (${how})`, async ({ page, mountChat, control }) => {
    await page.setViewportSize({ width: 1024, height: 600 });
    const chat = await mountChat(page);
    await greeted(chat);
    await converse(chat, 'Can you explain my lab result?');
    await converse(chat, 'Please refill my lisinopril');
    const log = chat.getByRole('region', { name: 'Messages' });
    await log.evaluate((region) => {
      region.scrollTop = 0;
    });
    const first = articles(chat).filter({ hasText: 'First new one.' });
    control.say('First new one.');
    await expect(first).toHaveCount(1);
    await settled(chat);
    control.say('Second new one.');
    const button = chat.getByRole('button', { name: '2 new messages', exact: true });
    await expect(button).toBeVisible();
    await (how === 'click' ? button.click() : button.press('Enter'));
    await expect(first).toBeFocused();
    await expect(first).toBeInViewport();
  });
}

/** Whether some part of what has the focus can be seen: the topmost thing there is it, or is in it. */
const seen = (page: Page): Promise<{ label: string; seen: boolean }> =>
  page.evaluate(() => {
    const path: Element[] = [];
    let active = document.activeElement;
    while (active) {
      path.push(active);
      active = active.shadowRoot?.activeElement ?? null;
    }
    const focused = path.at(-1) as HTMLElement;
    const { left, top, width, height } = focused.getBoundingClientRect();
    const topmost = (x: number, y: number): Element | null => {
      let at = document.elementFromPoint(x, y);
      while (at?.shadowRoot) {
        const inner = at.shadowRoot.elementFromPoint(x, y);
        if (!inner || inner === at) break;
        at = inner;
      }
      return at;
    };
    const within = (inner: Element | null): boolean => {
      for (let node: Node | null = inner; node;) {
        if (node === focused) return true;
        node =
          (node as Element).assignedSlot ??
          node.parentNode ??
          (node instanceof ShadowRoot ? node.host : null);
        if (node instanceof ShadowRoot) node = node.host;
      }
      return false;
    };
    const shares = [0.05, 0.25, 0.5, 0.75, 0.95];
    const visible = shares.some((across) =>
      shares.some((down) => within(topmost(left + width * across, top + height * down))),
    );
    const label = focused.getAttribute('aria-label') ?? focused.textContent ?? '';
    return { label: `${focused.localName} ${label.trim().slice(0, 40)}`, seen: visible };
  });

for (const [width, height] of [
  [1024, 768],
  [360, 640],
  [320, 256],
] as const) {
  test(`[40] what has the focus in the widget is not covered (${String(width)} × ${String(height)})`, async ({
    page,
    mountChat,
  }) => {
    await page.setViewportSize({ width, height });
    const chat = await mountChat(page, { attributes: { 'tool-events': true } });
    await openByKeyboard(page, chat);
    await converse(chat, 'Can you explain my lab result?');
    await converse(chat, 'Please refill my lisinopril');
    await page.keyboard.press('Shift+Tab');
    const keys = [...Array<string>(7).fill('ArrowUp'), ...Array<string>(7).fill('ArrowDown'), 'Home', 'End'];
    for (const key of [...keys, ...Array<string>(12).fill('Shift+Tab')]) {
      await page.keyboard.press(key);
      const focus = await seen(page);
      // What the browser's own chrome has is not ours to see.
      if (focus.label !== 'body Clinic portal') expect(focus, key).toEqual({ ...focus, seen: true });
    }
  });
}

test('[40] what has the focus on the page is not covered, by the launcher or by the open popup', async ({
  page,
  mountChat,
  site,
}) => {
  // A page that cannot scroll, with links of its own right where launcher and popup stand.
  const links = [20, 150, 300, 450, 600]
    .map(
      (bottom) =>
        `<a href="#" style="position:fixed;right:30px;bottom:${String(bottom)}px">Link ${String(bottom)}</a>`,
    )
    .join('');
  const chat = await mountChat(page, { html: `<main>${links}</main>${widgetMarkup(site.origin)}${script}` });
  await launcher(chat).waitFor();
  const walk = async (): Promise<void> => {
    for (const bottom of [20, 150, 300, 450, 600]) {
      await page.getByRole('link', { name: `Link ${String(bottom)}`, exact: true }).focus();
      expect(await seen(page)).toEqual({ label: `a Link ${String(bottom)}`, seen: true });
    }
  };
  await walk();
  const home = await launcher(chat).boundingBox();
  await greeted(chat);
  await walk();
  // Both are where they were once nothing of the page is in their way.
  await input(chat).focus();
  expect((await launcher(chat).boundingBox())?.x).toBe(home?.x);
  const panel = await chat.getByRole('region', { name: 'Chat with us' }).boundingBox();
  expect((panel?.x ?? 0) + (panel?.width ?? 0)).toBe(1280 - 20);
});

test('[41] the launcher keeps its place and its order among what else is on the page, on every page', async ({
  page,
  mountChat,
  site,
}) => {
  const places: unknown[] = [];
  for (const content of ['<h1>Visits</h1>', `<h1>Results</h1>${'<p>A long page.</p>'.repeat(60)}`]) {
    const html = `<nav><a href="#">Home</a></nav><main>${content}<a href="#">Read more</a></main>
      ${widgetMarkup(site.origin)}<footer><a href="#">Imprint</a></footer>${script}`;
    const chat = await mountChat(page, { html });
    await launcher(chat).waitFor();
    const order: string[] = [];
    for (let times = 0; times < 4; times += 1) {
      await page.keyboard.press('Tab');
      order.push((await focusOf(page)).label);
    }
    places.push({ order, box: await launcher(chat).boundingBox() });
  }
  expect(places[0]).toMatchObject({ order: ['Home', 'Read more', 'Chat with us', 'Imprint'] });
  expect(places[1]).toEqual(places[0]);
});

test('[44] there are no single-character shortcuts, and F6 stays the browser’s', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page);
  await greeted(chat);
  await page.evaluate(() => {
    const prevented: string[] = [];
    Object.assign(globalThis, { prevented });
    addEventListener('keydown', (event) => {
      if (event.defaultPrevented) prevented.push(event.key);
    });
  });
  const stops: Locator[] = [
    launcher(chat),
    chat.getByRole('button', { name: 'More options' }),
    chat.getByRole('region', { name: 'Messages' }),
    articles(chat).first(),
    chat.getByRole('button', { name: 'Send', exact: true }),
  ];
  const all = async (): Promise<unknown> => [await focusOf(page), await stateOf(chat)];
  for (const stop of stops) {
    await stop.focus();
    const was = await all();
    for (const key of [...'abcdefghijklmnopqrstuvwxyz0123456789?/.,-', 'F6', 'Control+F6'])
      await page.keyboard.press(key);
    expect(await all()).toEqual(was);
  }
  await input(chat).focus();
  await page.keyboard.type('az?/');
  await page.keyboard.press('F6');
  await expect(input(chat)).toHaveValue('az?/');
  expect(await page.evaluate(() => (globalThis as unknown as { prevented: string[] }).prevented)).toEqual([]);
});
