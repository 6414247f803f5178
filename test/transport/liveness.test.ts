import { describe, expect, it } from 'vitest';
import { Liveness } from '../../src/transport/liveness.js';
import { FakeClock } from '../support/fake-clock.js';

function watch(): { readonly clock: FakeClock; readonly liveness: Liveness; readonly deaths: number[] } {
  const clock = new FakeClock();
  const deaths: number[] = [];
  const liveness = new Liveness(clock, () => deaths.push(clock.monotonic()));
  liveness.start();
  return { clock, liveness, deaths };
}

describe('a connection', () => {
  it('is not dead for saying nothing between turns', () => {
    const { clock, deaths } = watch();
    clock.advance(3_600_000);
    expect(deaths).toEqual([]);
  });

  it('is dead after 45 s of silence within a turn', () => {
    const { clock, liveness, deaths } = watch();
    liveness.turn(true);
    clock.advance(44_999);
    expect(deaths).toEqual([]);
    clock.advance(1);
    expect(deaths).toEqual([45_000]);
  });

  it('is alive with every frame of a turn', () => {
    const { clock, liveness, deaths } = watch();
    liveness.turn(true);
    for (let frame = 0; frame < 10; frame += 1) {
      clock.advance(40_000);
      liveness.seen();
    }
    liveness.turn(true);
    expect(deaths).toEqual([]);
    clock.advance(45_000);
    expect(deaths).toHaveLength(1);
  });

  it('is left alone again once the turn is over', () => {
    const { clock, liveness, deaths } = watch();
    liveness.turn(true);
    clock.advance(30_000);
    liveness.turn(false);
    clock.advance(600_000);
    expect(deaths).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('that pings is dead 10 s past the usual gap', () => {
    const { clock, liveness, deaths } = watch();
    liveness.ping();
    clock.advance(600_000);
    expect(deaths).toEqual([]);
    liveness.start();
    liveness.ping();
    clock.advance(25_000);
    liveness.ping();
    clock.advance(34_999);
    expect(deaths).toEqual([]);
    clock.advance(1);
    expect(deaths).toHaveLength(1);
  });

  it('that pings rarely still may not be silent for 45 s within a turn', () => {
    const { clock, liveness, deaths } = watch();
    liveness.ping();
    clock.advance(60_000);
    liveness.ping();
    liveness.turn(true);
    clock.advance(45_000);
    expect(deaths).toHaveLength(1);
  });

  it('that is new knows nothing of the pings of the last one', () => {
    const { clock, liveness, deaths } = watch();
    liveness.ping();
    clock.advance(5_000);
    liveness.ping();
    liveness.start();
    clock.advance(600_000);
    expect(deaths).toEqual([]);
  });

  it('that was given up is not watched', () => {
    const { clock, liveness, deaths } = watch();
    liveness.turn(true);
    liveness.stop();
    clock.advance(600_000);
    expect(deaths).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  it('does not die of a changed wall clock', () => {
    const { clock, liveness, deaths } = watch();
    liveness.turn(true);
    for (const day of [-86_400_000, 172_800_000]) {
      clock.setWallClockBy(day);
      clock.advance(20_000);
    }
    expect(deaths).toEqual([]);
  });
});

describe('a machine that slept', () => {
  it('lets waiting frames arrive before it declares death', () => {
    const { clock, liveness, deaths } = watch();
    liveness.turn(true);
    clock.sleep(3_600_000);
    expect(deaths).toEqual([]);
    clock.advance(2_000);
    liveness.seen();
    clock.advance(44_000);
    expect(deaths).toEqual([]);
  });

  it('declares death after 3 s where none arrive', () => {
    const { clock, liveness, deaths } = watch();
    liveness.turn(true);
    clock.sleep(3_600_000);
    clock.advance(2_999);
    expect(deaths).toEqual([]);
    clock.advance(1);
    expect(deaths).toHaveLength(1);
  });
});

describe('a check', () => {
  it('finds what a throttled timer has missed', () => {
    const clock = new FakeClock();
    let deaths = 0;
    // A hidden tab's timers may be held back for a minute: here they never run by themselves.
    const held: (() => void)[] = [];
    const throttled = {
      ...clock,
      monotonic: () => clock.monotonic(),
      now: () => clock.now(),
      after: (_ms: number, run: () => void) => {
        held.push(run);
        return () => undefined;
      },
    };
    const liveness = new Liveness(throttled, () => {
      deaths += 1;
    });
    liveness.start();
    liveness.turn(true);
    clock.advance(46_000);
    liveness.check();
    clock.advance(3_000);
    held.at(-1)?.();
    expect(deaths).toBe(1);
  });

  it('finds nothing wrong with a connection that spoke lately, or need not speak', () => {
    const { clock, liveness, deaths } = watch();
    liveness.check();
    liveness.turn(true);
    clock.advance(44_000);
    liveness.check();
    liveness.seen();
    clock.advance(10_000);
    expect(deaths).toEqual([]);
  });
});
