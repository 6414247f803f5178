import { shadowRootOf } from './shadow-root.js';

/** The focused element itself, through shadow roots; in one that is closed to us its host is all that shows. */
export function deepActiveElement(root: DocumentOrShadowRoot): Element | null {
  let active = root.activeElement;
  for (let next = active; next; next = shadowRootOf(next)?.activeElement ?? null) active = next;
  return active;
}
