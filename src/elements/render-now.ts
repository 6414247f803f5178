import { ReactiveElement } from 'lit';

/**
 * Renders an element, and what is new inside it, without waiting for the microtask that Lit would take: a page
 * that calls `print()` prints what stands there when the listeners of `beforeprint` return.
 */
export function renderNow(element: ReactiveElement): void {
  element['performUpdate']();
  for (const inner of element.renderRoot.querySelectorAll('*'))
    if (inner instanceof ReactiveElement && inner.isUpdatePending) renderNow(inner);
}
