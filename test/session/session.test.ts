import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SignedOutError } from '../../src/session/token-source.js';
import {
  FakeServer,
  accepts,
  acceptsSilently,
  closesWith,
  diesMidReply,
  hangs,
  replyTo,
} from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const connecting = (server = new FakeServer()): SessionBench => {
  const bench = new SessionBench({ server });
  bench.do('connect');
  return bench;
};

describe('a session', () => {
  it('is open after three seconds where the server says nothing', async () => {
    const bench = connecting(
      new FakeServer().onConnect((connection) => {
        connection.accept();
      }),
    );
    await bench.pass(2_900);
    expect(bench.state.connection.status).toBe('connecting');
    await bench.pass(200);
    expect(bench.state.connection.status).toBe('open');
  });

  it('is open with the first word of a turn where nothing announced it', async () => {
    const bench = connecting(
      new FakeServer().onConnect((connection) => {
        connection.accept();
        connection.send('token', { text: 'Hel' });
      }),
    );
    await bench.pass(10);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.screen).toEqual(['agent: Hel…']);
  });

  it.each([
    ['after three seconds of silence', 4_000, undefined],
    ['after the first word', 10, 'Hello'],
  ])('that names its conversation late, %s, is known by that name', async (_title, wait, word) => {
    const bench = connecting(
      new FakeServer().onConnect((connection) => {
        connection.accept();
        if (word !== undefined) connection.send('message', { text: word });
      }),
    );
    await bench.pass(wait);
    expect(bench.state.connection.status).toBe('open');
    bench.server.keep('user', 'earlier');
    bench.server.connection.send('session.created', { conversation_id: 'c1', entity_id: 'e1' });
    await bench.pass(10);
    expect(bench.state.conversationId).toBe('c1');
    expect(bench.screen).toContain('you: earlier [delivered]');
    expect(bench.seen('session.opened').filter(({ conversationId }) => conversationId)).toHaveLength(1);
  });

  it('is opened once, however often the server says so', async () => {
    const bench = await new SessionBench().open();
    bench.server.connection.send('session.created', { conversation_id: 'c1' });
    bench.server.connection.sendRaw(JSON.stringify({ type: 'session_started', conversation_id: 'c1' }));
    expect(bench.seen('session.opened')).toHaveLength(1);
  });

  it('starts the retry count anew once it has been open for three seconds, not before', async () => {
    const bench = connecting(new FakeServer().onConnect(closesWith(4503), closesWith(4503), accepts));
    await bench.pass(2_500);
    expect(bench.state.connection).toMatchObject({ status: 'open', attempt: 2 });
    await bench.pass(3_000);
    expect(bench.state.connection.attempt).toBe(0);
    bench.server.onConnect((connection) => {
      accepts(connection);
      connection.close(4503);
    }, hangs);
    bench.server.connection.close(4503);
    await bench.pass(5_000);
    expect(bench.state.connection).toMatchObject({ status: 'reconnecting', attempt: 2 });
  });

  it('of another person never meets the last one’s words', async () => {
    const bench = await new SessionBench().open();
    bench.say('hi');
    await bench.pass(10);
    bench.server.entityId = 'e2';
    bench.server.history = [];
    bench.server.connection.close(1006);
    bench.say('mine alone');
    await bench.pass(10_000);
    expect(bench.screen).toEqual(['agent: Hello']);
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('whose token stands for another person never meets the last one’s words', async () => {
    let subject = 'one';
    const bench = await new SessionBench({ getToken: () => ({ token: 't', subject }) }).open();
    bench.say('hi');
    await bench.pass(10);
    subject = 'two';
    bench.server.history = [];
    bench.server.connection.close(1006);
    bench.say('mine alone');
    await bench.pass(10_000);
    expect(bench.screen).toEqual(['agent: Hello']);
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('is given up after ten unreadable frames in a row, and comes back', async () => {
    const bench = await new SessionBench().open();
    for (let frame = 0; frame < 9; frame += 1) bench.server.connection.sendRaw('{');
    bench.server.connection.send('ping');
    for (let frame = 0; frame < 9; frame += 1) bench.server.connection.sendRaw('{');
    for (let frame = 0; frame < 20; frame += 1) bench.server.connection.send('novel');
    expect(bench.server.connections).toHaveLength(1);
    for (let frame = 0; frame < 10; frame += 1) bench.server.connections[0]?.sendRaw('{');
    await bench.pass(5_000);
    expect(bench.server.connections.map(({ closedByPage }) => closedByPage)).toEqual([4902, undefined]);
    expect(bench.state.connection.status).toBe('open');
  });
});

describe('tokens', () => {
  it('are waited for where the page sets none yet, and named as missing after five seconds', async () => {
    const bench = new SessionBench({ getToken: null });
    bench.do('connect');
    await bench.pass(4_900);
    expect(bench.state.error).toBeUndefined();
    await bench.pass(200);
    expect(bench.state.error).toMatchObject({ code: 'missing-token-source' });
    bench.giveTokens();
    await bench.pass(10);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.state.error).toBeUndefined();
  });

  it('that cannot be had are asked for again, with growing waits', async () => {
    let refusals = 5;
    const bench = new SessionBench({
      getToken: () => {
        refusals -= 1;
        if (refusals >= 0) throw new Error('the secret is token-9');
        return 'token';
      },
    });
    bench.do('connect');
    await bench.pass(5_000);
    expect(bench.state.error).toMatchObject({ code: 'token-failed', severity: 'warning' });
    await bench.pass(60_000);
    expect(bench.tokenReasons.slice(0, 6)).toEqual(Array.from({ length: 6 }, () => 'connect'));
    expect(bench.state.connection.status).toBe('open');
    expect(JSON.stringify(bench.events)).not.toContain('token-9');
  });

  it('that hang are given up after ten seconds', async () => {
    let calls = 0;
    const bench = new SessionBench({
      getToken: () => ((calls += 1) === 1 ? new Promise<string>(() => undefined) : 'token'),
    });
    bench.do('connect');
    await bench.pass(9_900);
    expect(bench.server.connections).toHaveLength(0);
    await bench.pass(2_000);
    expect(bench.state.connection.status).toBe('open');
  });

  it('that still hang when they are forgotten leave no timer behind', async () => {
    const bench = new SessionBench({ getToken: () => new Promise<string>(() => undefined) });
    bench.do('connect');
    await bench.pass(10);
    bench.session.dispose();
    bench.tokens.forget();
    await bench.pass(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('of a person who is signed out are not asked for again', async () => {
    const bench = new SessionBench({
      getToken: () => {
        throw new SignedOutError();
      },
    });
    const id = bench.say('hi');
    await bench.pass(120_000);
    expect(bench.tokenReasons).toEqual(['connect']);
    expect(bench.state.error).toMatchObject({ code: 'signed-out' });
    expect(bench.message(id)?.status).toBe('queued');
  });

  it('that cannot travel as a subprotocol end it with a plain reason', async () => {
    const bench = new SessionBench({ getToken: () => 'a/b=' });
    bench.do('connect');
    await bench.pass(120_000);
    expect(bench.server.connections).toHaveLength(0);
    expect(bench.state.error).toMatchObject({ code: 'token-invalid', severity: 'fatal' });
  });
});

describe('the history', () => {
  it('is shown above what is said now', async () => {
    const server = new FakeServer();
    server.history = [
      { role: 'user', text: 'old' },
      { role: 'agent', text: 'Old.' },
    ];
    const bench = await new SessionBench({ server }).open();
    expect(bench.screen).toEqual(['you: old [delivered]', 'agent: Old.', 'agent: Hello']);
  });

  it('is not even read where only this page’s memory counts', async () => {
    const bench = await new SessionBench({ history: 'memory' }).open();
    await bench.pass(10_000);
    expect(bench.server.requests).toEqual([]);
  });

  it('brings the greeting that was said into a broken wire', async () => {
    const server = new FakeServer().onConnect((connection) => {
      acceptsSilently(connection);
      setTimeout(() => {
        connection.close(1006);
        // The agent takes its time: the first look finds nothing yet.
        setTimeout(() => {
          server.keep('agent', 'Hello');
        }, 3_000);
      }, 100);
    }, acceptsSilently);
    const bench = await new SessionBench({ server }).open();
    await bench.pass(10_000);
    expect(server.connections).toHaveLength(2);
    expect(bench.screen).toEqual(['agent: Hello']);
    const looks = server.requests.length;
    await bench.pass(60_000);
    expect(server.requests).toHaveLength(looks);
  });

  it('brings that greeting, too, once it can be read again', async () => {
    const server = new FakeServer().onConnect((connection) => {
      acceptsSilently(connection);
      setTimeout(() => {
        connection.close(1006);
        server.keep('agent', 'Hello');
        server.httpStatus = 503;
      }, 100);
    }, acceptsSilently);
    const bench = await new SessionBench({ server }).open();
    await bench.pass(12_000);
    expect(bench.screen).toEqual([]);
    server.httpStatus = 200;
    await bench.pass(12_000);
    expect(bench.screen).toEqual(['agent: Hello']);
  });

  it('that was asked for before a break does not stand for what is true after it', async () => {
    const server = new FakeServer().onConnect(
      (connection) => {
        acceptsSilently(connection);
        // The read is under way: it was answered before the greeting was kept.
        server.staleHistory = [];
        queueMicrotask(() => {
          connection.close(1006);
          server.keep('agent', 'Hello');
        });
      },
      (connection) => {
        server.staleHistory = undefined;
        acceptsSilently(connection);
      },
    );
    const bench = connecting(server);
    await bench.pass(5_000);
    expect(bench.screen).toEqual(['agent: Hello']);
  });

  it('is read after a break all the same, and shows nothing from before', async () => {
    const server = new FakeServer();
    server.history = [
      { role: 'agent', text: 'Hello' },
      { role: 'user', text: 'old' },
      { role: 'agent', text: 'Old.' },
    ];
    const bench = await new SessionBench({ history: 'memory', server: server.onTurn(diesMidReply) }).open();
    bench.say('hi');
    await bench.pass(20_000);
    expect(bench.screen).toEqual(['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`]);
  });

  it('that cannot be read is a warning, and keeps nobody from talking', async () => {
    const server = new FakeServer();
    server.httpStatus = 503;
    const bench = await new SessionBench({ server }).open();
    bench.say('hi');
    await bench.pass(30_000);
    expect(server.requests).toHaveLength(3);
    expect(bench.state.history).toBe('failed');
    expect(bench.seen('error.raised').map(({ error }) => [error.code, error.severity])).toEqual([
      ['history-unavailable', 'warning'],
    ]);
    expect(bench.message('m1')?.status).toBe('delivered');
  });

  it('that the server does not know yet is no error', async () => {
    const server = new FakeServer();
    server.httpStatus = 404;
    const bench = await new SessionBench({ server }).open();
    await bench.pass(30_000);
    expect(bench.state.error).toBeUndefined();
  });

  it('refused for its token is asked for once more with a better one', async () => {
    const server = new FakeServer();
    server.httpStatus = 401;
    const bench = await new SessionBench({ server }).open();
    await bench.pass(60_000);
    expect(server.requests).toHaveLength(2);
    expect(bench.tokenReasons).toEqual(['connect', 'rejected']);
  });
});
