import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FakeServer,
  closesWith,
  diesAfterTaking,
  diesBeforeDone,
  diesBeforeTaking,
  diesMidReply,
  failsWith,
  fallsSilent,
  greetsLate,
  refusesHandshake,
  replyTo,
  thinks,
  type TurnBehaviour,
} from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const greeted = async (server = new FakeServer()): Promise<SessionBench> =>
  new SessionBench({ server }).open();

describe('after a break', () => {
  it.each<[string, TurnBehaviour]>([
    ['before any frame', diesAfterTaking],
    ['in the middle of the reply', diesMidReply],
    ['before the end of the turn', diesBeforeDone],
  ])('%s, a message the server has is delivered, with one whole reply', async (_title, turn) => {
    const bench = await greeted(new FakeServer().onTurn(turn));
    bench.say('hi');
    await bench.pass(20_000);
    expect(bench.screen).toEqual(['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`]);
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('a message the server never had is not sent, but only once it was missed twice, 5 s apart', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesBeforeTaking));
    const id = bench.say('hi');
    await bench.pass(1_000);
    const reads = bench.server.requests.length;
    expect(bench.message(id)).toMatchObject({ status: 'unconfirmed', checking: true });
    await bench.pass(4_000);
    expect(bench.message(id)).toMatchObject({ status: 'unconfirmed', checking: true });
    expect(bench.server.requests).toHaveLength(reads);
    await bench.pass(6_000);
    expect(bench.server.requests).toHaveLength(reads + 1);
    expect(bench.message(id)).toMatchObject({ status: 'not-sent' });
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('a message that fails just as the look for the one before it ends is looked for too', async () => {
    const bench = await greeted(new FakeServer().onTurn(failsWith('turn_timeout', false)));
    const missed = bench.say('first');
    bench.server.onTurn(failsWith('unknown'));
    const kept = bench.say('second');
    await bench.pass(60_000);
    expect(bench.message(missed)?.status).toBe('not-sent');
    expect(bench.message(kept)?.status).toBe('delivered');
  });

  it.each<[string, (bench: SessionBench, id: string) => void]>([
    ['refused', (bench) => void bench.server.onTurn(failsWith('client_error', false))],
    [
      'taken back',
      (bench, id) => {
        bench.press('withdraw', id);
      },
    ],
  ])(
    'sent again and then %s, a message whose first time was heard is not called unsent',
    async (_how, end) => {
      const bench = await greeted(new FakeServer().onTurn(diesAfterTaking));
      bench.server.onConnect(closesWith(4503)).httpStatus = 500;
      const id = bench.say('hi');
      await bench.pass(1);
      expect(bench.server.heard('hi')).toBe(1);
      bench.sendAgain(id);
      expect(bench.message(id)?.status).toBe('queued');
      bench.server.httpStatus = 200;
      end(bench, id);
      await bench.pass(60_000);
      expect(bench.messages.map(({ status }) => status)).not.toContain('not-sent');
      expect(bench.messages.filter(({ status }) => status === 'delivered')).toHaveLength(1);
    },
  );

  it('a message that turns up on the second look is delivered', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesBeforeTaking));
    const id = bench.say('hi');
    await bench.pass(2_000);
    bench.server.keep('user', 'hi');
    bench.server.keep('agent', replyTo('hi'));
    await bench.pass(20_000);
    expect(bench.message(id)?.status).toBe('delivered');
  });

  it('a message that cannot be looked up stays unconfirmed, and the choice is the person’s', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesAfterTaking));
    bench.server.httpStatus = 500;
    const id = bench.say('hi');
    await bench.pass(120_000);
    expect(bench.message(id)).toMatchObject({ status: 'unconfirmed' });
    expect(bench.message(id)).not.toHaveProperty('checking');
    bench.server.httpStatus = 200;
    bench.press('check', id);
    await bench.pass(10_000);
    expect(bench.message(id)?.status).toBe('delivered');
  });

  it('a message that cannot be looked up because nothing gets through is left to the person, until it can be', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesAfterTaking));
    bench.server.onConnect(...Array.from({ length: 30 }, () => refusesHandshake));
    const id = bench.say('hi');
    await bench.pass(5_000);
    expect(bench.message(id)).toMatchObject({ status: 'unconfirmed', checking: true });
    await bench.pass(200_000);
    expect(bench.state.connection).toMatchObject({ status: 'reconnecting' });
    expect(bench.message(id)).toMatchObject({ status: 'unconfirmed' });
    expect(bench.message(id)).not.toHaveProperty('checking');
    bench.server.heal();
    bench.do('reconnect');
    await bench.pass(10_000);
    expect(bench.screen).toEqual(['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`]);
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('the person may vouch for a message that could not be looked up', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesAfterTaking));
    bench.server.httpStatus = 403;
    const id = bench.say('hi');
    await bench.pass(60_000);
    bench.press('confirm', id);
    expect(bench.message(id)?.status).toBe('delivered');
  });

  it('only an unconfirmed message can be checked or vouched for', async () => {
    const bench = await greeted(new FakeServer().onTurn(thinks));
    const sent = bench.say('one');
    const queued = bench.say('two');
    for (const id of [sent, queued]) {
      bench.press('confirm', id);
      bench.press('check', id);
    }
    expect(bench.messages.map(({ status }) => status)).toEqual(['sent', 'queued']);
  });

  it('a copy of the history that lags behind proves nothing absent', async () => {
    const server = new FakeServer();
    const bench = await greeted(server);
    bench.say('one');
    await bench.pass(10);
    server.staleHistory = [{ role: 'agent', text: 'Hello' }];
    server.onTurn(diesAfterTaking);
    const id = bench.say('two');
    await bench.pass(20_000);
    expect(bench.message(id)).toMatchObject({ status: 'unconfirmed', checking: true });
    server.staleHistory = undefined;
    await bench.pass(10_000);
    expect(bench.message(id)?.status).toBe('delivered');
  });

  it('a second attempt is missed twice in its own right', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesBeforeTaking, diesBeforeTaking));
    const id = bench.say('hi');
    await bench.pass(3_000);
    bench.sendAgain(id);
    await bench.pass(3_500);
    expect(bench.server.handedOver).toEqual(['hi', 'hi']);
    // The one look since then is no proof.
    expect(bench.message(id)?.status).toBe('unconfirmed');
    await bench.pass(20_000);
    expect(bench.message(id)?.status).toBe('not-sent');
  });

  it('nothing else goes out until the fate of the message before it is known', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesBeforeTaking));
    bench.say('one');
    await bench.pass(2_000);
    bench.say('two');
    await bench.pass(1_000);
    expect(bench.server.handedOver).toEqual(['one']);
    await bench.pass(20_000);
    expect(bench.messages.map(({ text, status }) => [text, status])).toEqual([
      ['one', 'not-sent'],
      ['two', 'delivered'],
    ]);
  });

  it('the same words said before do not count for the message', async () => {
    const bench = await greeted();
    bench.say('yes');
    await bench.pass(10);
    bench.server.onTurn(diesBeforeTaking);
    bench.say('yes');
    await bench.pass(20_000);
    expect(bench.messages.map(({ status }) => status)).toEqual(['delivered', 'not-sent']);
  });

  it('a turn that was rolled back does not count as one the server holds', async () => {
    const bench = await greeted();
    bench.server.onTurn((connection) => {
      connection.send('token', { text: 'You' });
      connection.send('error', { code: 'client_error', message: 'no' });
    }, diesAfterTaking);
    bench.say('one');
    await bench.pass(10);
    bench.say('two');
    await bench.pass(20_000);
    expect(bench.messages.map(({ status }) => status)).toEqual(['not-sent', 'delivered']);
  });

  it('nothing is read before the wire is back', async () => {
    const bench = await greeted();
    const reads = bench.server.requests.length;
    bench.server.onTurn(diesAfterTaking).onConnect(closesWith(4503), closesWith(4503));
    bench.say('hi');
    await bench.pass(500);
    expect(bench.server.requests).toHaveLength(reads);
    await bench.pass(20_000);
    expect(bench.message('m1')?.status).toBe('delivered');
  });

  it('a reply that the server never finished can be asked for again', async () => {
    const bench = await greeted();
    bench.server.onTurn((connection, text) => {
      connection.server.keep('user', text);
      connection.send('token', { text: 'You s' });
      connection.close(1006);
    });
    const id = bench.say('hi');
    await bench.pass(120_000);
    expect(bench.message(id)).toMatchObject({ status: 'delivered', error: { code: 'reply-interrupted' } });
    expect(bench.screen.at(-1)).toBe('agent: You s [cut off]');
  });

  it('a greeting that came late is no proof of the message before it', async () => {
    const bench = await greeted(new FakeServer().onConnect(greetsLate).onTurn(fallsSilent));
    const id = bench.say('hi');
    await bench.pass(5_000);
    expect(bench.screen).toEqual(['you: hi [sent]', 'agent: Good morning']);
    await bench.pass(120_000);
    expect(bench.message(id)?.status).toBe('not-sent');
  });

  it('the history of another conversation proves nothing absent', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesAfterTaking));
    const id = bench.say('hi');
    await bench.pass();
    Object.assign(bench.server, { conversationId: 'c2', history: [] });
    await bench.pass(120_000);
    expect(bench.state.conversationId).toBe('c2');
    expect(bench.message(id)).toMatchObject({ status: 'unconfirmed' });
    bench.say('and again');
    await bench.pass(10);
    expect(bench.message('m2')?.status).toBe('delivered');
  });

  it('a late frame of the old socket changes nothing', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesMidReply));
    const [old] = bench.server.connections;
    bench.say('hi');
    await bench.pass(20_000);
    const before = bench.screen;
    old?.deliverLate(JSON.stringify({ event: 'token', data: { text: ' again' } }));
    await bench.pass();
    expect(bench.screen).toEqual(before);
  });
});
