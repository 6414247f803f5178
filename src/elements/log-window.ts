import type { TimelineItem } from '../conversation/state.js';

/** Items rendered at first, and added by each "Show earlier messages". */
export const WINDOW_SIZE = 60;

/**
 * Which part of a long conversation is rendered: its end, from {@link start} on. The window stays at the item
 * it starts with, so that nothing is taken away from somebody who reads back, and shows {@link WINDOW_SIZE}
 * items where there are as many.
 */
export class LogWindow {
  /** Index of the first item rendered. */
  start = 0;
  /** Everything is rendered, for printing. */
  whole = false;
  /** The item at `start`: the history may put others in front of it. */
  private firstId: string | undefined;

  /**
   * Places the window over the items.
   *
   * @param unwatched nobody would miss what is far above: it may be taken out of the page again
   */
  place(items: readonly TimelineItem[], unwatched: boolean): void {
    const latest = Math.max(0, items.length - WINDOW_SIZE);
    const { firstId } = this;
    const first = firstId === undefined ? -1 : items.findLastIndex((item) => item.id === firstId);
    this.start = first < 0 ? latest : Math.min(first, latest);
    if (unwatched && items.length - this.start > 2 * WINDOW_SIZE) this.start = latest;
    if (this.whole) this.start = 0;
    else this.firstId = items[this.start]?.id;
  }

  /** Lets the next {@link place} begin earlier. */
  extend(items: readonly TimelineItem[]): void {
    this.firstId = items[Math.max(0, this.start - WINDOW_SIZE)]?.id;
  }
}
