import type { Page } from '@playwright/test';
import type { AmigoChat } from '../../src/index.js';
import { expect, test } from '../support/network.js';
import { Widget } from './widget.js';

/** 500 and 1,000 with `LEAKS=full`; fewer of the same by default. */
const FULL = process.env['LEAKS'] === 'full';
const MOUNTS = FULL ? 500 : 100;
const RECONNECTS = FULL ? 1_000 : 100;
/** What the heap may have grown by when all is over. */
const GROWTH = 2 * 1024 * 1024;

test.use({ serverOptions: { speed: 0 }, recording: false });
test.setTimeout(15 * 60_000);

/** Bytes in use and nodes alive once everything that can be collected has been. */
async function afterCollection(page: Page): Promise<{ heap: number; nodes: number; listeners: number }> {
  const session = await page.context().newCDPSession(page);
  for (let round = 0; round < 3; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize: heap } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners: listeners } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heap, nodes, listeners };
}

/** Puts so many widgets on the page, one after the other, each until it is open. */
function mountAndRemove(page: Page, times: number, origin: string): Promise<void> {
  return page.evaluate(
    async ([count, baseUrl]) => {
      for (let index = 0; index < count; index += 1) {
        const chat = document.createElement('amigo-chat');
        Object.assign(chat, {
          baseUrl,
          layout: 'inline',
          transport: 'sessions-connect',
          tokenUrl: '/token',
          workspaceId: '00000000-0000-4000-8000-000000000007',
          serviceId: '00000000-0000-4000-8000-000000000008',
          entityId: '00000000-0000-4000-8000-000000000009',
        });
        const opened = new Promise((resolve) => {
          chat.addEventListener('amigo-session-start', resolve, { once: true });
        });
        document.body.append(chat);
        await opened;
        chat.remove();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    [times, origin] as const,
  );
}

test(`C09: ${MOUNTS} widgets put on a page and removed leave no memory, node, listener or socket behind`, async ({
  page,
  mountBehind,
  control,
  network,
}) => {
  const html = '<script type="module" src="/dist/amigo-chat.js"></script>';
  await mountBehind(page, { html });
  await page.waitForFunction(() => customElements.get('amigo-chat'));
  await mountAndRemove(page, 20, network.origin);
  const before = await afterCollection(page);
  await mountAndRemove(page, MOUNTS, network.origin);
  await expect.poll(() => control.conversations().map(({ connections }) => connections)).toEqual([0]);
  const after = await afterCollection(page);
  console.log(`C09: ${MOUNTS} mounts`, { before, after });
  expect(after.heap - before.heap).toBeLessThanOrEqual(GROWTH);
  expect(after.nodes).toBeLessThanOrEqual(before.nodes + 50);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 10);
});

test(`C09: ${RECONNECTS} reconnects leave no memory behind`, async ({ page, mountBehind, control }) => {
  const chat = await mountBehind(page, { hurry: 40, attributes: { transport: 'sessions-connect' } });
  await new Widget(chat).ready();
  const reconnect = async (times: number): Promise<void> => {
    const back = chat.evaluate(
      (element: AmigoChat, count) =>
        new Promise<void>((resolve) => {
          let left = count;
          element.addEventListener('amigo-session-start', () => {
            left -= 1;
            if (left === 0) resolve();
          });
        }),
      times,
    );
    const dropping = setInterval(() => control.drop(), 20);
    await back;
    clearInterval(dropping);
  };
  await reconnect(10);
  const before = await afterCollection(page);
  await reconnect(RECONNECTS);
  const after = await afterCollection(page);
  console.log(`C09: ${RECONNECTS} reconnects`, { before, after });
  expect(after.heap - before.heap).toBeLessThanOrEqual(GROWTH);
  expect(after.listeners).toBeLessThanOrEqual(before.listeners + 10);
});
