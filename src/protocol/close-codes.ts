import { conversationError } from '../conversation/error.js';
import type { ConversationError } from '../conversation/error.js';

/**
 * What a closed socket means for the next try (protocol §a, close codes).
 *
 * - `end`: over, and meant to be.
 * - `retry`: exponential, jittered. `slow`: the same, never sooner than 5 s.
 * - `retry-once`, `retry-twice`: retry, then `fatal`.
 * - `reauthenticate`: a fresh token and one more try, then `fatal`.
 * - `forget-conversation`: the id that was sent is dead; one try without, then `fatal`.
 * - `fatal`: stop, and say why.
 */
export type CloseClass =
  | 'end'
  | 'retry'
  | 'slow'
  | 'retry-once'
  | 'retry-twice'
  | 'reauthenticate'
  | 'forget-conversation'
  | 'fatal';

export interface CloseMeaning {
  readonly class: CloseClass;
  readonly error: ConversationError;
}

const connection = (code: Parameters<typeof conversationError>[1], closeCode: number): ConversationError =>
  conversationError('connection', code, { detail: String(closeCode) });

const fatal = (error: ConversationError): ConversationError => ({
  ...error,
  severity: 'fatal',
  retryable: false,
});

/** Every code once. A row: the class, and what a person is told when it comes to that. */
const table: Readonly<Record<number, readonly [CloseClass, Parameters<typeof conversationError>[1]]>> = {
  1000: ['end', 'closed-by-server'],
  1001: ['retry', 'connection-lost'],
  1002: ['fatal', 'refused-request'],
  1003: ['fatal', 'refused-request'],
  1006: ['retry', 'connection-lost'],
  1007: ['fatal', 'refused-request'],
  1008: ['fatal', 'policy-violation'],
  1009: ['fatal', 'refused-request'],
  1011: ['retry-twice', 'server-error'],
  1012: ['retry', 'server-unavailable'],
  1013: ['slow', 'server-unavailable'],
  3003: ['fatal', 'forbidden'],
  4000: ['fatal', 'refused-request'],
  4001: ['reauthenticate', 'signed-out'],
  4003: ['fatal', 'forbidden'],
  4004: ['fatal', 'not-found'],
  4029: ['slow', 'too-many-connections'],
  4100: ['reauthenticate', 'signed-out'],
  4200: ['retry-once', 'server-error'],
  4400: ['forget-conversation', 'conversation-not-found'],
  4403: ['reauthenticate', 'origin-refused'],
  4404: ['forget-conversation', 'conversation-not-found'],
  4409: ['slow', 'open-elsewhere'],
  4503: ['retry', 'server-unavailable'],
};

/** Our own codes: a page may pass only 1000 or 3000–4999 to `close()`, and never 4001. */
export const OWN_CLOSE = { normal: 1000, liveness: 4900, pagehide: 4901, unreadable: 4902 } as const;

/**
 * The meaning of a close code. `sentConversationId` says whether this connect named a conversation: 4004 may
 * then mean that one, and is worth one try without it.
 */
export function closeMeaning(code: number, sentConversationId: boolean): CloseMeaning {
  const [listed, errorCode] = table[code] ?? fallback(code);
  const named = listed === 'forget-conversation' || code === 4004;
  const closeClass = named ? (sentConversationId ? 'forget-conversation' : 'fatal') : listed;
  const error = connection(errorCode, code);
  return { class: closeClass, error: closeClass === 'fatal' ? fatal(error) : error };
}

function fallback(code: number): readonly [CloseClass, Parameters<typeof conversationError>[1]] {
  return code >= 4000 && code <= 4499 ? ['fatal', 'refused-request'] : ['retry', 'connection-lost'];
}
