import { shadowRootOf } from './shadow-root.js';

/** The focused element itself, through shadow roots; in one that is closed to us its host is all that shows. */
export function deepActiveElement(root: DocumentOrShadowRoot): Element | null {
  let active = root.activeElement;
  for (let next = active; next; next = shadowRootOf(next)?.activeElement ?? null) active = next;
  return active;
}

/**
 * Whether the focus is in an element, in its shadow tree, or in what it slots. Not by `:focus-within`, which Chromium
 * denies for what stands in the top layer.
 */
export function hasFocus(element: Element): boolean {
  const { activeElement } = element.getRootNode() as Document | ShadowRoot;
  return element.contains(activeElement);
}
