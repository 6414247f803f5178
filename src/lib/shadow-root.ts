/**
 * The shadow root of an element, as far as it can be had: an open one from the element, and of a Lit element, such
 * as all of ours, a closed one too (dist/amigo-chat.closed.js).
 */
export function shadowRootOf(element: Element): ShadowRoot | null {
  const { renderRoot } = element as Partial<Record<'renderRoot', unknown>>;
  return renderRoot instanceof ShadowRoot ? renderRoot : element.shadowRoot;
}
