import type { Locator } from '@playwright/test';
import type { AmigoChat } from '../../src/index.js';
import { announced } from '../support/announced.js';
import { expect, test } from '../support/network.js';

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
  const spoken = await announced(chat);
  control.say('Your results are in.');
  const heard = async (): Promise<number> =>
    (await spoken()).filter((text) => text.includes('Your results are in.')).length;
  await expect.poll(heard).toBe(1);
});
