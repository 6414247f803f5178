import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { shadowRootOf } from '../lib/shadow-root.js';

/**
 * A control that goes away would take the focus along, to the top of the page: told of it, somebody can move the
 * focus to where the person goes on.
 */
export class FocusKeeper implements ReactiveController {
  private focused: Element | null | undefined;

  /** @param lost called after an update that took what had the focus out of the host's shadow tree */
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly lost: () => void,
  ) {
    host.addController(this);
  }

  hostUpdate(): void {
    this.focused = shadowRootOf(this.host)?.activeElement;
  }

  hostUpdated(): void {
    if (this.focused?.isConnected === false && !shadowRootOf(this.host)?.activeElement) this.lost();
  }
}
