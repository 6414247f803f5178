import type { Clock } from '../lib/clock.js';

export type Fetch = typeof globalThis.fetch;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  readonly credentials?: RequestCredentials;
}

/** An answer, or nothing: the network failed, the time was up, or the caller gave up. */
export type HttpAnswer =
  | { readonly status: number; readonly body: string; readonly retryAfter?: number }
  | { readonly status: 0 };

/**
 * One HTTP request with a time limit. Never throws: a status of 0 means that no answer came. Answers are not
 * cached, and the page's address is not sent along.
 */
export async function requestHttp(
  { fetch, clock }: { readonly fetch: Fetch; readonly clock: Clock },
  { url, ...init }: HttpRequest,
  { timeout, signal }: { readonly timeout: number; readonly signal?: AbortSignal },
): Promise<HttpAnswer> {
  const limit = new AbortController();
  const abort = (): void => {
    limit.abort();
  };
  const cancel = clock.after(timeout, abort);
  signal?.addEventListener('abort', abort);
  try {
    if (signal?.aborted) return { status: 0 };
    const response = await fetch(url, {
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      ...init,
      signal: limit.signal,
    });
    return { status: response.status, body: await response.text(), ...retryAfter(response) };
  } catch {
    return { status: 0 };
  } finally {
    cancel();
    signal?.removeEventListener('abort', abort);
  }
}

/** `Retry-After` in milliseconds, where it is a number of seconds. */
function retryAfter(response: Response): { retryAfter?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? { retryAfter: seconds * 1_000 } : {};
}
