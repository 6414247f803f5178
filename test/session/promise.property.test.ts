import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FakeServer,
  acceptsSilently,
  answers,
  closesWith,
  diesAfterTaking,
  diesBeforeDone,
  diesBeforeTaking,
  diesMidReply,
  failsWith,
  fallsSilent,
  greetsLate,
  hangs,
  neverAcknowledgesClose,
  refusesHandshake,
  thinks,
  type ConnectionBehaviour,
  type TurnBehaviour,
} from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

/** One thing that a person, a page, a network or a server does. */
type Act = (bench: SessionBench) => void | Promise<void>;

const turns: readonly (readonly [name: string, behaviour: TurnBehaviour])[] = [
  ['answers', answers],
  ['dies before taking', diesBeforeTaking],
  ['dies after taking', diesAfterTaking],
  ['dies mid reply', diesMidReply],
  ['dies before done', diesBeforeDone],
  ['falls silent', fallsSilent],
  ['thinks', thinks],
  ['fails', failsWith('unknown')],
  ['times out, not kept', failsWith('turn_timeout', false)],
  ['refuses', failsWith('client_error', false)],
];

const connections: readonly (readonly [name: string, behaviour: ConnectionBehaviour])[] = [
  ['accepts silently', acceptsSilently],
  ['greets late', greetsLate],
  ['never acknowledges close', neverAcknowledgesClose],
  ['refuses handshake', refusesHandshake],
  ['hangs', hangs],
  ['refuses auth', closesWith(4001)],
  ['unavailable', closesWith(4503)],
  ['open elsewhere', closesWith(4409)],
];

/** An act under a name, for the story of a counterexample. */
function act(name: string, run: Act): Act {
  return Object.assign((bench: SessionBench) => run(bench), { [fc.toStringMethod]: () => name });
}

let texts = 0;

/** The person's acts; every text is another, so that what became of each can be told. */
const person = fc.oneof(
  fc.constant(act('say', (bench) => void bench.say(`text ${String((texts += 1))}`))),
  fc.nat(4).map((which) =>
    act(`send again ${String(which)}`, (bench) => {
      const message = bench.messages[which];
      if (message) bench.sendAgain(message.id);
    }),
  ),
  fc.tuple(fc.nat(4), fc.constantFrom('withdraw', 'check')).map(([which, button]) =>
    act(`${button} ${String(which)}`, (bench) => {
      const message = bench.messages[which];
      if (message) bench.press(button, message.id);
    }),
  ),
  fc.constantFrom('stop', 'reconnect', 'connect', 'disconnect').map((button) =>
    act(button, (bench) => {
      bench.do(button);
    }),
  ),
);

const world = fc.oneof(
  fc
    .constantFrom(...turns)
    .map(([name, turn]) => act(`turn: ${name}`, (bench) => void bench.server.onTurn(turn))),
  fc
    .constantFrom(...connections)
    .map(([name, behaviour]) =>
      act(`connection: ${name}`, (bench) => void bench.server.onConnect(behaviour)),
    ),
  fc.constantFrom(1001, 1006, 1011, 1012, 1013, 4503).map((code) =>
    act(`close ${String(code)}`, (bench) => {
      bench.server.connections.at(-1)?.close(code);
    }),
  ),
  fc.constantFrom(200, 404, 500, 0).map((status) =>
    act(`http ${String(status)}`, (bench) => {
      bench.server.httpStatus = status;
    }),
  ),
  fc.constantFrom('pagehide', 'pageshow', 'visible').map((signal) =>
    act(signal, (bench) => {
      bench.environment.signal(signal);
    }),
  ),
  fc.boolean().map((online) =>
    act(online ? 'online' : 'offline', (bench) => {
      if (online) bench.environment.goOnline();
      else bench.environment.goOffline();
    }),
  ),
);

const time = fc
  .constantFrom(0, 100, 1_000, 3_000, 6_000, 50_000)
  .map((wait) => act(`${String(wait)} ms`, (bench) => bench.pass(wait)));

const story = fc.array(
  fc.oneof({ arbitrary: person, weight: 3 }, { arbitrary: world, weight: 2 }, { arbitrary: time, weight: 3 }),
  { minLength: 3, maxLength: 25 },
);

/** Lives through a story; then the network heals, and time passes. */
async function live(acts: readonly Act[]): Promise<SessionBench> {
  stopTime();
  const bench = await new SessionBench({ server: new FakeServer() }).open();
  for (const act of acts) await act(bench);
  bench.server.heal();
  bench.environment.signal('pageshow');
  bench.environment.goOnline();
  bench.do('reconnect');
  await bench.pass(180_000);
  return bench;
}

describe('the promise about a message, whatever goes wrong', () => {
  it('holds: nothing is sent unasked, every message ends, and what is said of it is true', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (acts) => {
        const bench = await live(acts);
        try {
          const open = bench.messages.filter(({ status }) => status === 'queued' || status === 'sent');
          expect(open).toEqual([]);
          for (const { text, status } of bench.messages) {
            const heard = bench.server.heard(text);
            if (status === 'delivered')
              expect(heard, `${text}: delivered, so the server has it`).toBeGreaterThan(0);
            // Sent again by the person, a text may be there once, and its second copy not sent.
            const shown = bench.messages.filter(
              (one) => one.text === text && one.status === 'delivered',
            ).length;
            if (status === 'not-sent')
              expect(heard, `${text}: not sent, so the server has no more than is shown`).toBeLessThanOrEqual(
                shown,
              );
          }
        } finally {
          await endSessions();
        }
      }),
      { numRuns: 500 },
    );
  }, 120_000);

  it('would be seen to be broken by a widget that resends by itself', async () => {
    const server = new FakeServer().onTurn(diesAfterTaking);
    server.httpStatus = 500;
    stopTime();
    const bench = await new SessionBench({ server }).open();
    const id = bench.say('once');
    await bench.pass(120_000);
    // Nobody asked for this.
    bench.session.command({ type: 'resend', id });
    await bench.pass(10_000);
    expect(server.heard('once')).toBe(2);
    await expect(endSessions()).rejects.toThrow('once');
  });
});
