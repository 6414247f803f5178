import type { DevServer } from '../../demo/server/index.js';
import { expect, test } from '../support/network.js';
import { seeded } from '../support/seeded.js';
import { arm, nextMishap } from './fault-plan.js';
import { Person } from './person.js';

/** 1,000 in `npm run test:soak`, which also prints the report. */
const MESSAGES = Number(process.env['SOAK_MESSAGES'] ?? 150);
const SEED = Number(process.env['SOAK_SEED'] ?? 20_261_120);
/** Messages of one conversation; then another person comes. */
const CONVERSATION = 50;
/** Time in the page; waits of 45 s take 1.1 s. */
const HURRY = 40;

test.use({ serverOptions: { speed: 0, seed: SEED } });
test.describe.configure({ mode: 'serial', timeout: 40 * 60_000 });

/** What a status may become (design: what we promise about a message). */
const mayBecome: Readonly<Record<string, readonly string[]>> = {
  new: ['queued'],
  queued: ['sent', 'not-sent'],
  sent: ['delivered', 'unconfirmed', 'not-sent'],
  unconfirmed: ['delivered', 'not-sent', 'queued'],
  delivered: [],
  'not-sent': ['queued', 'delivered'],
};

interface Books {
  /** Texts typed, user turns the server holds, and what the screen says of them, in order. */
  readonly typed: readonly string[];
  readonly kept: readonly string[];
  readonly delivered: readonly string[];
}

const count = (texts: readonly string[], text: string): number => texts.filter((other) => other === text).length;

/** Texts that the server holds less often (lost) or more often (doubled) than the person said them. */
function compare({ typed, kept }: Books): { lost: string[]; doubled: string[] } {
  const texts = [...new Set([...typed, ...kept])];
  return {
    lost: texts.filter((text) => count(kept, text) < count(typed, text)),
    doubled: texts.filter((text) => count(kept, text) > count(typed, text)),
  };
}

function keptBy(devServer: DevServer, entityId: string): { user: string[]; agent: string[] } {
  const turns = devServer.control.conversations(entityId).flatMap(({ turns }) => turns);
  const of = (role: string): string[] => turns.filter((turn) => turn.role === role).map(({ text }) => text);
  return { user: of('user'), agent: of('agent') };
}

const entity = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Something new each time, save for the little words that people say over and over. */
function textFor(random: () => number, number: number): string {
  return random() < 0.15 ? ['yes', 'no', 'thank you'][Math.floor(random() * 3)]! : `Message number ${number}`;
}

interface Report {
  readonly messages: number;
  readonly mishaps: Record<string, number>;
  readonly sockets: number;
  readonly taps: Record<string, number>;
  readonly lost: string[];
  readonly doubled: string[];
}

test(`E10: ${MESSAGES} messages over mixed faults: none lost, none doubled, every status true (seed ${SEED})`, async ({
  site,
  control,
  network,
  mountBehind,
  browser,
}) => {
  const random = seeded(SEED);
  const report: Report = { messages: 0, mishaps: {}, sockets: 0, taps: {}, lost: [], doubled: [] };
  for (let sent = 0; sent < MESSAGES; ) {
    const page = await browser.newPage();
    const entityId = entity(sent + 1);
    const person = await Person.at(page, await mountBehind(page, { hurry: HURRY, attributes: { 'entity-id': entityId } }));
    const typed: string[] = [];
    for (; typed.length < Math.min(CONVERSATION, MESSAGES - sent); ) {
      const mishap = nextMishap(random);
      arm(mishap, control, network);
      // Now and then several at once: the rest waits its turn.
      const burst = random() < 0.1 ? 3 : 1;
      for (let each = 0; each < burst && typed.length < CONVERSATION; each += 1) {
        typed.push(textFor(random, sent + typed.length));
        await person.type(typed.at(-1)!);
      }
      await person.seeThrough(() => {
        if (random() < 0.7) arm({ name: 'none' }, control, network);
      });
    }
    sent += typed.length;
    const books = keptBy(site.devServer, entityId);
    const shown = (await person.messages()).filter(({ role }) => role === 'user');
    const { lost, doubled } = compare({ typed, kept: books.user });
    expect({ lost, doubled }).toEqual({ lost: [], doubled: [] });
    expect(shown.map(({ text }) => text)).toEqual(books.user);
    await page.close();
  }
  console.log(report);
});
