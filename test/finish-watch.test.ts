import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { FinishWatch } from '../src/finish-watch.js';
import { FakeClock } from './support/fake-clock.js';

const MINUTE = 60_000;
let clock: FakeClock;
let log: string[];
let watch: FinishWatch;

beforeEach(() => {
  clock = new FakeClock();
  log = [];
  watch = new FinishWatch(clock, {
    warn: (on) => log.push(on ? 'warn' : 'calm'),
    finish: () => log.push('finish'),
  });
});

describe('a conversation that is left alone', () => {
  it('is warned of for half a minute, and then finished', () => {
    watch.start(5 * MINUTE);
    clock.advance(4.5 * MINUTE - 1);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['warn']);
    clock.advance(29_999);
    expect(log).toEqual(['warn']);
    clock.advance(1);
    expect(log).toEqual(['warn', 'calm', 'finish']);
    expect(clock.pending).toBe(0);
  });

  it('goes on at the least sign of a person, as often as it comes', () => {
    watch.start(MINUTE);
    for (let times = 0; times < 12; times += 1) {
      clock.advance(59_000);
      watch.touch();
    }
    expect(log).toEqual(Array.from({ length: 12 }, () => ['warn', 'calm']).flat());
  });

  it('counts from the last sign of a person, without a timer for each', () => {
    watch.start(5 * MINUTE);
    clock.advance(4 * MINUTE);
    for (let key = 0; key < 100; key += 1) watch.touch();
    expect(clock.pending).toBe(1);
    clock.advance(4.5 * MINUTE - 1);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['warn']);
  });

  it('is given a minute at least, half of it with the warning', () => {
    watch.start(1);
    clock.advance(30_000 - 1);
    expect(log).toEqual([]);
    clock.advance(1);
    clock.advance(30_000);
    expect(log).toEqual(['warn', 'calm', 'finish']);
  });

  it('is not counted while it is stopped, and begins anew after', () => {
    watch.start(MINUTE);
    clock.advance(40_000);
    watch.stop();
    expect(log).toEqual(['warn', 'calm']);
    clock.advance(10 * MINUTE);
    expect(clock.pending).toBe(0);
    watch.start(MINUTE);
    watch.start(MINUTE);
    clock.advance(30_000 - 1);
    expect(log).toEqual(['warn', 'calm']);
  });

  it('takes another limit at once', () => {
    watch.start(30 * MINUTE);
    clock.advance(MINUTE);
    watch.start(2 * MINUTE);
    clock.advance(1.5 * MINUTE);
    expect(log).toEqual(['warn']);
    expect(clock.pending).toBe(1);
  });
});

describe('a machine that slept', () => {
  it('through the limit wakes to a warning, not to the end', () => {
    watch.start(5 * MINUTE);
    clock.sleep(60 * MINUTE);
    expect(log).toEqual(['warn']);
    clock.advance(30_000);
    expect(log).toEqual(['warn', 'calm', 'finish']);
  });

  it('through the warning wakes to another one', () => {
    watch.start(5 * MINUTE);
    clock.advance(4.5 * MINUTE);
    clock.sleep(60 * MINUTE);
    expect(log).toEqual(['warn', 'warn']);
    clock.advance(30_000);
    expect(log).toEqual(['warn', 'warn', 'calm', 'finish']);
  });

  it('in a tab that is slowed down is no matter', () => {
    watch.start(5 * MINUTE);
    clock.advance(4.5 * MINUTE);
    clock.sleep(89_000);
    expect(log).toEqual(['warn', 'calm', 'finish']);
  });
});

it('never finishes what was not warned of for 20 seconds, whatever happens', () => {
  const step = fc.oneof(
    fc.record({ what: fc.constant('advance' as const), ms: fc.nat({ max: 4 * MINUTE }) }),
    fc.record({
      what: fc.constantFrom('touch' as const, 'stop' as const, 'start' as const),
      ms: fc.constant(0),
    }),
    fc.record({ what: fc.constant('set' as const), ms: fc.integer({ min: -MINUTE, max: MINUTE }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const time = new FakeClock();
      let since: number | undefined;
      const one = new FinishWatch(time, {
        warn: (on) => {
          since = on ? (since ?? time.monotonic()) : since;
          if (!on) queued = since;
          if (!on) since = undefined;
        },
        finish: () => {
          expect(time.monotonic() - (queued ?? time.monotonic())).toBeGreaterThanOrEqual(20_000);
        },
      });
      let queued: number | undefined;
      one.start(2 * MINUTE);
      for (const { what, ms } of steps) {
        if (what === 'advance') time.advance(ms);
        else if (what === 'touch') one.touch();
        else if (what === 'stop') one.stop();
        else if (what === 'start') one.start(2 * MINUTE);
        else time.setWallClockBy(ms);
      }
    }),
  );
});
