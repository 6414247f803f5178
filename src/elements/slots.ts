/**
 * Whether anything ends up in a slot. A slot of the outer element that is passed on counts as assigned
 * though it may be empty, so that a default inside `<slot>` would never show: put it beside the slot.
 */
export function isFilled(slot: HTMLSlotElement): boolean {
  return slot.assignedNodes({ flatten: true }).length > 0;
}
