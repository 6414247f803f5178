import { wait } from '../lib/clock.js';
import type { Clock } from '../lib/clock.js';
import type { HttpAnswer, HttpPort, HttpStream, RequestDescription } from '../protocol/http.js';
import { requestHttp, streamHttp } from '../transport/http.js';
import type { Fetch, HttpRequest } from '../transport/http.js';
import type { TokenSource } from './token-source.js';

export interface AuthorizedHttpOptions {
  readonly tokens: TokenSource;
  readonly fetch: Fetch;
  readonly clock: Clock;
  /** Aborted when the session is over. */
  readonly signal: AbortSignal;
  /** Milliseconds before its end from which on a token is renewed. */
  readonly renewBefore?: () => number | undefined;
  /** The token stands for this person. True where that is somebody else than before: their token carries nothing out. */
  readonly subject?: (subject: string) => boolean;
}

/** How long a plain call may take. */
const TIMEOUT = 20_000;
/** How long a stream may say nothing, its beginning included (protocol §e, Timeout). */
const SILENCE = 60_000;

/** What an HTTP surface may use of the world: requests that carry the token at hand, and a fresh one after a 401. */
export class AuthorizedHttp implements HttpPort {
  constructor(private readonly options: AuthorizedHttpOptions) {}

  /** The same, ended by another signal. */
  until(signal: AbortSignal): HttpPort {
    return new AuthorizedHttp({ ...this.options, signal });
  }

  async request(description: RequestDescription): Promise<HttpAnswer> {
    const { signal } = this.options;
    const call = (request: HttpRequest): ReturnType<typeof requestHttp> =>
      requestHttp(this.options, request, { timeout: TIMEOUT, signal });
    return { body: '', ...(await this.authorized(description, call)) };
  }

  async stream(description: RequestDescription): Promise<HttpStream> {
    const { signal } = this.options;
    const call = (request: HttpRequest): ReturnType<typeof streamHttp> =>
      streamHttp(this.options, request, { timeout: SILENCE, signal });
    return { body: '', chunks: nothing, ...(await this.authorized(description, call)) };
  }

  pause(milliseconds: number): Promise<void> {
    return wait(this.options.clock, milliseconds, this.options.signal);
  }

  /** With the token at hand, and once more with a fresh one where that was refused. */
  private async authorized<Answer extends { readonly status: number }>(
    description: RequestDescription,
    call: (request: HttpRequest) => Promise<Answer>,
  ): Promise<Answer | { readonly status: 0; readonly unsent: true }> {
    const first = await this.attempt(description, call, 'connect');
    return first.status === 401 ? this.attempt(description, call, 'rejected') : first;
  }

  private async attempt<Answer>(
    { headers, ...description }: RequestDescription,
    call: (request: HttpRequest) => Promise<Answer>,
    reason: 'connect' | 'rejected',
  ): Promise<Answer | { readonly status: 0; readonly unsent: true }> {
    const { tokens, signal, subject, renewBefore } = this.options;
    const answer = await tokens.forRequest(reason, renewBefore?.());
    if (!answer.ok || signal.aborted) return { status: 0, unsent: true };
    const { subject: who, token } = answer.token;
    if (who !== undefined && subject?.(who)) return { status: 0, unsent: true };
    const authorization = `Bearer ${token}`;
    return call({ ...description, headers: { accept: 'application/json', ...headers, authorization } });
  }
}

const nothing: AsyncIterable<string> = {
  [Symbol.asyncIterator]: () => ({ next: () => Promise.resolve({ done: true, value: undefined }) }),
};
