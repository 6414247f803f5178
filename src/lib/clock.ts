/** Undoes a timer or a listener. Safe to call more than once. */
export type Cancel = () => void;

/** Time, injected wherever it matters, so that a test can move it. */
export interface Clock {
  /** Wall time, epoch milliseconds. For showing, never for measuring: it may jump by a day. */
  now(): number;
  /** Milliseconds that only ever grow. For measuring. */
  monotonic(): number;
  /** Runs once, after at least `ms` milliseconds, or 24 days. */
  after(ms: number, run: () => void): Cancel;
}

/** The longest wait that browsers know; a longer one would be over at once. */
const LONGEST = 2 ** 31 - 1;

/** The page's own clock. Globals are looked up at each call, so that a page's fake timers are honoured. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, Math.min(ms, LONGEST));
    return () => {
      clearTimeout(timer);
    };
  },
};

/** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
export function wait(clock: Clock, ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const done = (): void => {
      cancel();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const cancel = clock.after(ms, done);
    signal?.addEventListener('abort', done);
  });
}
