import type { Locator } from '@playwright/test';
import type { AmigoChat } from '../../src/index.js';
import { expect, test } from '../support/network.js';

/** Collects every text that is put into a live region from now on. */
const listen = (chat: Locator): Promise<void> =>
  chat.evaluate((element) => {
    const spoken: string[] = [];
    Object.assign(window, { spoken });
    const regions = element.shadowRoot?.querySelector('amigo-announcer')?.shadowRoot;
    if (!regions) throw new Error('no announcer');
    new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) spoken.push(node.textContent ?? '');
    }).observe(regions, { childList: true, subtree: true });
  });

const spoken = (chat: Locator): Promise<string[]> =>
  chat.evaluate(() => (window as unknown as { spoken: string[] }).spoken);

const isOpen = (chat: Locator): Promise<unknown> =>
  expect
    .poll(() => chat.evaluate((element: AmigoChat) => element.state))
    .toMatchObject({ connection: 'open', turn: 'idle' });

test('what the agent says of its own accord, long after, is read out once', async ({
  page,
  mountBehind,
  control,
}) => {
  const chat = await mountBehind(page, { attributes: { transport: 'sessions-connect' } });
  await isOpen(chat);
  await listen(chat);
  control.say('Your results are in.');
  const heard = async (): Promise<number> =>
    (await spoken(chat)).filter((text) => text.includes('Your results are in.')).length;
  await expect.poll(heard).toBe(1);
});
