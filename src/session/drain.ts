import type { Cancel, Clock } from '../lib/clock.js';
import type { Disposer } from '../lib/disposer.js';

/** How long a stream may stay open once its turn has ended (protocol C13). */
const PATIENCE = 1_000;

/** Lets a stream whose turn is over run out, for a moment. */
export class Drain {
  private end: Cancel = () => undefined;

  constructor(private readonly clock: Clock) {}

  begin(stream: AbortController, lifetime: Disposer): void {
    this.end();
    const cancel = lifetime.add(
      this.clock.after(PATIENCE, () => {
        stream.abort();
      }),
    );
    this.end = () => {
      cancel();
      stream.abort();
    };
  }

  /** It has had its time. */
  stop(): void {
    this.end();
  }
}
