import { writeFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';
import type { Control } from '../../demo/server/index.js';
import { FaultProxy } from '../support/fault-proxy.js';
import { expect, test } from '../support/network.js';
import { seeded } from '../support/seeded.js';
import { compare, illegalChanges, keptBy, type Kept } from './books.js';
import { arm, nextMishap } from './fault-plan.js';
import { Person, type SeenMessage, type Taps } from './person.js';

/** 1,000 in `npm run test:soak`. */
const MESSAGES = Number(process.env['SOAK_MESSAGES'] ?? 150);
const SEED = Number(process.env['SOAK_SEED'] ?? 20_261_120);
/** Where the counts go, as JSON. */
const REPORT = process.env['SOAK_REPORT'];
/** Messages of one conversation; then another person comes. */
const CONVERSATION = 25;
/** People at a time, each behind a network of their own. */
const PEOPLE = 3;
/** Time in the page: a wait of 45 s takes 1.1 s. Less, by SOAK_HURRY, where the machine has much else to do. */
const HURRY = Number(process.env['SOAK_HURRY'] ?? 40);

// A trace of 1,000 messages is larger than the run itself: what failed says what it saw.
test.use({ serverOptions: { speed: 0, seed: SEED }, actionTimeout: 10_000, trace: 'off', recording: false });
test.setTimeout(40 * 60_000);

interface Conversation {
  readonly typed: readonly string[];
  readonly kept: Kept;
  readonly shown: readonly SeenMessage[];
  readonly illegal: readonly string[];
  readonly mishaps: readonly string[];
  readonly connections: number;
  readonly taps: Taps;
}

interface World {
  readonly browser: Browser;
  readonly control: Control;
  readonly port: number;
  readonly mount: (
    network: FaultProxy,
    entityId: string,
  ) => Promise<{ person: Person; close: () => Promise<void> }>;
  /** Sends again whatever is in doubt, as a careless client would. */
  readonly blind: boolean;
}

/** Something new each time, save for the little words that people say over and over. */
function textFor(random: () => number, number: number): string {
  if (random() > 0.15) return `Message number ${number}`;
  return ['yes', 'no', 'thank you'][Math.floor(random() * 3)] ?? 'yes';
}

const entityOf = (index: number): string => `00000000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`;

async function converse(index: number, world: World): Promise<Conversation> {
  const { control } = world;
  const random = seeded(SEED + index);
  const entityId = entityOf(index);
  const network = await FaultProxy.listen(world.port);
  const { person, close } = await world.mount(network, entityId);
  const typed: string[] = [];
  const mishaps: string[] = [];
  const calm = (): void => arm({ name: 'none' }, { control, network, entityId });
  while (typed.length < CONVERSATION - 1) {
    const mishap = nextMishap(random, world.blind ? 0.9 : 0.5);
    mishaps.push(mishap.name);
    arm(mishap, { control, network, entityId });
    // Now and then several at once: the rest waits its turn.
    for (let burst = random() < 0.1 ? 3 : 1; burst > 0 && typed.length < CONVERSATION - 1; burst -= 1) {
      typed.push(textFor(random, index * CONVERSATION + typed.length));
      await person.type(typed.at(-1) ?? '');
    }
    await person.seeThrough(() => {
      if (random() < 0.7) calm();
    });
  }
  calm();
  // A reply that could not be looked up is looked for again after the next turn.
  typed.push('That is all.');
  await person.type('That is all.');
  await person.seeThrough();
  if (!world.blind) {
    await person.waitUntil('complete').catch((error: unknown) => {
      throw new Error(`${String(error)}\nafter ${mishaps.join('; ')}`);
    });
  }
  const changes = await person.statusChanges();
  const result = {
    typed,
    mishaps,
    kept: keptBy(control, entityId),
    shown: await person.messages(),
    illegal: illegalChanges(changes, person.taps.sendAgain + person.taps.checkNow),
    connections: network.webSockets,
    taps: person.taps,
  };
  await close();
  await network.close();
  return result;
}

/** The last of what the server saw of a conversation, for whoever has to find out why it failed. */
function heard(index: number, { control }: World): string {
  const log = control.log().filter(({ entityId }) => entityId === entityOf(index));
  return log
    .slice(-20)
    .map(({ kind, code, text, kept }) =>
      [kind, code, text, kept].filter((part) => part !== undefined).join(' '),
    )
    .join('; ');
}

/** All the conversations, a few people at a time. */
async function soak(messages: number, world: World): Promise<Conversation[]> {
  const waiting = Array.from({ length: Math.ceil(messages / CONVERSATION) }, (_, index) => index);
  const results: Conversation[] = [];
  const failures: unknown[] = [];
  const person = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      await converse(index, world).then(
        (conversation) => results.push(conversation),
        (error: unknown) => failures.push(`conversation ${index}: ${String(error)}\n${heard(index, world)}`),
      );
    }
  };
  await Promise.all(Array.from({ length: PEOPLE }, person));
  expect(failures).toEqual([]);
  return results;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

function tally(conversations: readonly Conversation[]): Record<string, unknown> {
  const mishaps = conversations.flatMap((one) => one.mishaps).filter((name) => name !== 'none');
  const books = conversations.map(({ typed, kept }) => compare(typed, kept.user));
  const taps = (name: keyof Taps): number => sum(conversations.map((one) => one.taps[name]));
  return {
    seed: SEED,
    messages: sum(conversations.map(({ typed }) => typed.length)),
    mishaps: mishaps.length,
    kindsOfMishap: new Set(mishaps).size,
    connections: sum(conversations.map(({ connections }) => connections)),
    tappedSendAgain: taps('sendAgain'),
    tappedCheckNow: taps('checkNow'),
    tappedEdit: taps('edit'),
    lost: books.flatMap(({ lost }) => lost).length,
    doubled: books.flatMap(({ doubled }) => doubled).length,
  };
}

const soakTest = test.extend<{ run: (messages: number, blind: boolean) => Promise<Conversation[]> }>({
  run: async ({ browser, control, site, mountBehind }, use) => {
    await use((messages, blind) => {
      const mount: World['mount'] = async (network, entityId) => {
        const page = await browser.newPage();
        const attributes = { 'entity-id': entityId };
        const chat = await mountBehind(page, { attributes, hurry: HURRY, network });
        return { person: await Person.at(page, chat, blind), close: () => page.close() };
      };
      return soak(messages, { browser, control, mount, port: site.port, blind });
    });
  },
});

soakTest(
  `E10: ${MESSAGES} messages over mixed faults: none lost, none doubled, every status true`,
  async ({ run }) => {
    const conversations = await run(MESSAGES, false);
    const report = tally(conversations);
    if (REPORT) await writeFile(REPORT, `${JSON.stringify(report, undefined, 2)}\n`);
    console.log('soak', report);
    for (const { shown, kept, illegal } of conversations) {
      // Everything ended as delivered, so what the screen shows is what the server holds, in its order.
      expect(shown.filter(({ status }) => status !== undefined && status !== 'delivered')).toEqual([]);
      const whole = shown.filter(({ role, incomplete }) => role !== 'system' && !incomplete);
      expect(whole.map(({ role, text }) => `${role}: ${text}`)).toEqual(kept.said);
      expect(illegal).toEqual([]);
    }
    expect(report).toMatchObject({ lost: 0, doubled: 0 });
  },
);

soakTest('E10: the control run, which resends blindly, doubles messages and is seen to', async ({ run }) => {
  const report = tally(await run(2 * CONVERSATION, true));
  console.log('control run, blind resending', report);
  expect(report['doubled']).toBeGreaterThan(0);
});
