import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FakeServer,
  firesErrorOnly,
  hangs,
  neverAcknowledgesClose,
  refusesHandshake,
  replyTo,
  thinks,
} from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const connecting = (server = new FakeServer()): SessionBench => {
  const bench = new SessionBench({ server });
  bench.do('connect');
  return bench;
};

describe('a connection', () => {
  it('opens with a fresh token as subprotocol and none in its address', async () => {
    const { server } = await new SessionBench().open();
    expect(server.connection.token).toBe('token-1');
    expect(server.connection.url.href).not.toContain('token-1');
  });

  it('is made once, however often it is asked for', async () => {
    const bench = connecting();
    bench.do('connect');
    await bench.pass(10);
    bench.do('connect');
    await bench.pass(10_000);
    expect(bench.server.connections).toHaveLength(1);
  });

  it('that is lost comes back by itself, with another token, in the same conversation', async () => {
    const bench = await new SessionBench().open();
    bench.say('hi');
    await bench.pass(10);
    bench.server.connection.close(1006);
    expect(bench.state.connection).toMatchObject({ status: 'reconnecting', attempt: 1 });
    await bench.pass(2_000);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.server.connections.map(({ token }) => token)).toEqual(['token-1', 'token-2']);
    expect(bench.screen).toEqual(['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`]);
  });

  it('whose handshake hangs is given up after 15 s', async () => {
    const bench = connecting(new FakeServer().onConnect(hangs));
    await bench.pass(14_000);
    expect(bench.server.connections).toHaveLength(1);
    await bench.pass(3_000);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.server.live).toHaveLength(1);
  });

  it('whose close is never acknowledged keeps nobody waiting', async () => {
    const bench = await new SessionBench({
      server: new FakeServer().onConnect(neverAcknowledgesClose),
    }).open();
    bench.server.onTurn(thinks);
    bench.say('hi');
    await bench.pass(48_000);
    expect(bench.server.connections).toHaveLength(2);
    expect(bench.state.connection.status).toBe('open');
  });

  it('that is closed by the page stays closed, and opens again when asked', async () => {
    const bench = await new SessionBench().open();
    bench.do('disconnect');
    await bench.pass(60_000);
    expect(bench.server.connections.map(({ closedByPage }) => closedByPage)).toEqual([1000]);
    expect(bench.state.connection.status).toBe('closed');
    bench.do('connect');
    await bench.pass(10);
    expect(bench.state.connection.status).toBe('open');
  });

  it('says it is trying, then that it is open, and no more', async () => {
    const bench = await new SessionBench().open();
    await bench.pass(10_000);
    expect(bench.seen('connection.changed').map(({ status }) => status)).toEqual(['connecting', 'open']);
  });

  it('cannot be had where the page has no WebSocket, and says so', () => {
    const bench = new SessionBench({ withoutWebSocket: true });
    const id = bench.say('hi');
    expect(bench.state.connection.status).toBe('failed');
    expect(bench.state.error).toMatchObject({ code: 'no-websocket', severity: 'fatal' });
    expect(bench.message(id)?.status).toBe('not-sent');
  });

  it('blocked by the page’s policy is tried once and named', async () => {
    const bench = connecting(new FakeServer().onConnect(firesErrorOnly));
    await bench.pass();
    bench.environment.block();
    await bench.pass(120_000);
    expect(bench.server.connections).toHaveLength(1);
    expect(bench.state.error).toMatchObject({ code: 'blocked-by-policy', severity: 'fatal' });
  });

  it('that only ever fires an error is tried again like any other', async () => {
    const bench = connecting(new FakeServer().onConnect(firesErrorOnly));
    await bench.pass(2_000);
    expect(bench.state.connection.status).toBe('open');
  });
});

