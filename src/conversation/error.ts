/**
 * Errors are data: they live in state, `i18n` words them, `<amigo-error-banner>` shows them and
 * `amigo-error` reports them. Exceptions are for programmers' mistakes only.
 */

/** Where an error came from. */
export type ErrorOrigin = 'configuration' | 'authentication' | 'connection' | 'decode' | 'send' | 'server';

export type ErrorSeverity = 'warning' | 'error' | 'fatal';

/** Every code the widget itself can report. Each has a plain sentence in `i18n`. */
export type ErrorCode =
  // configuration
  | 'missing-attribute'
  | 'invalid-attribute'
  | 'missing-token-source'
  | 'no-websocket'
  | 'blocked-by-policy'
  // authentication
  | 'token-failed'
  | 'token-timeout'
  | 'token-invalid'
  | 'signed-out'
  | 'origin-refused'
  | 'forbidden'
  // connection
  | 'could-not-connect'
  | 'connection-lost'
  | 'offline'
  | 'server-unavailable'
  | 'server-error'
  | 'too-many-connections'
  | 'open-elsewhere'
  | 'refused-request'
  | 'not-found'
  | 'conversation-not-found'
  | 'policy-violation'
  | 'closed-by-server'
  // decode
  | 'unreadable-frames'
  // send
  | 'message-blank'
  | 'message-too-long'
  | 'message-refused'
  // server (a turn that failed)
  | 'reply-failed'
  | 'reply-interrupted'
  | 'reply-timeout'
  | 'reply-too-long'
  | 'reply-delayed'
  | 'approval-failed'
  | 'history-unavailable';

/** One error, ready to be worded, shown and reported. Holds no text of the server or the person. */
export interface ConversationError {
  readonly origin: ErrorOrigin;
  readonly code: ErrorCode;
  readonly severity: ErrorSeverity;
  /** True where trying the same again may work, so that a retry is offered. */
  readonly retryable: boolean;
  /** The attribute or endpoint at fault, for the integrator's sentence. Never a value. */
  readonly subject?: string;
  /** The server's own code of a failed turn or the close code, for logs; never shown to a patient. */
  readonly detail?: string;
}

/** Builds an error with the usual severity: `error`, retryable unless said otherwise. */
export function conversationError(
  origin: ErrorOrigin,
  code: ErrorCode,
  rest: Partial<Omit<ConversationError, 'origin' | 'code'>> = {},
): ConversationError {
  return { origin, code, severity: 'error', retryable: true, ...rest };
}
