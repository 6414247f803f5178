import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  FakeServer,
  accepts,
  closesWith,
  hangs,
  refusesAuth,
  refusesHandshake,
  replyTo,
} from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';
import { seeded } from '../support/seeded.js';

beforeEach(stopTime);
afterEach(endSessions);

const greeted = async (server = new FakeServer()): Promise<SessionBench> =>
  new SessionBench({ server }).open();

/** Lets the storm of `count` failed connects pass and tells the waits between them. */
async function waits(bench: SessionBench, count: number): Promise<readonly number[]> {
  const starts: number[] = [];
  while (starts.length < count) {
    const before = bench.server.connections.length;
    while (bench.server.connections.length === before) await bench.pass(10);
    starts.push(performance.now());
  }
  return starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
}

describe('faults of signing in and connecting', () => {
  it('A01: a token that expires in the middle brings a fresh one and the same thread', async () => {
    const bench = await greeted();
    bench.say('one');
    await bench.pass(10);
    bench.server.connection.close(4001);
    await bench.pass(2_000);
    bench.say('two');
    await bench.pass(10);
    expect(bench.tokenReasons.slice(0, 2)).toEqual(['connect', 'rejected']);
    expect(bench.server.connections.map(({ token }) => token).slice(0, 2)).toEqual(['token-1', 'token-2']);
    expect(bench.screen).toEqual([
      'agent: Hello',
      'you: one [delivered]',
      `agent: ${replyTo('one')}`,
      'you: two [delivered]',
      `agent: ${replyTo('two')}`,
    ]);
  });

  it('A02: on reconnect the provider is asked before the handshake, and nothing old is replayed', async () => {
    const asked: number[] = [];
    const server = new FakeServer();
    const bench = await new SessionBench({
      server,
      getToken: () => `token-${String(asked.push(server.connections.length))}`,
    }).open();
    server.connection.close(1006);
    await bench.pass(2_000);
    expect(asked.slice(0, 2)).toEqual([0, 1]);
    expect(server.connections[1]?.token).toBe('token-2');
  });

  it('A03: a second refusal in a row ends the tries, and asks to sign in', async () => {
    const server = new FakeServer().onConnect(refusesAuth, refusesAuth);
    const bench = new SessionBench({ server });
    bench.do('connect');
    await bench.pass(600_000);
    expect(server.connections).toHaveLength(2);
    expect(bench.state.connection.status).toBe('failed');
    expect(bench.state.error?.code).toBe('signed-out');
  });

  it('A04: a provider that rejects five times is asked again after jittered, growing waits', async () => {
    const asked: number[] = [];
    const getToken = (): Promise<string> => {
      asked.push(performance.now());
      return asked.length > 5 ? Promise.resolve('good') : Promise.reject(new Error('no'));
    };
    const bench = new SessionBench({ getToken, random: seeded(4) });
    bench.do('connect');
    await bench.pass(120_000);
    const gaps = asked.slice(1, 6).map((at, index) => at - (asked[index] ?? 0));
    expect(gaps).toHaveLength(5);
    gaps.forEach((gap, attempt) => {
      expect(gap).toBeGreaterThanOrEqual(250);
      expect(gap).toBeLessThanOrEqual(250 + 1_000 * 2 ** attempt);
    });
    // Without jitter every wait would be the longest of its range.
    expect(gaps.filter((gap, attempt) => gap < 250 + 900 * 2 ** attempt).length).toBeGreaterThan(2);
    expect(bench.state.connection.status).toBe('open');
  });

  it('A05: a provider that hangs is given up after 10 s, and asked again', async () => {
    const signals: AbortSignal[] = [];
    const getToken = ({ signal }: { signal: AbortSignal }): Promise<string> => {
      signals.push(signal);
      return signals.length > 1 ? Promise.resolve('good') : new Promise(() => undefined);
    };
    const bench = new SessionBench({ getToken });
    bench.do('connect');
    await bench.pass(9_900);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    await bench.pass(200);
    expect(signals[0]?.aborted).toBe(true);
    expect(bench.state.error?.code).toBe('token-timeout');
    await bench.pass(2_000);
    expect(bench.state.connection.status).toBe('open');
  });

  it('A06: a token that no subprotocol can carry is an error of configuration, and no socket is opened', async () => {
    const bench = new SessionBench({ getToken: () => 'a/b=' });
    bench.do('connect');
    await bench.pass(600_000);
    expect(bench.server.connections).toHaveLength(0);
    expect(bench.state.error).toMatchObject({
      code: 'token-invalid',
      subject: 'getToken',
      severity: 'fatal',
    });
  });

  it.each([4000, 4004])('A07: %i is not retried, and Retry works', async (code) => {
    const server = new FakeServer().onConnect(closesWith(code));
    const bench = new SessionBench({ server });
    bench.do('connect');
    await bench.pass(600_000);
    expect(server.connections).toHaveLength(1);
    expect(bench.state.connection.status).toBe('failed');
    bench.do('connect');
    await bench.pass(10);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.state.error).toBeUndefined();
  });

  it('A08: a storm of 4503 is met with waits of 250 ms to 30.25 s that no early open resets', async () => {
    const server = new FakeServer().onConnect(...Array.from({ length: 21 }, () => closesWith(4503)));
    const bench = new SessionBench({ server, random: () => 0.999 });
    bench.do('connect');
    const gaps = await waits(bench, 21);
    expect(gaps).toHaveLength(20);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(250);
    expect(Math.max(...gaps)).toBeLessThanOrEqual(30_260);
    // An early reset would bring the short waits back.
    expect([...gaps].sort((one, other) => one - other).slice(0, 5)).toEqual(gaps.slice(0, 5));
    expect(bench.state.connection.attempt).toBeGreaterThanOrEqual(20);
  });

  it('A10: a handshake refused with 401 or 503 is not the end', async () => {
    const server = new FakeServer().onConnect(refusesHandshake, refusesHandshake);
    const bench = new SessionBench({ server });
    bench.do('connect');
    await bench.pass(100);
    expect(bench.state.connection.status).toBe('reconnecting');
    await bench.pass(20_000);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.seen('session.ended')).toEqual([]);
  });

  it('A11: a handshake that hangs is aborted after 15 s, and another begins', async () => {
    const server = new FakeServer().onConnect(hangs, accepts);
    const bench = new SessionBench({ server });
    bench.do('connect');
    await bench.pass(14_900);
    expect(server.connections).toHaveLength(1);
    await bench.pass(3_000);
    expect(server.connections).toHaveLength(2);
    expect(server.connections[0]?.live).toBe(false);
    expect(bench.state.connection.status).toBe('open');
  });

  it('A14: the same stale token again and again ends in signing in, not in a loop', async () => {
    const server = new FakeServer().onConnect(refusesAuth, refusesAuth, refusesAuth);
    const getToken = vi.fn(() => 'stale');
    const bench = new SessionBench({ server, getToken });
    bench.do('connect');
    await bench.pass(600_000);
    expect(getToken).toHaveBeenCalledTimes(2);
    expect(bench.state.error?.code).toBe('signed-out');
  });
});
