import type { TimelineItem, Turn } from '../conversation/state.js';
import { formatDate } from '../i18n/formats.js';
import type { Strings } from '../i18n/strings.js';

/** Messages of one speaker further apart than this show their own name and time. */
const GROUP_GAP_MS = 5 * 60_000;

/** One line of the log. */
export interface LogRow {
  readonly item: TimelineItem;
  /** It is the first of its day among the rows. */
  readonly newDay: boolean;
  /** It is the first, or the last, of a run of messages by one speaker. */
  readonly groupStart: boolean;
  readonly groupEnd: boolean;
}

const dayOf = (at: number): string => new Date(at).toDateString();
const day = (item: TimelineItem): string => dayOf(item.at);

/** The name of a day: "Today", "Yesterday", or the whole date. Times are epoch milliseconds. */
export function dayName(at: number, now: number, strings: Strings, locale: string): string {
  if (dayOf(at) === dayOf(now)) return strings.today;
  // Noon of the day before, however long summer time makes a day.
  const yesterday = new Date(now).setHours(-12);
  return dayOf(at) === dayOf(yesterday) ? strings.yesterday : formatDate(locale, at);
}

function continues(before: TimelineItem | undefined, item: TimelineItem | undefined): boolean {
  if (!before || !item) return false;
  const close = Math.abs(item.at - before.at) <= GROUP_GAP_MS && day(item) === day(before);
  const told = (one: TimelineItem): boolean => one.kind === 'user' && one.event === true;
  return close && item.kind === before.kind && told(item) === told(before);
}

/** The items from `start` on, with what each needs to know of its neighbours. */
export function logRows(items: readonly TimelineItem[], start: number): LogRow[] {
  return items.slice(start).map((item, index, shown) => {
    const before = shown[index - 1];
    return {
      item,
      newDay: !before || day(before) !== day(item),
      groupStart: !continues(before, item),
      groupEnd: !continues(item, shown[index + 1]),
    };
  });
}

/**
 * The first reply that came since `before`. What the history adds above what was there is not new.
 */
export function firstNewReply(
  before: readonly TimelineItem[],
  items: readonly TimelineItem[],
): string | undefined {
  if (before.length === 0 || items.length <= before.length) return undefined;
  const known = new Set(before.map((item) => item.id));
  const oldest = items.findIndex((item) => known.has(item.id));
  return items.slice(oldest + 1).find((item) => item.kind === 'agent' && !known.has(item.id))?.id;
}

/** How many replies there are from this one on. */
export function repliesFrom(items: readonly TimelineItem[], id: string): number {
  const first = items.findLastIndex((item) => item.id === id);
  return first < 0 ? 0 : items.slice(first).filter((item) => item.kind === 'agent').length;
}

/** The message that the person just sent: newest of theirs, and waiting or on its way. */
export function lastSent(items: readonly TimelineItem[]): string | undefined {
  const last = items.findLast((item) => item.kind === 'user');
  return last && (last.status === 'queued' || last.status === 'sent') ? last.id : undefined;
}

/** Whether something more is to come before the person's turn. */
export function awaitsReply(turn: Turn | undefined): boolean {
  const { phase, stopped, notice } = turn ?? { phase: 'idle' };
  return phase === 'background' || ((phase === 'waiting' || notice !== undefined) && !stopped);
}
