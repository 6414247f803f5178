import type { Cancel, Clock } from './lib/clock.js';

/** The warning comes this long before the limit; WCAG 2.2.1 asks for 20 s. */
const WARNING = 30_000;

export interface IdleObserver {
  /** The limit is near (true), or the person is there after all (false). */
  warn(on: boolean): void;
  /** Nobody has been there for as long as is allowed. */
  fall(): void;
}

/**
 * Notices that nobody is there any more. It goes by wall time, so that a machine that slept has not stood
 * still, and looks once per stretch of time instead of moving a timer with every key.
 */
export class IdleWatch {
  private limit = 0;
  private last = 0;
  private warned = false;
  private timer: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly observer: IdleObserver,
  ) {}

  /** Begins to watch, with a limit in milliseconds. A limit below the warning's time is as long as that. */
  start(limit: number): void {
    this.stop();
    this.limit = Math.max(limit, WARNING);
    this.touch();
    this.check();
  }

  stop(): void {
    this.timer?.();
    this.timer = undefined;
    this.limit = 0;
    this.warn(false);
  }

  /** Somebody is there. */
  touch(): void {
    this.last = this.clock.now();
    if (this.warned) this.check();
  }

  /** Looks now: after a sleep the timer is late. */
  check(): void {
    this.timer?.();
    this.timer = undefined;
    if (this.limit === 0) return;
    const left = this.last + this.limit - this.clock.now();
    this.warn(left > 0 && left <= WARNING && this.limit > WARNING);
    if (left <= 0) {
      this.last = this.clock.now();
      this.observer.fall();
    } else
      this.timer = this.clock.after(left > WARNING ? left - WARNING : left, () => {
        this.check();
      });
  }

  private warn(on: boolean): void {
    if (on === this.warned) return;
    this.warned = on;
    this.observer.warn(on);
  }
}
