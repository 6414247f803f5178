import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SignedOutError } from '../../src/session/token-source.js';
import {
  FakeServer,
  accepts,
  acceptsSilently,
  closesWith,
  diesMidReply,
  firesErrorOnly,
  hangs,
  neverAcknowledgesClose,
  refusesAuth,
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

describe('a close of the server', () => {
  const closedWith = async (code: number): Promise<SessionBench> => {
    const bench = await new SessionBench().open();
    bench.server.connection.close(code);
    return bench;
  };

  it.each([1001, 1005, 1006, 1012, 4503, 4600])(
    'with %i leads to another try within 1.25 s',
    async (code) => {
      const bench = await closedWith(code);
      await bench.pass(1_250);
      expect(bench.server.connections).toHaveLength(2);
      expect(bench.state.error).toBeUndefined();
    },
  );

  it.each([1013, 4029, 4409])('with %i leads to another try, but not before 5 s', async (code) => {
    const bench = await closedWith(code);
    await bench.pass(4_900);
    expect(bench.server.connections).toHaveLength(1);
    await bench.pass(200);
    expect(bench.server.connections).toHaveLength(2);
  });

  it.each([1002, 1003, 1007, 1008, 1009, 3003, 4000, 4003, 4004, 4400, 4404, 4450])(
    'with %i ends it, and what waits is not sent',
    async (code) => {
      const bench = await new SessionBench({ server: new FakeServer().onTurn(thinks) }).open();
      bench.say('one');
      const waiting = bench.say('two');
      await bench.pass();
      bench.server.connection.close(code);
      await bench.pass(120_000);
      expect(bench.server.connections).toHaveLength(1);
      expect(bench.state.connection.status).toBe('failed');
      expect(bench.state.error).toMatchObject({ severity: 'fatal', retryable: false });
      expect(bench.message(waiting)?.status).toBe('not-sent');
    },
  );

  it('with 1000 ends it quietly, and the next message connects again', async () => {
    const bench = await closedWith(1000);
    await bench.pass(60_000);
    expect(bench.state.connection.status).toBe('closed');
    expect(bench.state.error).toBeUndefined();
    expect(bench.screen).toEqual(['agent: Hello', 'note: ended']);
    bench.say('hi');
    await bench.pass(10);
    expect(bench.screen.slice(2)).toEqual(['you: hi [delivered]', `agent: ${replyTo('hi')}`]);
  });

  it.each([
    [4200, 1],
    [1011, 2],
  ])('with %i is followed by %i more tries, then by "Try again"', async (code, tries) => {
    const bench = connecting(
      new FakeServer().onConnect(closesWith(code), closesWith(code), closesWith(code)),
    );
    await bench.pass(120_000);
    expect(bench.server.connections).toHaveLength(1 + tries);
    expect(bench.state.error).toMatchObject({ code: 'server-error', severity: 'fatal', retryable: true });
    bench.server.heal();
    bench.do('reconnect');
    await bench.pass(10);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.state.error).toBeUndefined();
  });

  it.each([4001, 4100])(
    'with %i twice asks the person to sign in, and keeps what they typed',
    async (code) => {
      const bench = connecting(new FakeServer().onConnect(closesWith(code), closesWith(code)));
      const id = bench.say('hi');
      await bench.pass(120_000);
      expect(bench.tokenReasons).toEqual(['connect', 'rejected']);
      expect(bench.state.connection.status).toBe('failed');
      expect(bench.state.error).toMatchObject({ origin: 'authentication', code: 'signed-out' });
      expect(bench.message(id)?.status).toBe('queued');
      bench.do('connect');
      await bench.pass(10);
      expect(bench.message(id)?.status).toBe('delivered');
    },
  );

  it('with 4001 once asks for a better token, and goes on', async () => {
    const bench = connecting(new FakeServer().onConnect(refusesAuth));
    await bench.pass(2_000);
    expect(bench.tokenReasons.slice(0, 2)).toEqual(['connect', 'rejected']);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.state.error).toBeUndefined();
  });

  it('with 4403 twice blames the page’s origin', async () => {
    const bench = connecting(new FakeServer().onConnect(closesWith(4403), closesWith(4403)));
    await bench.pass(120_000);
    expect(bench.server.connections).toHaveLength(2);
    expect(bench.state.error).toMatchObject({ code: 'origin-refused', severity: 'fatal' });
  });

  it.each([4004, 4400, 4404])(
    'with %i is followed by one try without the conversation that was named',
    async (code) => {
      const server = new FakeServer().onConnect(closesWith(code));
      const bench = new SessionBench({ server, conversationId: 'gone' });
      bench.do('connect');
      await bench.pass(2_000);
      expect(server.connections.map(({ url }) => url.searchParams.get('conversation_id'))).toEqual([
        'gone',
        null,
      ]);
      expect(bench.state.connection.status).toBe('open');
    },
  );

  it('never repeated is never an end: after ten tries it says so, and goes on', async () => {
    const storm = Array.from({ length: 20 }, () => closesWith(4503));
    const bench = connecting(new FakeServer().onConnect(...storm));
    await bench.pass(60_000);
    expect(bench.state.error).toMatchObject({ code: 'server-unavailable', severity: 'warning' });
    await bench.pass(120_000);
    expect(bench.state.error).toMatchObject({
      code: 'server-unavailable',
      severity: 'error',
      retryable: true,
    });
    await bench.pass(300_000);
    expect(bench.server.connections).toHaveLength(21);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.state.error).toBeUndefined();
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

describe('an idle close', () => {
  it.each([1000, 1001, 1006, 4503])('with %i is quiet, and the next message connects again', async (code) => {
    const bench = await new SessionBench().open();
    bench.server.connection.send('error', { code: 'idle_timeout', message: 'idle', retryable: true });
    bench.server.connection.close(code);
    await bench.pass(600_000);
    expect(bench.state.connection.status).toBe('idle');
    expect(bench.state.error).toBeUndefined();
    expect(bench.screen).toEqual(['agent: Hello']);
    bench.say('hi');
    await bench.pass(10);
    expect(bench.screen).toEqual(['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`]);
  });

  it('with something just typed connects again for it', async () => {
    const bench = await new SessionBench({ server: new FakeServer().onConnect(acceptsSilently) }).open();
    bench.say('hi');
    bench.server.connection.send('error', { code: 'idle_timeout', message: 'idle' });
    bench.server.connection.close(1001);
    await bench.pass(10_000);
    expect(bench.message('m1')?.status).toBe('delivered');
  });
});

describe('the end of a conversation', () => {
  it.each([
    ['completed', 'note: ended'],
    ['escalated', 'note: handover'],
  ])('announced as %s is not reconnected, whatever the code', async (reason, note) => {
    const bench = await new SessionBench().open();
    bench.server.connection.sendRaw(JSON.stringify({ type: 'session_ended', reason }));
    bench.server.connection.close(1006);
    await bench.pass(60_000);
    expect(bench.server.connections).toHaveLength(1);
    expect(bench.state.connection.status).toBe('closed');
    expect(bench.screen).toEqual(['agent: Hello', note]);
  });

  it('announced as a mere disconnection is reconnected', async () => {
    const bench = await new SessionBench().open();
    bench.server.connection.sendRaw(JSON.stringify({ type: 'session_ended', reason: 'disconnected' }));
    bench.server.connection.close(1006);
    await bench.pass(5_000);
    expect(bench.state.connection.status).toBe('open');
  });

  it('asked for by the person deletes it on the server', async () => {
    const bench = await new SessionBench().open();
    bench.session.command({ type: 'end-conversation' });
    await bench.pass(60_000);
    expect(bench.server.requests.filter((method) => method === 'DELETE')).toHaveLength(1);
    expect(bench.server.connections.map(({ closedByPage }) => closedByPage)).toEqual([1000]);
    expect(bench.state.connection.status).toBe('closed');
    expect(bench.screen).toEqual(['agent: Hello', 'note: ended']);
  });

  it('for a new one clears the screen and connects again', async () => {
    const bench = await new SessionBench().open();
    bench.say('hi');
    await bench.pass(10);
    bench.session.command({ type: 'new-conversation' });
    expect(bench.screen).toEqual([]);
    Object.assign(bench.server, { conversationId: 'c2', history: [] });
    await bench.pass(10);
    expect(bench.state.conversationId).toBe('c2');
    expect(bench.screen).toEqual(['agent: Hello']);
  });

  it('says so where the server leads back into the old one', async () => {
    const bench = await new SessionBench().open();
    bench.session.command({ type: 'new-conversation' });
    await bench.pass(10);
    expect(bench.screen).toContain('note: resumed-thread');
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
