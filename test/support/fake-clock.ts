import type { Cancel, Clock } from '../../src/lib/clock.js';

interface Timer {
  readonly due: number;
  readonly run: () => void;
}

/** Time that stands still until a test moves it. Wall time and monotonic time can drift apart. */
export class FakeClock implements Clock {
  private time = 0;
  private wallOffset = Date.UTC(2026, 0, 5, 9);
  private timers: Timer[] = [];

  /** Timers that have neither run nor been cancelled. */
  get pending(): number {
    return this.timers.length;
  }

  now(): number {
    return this.wallOffset + this.time;
  }

  monotonic(): number {
    return this.time;
  }

  after(ms: number, run: () => void): Cancel {
    const timer = { due: this.time + ms, run };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter((other) => other !== timer);
    };
  }

  /** Moves time on, running what falls due in order. */
  advance(ms: number): void {
    const end = this.time + ms;
    for (let next = this.dueBy(end); next; next = this.dueBy(end)) {
      this.time = Math.max(this.time, next.due);
      this.run(next);
    }
    this.time = end;
  }

  /** The same, with promises settled before, between and after the timers. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (let next = this.dueBy(end); next; next = this.dueBy(end)) {
      this.time = Math.max(this.time, next.due);
      this.run(next);
      await settle();
    }
    this.time = end;
  }

  /** The machine sleeps: time passes, and what fell due runs late, on waking. */
  sleep(ms: number): void {
    this.time += ms;
    this.advance(0);
  }

  /** Somebody sets the computer's clock. */
  setWallClockBy(ms: number): void {
    this.wallOffset += ms;
  }

  private run(timer: Timer): void {
    this.timers = this.timers.filter((other) => other !== timer);
    timer.run();
  }

  private dueBy(end: number): Timer | undefined {
    return this.timers.filter(({ due }) => due <= end).sort((one, other) => one.due - other.due)[0];
  }
}

/** Lets promises that are already settled run their course. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}
