import type { ConversationError } from '../conversation/error.js';
import type { Strings } from './strings.js';

/** The words for one error: what happened, and what to do about it. */
export interface WordedError {
  readonly what: string;
  readonly action: string;
  /** The attributes that whoever set up the page has to look at, where the sentences do not name them. */
  readonly look?: string;
}

/** Words an error for the person in front of the screen. Codes and server text never appear in it. */
export function errorText({ code, subject }: ConversationError, strings: Strings): WordedError {
  const text = strings.errors[code];
  const named = typeof text === 'function';
  const [what, action] = named ? text(subject ?? '') : text;
  return { what, action, ...(subject === undefined || named ? {} : { look: subject }) };
}
