import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { deepActiveElement } from '../lib/deep-active-element.js';

/** Safari before 17 and Firefox before 125 have no popovers; `position: fixed` and a z-index serve there. */
export const supportsPopover: boolean =
  typeof HTMLElement !== 'undefined' && 'popover' in HTMLElement.prototype;

/**
 * Keeps an element with `popover="manual"`, or a `<dialog>` as a modal one, in the browser's top layer while it
 * is shown: no transform, overflow or z-index of the page reaches it there.
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
    if (!this.host.isConnected) return;
    if (element instanceof HTMLDialogElement) showModal(element, this.shown());
    else if (supportsPopover && element?.popover === 'manual') {
      if (element.matches(':popover-open') !== this.shown()) element.togglePopover(this.shown());
    }
  }
}

function showModal(dialog: HTMLDialogElement, shown: boolean): void {
  if (dialog.matches(':modal') === shown) return;
  const focused = deepActiveElement(dialog.ownerDocument);
  // One that was moved in the page is open still, but modal no more.
  dialog.close();
  if (!shown) return;
  dialog.showModal();
  // The browser goes to the first control; somebody who was typing when the window changed goes on.
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
}
