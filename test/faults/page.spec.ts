import { chromium, type Browser } from '@playwright/test';
import { chromiumLaunchOptions } from '../../scripts/browsers.mjs';
import type { AmigoChat } from '../../src/index.js';
import { expect, test } from '../support/network.js';
import { Widget, countFrames } from './widget.js';

const socketsOnly = { transport: 'sessions-connect' };
const entity = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Renderers of this browser, to be stopped and continued as a machine that sleeps and wakes would. */
async function renderers(browser: Browser): Promise<{ signal: (name: 'SIGSTOP' | 'SIGCONT') => void }> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const ids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  return {
    signal: (name) => {
      for (const id of ids) process.kill(id, name);
    },
  };
}

interface Heard {
  readonly heard: string[];
}

/** The machine sleeps: the one wait for which there is nothing to observe. */
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

test('B09: a sleep in which the server let go is followed by one new connection to the same thread', async ({
  page,
  browser,
  mountBehind,
  control,
  network,
}) => {
  const widget = await new Widget(await mountBehind(page, { attributes: socketsOnly })).ready();
  const { conversationId } = await widget.state();
  const machine = await renderers(browser);
  machine.signal('SIGSTOP');
  control.drop();
  await pause(2_000);
  machine.signal('SIGCONT');
  await expect.poll(() => network.webSockets).toBe(2);
  await widget.ready();
  expect(await widget.state()).toMatchObject({ conversationId });
  expect(network.webSockets).toBe(2);
});

test('B10: a sleep in which the server stayed loses no frame, and no connection', async ({
  page,
  browser,
  mountBehind,
  control,
  network,
}) => {
  control.set({ fault: 'pings', every_ms: 250 });
  const pings = countFrames(page, 'ping');
  const widget = await new Widget(await mountBehind(page, { hurry: 4, attributes: socketsOnly })).ready();
  await expect.poll(pings).toBeGreaterThan(3);
  const machine = await renderers(browser);
  machine.signal('SIGSTOP');
  control.say('Said while you slept.');
  // Longer than pings may be late by: without the grace to drain, it would be declared dead.
  await pause(4_000);
  machine.signal('SIGCONT');
  await expect.poll(() => widget.said('agent')).toContain('Said while you slept.');
  const before = pings();
  await expect.poll(pings).toBeGreaterThan(before + 6);
  expect(network.webSockets).toBe(1);
});

