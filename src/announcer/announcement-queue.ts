import type { Cancel, Clock } from '../lib/clock.js';
import type { Announcement, AnnounceOptions } from './announcement.js';

/** Screen readers drop changes that come together (LibreChat #3570): least time between two writes. */
const WRITE_GAP = 500;
/** NVDA drops what coincides with a focus change (Carbon's AriaAnnouncerManager). */
const FOCUS_GAP = 250;
/** A newer text with the same key has this long to take the place of an older one. */
const SETTLE = 100;

interface Waiting extends Announcement {
  readonly since: number;
  readonly tick: number;
}

/**
 * Decides what is said when: first in, first out, assertive texts ahead; one write at a time, never near
 * a focus change. Knows no DOM: the clock tells it of time, callbacks write and look at the focus.
 */
export class AnnouncementQueue {
  private waiting: Waiting[] = [];
  private tick = 0;
  private lastWrite = -Infinity;
  private lastFocus = -Infinity;
  private readonly lastByKey = new Map<string, number>();
  private cancel: Cancel | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly write: (text: string, priority: 'polite' | 'assertive') => void,
    /** True when the focus has moved since the last time it was asked. */
    private readonly focusMoved: () => boolean,
  ) {}

  add(text: string, options: AnnounceOptions = {}): void {
    const item: Waiting = { ...options, text, since: this.clock.monotonic(), tick: this.tick };
    const same = this.waiting.findIndex(({ key }) => key !== undefined && key === options.key);
    const older = this.waiting[same];
    // The older one's time counts: a text that keeps changing must still be said.
    if (older) this.waiting[same] = { ...item, since: older.since };
    else this.append(item);
    this.lookAtFocus();
    this.schedule();
  }

  /** Forgets what waits and stops the timer. */
  clear(): void {
    this.waiting = [];
    this.cancel?.();
    this.cancel = undefined;
  }

  /** Texts of one tick become one write; the same text twice in it is said once. */
  private append(item: Waiting): void {
    queueMicrotask(() => {
      this.tick = item.tick + 1;
    });
    const last = this.waiting.at(-1);
    const joins = last?.tick === item.tick && !last.key && !item.key && last.priority === item.priority;
    if (!joins) this.waiting.push(item);
    else if (last.text !== item.text) {
      this.waiting[this.waiting.length - 1] = { ...last, text: `${last.text} ${item.text}` };
    }
  }

  private schedule(): void {
    this.cancel?.();
    this.cancel = undefined;
    const next = this.next();
    if (!next) return;
    this.cancel = this.clock.after(Math.max(0, this.due(next) - this.clock.monotonic()), this.flush);
  }

  private readonly flush = (): void => {
    this.cancel = undefined;
    this.lookAtFocus();
    const next = this.next();
    if (next && this.due(next) <= this.clock.monotonic()) this.say(next);
    this.schedule();
  };

  private say(item: Waiting): void {
    this.waiting = this.waiting.filter((other) => other !== item);
    this.lastWrite = this.clock.monotonic();
    if (item.key !== undefined && item.spacing) this.lastByKey.set(item.key, this.lastWrite);
    this.write(item.text, item.priority ?? 'polite');
  }

  private lookAtFocus(): void {
    if (this.focusMoved()) this.lastFocus = this.clock.monotonic();
  }

  /** The next in line. One that has to keep its distance from its own key holds nobody else up. */
  private next(): Waiting | undefined {
    const now = this.clock.monotonic();
    const free = this.waiting.filter((item) => this.keyDue(item) <= now);
    const assertive = free.find(({ priority }) => priority === 'assertive');
    return assertive ?? free[0] ?? [...this.waiting].sort((a, b) => this.keyDue(a) - this.keyDue(b))[0];
  }

  private keyDue({ key, spacing = 0 }: Waiting): number {
    return key === undefined ? -Infinity : (this.lastByKey.get(key) ?? -Infinity) + spacing;
  }

  private due(item: Waiting): number {
    const gap = item.key === undefined ? Math.max(WRITE_GAP, item.spacing ?? 0) : WRITE_GAP;
    return Math.max(item.since + SETTLE, this.lastWrite + gap, this.lastFocus + FOCUS_GAP, this.keyDue(item));
  }
}
