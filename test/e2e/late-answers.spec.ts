import type { Locator } from '@playwright/test';
import type { AmigoChat } from '../../src/index.js';
import { Widget } from '../faults/widget.js';
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

/** What the development server's agent says first, and what it says once it has looked. */
const ACKNOWLEDGEMENT = 'I am looking into that.';
const ANSWER = 'Copay for a visit';

/** The ways in which the rest comes, as the server is set to bring it. */
const ways = [
  ['with the poll', {}],
  ['by way of the history, the poll being empty', { empty: true }],
  ['after provisional words', { provisional: true }],
] as const;

for (const transport of ['turns', 'sessions-connect']) {
  for (const [way, how] of ways) {
    test(`over ${transport}, an answer that comes after the turn, ${way}, is read out once`, async ({
      page,
      mountBehind,
      control,
    }) => {
      const chat = await mountBehind(page, { hurry: 10, attributes: { transport } });
      const widget = await new Widget(chat).ready();
      const spoken = await announced(chat);
      const heard = async (words: string): Promise<number> =>
        (await spoken()).filter((text) => text.includes(words)).length;
      control.set({ fault: 'background-work', polls: 2, ...how });
      await widget.send('Is my insurance still good?');
      await expect.poll(() => heard(ACKNOWLEDGEMENT)).toBe(1);
      await expect.poll(() => heard(ANSWER)).toBe(1);
      await widget.settles('Is my insurance still good?', 'delivered');
      // The next turn's answer is read after whatever might have been said twice.
      await widget.send('Thank you');
      await widget.settles('Thank you', 'delivered');
      const last = (await widget.said('agent')).at(-1) ?? '';
      await expect.poll(() => heard(last)).toBe(1);
      expect([await heard(ACKNOWLEDGEMENT), await heard(ANSWER)]).toEqual([1, 1]);
      const kept = control.conversations().flatMap(({ turns }) => turns.map(({ text }) => text));
      expect(kept.filter((text) => text.includes(ANSWER))).toHaveLength(1);
    });
  }

  test(`over ${transport}, an answer that was worked out while the connection was gone is read out once`, async ({
    page,
    mountBehind,
    control,
  }) => {
    const chat = await mountBehind(page, { hurry: 10, attributes: { transport } });
    const widget = await new Widget(chat).ready();
    const spoken = await announced(chat);
    control.set({ fault: 'background-work', polls: 3 });
    await widget.send('Is my insurance still good?');
    await expect.poll(async () => (await widget.state()).turn).toBe('background');
    // A socket breaks, where there is one, and the first two questions fail.
    control.drop();
    control.set({ fault: 'request-fails', status: 503, request: 'poll', times: 2 });
    const heard = async (): Promise<number> =>
      (await spoken()).filter((text) => text.includes(ANSWER)).length;
    await expect.poll(heard).toBe(1);
    await widget.settles('Is my insurance still good?', 'delivered');
    expect(await heard()).toBe(1);
  });
}
