import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Liveness } from '../../src/transport/liveness.js';
import { FakeClock } from '../support/fake-clock.js';
import {
  FakeServer,
  diesMidReply,
  neverAcknowledgesClose,
  refusesHandshake,
  thinks,
} from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const greeted = async (server = new FakeServer()): Promise<SessionBench> =>
  new SessionBench({ server }).open();

describe('faults of the network', () => {
  it('B03: a late frame of an old socket is ignored', async () => {
    const bench = await greeted(new FakeServer().onTurn(diesMidReply));
    const [old] = bench.server.connections;
    bench.say('hi');
    await bench.pass(20_000);
    const before = bench.state;
    old?.deliverLate(JSON.stringify({ event: 'token', data: { text: 'late' } }));
    old?.deliverLate(JSON.stringify({ event: 'done', data: {} }));
    await bench.pass();
    expect(bench.state).toBe(before);
  });

  it('B05: a close that is never acknowledged keeps nobody waiting', async () => {
    const bench = await greeted(new FakeServer().onConnect(neverAcknowledgesClose));
    bench.do('disconnect');
    expect(bench.state.connection.status).toBe('closed');
    bench.do('connect');
    await bench.pass(10);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.server.connections).toHaveLength(2);
  });

  it('B06: offline says so and tries nothing; online tries within a second', async () => {
    const bench = await greeted();
    bench.environment.goOffline();
    bench.server.connection.close(1006);
    await bench.pass(60_000);
    expect(bench.server.connections).toHaveLength(1);
    expect(bench.state.connection).toMatchObject({ status: 'reconnecting', offline: true });
    bench.environment.goOnline();
    await bench.pass(1_000);
    expect(bench.state.connection).toMatchObject({ status: 'open', offline: false });
  });

  it('B07: an online event without a network leads to one try, and then to the wait that was due', async () => {
    const server = new FakeServer().onConnect(...Array.from({ length: 40 }, () => refusesHandshake));
    const bench = new SessionBench({ server, random: () => 0.999 });
    bench.do('connect');
    await bench.pass(40_000);
    const before = server.connections.length;
    bench.environment.signal('online');
    await bench.pass(100);
    expect(server.connections).toHaveLength(before + 1);
    // Had the event begun the backoff anew, several tries would fit in here.
    await bench.pass(25_000);
    expect(server.connections).toHaveLength(before + 1);
    server.heal();
    await bench.pass(10_000);
  });

  it('B11: a timer throttled to once a minute is made up for when something is sent, or the page is seen', () => {
    const clock = new FakeClock();
    const dead = vi.fn();
    const liveness = new Liveness(clock, dead);
    liveness.start();
    liveness.turn(true);
    // The timers of a hidden tab come late; time itself does not stand still.
    vi.spyOn(clock, 'monotonic').mockReturnValue(50_000);
    expect(dead).not.toHaveBeenCalled();
    liveness.check();
    vi.restoreAllMocks();
    clock.advance(3_000);
    expect(dead).toHaveBeenCalledTimes(1);
    liveness.stop();
  });

  it.each([86_400_000, -86_400_000])(
    'B12: a clock set by %i ms kills no connection and hides no death',
    async (jump) => {
      const bench = await greeted(new FakeServer().onTurn(thinks));
      bench.say('hi');
      await bench.pass(1_000);
      vi.setSystemTime(Date.now() + jump);
      await bench.pass(40_000);
      expect(bench.server.connections).toHaveLength(1);
      await bench.pass(6_000);
      expect(bench.server.connections.length).toBeGreaterThan(1);
    },
  );

  it('C03: a tab shown after ten hidden minutes opens no socket beside the one it has', async () => {
    const bench = await greeted();
    await bench.pass(600_000);
    bench.environment.signal('visible');
    await bench.pass(60_000);
    expect(bench.server.connections).toHaveLength(1);
  });

  it('C03: a tab shown while it waits to reconnect tries once, not at once with every other signal', async () => {
    const server = new FakeServer().onConnect(...Array.from({ length: 40 }, () => refusesHandshake));
    const bench = new SessionBench({ server, random: () => 0.999 });
    bench.do('connect');
    await bench.pass(40_000);
    const before = server.connections.length;
    for (let signal = 0; signal < 5; signal += 1) bench.environment.signal('visible');
    await bench.pass(1_000);
    expect(server.connections).toHaveLength(before + 1);
    server.heal();
    await bench.pass(40_000);
  });
});
