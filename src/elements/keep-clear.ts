import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Lets what is under a floating element be seen while it has the focus: a control of the page that lies wholly
 * beneath makes the host step back (attribute `away`) until the focus moves on (WCAG 2.4.11).
 */
export class KeepClear implements ReactiveController {
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly element: () => HTMLElement | null,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.listen('addEventListener');
  }

  hostDisconnected(): void {
    this.listen('removeEventListener');
    this.host.removeAttribute('away');
  }

  private listen(how: 'addEventListener' | 'removeEventListener'): void {
    // Capturing: a page that keeps focus events to itself is heard all the same.
    for (const type of ['focusin', 'focusout']) this.host.ownerDocument[how](type, this.look, true);
  }

  private readonly look = (event: Event): void => {
    const target = event.composedPath()[0];
    const foreign = target instanceof Element && !event.composedPath().includes(chatOf(this.host));
    this.host.toggleAttribute('away', event.type === 'focusin' && foreign && this.covers(target));
  };

  private covers(target: Element): boolean {
    const ours = this.element()?.getBoundingClientRect();
    const { left, top, right, bottom } = target.getBoundingClientRect();
    return (
      ours !== undefined &&
      left >= ours.left &&
      top >= ours.top &&
      right <= ours.right &&
      bottom <= ours.bottom
    );
  }
}

/** The widget that an element of ours belongs to; a closed root names no more of itself in events. */
function chatOf(element: Element): EventTarget {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host : element;
}
