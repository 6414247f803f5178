/** Why a call failed. `http`: the platform answered with a status; `malformed`: with something else than it should. */
export type PlatformErrorCode = 'http' | 'network' | 'timeout' | 'malformed' | 'token';

/** What a {@link PlatformError} is made of. */
export interface PlatformFailure {
  readonly code: PlatformErrorCode;
  readonly status?: number | undefined;
  readonly detail?: unknown;
  readonly retryable?: boolean;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
}

/**
 * A call that did not succeed. Neither the message nor a field ever holds a token. An aborted call rejects with the
 * signal's own reason instead.
 */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
  readonly code: PlatformErrorCode;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;
  /** The answer's `detail`: a text, an object or a list (protocol §c, Errors). Not for patients' eyes. */
  readonly detail: unknown;
  /** Whether the same call may succeed later. After `network` and `timeout` it may have been carried out. */
  readonly retryable: boolean;
  /** The platform's id of the request, for its support. */
  readonly requestId: string | undefined;
  /** Seconds that the platform asks to wait. */
  readonly retryAfter: number | undefined;

  constructor(message: string, failure: PlatformFailure) {
    super(message);
    this.code = failure.code;
    this.status = failure.status ?? 0;
    this.detail = failure.detail;
    this.retryable = failure.retryable ?? false;
    this.requestId = failure.requestId;
    this.retryAfter = failure.retryAfter;
  }
}
