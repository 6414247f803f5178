import { beforeEach, describe, expect, it } from 'vitest';
import { IdleWatch } from '../src/idle-watch.js';
import { FakeClock } from './support/fake-clock.js';

const MINUTE = 60_000;

describe('IdleWatch', () => {
  let clock: FakeClock;
  let log: string[];
  let watch: IdleWatch;

  beforeEach(() => {
    clock = new FakeClock();
    log = [];
    watch = new IdleWatch(clock, {
      warn: (on) => log.push(on ? 'warn' : 'calm'),
      fall: () => log.push('fall'),
    });
  });

  it('falls at the limit, with a warning at least 20 s before', () => {
    watch.start(5 * MINUTE);
    clock.advance(4.5 * MINUTE - 1);
    expect(log).toEqual([]);
    clock.advance(1);
    expect(log).toEqual(['warn']);
    clock.advance(30_000 - 1);
    expect(log).toEqual(['warn']);
    clock.advance(1);
    expect(log).toEqual(['warn', 'calm', 'fall']);
  });

  it('one key puts it off, as often as it comes', () => {
    watch.start(MINUTE);
    for (let times = 0; times < 12; times += 1) {
      clock.advance(59_000);
      watch.touch();
    }
    expect(log).toEqual(Array.from({ length: 12 }, () => ['warn', 'calm']).flat());
  });

  it('falls on waking where the machine slept through the limit', () => {
    watch.start(5 * MINUTE);
    clock.sleep(60 * MINUTE);
    expect(log).toEqual(['fall']);
  });

  it('begins anew when asked to after it fell, and stops without a timer', () => {
    watch.start(MINUTE);
    clock.advance(MINUTE);
    watch.check();
    clock.advance(MINUTE);
    expect(log.filter((what) => what === 'fall')).toHaveLength(2);
    watch.check();
    watch.stop();
    expect(clock.pending).toBe(0);
  });
});