describe('a handshake that is refused', () => {
  it('suspects the token from the second time on, and says it could not connect from the third', async () => {
    const bench = connecting(
      new FakeServer().onConnect(...Array.from({ length: 4 }, () => refusesHandshake)),
    );
    const told: (string | undefined)[] = [];
    for (let attempt = 0; attempt < 4; attempt += 1) {
      await bench.pass(attempt === 0 ? 10 : 250 + 500 * 2 ** (attempt - 1));
      told.push(bench.state.error && `${bench.state.error.code} ${bench.state.error.severity}`);
    }
    expect(told).toEqual([
      'connection-lost warning',
      'connection-lost warning',
      'could-not-connect error',
      'could-not-connect error',
    ]);
    expect(bench.tokenReasons).toEqual(['connect', 'connect', 'rejected', 'rejected']);
    await bench.pass(60_000);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.state.error).toBeUndefined();
  });
});

describe('the network', () => {
  it('away, nothing is tried or counted; back, it is tried at once', async () => {
    const bench = await new SessionBench().open();
    bench.environment.goOffline();
    expect(bench.state.connection).toMatchObject({ status: 'open', offline: true });
    bench.server.connection.close(1006);
    await bench.pass(600_000);
    expect(bench.server.connections).toHaveLength(1);
    expect(bench.state.connection).toMatchObject({ status: 'reconnecting', attempt: 1, offline: true });
    bench.environment.goOnline();
    await bench.pass(10);
    expect(bench.state.connection).toMatchObject({ status: 'open', offline: false });
  });

  it('said to be back, but not, is backed off from as before', async () => {
    const refusals = Array.from({ length: 6 }, () => refusesHandshake);
    const bench = connecting(new FakeServer().onConnect(...refusals));
    await bench.pass(10_000);
    const tried = bench.server.connections.length;
    bench.environment.goOnline();
    await bench.pass(10);
    expect(bench.server.connections).toHaveLength(tried + 1);
    await bench.pass(1_000);
    expect(bench.server.connections).toHaveLength(tried + 1);
  });

  it.each(['online', 'visible', 'pageshow'] as const)(
    'hurries the next try when the page says %s',
    async (signal) => {
      const bench = connecting(
        new FakeServer().onConnect(...Array.from({ length: 8 }, () => refusesHandshake)),
      );
      await bench.pass(30_000);
      const tried = bench.server.connections.length;
      bench.environment.signal(signal);
      await bench.pass(10);
      expect(bench.server.connections).toHaveLength(tried + 1);
    },
  );

  it('is tried now when the person says so', async () => {
    const bench = connecting(
      new FakeServer().onConnect(...Array.from({ length: 8 }, () => refusesHandshake)),
    );
    await bench.pass(30_000);
    const tried = bench.server.connections.length;
    bench.do('reconnect');
    await bench.pass(10);
    expect(bench.server.connections).toHaveLength(tried + 1);
  });
});

describe('a page that leaves', () => {
  it('takes no socket with it, and has one again when it is back', async () => {
    const bench = await new SessionBench().open();
    bench.environment.signal('pagehide');
    expect(bench.server.connection.closedByPage).toBe(4901);
    expect(bench.state.connection.status).toBe('reconnecting');
    await bench.pass(600_000);
    expect(bench.server.connections).toHaveLength(1);
    bench.environment.signal('pageshow');
    await bench.pass(10);
    expect(bench.server.live).toHaveLength(1);
    expect(bench.state.connection).toMatchObject({ status: 'open', attempt: 0 });
  });

  it('in the middle of a reply finds the whole of it when it is back', async () => {
    const bench = await new SessionBench({ server: new FakeServer().onTurn(thinks) }).open();
    bench.say('hi');
    await bench.pass();
    bench.server.connection.send('token', { text: 'You s' });
    bench.environment.signal('pagehide');
    bench.server.keep('agent', replyTo('hi'));
    await bench.pass(60_000);
    bench.environment.signal('pageshow');
    await bench.pass(10_000);
    expect(bench.screen).toEqual(['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`]);
  });

  it('while it waits to connect goes on waiting', async () => {
    const bench = connecting(new FakeServer().onConnect(refusesHandshake));
    await bench.pass();
    bench.environment.signal('pagehide');
    await bench.pass(60_000);
    expect(bench.server.connections).toHaveLength(1);
    bench.environment.signal('pageshow');
    await bench.pass(10);
    expect(bench.state.connection.status).toBe('open');
  });
});
