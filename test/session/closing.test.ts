import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FakeServer,
  acceptsSilently,
  closesWith,
  fallsSilent,
  refusesAuth,
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

  it('for a new one takes along what waits, and what nobody knows to have arrived', async () => {
    const bench = await new SessionBench({ server: new FakeServer().onTurn(fallsSilent) }).open();
    bench.say('left');
    bench.say('waits');
    await bench.pass(10);
    bench.session.command({ type: 'new-conversation' });
    expect(bench.screen).toEqual(['you: left [unconfirmed]', 'you: waits [queued]']);
    Object.assign(bench.server, { conversationId: 'c2', history: [] });
    await bench.pass(10_000);
    expect(bench.message('m1')?.status).toBe('unconfirmed');
    expect(bench.message('m2')).toMatchObject({ status: 'delivered', conversationId: 'c2' });
    expect(bench.server.handedOver).toEqual(['left', 'waits']);
  });

  it('says so where the server leads back into the old one', async () => {
    const bench = await new SessionBench().open();
    bench.session.command({ type: 'new-conversation' });
    await bench.pass(10);
    expect(bench.screen).toContain('note: resumed-thread');
  });
});
