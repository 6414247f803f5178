import type { CDPSession, Locator, Page } from '@playwright/test';
import type { PublicMessage, PublicState } from '../../src/conversation/select-view.js';
import { DemoHost } from '../support/demo-host.js';
import { expect, test } from '../support/e2e.js';

test.use({ recording: false });
test.setTimeout(120_000);

const replies = (chat: Locator, text: RegExp): Locator => chat.getByRole('article').filter({ hasText: text });

/** How many tokens of the flood are in the last message. Counted in the page: the text is long. */
const arrived = (chat: Locator): Promise<number> =>
  chat.evaluate(() => (globalThis as unknown as { arrived(): number }).arrived());

/** Live bytes of script, after everything that nobody holds has been given back. */
async function heap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

interface Counts {
  renders: number;
  frames: number;
  since: number;
  /** For each change of the composer: how many tokens of the flood had come. */
  taken: number[];
  arrived(): number;
}

/** Runs in the page: counts frames, and how often the widget renders. */
function countRenders(): void {
  const page = globalThis as unknown as Counts;
  const arrived = (): number => {
    const { messages } = document.querySelector('amigo-chat') as unknown as { messages: PublicMessage[] };
    return messages.at(-1)!.text.split('flood ').length - 1;
  };
  Object.assign(page, { renders: 0, frames: 0, since: performance.now(), taken: [], arrived });
  const prototype = customElements.get('amigo-chat')!.prototype as { performUpdate(): void };
  const render = prototype.performUpdate;
  prototype.performUpdate = function (): void {
    page.renders += 1;
    render.call(this);
  };
  const tick = (): void => {
    page.frames += 1;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  document.addEventListener('input', () => page.taken.push(page.arrived()), true);
}

function countsOf(page: Page): Promise<Omit<Counts, 'arrived' | 'since'> & { elapsed: number }> {
  return page.evaluate(() => {
    const { renders, frames, taken, since } = globalThis as unknown as Counts;
    return { renders, frames, taken, elapsed: performance.now() - since };
  });
}

test('D09 a flood of 5,000 frames a second for 10 s: one render a frame at most, memory bounded, the composer usable', async ({
  page,
  mountChat,
}) => {
  // In a process of its own, so that it keeps its pace whatever the test does.
  const server = await DemoHost.start('--dev-server');
  const crashes: string[] = [];
  page.on('crash', () => crashes.push('the page crashed'));
  page.on('pageerror', ({ message }) => crashes.push(message));
  const token = (await (await fetch(`${server.origin}/token`, { method: 'POST' })).json()) as {
    token: string;
  };
  const chat = await mountChat(page, {
    attributes: { layout: 'inline', 'base-url': server.origin, 'token-url': null },
  });
  await chat.evaluate((element, token) => Object.assign(element, { getToken: () => token }), token.token);
  await expect(replies(chat, /virtual assistant/)).toHaveCount(1, { timeout: 15_000 });
  const session = await page.context().newCDPSession(page);
  const before = await heap(session);

  // The turn stays open, so that the flood is part of it.
  await server.control('faults', { fault: 'no-done' });
  const composer = chat.getByRole('textbox');
  await composer.fill('Is my insurance still good?');
  await composer.press('Enter');
  await expect(replies(chat, /Copay for a visit/)).toHaveAttribute('aria-busy', 'false', { timeout: 15_000 });
  await page.evaluate(countRenders);
  await server.control('faults', { fault: 'flood', per_second: 5_000, seconds: 10, at: 'now' });
  let typed = '';
  for (let seen = 0; seen < 50_000; seen = await arrived(chat)) {
    await composer.press('x');
    typed += 'x';
  }
  expect(await arrived(chat)).toBe(50_000);
  await expect(composer).toHaveValue(typed);
  const { taken, renders, frames, elapsed } = await countsOf(page);
  // Keys that took effect while the flood ran.
  expect(taken.filter((count) => count > 0 && count < 50_000).length).toBeGreaterThan(0);
  // A frame that does not come is not waited for longer than 250 ms (lib/frame.ts); each key renders once more.
  expect(renders).toBeLessThanOrEqual(frames + elapsed / 250 + 2 * typed.length + 10);
  expect(renders).toBeLessThan(50_000 / 10);

  await server.control('faults', { fault: 'raw-frame', frame: '{"event":"done","data":{}}', at: 'now' });
  await expect
    .poll(() => chat.evaluate((element) => (element as unknown as { state: PublicState }).state.turn))
    .toBe('idle');
  // 600 KB of text, as state, as view and as parsed: no frame is kept.
  expect((await heap(session)) - before).toBeLessThan(16 * 1_048_576);
  expect(crashes).toEqual([]);
  await server.stop();
});
