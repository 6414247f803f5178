import { isRecord, parseJson } from '../lib/json.js';
import { PlatformError } from './error.js';
import type { TokenKeeper } from './token.js';

/** Where and how calls are made. */
export interface Connection {
  /** Origin (and optional path prefix), without a trailing slash. */
  readonly baseUrl: string;
  readonly tokens: TokenKeeper | undefined;
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds that one attempt may take. */
  readonly timeout: number;
}

/** One call. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the base URL, encoded. */
  readonly path: string;
  readonly body?: object | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** Statuses after which a GET is tried again (protocol §c, Retries). */
const RETRIED = new Set([408, 429, 500, 502, 503, 504]);
const ATTEMPTS = 3;
/** The longest `Retry-After` that is waited for, in seconds; a longer one is the caller's to decide about. */
const PATIENCE = 30;
/** First backoff, in milliseconds; it doubles, with full jitter. */
const BACKOFF = 500;
/** A detail of the answer is kept up to this length. */
const MAX_BODY = 16 * 1_048_576;

/**
 * Makes a call and gives the text of its answer. A GET is tried again on 408, 429 and 5xx, anything else only on a
 * 429 that says when; a refused token is replaced once.
 *
 * @throws PlatformError, or the signal's reason
 */
export async function send(connection: Connection, call: Call): Promise<string> {
  let refused: string | undefined;
  for (let attempt = 1; ; attempt += 1) {
    const response = await ask(connection, call, refused);
    if (response.ok) return response.text;
    const failure = refusal(call, response);
    if (response.status === 401 && refused === undefined && connection.tokens?.canRenew) {
      refused = response.token;
      continue;
    }
    const wait = waitBefore(call, failure, attempt);
    if (wait === undefined) throw failure;
    await pause(wait, call.signal);
  }
}

interface Answer {
  readonly ok: boolean;
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
  /** The one that was sent. */
  readonly token: string | undefined;
}

async function ask(
  { baseUrl, tokens, fetch, timeout }: Connection,
  call: Call,
  refused: string | undefined,
): Promise<Answer> {
  const { method, path, body, signal } = call;
  signal?.throwIfAborted();
  const token = await tokens?.get(refused);
  const limit = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(baseUrl + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...call.headers,
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      redirect: 'error', // A redirect would carry the token to somewhere nobody named.
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    const { ok, status, headers } = response;
    return { ok, status, headers, token, text: await response.text() };
  } catch {
    signal?.throwIfAborted();
    const code = limit.aborted ? 'timeout' : 'network';
    const what = limit.aborted ? `took longer than ${timeout} ms` : 'did not reach the platform';
    throw new PlatformError(`${method} ${path} ${what}.`, { code, retryable: true });
  }
}

/** The error that an answer stands for (protocol §c, Errors). */
function refusal({ method, path }: Call, { status, text, headers }: Answer): PlatformError {
  const body = parseJson(text, MAX_BODY);
  const fields = isRecord(body) ? body : {};
  const id = headers.get('x-request-id') ?? fields['request_id'];
  return new PlatformError(`${method} ${path} was answered with ${status}.`, {
    code: 'http',
    status,
    detail: fields['detail'] ?? fields['message'],
    retryable: RETRIED.has(status),
    requestId: typeof id === 'string' ? id : undefined,
    retryAfter: secondsOf(headers.get('retry-after')),
  });
}

/** Milliseconds to wait before the next attempt; undefined: there is none. */
function waitBefore(
  { method }: Call,
  { status, retryAfter }: PlatformError,
  attempt: number,
): number | undefined {
  if (attempt >= ATTEMPTS || !RETRIED.has(status)) return undefined;
  if (method !== 'GET' && (status !== 429 || retryAfter === undefined)) return undefined;
  if (retryAfter === undefined) return Math.random() * BACKOFF * 2 ** attempt;
  return retryAfter <= PATIENCE ? retryAfter * 1000 : undefined;
}

/** `Retry-After` is a number of seconds or a date. */
function secondsOf(header: string | null): number | undefined {
  if (header === null) return undefined;
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.max(0, seconds) : undefined;
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
