import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionsConnect } from '../../src/protocol/sessions-connect/index.js';
import { turns } from '../../src/protocol/turns/index.js';
import { FakeServer, refusesHandshake } from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const sse = (...events: readonly (readonly [string, object])[]): string =>
  events.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`).join('');

const reply = (text: string): string =>
  sse(['message', { role: 'agent', text }], ['done', { turn_count: 1 }]);

/** A clinic that speaks HTTP: one conversation, and answers to turns that a test lines up. */
class Clinic {
  /** Every text that was posted, in order. */
  readonly posted: string[] = [];
  /** Answers to the next turns; after those every turn is answered. */
  readonly answers: (() => Response)[] = [];
  readonly created: string[] = [];
  history: { role: string; text: string }[] = [{ role: 'agent', text: 'Hello' }];
  known = true;
  /** What POST sessions/start says of the session. */
  session = 'already_active';

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    await Promise.resolve();
    const body = typeof init?.body === 'string' ? init.body : '';
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (pathname.endsWith('/sessions/start'))
      return json({ conversation_id: 'c1', session_status: this.session });
    if (pathname.endsWith('/conversations')) {
      this.created.push(body);
      this.known = true;
      return json({ id: 'c2' });
    }
    if (pathname.endsWith('/turns/stream'))
      return this.turn((JSON.parse(body) as { message: string }).message);
    return this.known ? json({ status: 'active', turns: this.history }) : new Response('', { status: 404 });
  };

  private turn(text: string): Response {
    if (text !== '') this.posted.push(text);
    return this.answers.shift()?.() ?? new Response(reply(`You said ${text}`));
  }
}

const json = (body: object): Response => new Response(JSON.stringify(body), { status: 200 });
const refuse =
  (status: number, body = '', headers: Record<string, string> = {}) =>
  (): Response =>
    new Response(body, { status, headers });

async function connect(clinic: Clinic, conversationId?: string): Promise<SessionBench> {
  const named = conversationId === undefined ? {} : { conversationId };
  const bench = new SessionBench({ route: { surface: turns }, fetch: clinic.fetch, ...named });
  return bench.open();
}

describe('the greeting of a session that was just started', () => {
  const begin = (): { clinic: Clinic; bench: SessionBench } => {
    const clinic = new Clinic();
    clinic.history = [];
    clinic.session = 'created';
    const bench = new SessionBench({ route: { surface: turns }, fetch: clinic.fetch });
    bench.do('connect');
    return { clinic, bench };
  };
  const speaks = (clinic: Clinic): void => {
    clinic.history = [{ role: 'agent', text: 'Hello' }];
  };

  it('is read from the history as soon as it is there', async () => {
    const { clinic, bench } = begin();
    await bench.pass(1_000);
    speaks(clinic);
    await bench.pass(3_000);
    expect(bench.screen).toEqual(['agent: Hello']);
  });

  it.each([
    ['answered with nothing', (): Response => new Response(sse(['done', { turn_count: 0 }]))],
    ['refused: it is speaking', refuse(409, '{"detail":"a turn is in progress"}')],
  ])('is shown, too, where it is said while it is asked for, which is %s', async (_title, answer) => {
    const { clinic, bench } = begin();
    clinic.answers.push(() => {
      speaks(clinic);
      return answer();
    });
    await bench.pass(5_000);
    expect(bench.screen).toEqual(['agent: Hello']);
    bench.say('Hi');
    await bench.pass(5_000);
    expect(bench.screen).toEqual(['agent: Hello', 'you: Hi [delivered]', 'agent: You said Hi']);
    expect(clinic.posted).toEqual(['Hi']);
  });

  it('is asked for where the agent says nothing by itself, once', async () => {
    const { clinic, bench } = begin();
    clinic.answers.push(() => new Response(reply('Welcome')));
    await bench.pass(5_000);
    expect(bench.screen).toEqual(['agent: Welcome']);
  });
});

describe('a message over HTTP', () => {
  it('is delivered by the first event of its turn', async () => {
    const clinic = new Clinic();
    const bench = await connect(clinic);
    const id = bench.say('Hi');
    await bench.pass(10);
    expect(bench.message(id)?.status).toBe('delivered');
    expect(bench.screen).toEqual(['agent: Hello', 'you: Hi [delivered]', 'agent: You said Hi']);
  });

  it('waits again after "busy", three times, and is then not sent', async () => {
    const clinic = new Clinic();
    const busy = refuse(409, '{"detail":"a turn is in progress"}');
    clinic.answers.push(busy, busy, busy, busy);
    const bench = await connect(clinic);
    const id = bench.say('Hi');
    await bench.pass(10);
    expect(bench.message(id)?.status).toBe('queued');
    await bench.pass(2_500);
    expect(clinic.posted).toHaveLength(3);
    await bench.pass(1_000);
    expect(clinic.posted).toHaveLength(4);
    expect(bench.message(id)?.status).toBe('not-sent');
  });

  it('waits as long as a 429 says, ahead of what was typed after it', async () => {
    const clinic = new Clinic();
    clinic.answers.push(refuse(429, '', { 'retry-after': '7' }));
    const bench = await connect(clinic);
    bench.say('first');
    bench.say('second');
    await bench.pass(6_500);
    expect(clinic.posted).toEqual(['first']);
    await bench.pass(1_000);
    expect(clinic.posted).toEqual(['first', 'first', 'second']);
  });

  it('is not sent where the conversation is over', async () => {
    const clinic = new Clinic();
    clinic.answers.push(refuse(409, '{"detail":"conversation is closed"}'));
    const bench = await connect(clinic);
    const id = bench.say('Hi');
    await bench.pass(10);
    expect(bench.message(id)?.status).toBe('not-sent');
    expect(bench.state.connection.status).toBe('closed');
    expect(bench.screen).toContain('note: ended');
  });

  it('is given back to be edited after a 422', async () => {
    const clinic = new Clinic();
    clinic.answers.push(refuse(422));
    const bench = await connect(clinic);
    const id = bench.say('Hi');
    await bench.pass(10);
    expect(bench.message(id)).toMatchObject({
      status: 'not-sent',
      error: { code: 'message-refused', retryable: false },
    });
  });

  it.each([500, 503, 504])('is looked for, never posted again, after a %i', async (status) => {
    const clinic = new Clinic();
    clinic.answers.push(refuse(status));
    const bench = await connect(clinic);
    const id = bench.say('Hi');
    await bench.pass(10);
    expect(bench.message(id)).toMatchObject({ status: 'unconfirmed', checking: true });
    await bench.pass(20_000);
    expect(bench.message(id)?.status).toBe('not-sent');
    expect(clinic.posted).toEqual(['Hi']);
  });

  it('that arrived although its answer was lost is found in the history', async () => {
    const clinic = new Clinic();
    clinic.answers.push(() => {
      clinic.history.push({ role: 'user', text: 'Hi' }, { role: 'agent', text: 'Welcome' });
      throw new TypeError('network');
    });
    const bench = await connect(clinic);
    const id = bench.say('Hi');
    await bench.pass(10_000);
    expect(bench.message(id)?.status).toBe('delivered');
    expect(bench.screen.at(-1)).toBe('agent: Welcome');
    expect(clinic.posted).toEqual(['Hi']);
  });

  it('B14 keeps the part of a reply that came, and takes the rest from the history', async () => {
    const clinic = new Clinic();
    clinic.answers.push(() => new Response(sse(['token', { text: 'Wel' }])));
    const bench = await connect(clinic);
    bench.say('Hi');
    await bench.pass(10);
    expect(bench.screen.at(-1)).toBe('agent: Wel [cut off]');
    clinic.history.push({ role: 'user', text: 'Hi' }, { role: 'agent', text: 'Welcome' });
    await bench.pass(20_000);
    expect(bench.screen.at(-1)).toBe('agent: Welcome');
    expect(clinic.posted).toEqual(['Hi']);
  });

  it('goes on in another conversation where its own is gone, and the person is told', async () => {
    const clinic = new Clinic();
    const bench = await connect(clinic, 'c9');
    clinic.answers.push(refuse(404));
    bench.say('Hi');
    await bench.pass(5_000);
    expect(bench.screen).toContain('note: new-thread');
    expect(clinic.posted).toEqual(['Hi', 'Hi']);
  });

  it('waits for a new sign-in where the token is refused twice', async () => {
    const clinic = new Clinic();
    clinic.answers.push(refuse(401), refuse(401));
    const bench = await connect(clinic);
    const id = bench.say('Hi');
    await bench.pass(10);
    expect(bench.tokenReasons).toContain('rejected');
    expect(bench.message(id)?.status).toBe('queued');
    expect(bench.state).toMatchObject({ connection: { status: 'failed' }, error: { code: 'signed-out' } });
  });

  it('is not sent where the person has no access', async () => {
    const clinic = new Clinic();
    clinic.answers.push(refuse(403));
    const bench = await connect(clinic);
    const id = bench.say('Hi');
    await bench.pass(10);
    expect(bench.message(id)?.status).toBe('not-sent');
    expect(bench.state).toMatchObject({ connection: { status: 'failed' }, error: { code: 'forbidden' } });
  });
});

describe('auto', () => {
  const route = { surface: sessionsConnect, fallback: turns };
  /** Every five minutes, and a little. */
  const again = 5 * 60_000 + 100;

  it('B13 goes over to HTTP after two failed handshakes, and back after a while, with one transcript', async () => {
    const clinic = new Clinic();
    const server = new FakeServer().onConnect(refusesHandshake, refusesHandshake);
    const bench = new SessionBench({ server, route, fetch: clinic.fetch });
    bench.do('connect');
    const id = bench.say('Hi');
    await bench.pass(4_000);
    expect(bench.state.connection).toMatchObject({ status: 'open', surface: 'turns' });
    expect(bench.message(id)?.status).toBe('delivered');
    const before = bench.screen;
    expect(clinic.posted).toEqual(['Hi']);
    server.history = [];
    server.greeting = 'Hello';
    await bench.pass(again);
    expect(bench.state.connection).toMatchObject({ status: 'open', surface: 'sessions-connect' });
    expect(bench.screen.slice(0, before.length)).toEqual(before);
    expect(clinic.posted).toEqual(['Hi']);
  });

  it('stays with WebSockets where the server closes them with a code of its own', async () => {
    const clinic = new Clinic();
    const server = new FakeServer().onConnect(
      ...[1, 2, 3].map(() => (connection: Parameters<typeof refusesHandshake>[0]) => {
        connection.accept();
        connection.close(4503);
      }),
    );
    const bench = new SessionBench({ server, route, fetch: clinic.fetch });
    bench.do('connect');
    await bench.pass(20_000);
    expect(bench.state.connection).toMatchObject({ status: 'open', surface: 'sessions-connect' });
  });

  it('goes over to HTTP in a page without WebSockets', async () => {
    const clinic = new Clinic();
    const bench = new SessionBench({ route, fetch: clinic.fetch, withoutWebSocket: true });
    await bench.open();
    expect(bench.state.connection.surface).toBe('turns');
  });

  it('never leads into another conversation', async () => {
    const clinic = new Clinic();
    const server = new FakeServer().onConnect(refusesHandshake, refusesHandshake);
    server.conversationId = 'elsewhere';
    const bench = new SessionBench({ server, route, fetch: clinic.fetch });
    bench.do('connect');
    await bench.pass(4_000 + again);
    expect(server.connections).toHaveLength(3);
    expect(bench.state).toMatchObject({ conversationId: 'c1', connection: { surface: 'turns' } });
  });
});
