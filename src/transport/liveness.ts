import type { Cancel, Clock } from '../lib/clock.js';

/** Silence within a turn that means the connection is dead (protocol §a, Watchdog). */
const TURN_SILENCE = 45_000;
/** What a ping may be late by, once the server is known to send them. */
const PING_GRACE = 10_000;
/** A longer gap was a sleep, not the server's habit. */
const LONGEST_GAP = 60_000;
/** A timer that comes this late was asleep or throttled: frames may be waiting to be delivered. */
const LATE = 1_000;
/** How long such frames get to arrive. */
const DRAIN = 3_000;

/**
 * Notices a connection that died without saying so. It measures silence on a clock that cannot jump, only
 * while silence means something: within a turn, or once pings have been seen. `bufferedAmount` and
 * `readyState` prove nothing over a dead link.
 */
export class Liveness {
  private lastSeen = 0;
  private lastPing: number | undefined;
  private pingGap: number | undefined;
  private inTurn = false;
  private cancel: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly dead: () => void,
  ) {}

  /** A new socket: nothing is known of its pings. */
  start(): void {
    this.lastPing = undefined;
    this.pingGap = undefined;
    this.inTurn = false;
    this.seen();
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  /** Any frame is a sign of life. */
  seen(): void {
    this.lastSeen = this.clock.monotonic();
    this.arm();
  }

  ping(): void {
    const now = this.clock.monotonic();
    if (this.lastPing !== undefined)
      this.pingGap = Math.min(LONGEST_GAP, Math.max(this.pingGap ?? 0, now - this.lastPing));
    this.lastPing = now;
    this.seen();
  }

  /** Whether a turn is under way. */
  turn(active: boolean): void {
    if (active === this.inTurn) return;
    this.inTurn = active;
    this.seen();
  }

  /** Judges at once, where a timer may have been throttled: before a send, and when the page is shown again. */
  check(): void {
    const limit = this.limit();
    if (limit !== undefined && this.clock.monotonic() - this.lastSeen >= limit) this.drain();
  }

  private limit(): number | undefined {
    const ping = this.pingGap === undefined ? undefined : this.pingGap + PING_GRACE;
    if (!this.inTurn) return ping;
    return Math.min(TURN_SILENCE, ping ?? TURN_SILENCE);
  }

  private arm(): void {
    const limit = this.limit();
    this.stop();
    if (limit === undefined) return;
    const due = this.lastSeen + limit;
    this.cancel = this.clock.after(due - this.clock.monotonic(), () => {
      if (this.clock.monotonic() - due > LATE) this.drain();
      else this.dead();
    });
  }

  private drain(): void {
    const before = this.lastSeen;
    this.stop();
    this.cancel = this.clock.after(DRAIN, () => {
      if (this.lastSeen === before) this.dead();
    });
  }
}
