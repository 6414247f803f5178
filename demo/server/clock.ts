/** Time and chance of one development server, so that tests can hold both still. */
export interface Clock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after `ms` at the given speed, or at once when `signal` aborts; never rejects. */
  readonly delay: (ms: number, speed: number, signal?: AbortSignal) => Promise<void>;
  /** The next number in [0, 1) of a seeded sequence. */
  readonly random: () => number;
}

/**
 * @param now where the time comes from; `Date.now` by default
 * @param seed start of the pseudo-random sequence; the same seed gives the same sequence
 */
export function createClock(now: () => number = Date.now, seed = 1): Clock {
  return { now, delay, random: mulberry32(seed) };
}

/** At speed 0 nothing waits, yet sockets still get their turn between two frames. */
function delay(ms: number, speed: number, signal?: AbortSignal): Promise<void> {
  if (speed <= 0 || ms <= 0) return new Promise((resolve) => setImmediate(resolve));
  if (signal?.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, ms / speed);
    signal?.addEventListener('abort', finish, { once: true });
  });
}

function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
