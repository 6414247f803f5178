import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fetch } from '../../src/transport/http.js';
import {
  FakeServer,
  accepts,
  closesWith,
  refusesHandshake,
  type ConnectionBehaviour,
  type FakeConnection,
  type TurnBehaviour,
} from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

/** What the agent says to everything: texts alone tell nothing apart. */
const REPLY = 'Sorry, I did not understand that.';
const PIECES = ['Sorry,', ' I did not', ' understand that.'];

/** How one turn goes: what the server keeps, how many frames get through, and how the wire then breaks. */
interface Fate {
  readonly kept: boolean;
  /** Pieces of the reply that get through before the wire breaks; `done`: all, and the end. */
  readonly frames: number;
  readonly breaks: 'closed' | 'silent' | 'error' | 'not';
  /** Milliseconds between frames. */
  readonly pace: number;
}

const fate: fc.Arbitrary<Fate> = fc.record({
  kept: fc.boolean(),
  frames: fc.integer({ min: 0, max: 4 }),
  breaks: fc.constantFrom('closed', 'silent', 'error', 'not', 'not'),
  pace: fc.constantFrom(0, 40, 400),
});

/** Plays a turn by its fate. */
const turn =
  ({ kept, frames, breaks, pace }: Fate): TurnBehaviour =>
  (connection, text) => {
    const { server } = connection;
    if (!kept && breaks !== 'not') {
      strike(connection, breaks);
      return;
    }
    server.keep('user', text);
    server.keep('agent', REPLY);
    const count = server.history.filter(({ role }) => role === 'user').length;
    const say: readonly (() => void)[] = [
      ...PIECES.map((piece) => () => {
        connection.send('token', { text: piece });
      }),
      () => {
        connection.send('message', { role: 'agent', text: REPLY });
      },
      () => {
        connection.send('done', { turn_id: `turn-${String(count)}`, turn_count: count });
      },
    ];
    const through = breaks === 'not' ? say : say.slice(0, frames);
    through.forEach((frame, index) => setTimeout(frame, index * pace));
    setTimeout(() => {
      strike(connection, breaks);
    }, through.length * pace);
  };

function strike(connection: FakeConnection, breaks: Fate['breaks']): void {
  if (breaks === 'closed') connection.close(1006);
  if (breaks === 'error') connection.send('error', { code: 'upstream_error', message: 'x', retryable: true });
}

const connections: Readonly<Record<string, ConnectionBehaviour>> = {
  accepts,
  refuses: refusesHandshake,
  unavailable: closesWith(4503),
};

const step = fc.record({
  texts: fc.array(fc.constantFrom('yes', 'no', 'one', 'two'), { minLength: 1, maxLength: 3 }),
  fate,
  wait: fc.constantFrom(0, 50, 500, 5_000, 60_000),
  historyTakes: fc.constantFrom(0, 100, 1_000),
  historyStatus: fc.constantFrom(200, 200, 200, 500),
  // One that opens without a word leaves it open whether what comes is a greeting: then words prove no message.
  next: fc.constantFrom('accepts', 'accepts', 'refuses', 'unavailable'),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** The server, whose history may be slow: what it answers is what it held when it was asked. */
class SlowServer extends FakeServer {
  takes = 0;
  readonly slowly: Fetch = async (input, init) => {
    const answer = await this.fetch(input, init);
    await new Promise((resolve) => setTimeout(resolve, this.takes));
    return answer;
  };
}

/** The person sends again what was not sent, and has looked up what could not be. */
function help(bench: SessionBench): void {
  for (const { id, status } of bench.messages) {
    if (status === 'not-sent') bench.sendAgain(id);
    if (status === 'unconfirmed') bench.press('check', id);
  }
}

async function live(bench: SessionBench, server: SlowServer, steps: readonly Step[]): Promise<void> {
  for (const { texts, fate: how, wait, historyTakes, historyStatus, next } of steps) {
    server.takes = historyTakes;
    server.httpStatus = historyStatus;
    server.onTurn(turn(how)).onConnect(connections[next] ?? accepts);
    for (const text of texts) bench.say(text);
    await bench.pass(wait);
    if (wait > 5_000) help(bench);
  }
  server.heal();
  bench.do('reconnect');
  for (let round = 0; round < 6; round += 1) {
    await bench.pass(120_000);
    help(bench);
  }
  // A reply that could not be looked up is looked for again after the next turn.
  bench.say('That is all.');
  await bench.pass(60_000);
}

describe('the transcript in the end', () => {
  it('is the server’s, however often the same was said, and whatever broke', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        stopTime();
        const server = new SlowServer();
        const bench = await new SessionBench({ server, fetch: server.slowly }).open();
        try {
          await live(bench, server, steps);
          const kept = server.history.map(({ role, text }) =>
            role === 'user' ? `you: ${text} [delivered]` : `agent: ${text}`,
          );
          expect(bench.screen).toEqual(kept);
        } finally {
          await endSessions();
        }
      }),
      { numRuns: 300 },
    );
  }, 120_000);
});
