import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/locales/en.js';
import { errorText } from '../../src/i18n/error-text.js';
import { deliveryView } from '../../src/elements/delivery-status.js';
import {
  FakeServer,
  diesAfterTaking,
  diesBeforeDone,
  diesBeforeTaking,
  diesMidReply,
  failsWith,
  replyTo,
  thinks,
} from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const greeted = async (server = new FakeServer()): Promise<SessionBench> =>
  new SessionBench({ server }).open();
const whole = ['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`];

describe('faults of delivery', () => {
  it('E01: dropped before it was taken, a message is unconfirmed, then not sent, with "Send again"', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesBeforeTaking));
    const id = bench.say('hi');
    await bench.pass(1_000);
    expect(deliveryView(bench.message(id)!, en).text).toBe(en.checking);
    await bench.pass(20_000);
    expect(deliveryView(bench.message(id)!, en)).toMatchObject({
      text: en.notSent,
      actions: [{ request: 'resend', label: en.sendAgain }],
    });
    expect(bench.server.handedOver).toEqual(['hi']);
    bench.sendAgain(id);
    await bench.pass(10);
    expect(bench.screen).toEqual(whole);
  });

  it('E02: dropped after it was taken, without a frame, a message is found and delivered', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesAfterTaking));
    bench.say('hi');
    await bench.pass(20_000);
    expect(bench.screen).toEqual(whole);
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('E03: a reply dropped in the middle is marked as cut off, and then whole, once', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesMidReply));
    bench.say('hi');
    await bench.pass(10);
    expect(bench.screen.at(-1)).toBe('agent: You s [cut off]');
    await bench.pass(20_000);
    expect(bench.screen).toEqual(whole);
  });

  it('E03: a cut-off reply that could not be looked up is completed after the next turn', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesMidReply));
    bench.server.httpStatus = 500;
    bench.say('hi');
    await bench.pass(120_000);
    expect(bench.screen.at(-1)).toBe('agent: You s [cut off]');
    bench.server.httpStatus = 200;
    bench.say('next');
    await bench.pass(20_000);
    expect(bench.screen).toEqual([...whole, 'you: next [delivered]', `agent: ${replyTo('next')}`]);
  });

  it('E04: dropped before its completion, a turn lets the next message out once it is reconciled', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesBeforeDone));
    bench.say('hi');
    bench.say('next');
    await bench.pass(20_000);
    expect(bench.server.handedOver).toEqual(['hi', 'next']);
    expect(bench.screen).toEqual([...whole, 'you: next [delivered]', `agent: ${replyTo('next')}`]);
  });

  it('E05: session_ended between turns ends the chat, and what is typed then opens it again', async () => {
    const bench = await greeted();
    bench.server.connection.sendRaw('{"type":"session_ended","reason":"completed"}');
    bench.server.connection.close(1000);
    await bench.pass(60_000);
    expect(bench.state.connection.status).toBe('closed');
    expect(bench.screen.at(-1)).toBe('note: ended');
    expect(bench.server.connections).toHaveLength(1);
    bench.say('hi');
    await bench.pass(20_000);
    expect(bench.message('m1')?.status).toBe('delivered');
  });

  it('E05: session_ended in the middle of a turn leaves its message looked up, not lost', async () => {
    const bench = await greeted(
      new FakeServer().onTurn((connection, text) => {
        connection.server.keep('user', text);
        connection.server.keep('agent', replyTo(text));
        connection.sendRaw('{"type":"session_ended","reason":"stopped"}');
        connection.close(1000);
      }),
    );
    bench.say('hi');
    await bench.pass(60_000);
    expect(bench.state.connection.status).toBe('closed');
    expect(bench.screen).toContain('you: hi [delivered]');
    expect(bench.screen).toContain(`agent: ${replyTo('hi')}`);
  });

  it.each([
    'client_error',
    'upstream_error',
    'stream_interrupted',
    'turn_timeout',
    'unknown',
    'code_from_the_future',
  ])('E06: the error code %s is told in plain words, and nothing of the server’s', async (code) => {
    const bench = await greeted(new FakeServer().onTurn(failsWith(code)));
    const id = bench.say('hi');
    await bench.pass(60_000);
    const { error } = bench.message(id)!;
    expect(error).toBeDefined();
    const told = JSON.stringify([errorText(error!, en), deliveryView(bench.message(id)!, en)]);
    expect(told).not.toContain('something of the server');
    expect(told).not.toContain(code);
    expect(told).not.toMatch(/undefined|_/);
  });

  it('E06: idle_timeout fails no turn: the connection closes quietly and comes back with the next message', async () => {
    const bench = await greeted();
    bench.server.connection.send('error', { code: 'idle_timeout', message: 'idle', retryable: true });
    bench.server.connection.close(1000);
    await bench.pass(600_000);
    expect(bench.state.connection.status).toBe('idle');
    expect(bench.server.connections).toHaveLength(1);
    bench.say('hi');
    await bench.pass(20_000);
    expect(bench.message('m1')?.status).toBe('delivered');
  });

  it.each([500, 503, 403])(
    'E08: with a history that answers %i, a message stays unconfirmed',
    async (status) => {
      const bench = await greeted(new FakeServer().onTurn(diesAfterTaking));
      bench.server.httpStatus = status;
      const id = bench.say('hi');
      await bench.pass(600_000);
      const labels = deliveryView(bench.message(id)!, en).actions.map(({ label }) => label);
      expect(bench.message(id)?.status).toBe('unconfirmed');
      expect(labels).toEqual([en.checkNow, en.sendAgain, en.itArrived]);
      expect(bench.server.handedOver).toEqual(['hi']);
    },
  );

  it('E08: a history that lags behind what is proven proves nothing', async () => {
    const server = new FakeServer();
    const bench = await greeted(server);
    bench.say('one');
    await bench.pass(10);
    server.staleHistory = server.history.slice(0, 1);
    server.onTurn(diesBeforeTaking);
    const id = bench.say('two');
    await bench.pass(600_000);
    expect(bench.message(id)?.status).toBe('unconfirmed');
  });

  it('E09: a message that arrives late, after it was twice absent, is never sent again by the widget', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesBeforeTaking));
    const id = bench.say('hi');
    await bench.pass(20_000);
    expect(bench.message(id)?.status).toBe('not-sent');
    bench.server.keep('user', 'hi');
    bench.server.keep('agent', replyTo('hi'));
    await bench.pass(600_000);
    expect(bench.server.handedOver).toEqual(['hi']);
    // The next look at the history sets it right.
    bench.server.onTurn(diesMidReply);
    bench.say('next');
    await bench.pass(20_000);
    expect(bench.message(id)?.status).toBe('delivered');
    expect(bench.server.heard('hi')).toBe(1);
  });

  it('E11: an answer worked on in the background is said to be under way', async () => {
    const bench = await greeted(new FakeServer().onTurn(thinks));
    bench.say('hi');
    await bench.pass();
    bench.server.connection.send('message', { role: 'agent', text: 'One moment.' });
    bench.server.connection.send('done', { turn_id: 't1', turn_count: 1, background_pending: true });
    await bench.pass(10);
    expect(bench.state.turn.phase).toBe('background');
  });
});
