import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Pixels from the end within which somebody who scrolls down counts as having arrived. */
const ARRIVED_WITHIN = 24;

/** Safari keeps no line in place by itself when something above it changes. */
const anchors = (): boolean => CSS.supports('overflow-anchor', 'auto');

/** Pixels between what is in view and the end. */
function gapOf({ scrollHeight, clientHeight, scrollTop }: HTMLElement): number {
  return scrollHeight - clientHeight - scrollTop;
}

/**
 * Keeps the end of a growing log in view for as long as the reader is there, and never moves a reader who
 * scrolled back.
 *
 * A reader leaves by scrolling up, and by nothing else: content that grows between our scrolling and the
 * browser's `scroll` event leaves a gap below as well, and must not pass for a reader who left. Owns one
 * `scroll` listener and one `ResizeObserver` while the host is connected.
 */
export class ScrollFollow implements ReactiveController {
  /** Whether the end is in view and kept there. */
  following = true;
  private scroller: HTMLElement | null = null;
  private observer: ResizeObserver | undefined;
  private lastTop = 0;
  private held: { readonly line: Element; readonly top: number } | undefined;

  /**
   * @param find the scroll container; its first child element holds the content
   * @param changed called when `following` changes
   */
  constructor(
    host: ReactiveControllerHost,
    private readonly find: () => HTMLElement | null,
    private readonly changed: () => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.attach();
  }

  hostUpdated(): void {
    // The container exists from the first update on.
    this.attach();
    // A line that went may have moved the end up, and the view with it: nobody scrolled.
    const { scroller } = this;
    if (this.following && scroller?.clientHeight && gapOf(scroller) <= 1) this.lastTop = scroller.scrollTop;
  }

  hostDisconnected(): void {
    this.scroller?.removeEventListener('scroll', this.onScroll);
    this.observer?.disconnect();
    this.observer = undefined;
  }

  /** Goes to the end and stays there. */
  follow(): void {
    this.set(true);
    this.toEnd();
  }

  /** Holds a line where it is on the screen while the reader has content put in above or below it. */
  hold(line: Element): void {
    this.held = { line, top: line.getBoundingClientRect().top };
    this.set(false);
  }

  /** Brings a line to the top of the view, without scrolling the page around the log. */
  reveal(line: Element): void {
    if (!this.scroller) return;
    const margin = Number.parseFloat(getComputedStyle(this.scroller).scrollPaddingTop) || 0;
    const top = this.scroller.getBoundingClientRect().top + margin;
    this.scroller.scrollTop += line.getBoundingClientRect().top - top;
  }

  private attach(): void {
    if (this.observer) return;
    this.scroller = this.find();
    if (!this.scroller) return;
    this.scroller.addEventListener('scroll', this.onScroll, { passive: true });
    this.observer = new ResizeObserver(this.onResize);
    this.observer.observe(this.scroller);
    if (this.scroller.firstElementChild) this.observer.observe(this.scroller.firstElementChild);
  }

  private readonly onResize = (): void => {
    // A panel that is hidden has no size, and keeps its place.
    if (!this.scroller?.clientHeight) return;
    if (this.following) this.toEnd();
    else this.stay(this.scroller);
    this.held = undefined;
    this.anchor();
  };

  private readonly onScroll = (): void => {
    if (!this.scroller?.clientHeight) return;
    const { scrollTop } = this.scroller;
    const gap = gapOf(this.scroller);
    const up = scrollTop < this.lastTop;
    this.lastTop = scrollTop;
    this.set(up ? gap <= 1 : this.following || gap <= ARRIVED_WITHIN);
    if (this.following && gap > 1) this.toEnd();
    this.anchor();
  };

  /** Where the browser does not: holds the first line in view, until the next change or scroll. */
  private anchor(): void {
    if (anchors() || this.following || !this.scroller) return;
    const { top } = this.scroller.getBoundingClientRect();
    const lines = [...(this.scroller.firstElementChild?.children ?? [])];
    const line = lines.find((candidate) => candidate.getBoundingClientRect().bottom > top);
    this.held = line && { line, top: line.getBoundingClientRect().top };
  }

  /** The reader's place, after what is around it has changed. */
  private stay(scroller: HTMLElement): void {
    // Zero where the browser anchors by itself; none does at the very top, nor does Safari anywhere.
    const moved = this.held?.line.isConnected
      ? this.held.line.getBoundingClientRect().top - this.held.top
      : 0;
    if (moved) scroller.scrollTop += moved;
    // Some browsers lose the place of what was hidden meanwhile.
    else if (scroller.scrollTop === 0) scroller.scrollTop = this.lastTop;
    if (gapOf(scroller) <= 1) this.set(true);
  }

  private toEnd(): void {
    if (!this.scroller) return;
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.lastTop = this.scroller.scrollTop;
  }

  private set(following: boolean): void {
    if (following === this.following) return;
    this.following = following;
    this.changed();
  }
}
