import type { ConversationError } from '../conversation/error.js';
import type { Strings } from './strings.js';

/** The words for one error: what happened, and what to do about it. */
export interface WordedError {
  readonly what: string;
  readonly action: string;
}

/** Words an error for the person in front of the screen. Codes and server text never appear in it. */
export function errorText(error: ConversationError, strings: Strings): WordedError {
  const text = strings.errors[error.code];
  const [what, action] = typeof text === 'function' ? text(error.subject ?? '') : text;
  return { what, action };
}
