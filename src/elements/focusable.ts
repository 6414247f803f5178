import { shadowRootOf } from '../lib/shadow-root.js';

const CANDIDATES =
  'a[href],button,input,select,textarea,summary,audio[controls],[contenteditable],[tabindex]';

/** What Tab stops at within an element, in order, through slots and shadow roots. */
export function tabStops(within: Element): HTMLElement[] {
  return [...flatTree(within)].filter(isTabStop);
}

function* flatTree(element: Element): Generator<Element> {
  yield element;
  for (const child of childrenAsShown(element)) yield* flatTree(child);
}

function childrenAsShown(element: Element): Iterable<Element> {
  if (element instanceof HTMLSlotElement) {
    const assigned = element.assignedElements();
    if (assigned.length > 0) return assigned;
  }
  return (shadowRootOf(element) ?? element).children;
}

function isTabStop(element: Element): element is HTMLElement {
  return (
    element instanceof HTMLElement &&
    element.matches(CANDIDATES) &&
    element.tabIndex >= 0 &&
    !element.matches(':disabled') &&
    element.getClientRects().length > 0 &&
    getComputedStyle(element).visibility === 'visible'
  );
}
