import { conversationError } from '../conversation/error.js';
import type { ConversationError } from '../conversation/error.js';
import { closeMeaning } from '../protocol/close-codes.js';
import type { CloseClass } from '../protocol/close-codes.js';
import type { Refusal, RefusalKind } from '../protocol/http.js';
import { SLOW_FLOOR, backoffDelay } from '../transport/backoff.js';
import type { Random } from '../transport/backoff.js';

/** What to do after a close, and what to tell the person meanwhile. */
export type Decision =
  | {
      readonly next: 'retry';
      readonly delay: number;
      readonly error: ConversationError;
      /** The conversation id that was sent is of no use any more. */
      readonly forgetConversation: boolean;
    }
  | { readonly next: 'end' }
  | { readonly next: 'fail'; readonly error: ConversationError }
  | { readonly next: 'reauthenticate'; readonly error: ConversationError };

/** Failures in a row after which the widget says plainly that it cannot connect. */
export const PATIENCE = 10;
/** Handshakes in a row that failed after which it says so too: something stands between. */
const HANDSHAKE_PATIENCE = 3;
/** From this failed handshake on a refused token is suspected behind a bare 1006. */
const SUSPECT_TOKEN = 2;

const LIMITS: Partial<Record<CloseClass, number>> = {
  'retry-once': 1,
  'retry-twice': 2,
  reauthenticate: 1,
  'forget-conversation': 1,
};

/**
 * An HTTP refusal on connecting means what this close code means. 401 was answered with a fresh token before it
 * got here, and what is unreadable is no platform at all.
 */
const AS_CLOSE: Readonly<Record<Exclude<RefusalKind, 'signed-out' | 'unreadable'>, number>> = {
  unreachable: 1006,
  unsent: 1006,
  forbidden: 4003,
  missing: 4004,
  busy: 1013,
  closed: 1013,
  'too-many': 4029,
  failed: 4503,
  invalid: 4000,
};

/**
 * Counts failures and decides, and nothing else: no timer, no socket. The counts start anew once a session has
 * proved healthy, or somebody asked to try again ({@link startAnew}); what retries never gives up by itself.
 */
export class RetryPolicy {
  private failures = 0;
  private handshakes = 0;
  private tokenRefused = false;
  private readonly spent = new Map<CloseClass, number>();

  constructor(private readonly random: Random) {}

  /** Tries in a row that failed. */
  get attempt(): number {
    return this.failures;
  }

  /** Whether the next token has to be a better one than the last. */
  get suspectsToken(): boolean {
    return this.tokenRefused || this.handshakes >= SUSPECT_TOKEN;
  }

  /** A session has been open long enough to count as one, or the person asked for another attempt. */
  startAnew(): void {
    this.failures = 0;
    this.handshakes = 0;
    this.tokenRefused = false;
    this.spent.clear();
  }

  /** A socket closed, or never opened. */
  closed(code: number, wasOpen: boolean, sentConversationId: boolean): Decision {
    const { class: closeClass, error } = closeMeaning(code, sentConversationId);
    if (closeClass === 'end') return { next: 'end' };
    if (closeClass === 'fatal') return { next: 'fail', error };
    this.handshakes = wasOpen ? 0 : this.handshakes + 1;
    if (closeClass === 'reauthenticate') this.tokenRefused = true;
    const limit = LIMITS[closeClass];
    const spent = this.spent.get(closeClass) ?? 0;
    this.spent.set(closeClass, spent + 1);
    if (limit !== undefined && spent >= limit) return exhausted(closeClass, error);
    return this.retry(closeClass, error);
  }

  /** A conversation could not be opened over HTTP. */
  refused({ kind, status, retryAfter = 0 }: Refusal, sentConversationId: boolean): Decision {
    const detail = String(status);
    if (kind === 'signed-out') {
      const error = conversationError('authentication', 'signed-out', { retryable: false, detail });
      return { next: 'reauthenticate', error };
    }
    if (kind === 'unreadable') {
      const rest = { severity: 'fatal', retryable: false, detail } as const;
      return { next: 'fail', error: conversationError('configuration', 'invalid-attribute', rest) };
    }
    const decision = this.closed(AS_CLOSE[kind], kind !== 'unreachable', sentConversationId);
    if (decision.next === 'end') return decision;
    const error = { ...decision.error, detail };
    return decision.next === 'retry'
      ? { ...decision, error, delay: Math.max(decision.delay, retryAfter) }
      : { ...decision, error };
  }

  /** No token could be had: tried again like a lost connection. */
  tokenFailed(error: ConversationError): Decision {
    return error.retryable ? this.retry('retry', error) : { next: 'reauthenticate', error };
  }

  private retry(closeClass: CloseClass, error: ConversationError): Decision {
    const jittered = backoffDelay(this.failures, this.random);
    this.failures += 1;
    return {
      next: 'retry',
      delay: closeClass === 'slow' ? Math.max(SLOW_FLOOR, jittered) : jittered,
      error: this.worded(error),
      forgetConversation: closeClass === 'forget-conversation',
    };
  }

  /** Passing trouble is a warning; trouble that stays is said plainly. */
  private worded(error: ConversationError): ConversationError {
    const persistent = this.failures >= PATIENCE || this.handshakes >= HANDSHAKE_PATIENCE;
    if (!persistent) return { ...error, severity: 'warning' };
    if (error.code !== 'connection-lost') return error;
    return conversationError('connection', 'could-not-connect', error.detail ? { detail: error.detail } : {});
  }
}

function exhausted(closeClass: CloseClass, error: ConversationError): Decision {
  if (closeClass === 'reauthenticate' && error.code === 'signed-out') {
    return { next: 'reauthenticate', error: { ...error, origin: 'authentication', retryable: false } };
  }
  // A server that keeps failing may be asked again by hand; a refusal stays one.
  const byHand = closeClass === 'retry-once' || closeClass === 'retry-twice';
  return { next: 'fail', error: { ...error, severity: 'fatal', retryable: byHand } };
}
