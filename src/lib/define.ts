/**
 * Registers a custom element once. A second copy of the script, or an older version on the same page,
 * keeps the first definition instead of throwing; without a DOM (server-side rendering) it does nothing.
 */
export function define(tagName: string, constructor: CustomElementConstructor): void {
  if (typeof customElements === 'undefined' || customElements.get(tagName)) return;
  customElements.define(tagName, constructor);
}
