import { css, html, LitElement, type CSSResultGroup } from 'lit';
import { queryAll } from 'lit/decorators.js';
import { systemClock, type Cancel, type Clock } from '../lib/clock.js';
import { deepActiveElement } from '../lib/deep-active-element.js';
import { define } from '../lib/define.js';
import type { AnnounceOptions } from './announcement.js';
import { AnnouncementQueue } from './announcement-queue.js';

/** BotFramework-WebChat: entries removed after 100 ms were lost, after 1 s they were not. */
const CLEAR_AFTER = 1000;

/**
 * Says things to screen readers, and shows nothing. Its live regions are in the page, empty, before
 * anything is to be said; polite texts go around three of them, each text as a node of its own that is
 * appended and later removed, never replaced.
 *
 * It belongs outside whatever may be hidden, so that it speaks while the panel is closed.
 *
 * @summary The live regions of the widget and the queue in front of them.
 */
export class AmigoAnnouncer extends LitElement {
  static override styles: CSSResultGroup = css`
    :host {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
      white-space: nowrap;
    }
  `;

  @queryAll('[aria-live]') private readonly regions!: NodeListOf<HTMLElement>;

  /** Where time comes from. Set it before the element is connected. */
  clock: Clock = systemClock;

  private queue: AnnouncementQueue | undefined;
  private readonly clears = new Map<HTMLElement, Cancel>();
  private turn = 0;
  /** Held weakly: what had the focus may hold the words of somebody who has signed out since. */
  private focused: WeakRef<Element> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.queue = new AnnouncementQueue(this.clock, this.write, this.focusMoved);
    this.focusMoved();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.clear();
    this.queue = undefined;
  }

  /** Takes back what waits to be said, and what was said but is still in the page. */
  clear(): void {
    this.queue?.clear();
    for (const [node, cancel] of this.clears) {
      cancel();
      node.remove();
    }
    this.clears.clear();
  }

  /** Puts a text in the queue. Nothing is said while the element is not in a page. */
  announce(text: string, options?: AnnounceOptions): void {
    if (text) this.queue?.add(text, options);
  }

  override render(): unknown {
    return html`
      <div aria-live="polite"></div>
      <div aria-live="polite"></div>
      <div aria-live="polite"></div>
      <div aria-live="assertive"></div>
    `;
  }

  private readonly write = (text: string, priority: 'polite' | 'assertive'): void => {
    const region = this.regions[priority === 'assertive' ? 3 : this.turn++ % 3];
    if (!region) return;
    const node = document.createElement('div');
    node.textContent = text;
    region.append(node);
    const cancel = this.clock.after(CLEAR_AFTER, () => {
      this.clears.delete(node);
      node.remove();
    });
    this.clears.set(node, cancel);
  };

  /** Focus events that stay inside a shadow root are not heard outside it: the focus itself is looked at. */
  private readonly focusMoved = (): boolean => {
    const before = this.focused?.deref() ?? null;
    const now = this.deepFocus();
    this.focused = now ? new WeakRef(now) : undefined;
    return now !== before;
  };

  private deepFocus(): Element | null {
    const root = this.getRootNode();
    // A closed root is not seen into from the document, only from inside.
    const inside = root instanceof ShadowRoot && root.activeElement ? root : this.ownerDocument;
    return deepActiveElement(inside);
  }
}

define('amigo-announcer', AmigoAnnouncer);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-announcer': AmigoAnnouncer;
  }
}
