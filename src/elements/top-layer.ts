import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Safari before 17 and Firefox before 125 have no popovers; `position: fixed` and a z-index serve there. */
export const supportsPopover: boolean =
  typeof HTMLElement !== 'undefined' && 'popover' in HTMLElement.prototype;

/**
 * Keeps an element with `popover="manual"` in the browser's top layer while it is shown: no transform,
 * overflow or z-index of the page reaches it there.
 */
export class TopLayer implements ReactiveController {
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly element: () => HTMLElement | null,
    private readonly shown: () => boolean,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    // The browser takes a popover out of the top layer when its element leaves the page.
    if (this.element()) this.hostUpdated();
  }

  hostUpdated(): void {
    const element = this.element();
    if (!supportsPopover || !this.host.isConnected || element?.popover !== 'manual') return;
    if (element.matches(':popover-open') !== this.shown()) element.togglePopover(this.shown());
  }
}
