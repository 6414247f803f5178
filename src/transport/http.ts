import type { Cancel, Clock } from '../lib/clock.js';

export type Fetch = typeof globalThis.fetch;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: BodyInit;
  readonly credentials?: RequestCredentials;
  readonly redirect?: RequestRedirect;
}

/** An answer, or nothing: the network failed, the time was up, or the caller gave up. */
export type HttpAnswer =
  { readonly status: number; readonly body: string; readonly retryAfter?: number } | { readonly status: 0 };

interface Means {
  readonly fetch: Fetch;
  readonly clock: Clock;
}

interface Limits {
  readonly timeout: number;
  readonly signal?: AbortSignal;
}

/**
 * Answers are not cached, and the page's address is not sent along. A redirect would carry a person's words to
 * somewhere nobody named.
 */
function send({ fetch }: Means, { url, ...init }: HttpRequest, signal: AbortSignal): Promise<Response> {
  return fetch(url, {
    credentials: 'omit',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
    redirect: 'error',
    ...init,
    signal,
  });
}

/** One HTTP request with a time limit. Never throws: a status of 0 means that no answer came. */
export async function requestHttp(means: Means, request: HttpRequest, limits: Limits): Promise<HttpAnswer> {
  const watch = new Watch(means.clock, limits);
  try {
    if (watch.signal.aborted) return { status: 0 };
    const response = await send(means, request, watch.signal);
    return { status: response.status, body: await response.text(), ...retryAfter(response) };
  } catch {
    return { status: 0 };
  } finally {
    watch.stop();
  }
}

/** An answer that arrives over time; refusals come whole, in `body`. */
export type HttpStreamAnswer = HttpAnswer & { readonly chunks: AsyncIterable<string> };

/**
 * One HTTP request whose answer is read as it arrives. The time limit is one of silence: it begins anew with
 * every piece. Never throws; the text ends where the body does, or where it broke off.
 */
export async function streamHttp(
  means: Means,
  request: HttpRequest,
  limits: Limits,
): Promise<HttpStreamAnswer> {
  const watch = new Watch(means.clock, limits);
  try {
    if (watch.signal.aborted) return { status: 0, chunks: none() };
    const response = await send(means, request, watch.signal);
    const { status } = response;
    if (response.ok) return { status, body: '', chunks: read(response, watch) };
    const body = await response.text();
    watch.stop();
    return { status, body, ...retryAfter(response), chunks: none() };
  } catch {
    watch.stop();
    return { status: 0, chunks: none() };
  }
}

async function* none(): AsyncGenerator<string> {
  // Nothing came.
}

async function* read(response: Response, watch: Watch): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  try {
    for (;;) {
      const piece = await reader?.read();
      if (!piece || piece.done) break;
      watch.renew();
      yield decoder.decode(piece.value, { stream: true });
    }
    yield decoder.decode();
  } catch {
    // Broken off: the surface misses its sign of the end.
  } finally {
    watch.abort();
  }
}

/** Aborts a request when its time is up or its owner gives up. */
class Watch {
  private readonly controller = new AbortController();
  private cancel: Cancel = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly limits: Limits,
  ) {
    limits.signal?.addEventListener('abort', this.abort);
    if (limits.signal?.aborted) this.abort();
    else this.renew();
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  renew(): void {
    this.cancel();
    this.cancel = this.clock.after(this.limits.timeout, this.abort);
  }

  /** The request is over: nothing of the watch is left behind. */
  stop(): void {
    this.cancel();
    this.limits.signal?.removeEventListener('abort', this.abort);
  }

  readonly abort = (): void => {
    this.stop();
    this.controller.abort();
  };
}

/** `Retry-After` in milliseconds, where it is a number of seconds: a message neither waits for days, nor is posted without a pause. */
function retryAfter(response: Response): { retryAfter?: number } {
  const seconds = Number(response.headers.get('retry-after') ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0
    ? { retryAfter: Math.min(Math.max(seconds, 1), 300) * 1_000 }
    : {};
}
