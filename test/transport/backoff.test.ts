import { describe, expect, it } from 'vitest';
import { backoffDelay } from '../../src/transport/backoff.js';
import { seeded } from '../support/seeded.js';

const random = seeded(20_260_105);

describe('the wait before a retry', () => {
  it.each([
    [0, 1_250],
    [1, 2_250],
    [2, 4_250],
    [4, 16_250],
    [5, 30_250],
    [12, 30_250],
    [2_000, 30_250],
  ])('number %i is 250 ms at least and %i ms at most, over 1,000 samples', (attempt, most) => {
    const delays = Array.from({ length: 1_000 }, () => backoffDelay(attempt, random));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(250);
    expect(Math.max(...delays)).toBeLessThanOrEqual(most);
  });

  it('is spread over the whole of its range', () => {
    const halves = Array.from({ length: 1_000 }, () => backoffDelay(6, random) < 15_250).filter(
      Boolean,
    ).length;
    expect(halves / 1_000).toBeGreaterThan(0.45);
    expect(halves / 1_000).toBeLessThan(0.55);
  });
});

/** When each of 1,000 clients, all cut off at once, gets through to a server that is back at `recovery`. */
function arrivals(recovery: number): readonly number[] {
  return Array.from({ length: 1_000 }, () => {
    let now = 0;
    for (let attempt = 0; ; attempt += 1) {
      now += backoffDelay(attempt, random);
      if (now >= recovery) return now;
    }
  });
}

describe.each([60_000, 600_000])('A09: a herd of 1,000 clients after an outage of %i ms', (recovery) => {
  const times = arrivals(recovery);

  it('is back within 30.25 s, every one of it', () => {
    expect(Math.max(...times) - recovery).toBeLessThanOrEqual(30_250);
  });

  it('never sends more than 2.5 % of itself in any 100 ms', () => {
    const within = (start: number): number =>
      times.filter((time) => time >= start && time < start + 100).length;
    const busiest = Math.max(...times.map(within));
    expect(busiest / times.length).toBeLessThanOrEqual(0.025);
  });
});
