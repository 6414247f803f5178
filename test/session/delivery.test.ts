import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FakeServer,
  acceptsSilently,
  failsWith,
  fallsSilent,
  replyTo,
  thinks,
} from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const greeted = async (server = new FakeServer()): Promise<SessionBench> =>
  new SessionBench({ server }).open();

describe('a message', () => {
  it('goes out after the greeting, and is answered', async () => {
    const bench = await greeted();
    bench.say('hi');
    await bench.pass();
    expect(bench.screen).toEqual(['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`]);
    expect(bench.state.turn.phase).toBe('idle');
  });

  it('connects where nothing is connected yet, and waits meanwhile', async () => {
    const bench = new SessionBench();
    bench.say('hi');
    expect(bench.screen).toEqual(['you: hi [queued]']);
    expect(bench.state.connection.status).toBe('connecting');
    await bench.pass(10);
    expect(bench.screen).toEqual(['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`]);
  });

  it('waits for the turn under way', async () => {
    const bench = await greeted(new FakeServer().onTurn(thinks));
    bench.say('one');
    bench.say('two');
    await bench.pass(20_000);
    expect(bench.server.handedOver).toEqual(['one']);
    expect(bench.screen.slice(1)).toEqual(['you: one [sent]', 'you: two [queued]']);
    bench.server.connection.send('message', { role: 'agent', text: 'One.' });
    bench.server.connection.send('done', { turn_id: 't1', turn_count: 1 });
    await bench.pass();
    expect(bench.server.handedOver).toEqual(['one', 'two']);
    expect(bench.screen.slice(1)).toEqual([
      'you: one [delivered]',
      'agent: One.',
      'you: two [delivered]',
      `agent: ${replyTo('two')}`,
    ]);
  });

  it('waits three seconds, and no longer, for a greeting that does not come', async () => {
    const bench = await greeted(new FakeServer().onConnect(acceptsSilently));
    bench.say('hi');
    await bench.pass(2_900);
    expect(bench.server.handedOver).toEqual([]);
    await bench.pass(200);
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('waits for a greeting that is still being said', async () => {
    const bench = await greeted(new FakeServer().onConnect(acceptsSilently));
    bench.say('hi');
    for (let word = 0; word < 5; word += 1) {
      await bench.pass(2_000);
      bench.server.connection.send('token', { text: 'word ' });
    }
    expect(bench.server.handedOver).toEqual([]);
    bench.server.connection.send('done', { turn_count: 0 });
    await bench.pass();
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('does not wait for frames that say nothing we know', async () => {
    const bench = await greeted(new FakeServer().onConnect(acceptsSilently));
    bench.say('hi');
    for (let beat = 0; beat < 5; beat += 1) {
      await bench.pass(1_000);
      bench.server.connection.send('heartbeat');
    }
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('can be taken back while it waits, and not after', async () => {
    const bench = await greeted(new FakeServer().onTurn(thinks));
    const first = bench.say('one');
    const second = bench.say('two');
    bench.press('withdraw', second);
    bench.press('withdraw', first);
    await bench.pass();
    expect(bench.screen.slice(1)).toEqual(['you: one [sent]']);
  });

  it('typed while offline goes out when the browser is back', async () => {
    const bench = new SessionBench();
    bench.environment.goOffline();
    bench.say('hi');
    await bench.pass(60_000);
    expect(bench.server.connections).toHaveLength(0);
    bench.environment.goOnline();
    await bench.pass(10);
    expect(bench.message('m1')?.status).toBe('delivered');
  });

  it('that was refused is not sent, and says so', async () => {
    const bench = await greeted(new FakeServer().onTurn(failsWith('client_error', false)));
    const id = bench.say('hi');
    await bench.pass(60_000);
    expect(bench.message(id)).toMatchObject({ status: 'not-sent', error: { code: 'message-refused' } });
    expect(bench.server.connections).toHaveLength(1);
  });

  it('sent again by the person goes out once more, and once only', async () => {
    const bench = await greeted(new FakeServer().onTurn(failsWith('client_error', false)));
    const id = bench.say('hi');
    await bench.pass(10);
    bench.sendAgain(id);
    bench.sendAgain(id);
    await bench.pass(10);
    expect(bench.server.handedOver).toEqual(['hi', 'hi']);
    expect(bench.message(id)?.status).toBe('delivered');
    bench.sendAgain(id);
    await bench.pass(10);
    expect(bench.server.handedOver).toEqual(['hi', 'hi']);
  });

  it('whose reply failed can be asked again as a new one', async () => {
    const bench = await greeted(new FakeServer().onTurn(failsWith('unknown')));
    const id = bench.say('hi');
    await bench.pass(60_000);
    expect(bench.message(id)?.status).toBe('delivered');
    bench.askAgain(id);
    await bench.pass(10);
    expect(bench.messages.map(({ text, status }) => [text, status])).toEqual([
      ['hi', 'delivered'],
      ['hi', 'delivered'],
    ]);
    expect(bench.message(id)).not.toHaveProperty('error');
  });
});

describe('a turn that fails', () => {
  it.each([
    ['turn_timeout', 'reply-timeout'],
    ['stream_interrupted', 'reply-interrupted'],
    ['upstream_error', 'reply-failed'],
    ['unknown', 'reply-failed'],
  ])(
    'with %s before a word leaves the connection alone, and the message is looked up',
    async (code, told) => {
      const bench = await greeted(new FakeServer().onTurn(failsWith(code)));
      const id = bench.say('hi');
      await bench.pass();
      expect(bench.seen('turn.failed')[0]?.error.code).toBe(told);
      await bench.pass(60_000);
      expect(bench.message(id)?.status).toBe('delivered');
      expect(bench.server.connections).toHaveLength(1);
    },
  );

  it('without a trace on the server leaves the message not sent', async () => {
    const bench = await greeted(new FakeServer().onTurn(failsWith('unknown', false)));
    const id = bench.say('hi');
    await bench.pass(20_000);
    expect(bench.message(id)?.status).toBe('not-sent');
  });

  it('because the wire is dead is noticed after 45 s of silence', async () => {
    const bench = await greeted(new FakeServer().onTurn(fallsSilent));
    const id = bench.say('hi');
    await bench.pass(44_000);
    expect(bench.server.connections).toHaveLength(1);
    await bench.pass(2_000);
    expect(bench.server.connections).toHaveLength(2);
    expect(bench.server.connections[0]?.closedByPage).toBe(4900);
    await bench.pass(20_000);
    expect(bench.message(id)?.status).toBe('not-sent');
  });

  it('because it never ends is given up after ten minutes', async () => {
    const bench = await greeted(new FakeServer().onTurn(thinks));
    const id = bench.say('hi');
    for (let part = 0; part < 31; part += 1) {
      await bench.pass(20_000);
      bench.server.connections[0]?.send('token', { text: 'x' });
    }
    expect(bench.message(id)).toMatchObject({ error: { code: 'reply-timeout' } });
    expect(bench.state.turn.phase).toBe('idle');
  });

  it('because it says too much is given up at 1 MiB', async () => {
    const bench = await greeted(new FakeServer().onTurn(thinks));
    const id = bench.say('hi');
    await bench.pass();
    for (let part = 0; part < 3; part += 1)
      bench.server.connections[0]?.send('token', { text: 'x'.repeat(500_000) });
    await bench.pass(1_000);
    expect(bench.message(id)).toMatchObject({ status: 'delivered', error: { code: 'reply-too-long' } });
    expect(bench.server.connections[0]?.live).toBe(false);
  });
});

describe('stop', () => {
  it('frees the view at once and the composer when the turn has ended', async () => {
    const bench = await greeted(new FakeServer().onTurn(thinks));
    bench.say('one');
    await bench.pass();
    bench.server.connection.send('token', { text: 'One' });
    bench.do('stop');
    bench.server.connection.send('token', { text: ' and more' });
    bench.say('two');
    await bench.pass();
    expect(bench.screen.slice(1)).toEqual([
      'you: one [delivered]',
      'agent: One [stopped]',
      'you: two [queued]',
    ]);
    bench.server.connection.send('done', { turn_id: 't1', turn_count: 1 });
    await bench.pass();
    expect(bench.server.handedOver).toEqual(['one', 'two']);
  });
});
