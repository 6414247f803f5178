import type { Cancel, Clock } from './lib/clock.js';

/** How long the warning stands before the end; WCAG 2.2.1 asks for 20 s. */
const WARNING = 30_000;
/** The shortest limit: as long before the warning as after it. */
const SHORTEST = 2 * WARNING;
/** A timer this late means that the machine slept. In tabs that browsers slow down it is late by a minute at most. */
const SLEPT = 90_000;

export interface FinishObserver {
  /** The end is near (true), or somebody is there after all (false). True again where it is to be said anew. */
  warn(on: boolean): void;
  /** Nobody was there for as long as is allowed, and nobody took up the warning. */
  finish(): void;
}

/**
 * Counts the time that a conversation is left alone. It never ends one that was not warned of: where the machine
 * slept through the warning, the warning stands anew. States, with what leads from one to the next:
 *
 * ```
 *        start()               limit − 30 s              30 s
 *  off ──────────▶ watching ────────────────▶ warned ──────────▶ off, finish()
 *   ▲               │    ▲                     │   ▲ │
 *   └──── stop() ───┘    └────── touch() ──────┘   └─┘ slept
 * ```
 *
 * It owns its only timer. Like {@link IdleWatch} it goes by wall time and looks once per stretch of time, instead of
 * moving a timer with every key; but what that one hides can be shown again, and what this one ends cannot go on.
 */
export class FinishWatch {
  private limit = 0;
  private last = 0;
  private due = 0;
  private warned = false;
  private timer: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly observer: FinishObserver,
  ) {}

  /** Watches, or goes on watching, with a limit in milliseconds: a minute at least. */
  start(limit: number): void {
    const watching = this.timer !== undefined && this.limit === Math.max(limit, SHORTEST);
    if (watching) return;
    this.limit = Math.max(limit, SHORTEST);
    this.timer?.();
    this.last = this.clock.now();
    this.warn(false);
    this.wait(this.limit - WARNING);
  }

  stop(): void {
    this.timer?.();
    this.timer = undefined;
    this.warn(false);
  }

  /** Somebody is there. */
  touch(): void {
    this.last = this.clock.now();
    if (!this.warned) return;
    this.warn(false);
    this.timer?.();
    this.wait(this.limit - WARNING);
  }

  private wait(ms: number): void {
    this.due = this.clock.now() + ms;
    this.timer = this.clock.after(ms, () => {
      this.look();
    });
  }

  private look(): void {
    const left = this.last + this.limit - WARNING - this.clock.now();
    if (!this.warned && left > 0) {
      // A computer's clock may have been set back meanwhile.
      this.wait(Math.min(left, this.limit));
    } else if (!this.warned || this.clock.now() - this.due > SLEPT) {
      this.warned = true;
      this.observer.warn(true);
      this.wait(WARNING);
    } else {
      this.stop();
      this.observer.finish();
    }
  }

  private warn(on: boolean): void {
    if (on === this.warned) return;
    this.warned = on;
    this.observer.warn(on);
  }
}