test('C01: a page kept in the back/forward cache closes its socket with 4901, and comes back with one', async ({
  control,
  site,
}) => {
  const browser = await chromium.launch({
    ...chromiumLaunchOptions(),
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const page = await browser.newPage();
  const there = site.publish('<!doctype html><title>Elsewhere</title><p>Elsewhere</p>');
  const here = site.publish(
    `<!doctype html><title>Portal</title><amigo-chat layout="inline" transport="sessions-connect" base-url="${site.origin}"
      workspace-id="${entity(7)}" service-id="${entity(8)}" entity-id="${entity(9)}" token-url="/token"></amigo-chat>
      <script>addEventListener('pageshow', (event) => { window.restored = event.persisted; });</script>
      <script type="module" src="/dist/amigo-chat.js"></script>`,
  );
  await page.goto(site.origin + here);
  const widget = await new Widget(page.locator('amigo-chat')).ready();
  await page.goto(site.origin + there);
  await page.evaluate(() => {
    history.back();
  });
  await expect.poll(() => page.title()).toBe('Portal');
  await widget.ready();
  expect(await page.evaluate(() => (window as { restored?: boolean }).restored)).toBe(true);
  const closes = control.log().filter(({ kind }) => kind === 'closed');
  expect(closes.map(({ code }) => code)).toEqual([4901]);
  expect(control.conversations(entity(9)).map(({ connections }) => connections)).toEqual([1]);
  await browser.close();
});

test('C02: a reload brings the conversation back from the server, and nothing of it was stored', async ({
  page,
  context,
  mountBehind,
}) => {
  const widget = await new Widget(await mountBehind(page)).ready();
  await widget.send('My secret question');
  await widget.settles('My secret question', 'delivered');
  const said = (await widget.messages()).map(({ text }) => text);
  const stored = await page.evaluate(async () => ({
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
  }));
  expect(stored).toEqual({ local: {}, session: {}, databases: [], caches: [] });
  expect(await context.cookies()).toEqual([]);
  await page.reload();
  await expect.poll(async () => (await widget.messages()).map(({ text }) => text)).toEqual(said);
});

test('C04: two tabs of different people hear nothing of each other', async ({
  context,
  mountBehind,
  control,
}) => {
  const widgets = [];
  for (const number of [1, 2]) {
    const page = await context.newPage();
    const attributes = { 'entity-id': entity(number) };
    widgets.push(await new Widget(await mountBehind(page, { attributes })).ready());
  }
  await widgets[0]!.send('Only for one');
  await widgets[0]!.settles('Only for one', 'delivered');
  expect(await widgets[1]!.said('user')).toEqual([]);
  const kept = control
    .conversations(entity(2))
    .flatMap(({ turns }) => turns.filter(({ role }) => role === 'user'));
  expect(kept).toEqual([]);
});

test('C05: of two widgets on a page, one whose handshake hangs does not keep the other from connecting', async ({
  page,
  mountBehind,
  control,
  network,
}) => {
  control.set({ fault: 'hung-handshake', scope: entity(1) });
  const tag = (
    number: number,
  ): string => `<amigo-chat layout="inline" transport="sessions-connect" base-url="${network.origin}"
    workspace-id="${entity(7)}" service-id="${entity(8)}" entity-id="${entity(number)}" token-url="/token"></amigo-chat>`;
  const html = `${tag(1)}${tag(2)}<script type="module" src="/dist/amigo-chat.js"></script>`;
  await mountBehind(page, { html, hurry: 10 });
  for (const index of [1, 0]) await new Widget(page.locator('amigo-chat').nth(index)).ready();
  const kept = [1, 2].map((number) =>
    control.conversations(entity(number)).map(({ connections }) => connections),
  );
  expect(kept).toEqual([[1], [1]]);
});

test('C06: moved in the middle of a reply, the element keeps its socket and its words', async ({
  page,
  mountBehind,
  control,
  network,
}) => {
  const widget = await new Widget(await mountBehind(page, { attributes: socketsOnly })).ready();
  await widget.send('I need a guide to healthy blood pressure');
  await expect.poll(async () => (await widget.state()).turn).toBe('replying');
  await widget.chat.evaluate((element) => {
    document.querySelector('main')?.append(element);
  });
  await widget.settles('I need a guide to healthy blood pressure', 'delivered');
  const kept = control.conversations().flatMap(({ turns }) => turns.filter(({ role }) => role === 'agent'));
  expect(await widget.said('agent')).toEqual(kept.map(({ text }) => text));
  expect(network.webSockets).toBe(1);
});

test('C07: removed in the middle of a reply, it leaves no socket and says nothing more', async ({
  page,
  mountBehind,
  control,
  problems,
}) => {
  const widget = await new Widget(await mountBehind(page, { attributes: socketsOnly })).ready();
  await widget.send('I need a guide to healthy blood pressure');
  await expect.poll(async () => (await widget.state()).turn).toBe('replying');
  const done = (): number => control.log().filter(({ kind }) => kind === 'turn-done').length;
  const before = done();
  await widget.chat.evaluate((element) => {
    element.remove();
    Object.assign(window, { heard: [] });
    // An element that leaves is taken down one task later.
    setTimeout(() => {
      for (const type of ['amigo-message', 'amigo-message-status', 'amigo-turn-complete', 'amigo-error'])
        element.addEventListener(type, () => (window as unknown as Heard).heard.push(type));
    });
  });
  // The server goes on with the reply to its end: nobody listens any more.
  await expect.poll(done).toBe(before + 1);
  expect(await page.evaluate(() => (window as unknown as Heard).heard)).toEqual([]);
  expect(control.conversations().map(({ connections }) => connections)).toEqual([0]);
  expect(
    control
      .log()
      .filter(({ kind }) => kind === 'closed')
      .map(({ code }) => code),
  ).toEqual([1000]);
  expect((await problems.all()).filter((problem) => !problem.startsWith('request'))).toEqual([]);
});

test('C08: another entity clears the old thread before the new one opens', async ({
  page,
  mountBehind,
  control,
}) => {
  const widget = await new Widget(
    await mountBehind(page, { attributes: { ...socketsOnly, 'entity-id': entity(1) } }),
  ).ready();
  await widget.send('For the first child');
  await widget.settles('For the first child', 'delivered');
  const left = await widget.chat.evaluate(async (element: AmigoChat, other) => {
    element.setAttribute('entity-id', other);
    await element.updateComplete;
    return element.messages.map(({ text }) => text);
  }, entity(2));
  expect(left).toEqual([]);
  await widget.ready();
  await widget.send('For the second child');
  await widget.settles('For the second child', 'delivered');
  expect(await widget.said('user')).toEqual(['For the second child']);
  const log = control.log();
  const closed = log.findIndex(({ kind, entityId }) => kind === 'closed' && entityId === entity(1));
  const opened = log.findIndex(({ kind, entityId }) => kind === 'session' && entityId === entity(2));
  expect(log[closed]?.code).toBe(1000);
  expect(closed).toBeLessThan(opened);
  const heard = log.flatMap(({ kind, entityId, text }) => (kind === 'user-text' ? [[entityId, text]] : []));
  expect(heard).toEqual([
    [entity(1), 'For the first child'],
    [entity(2), 'For the second child'],
  ]);
});

test('C10: where storage throws, channels and locks too, the chat works', async ({
  page,
  mountBehind,
  problems,
}) => {
  await page.addInitScript(() => {
    const throws = (): never => {
      throw new DOMException('denied', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, { get: throws, configurable: true });
    }
    Object.defineProperty(document, 'cookie', { get: throws, set: throws });
    Object.defineProperty(window, 'BroadcastChannel', { value: throws });
    Object.defineProperty(navigator, 'locks', { get: throws });
  });
  const widget = await new Widget(await mountBehind(page)).ready();
  await widget.send('Does it work?');
  await widget.settles('Does it work?', 'delivered');
  expect((await problems.all()).filter((problem) => !problem.startsWith('request'))).toEqual([]);
});

test('D09: a flood of tokens is drawn at most once a frame, and the composer stays live', async ({
  page,
  mountBehind,
  control,
}) => {
  const widget = await new Widget(await mountBehind(page, { attributes: socketsOnly })).ready();
  await widget.chat.evaluate((element: AmigoChat) => {
    const counts = { renders: 0, frames: 0 };
    const { prototype } = element.constructor as unknown as {
      prototype: { update: (...changes: unknown[]) => void };
    };
    const { update } = prototype;
    prototype.update = function (...changes) {
      counts.renders += 1;
      update.apply(this, changes);
    };
    const frame = (): void => {
      counts.frames += 1;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    Object.assign(window, { counts });
  });
  control.set({ fault: 'flood', at: 'mid-reply', per_second: 5_000, seconds: 2 });
  await widget.send('I need a guide to healthy blood pressure');
  await expect
    .poll(async () => (await widget.said('agent')).at(-1), { timeout: 20_000 })
    .toContain('flood 1');
  await page.getByRole('textbox', { name: 'Your message' }).pressSequentially('still typing');
  expect(await page.getByRole('textbox', { name: 'Your message' }).inputValue()).toBe('still typing');
  const { renders, frames } = await page.evaluate(
    () => (window as unknown as { counts: Record<string, number> }).counts,
  );
  expect(renders).toBeGreaterThan(0);
  // Besides one for each frame there is one for each letter typed.
  expect(renders).toBeLessThanOrEqual((frames ?? 0) + 'still typing'.length + 5);
});
