import type { ReactiveControllerHost } from 'lit';
import { AmigoUnreadChangeEvent } from './public-events.js';

/**
 * How many replies nobody has seen: those that came whole while the panel was closed, or while the person was
 * reading further up.
 */
export class Unread {
  count = 0;
  private following = true;

  /** @param visible whether the panel is on the screen */
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly visible: () => boolean,
  ) {
    host.addEventListener('amigo-message', ({ detail }) => {
      if (detail.role === 'agent' && !this.seen) this.set(this.count + 1);
    });
  }

  private get seen(): boolean {
    return this.visible() && this.following;
  }

  /** The newest message came into view, or went out of it. */
  follow(following: boolean): void {
    this.following = following;
    this.look();
  }

  /** Whatever is on the screen now has been seen. */
  look(): void {
    if (this.seen) this.clear();
  }

  clear(): void {
    this.set(0);
  }

  private set(count: number): void {
    if (count === this.count) return;
    this.count = count;
    this.host.requestUpdate();
    this.host.dispatchEvent(new AmigoUnreadChangeEvent({ count }));
  }
}
