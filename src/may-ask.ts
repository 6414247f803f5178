import type { Request } from './elements/request.js';

/** What may be asked for while the conversation is locked. */
const LOCKED: readonly Request['type'][] = ['toggle', 'hide', 'language', 'menu', 'unlock'];
/** What may be asked for before the person has agreed. */
const ASKING: readonly Request['type'][] = ['toggle', 'hide', 'language', 'menu', 'agree'];

/** Whether a request is for now: who cannot see the conversation cannot end it either. */
export function mayAsk({ type }: Request, asking: boolean, locked: boolean): boolean {
  if (asking) return ASKING.includes(type);
  return !locked || LOCKED.includes(type);
}
