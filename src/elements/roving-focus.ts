import { shadowRootOf } from '../lib/shadow-root.js';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isTab } from '../lib/is-tab.js';

/** What the arrow keys stop at. */
export interface FocusStop extends HTMLElement {
  /** Moves the focus to the first control inside; false where there is none. */
  enter?(): boolean;
}

/**
 * One Tab stop for a whole log: the region takes the focus, ↑ ↓ Home End move between its items, Enter goes
 * into an item's controls. While the focus is on an item the region is no stop, so that Shift+Tab leaves.
 */
export class RovingFocus implements ReactiveController {
  private current: FocusStop | undefined;

  /**
   * @param region the focusable region
   * @param items what the arrows move between, in order
   */
  constructor(
    host: ReactiveControllerHost,
    private readonly region: () => HTMLElement | null,
    private readonly items: () => readonly FocusStop[],
  ) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.current = undefined;
  }

  /** Focuses an item without scrolling more than needed. */
  focus(item: FocusStop | undefined, options?: FocusOptions): void {
    this.current = item;
    item?.focus(options);
  }

  /** Handles a key pressed in the region; true where it did something. */
  key(event: KeyboardEvent): boolean {
    const items = this.items();
    // Inside a control the keys are the control's: a scrolling table, a link.
    const onItem = items.find((item) => item === event.target && !shadowRootOf(item)?.activeElement);
    if (!onItem && event.target !== this.region()) return false;
    if (event.key === 'Enter') return onItem?.enter?.() ?? false;
    if (isTab(event)) this.skipControls(onItem);
    const next = this.target(event.key, items, onItem);
    if (next) this.focus(next);
    return next !== undefined;
  }

  /** The region is a Tab stop only while the focus is outside its items. */
  moved(event: FocusEvent): void {
    const region = this.region();
    const into = event.type === 'focusin' ? event.target : event.relatedTarget;
    const inside = into instanceof Node && into !== region && region?.contains(into) === true;
    if (region) region.tabIndex = inside ? -1 : 0;
    // A line whose controls were entered leaves the Tab order with the focus.
    for (const item of this.items()) if (item !== into) item.tabIndex = -1;
    if (inside) this.current = this.items().find((item) => item === into) ?? this.current;
  }

  /**
   * From a focused item, Tab would go on into its shadow tree, and in WebKit Shift+Tab into that of the item before;
   * from the region they go on behind the log and before it.
   */
  private skipControls(onItem: FocusStop | undefined): void {
    if (onItem && onItem.tabIndex < 0) this.region()?.focus({ preventScroll: true });
  }

  private target(
    key: string,
    items: readonly FocusStop[],
    onItem: FocusStop | undefined,
  ): FocusStop | undefined {
    // Coming back, the arrows go on from where they were; the first time from the newest message.
    const start = this.current ? items.indexOf(this.current) : -1;
    const index = onItem ? items.indexOf(onItem) : start;
    switch (key) {
      case 'ArrowUp':
      case 'ArrowDown': {
        if (!onItem) return items[index] ?? items.at(-1);
        return items[index + (key === 'ArrowUp' ? -1 : 1)] ?? onItem;
      }
      case 'Home':
        return items[0];
      case 'End':
        return items.at(-1);
      default:
        return undefined;
    }
  }
}
