/** A source of uniform numbers in [0, 1), injected so that a simulation can seed it. */
export type Random = () => number;

const FLOOR = 250;
const BASE = 1_000;
const CAP = 30_000;

/** The least delay of a slow retry (protocol §a, class SLOW). */
export const SLOW_FLOOR = 5_000;

/**
 * Milliseconds to wait before try number `attempt` (0 is the first retry): 250 ms plus full jitter on
 * 1 s × 2ⁿ, at most 30.25 s. Full jitter spreads a herd after an outage better than a jittered share does.
 */
export function backoffDelay(attempt: number, random: Random): number {
  return FLOOR + random() * Math.min(CAP, BASE * 2 ** attempt);
}
