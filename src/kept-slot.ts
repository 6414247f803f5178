/** Where `history="session"` keeps a conversation: one per tab, in the tab's own `sessionStorage`. */
export const KEPT_SLOT = 'amigo-chat';

/** Nothing of any conversation is kept in this tab after this. */
export function forgetKept(): void {
  try {
    sessionStorage.removeItem(KEPT_SLOT);
  } catch {
    // A storage that may not be used holds nothing.
  }
}
