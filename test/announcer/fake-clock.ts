import type { Clock } from '../../src/lib/clock.js';

/** Time that stands still until a test moves it. */
export class FakeClock implements Clock {
  private time = 0;
  private timers: { readonly due: number; readonly run: () => void }[] = [];

  /** Timers that have neither run nor been cancelled. */
  get pending(): number {
    return this.timers.length;
  }

  now(): number {
    return this.time;
  }

  monotonic(): number {
    return this.time;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Moves time on, running what falls due in order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (let next = this.nextBefore(end); next; next = this.nextBefore(end)) {
      this.time = next.due;
      const { run } = next;
      this.timers = this.timers.filter((timer) => timer !== next);
      run();
    }
    this.time = end;
  }

  private nextBefore(end: number): { readonly due: number; readonly run: () => void } | undefined {
    return this.timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due)[0];
  }
}
