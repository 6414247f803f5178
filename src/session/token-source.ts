import { conversationError } from '../conversation/error.js';
import type { ConversationError } from '../conversation/error.js';
import type { Cancel, Clock } from '../lib/clock.js';
import { decodeToken, readToken } from '../protocol/token/index.js';
import type { Token } from '../protocol/token/index.js';
import { requestHttp } from '../transport/http.js';
import type { Fetch } from '../transport/http.js';

export type { Token };

/** Why a token is asked for. `rejected`: the last one was refused, so a cached one will not do. */
export type TokenReason = 'connect' | 'expired' | 'rejected';

/** The host's way to a token. A script's own, or the one made from `token-url`. */
export type GetToken = (request: {
  readonly reason: TokenReason;
  readonly signal: AbortSignal;
}) => string | Token | Promise<string | Token>;

export type TokenAnswer =
  { readonly ok: true; readonly token: Token } | { readonly ok: false; readonly error: ConversationError };

/** How long a host gets to answer. */
const TIME_LIMIT = 10_000;
/** How long a token of unknown life is trusted for HTTP calls. */
const REUSE = 5 * 60_000;
/** A token this near its end is renewed before an HTTP call (protocol §f). */
const RENEW_BEFORE = 60_000;

/** Thrown by a `GetToken` to say that the person is signed out, so that trying again is of no use. */
export class SignedOutError extends Error {}

/**
 * A `GetToken` that asks a same-origin address: `POST` with cookies, answered by
 * `{"token", "expires_at"?, "subject"?}`. 401 and 403 mean that the portal's own session is over.
 */
export function tokenFromUrl(url: string, fetch: Fetch, clock: Clock): GetToken {
  return async ({ signal }) => {
    // It carries no words: a portal may lead it where it likes.
    const request = { method: 'POST', url, credentials: 'same-origin', redirect: 'follow' } as const;
    const answer = await requestHttp({ fetch, clock }, request, { timeout: TIME_LIMIT, signal });
    if (answer.status === 401 || answer.status === 403) throw new SignedOutError();
    if (answer.status !== 200) throw new Error('token-url did not answer');
    // An answer without a token is none of a network that fails: whoever set it up has to look at it.
    return decodeToken(answer.body) ?? '';
  };
}

interface Pending {
  readonly reason: TokenReason;
  readonly answer: Promise<TokenAnswer>;
  readonly limit: AbortController;
}

/**
 * Fetches tokens when they are needed and keeps them in memory only. One request is under way at a time;
 * whoever asks meanwhile shares its answer. Failures are answers, never exceptions, and hold nothing of what
 * the host said.
 */
export class TokenSource {
  /** What the page calls the way to its tokens. */
  name = 'getToken';
  private provider: GetToken | undefined;
  private pending: Pending | undefined;
  private kept: { readonly token: Token; readonly since: number } | undefined;
  private readonly waiting = new Set<() => void>();

  constructor(private readonly clock: Clock) {}

  /** Whether there is anything to ask. A script may set `getToken` after the element is on the page. */
  get available(): boolean {
    return this.provider !== undefined;
  }

  /** Whom the token at hand stands for, where it says so. */
  get subject(): string | undefined {
    return this.kept?.token.subject;
  }

  /** Takes another provider; what the old one gave is forgotten. */
  use(provider: GetToken | undefined, name = 'getToken'): void {
    this.name = name;
    if (provider === this.provider) return;
    this.provider = provider;
    this.forget();
    if (!provider) return;
    for (const resume of [...this.waiting]) resume();
  }

  /** Calls back once there is a provider; at once where there is one already. */
  whenAvailable(resume: () => void): Cancel {
    if (this.available) {
      resume();
      return () => undefined;
    }
    const once = (): void => {
      this.waiting.delete(once);
      resume();
    };
    this.waiting.add(once);
    return () => {
      this.waiting.delete(once);
    };
  }

  /** Drops the token at hand and gives up the one under way: either may be another person's. */
  forget(): void {
    const { pending } = this;
    this.kept = undefined;
    this.pending = undefined;
    pending?.limit.abort();
  }

  /** A token for a connect: always a fresh one, never replayed. */
  async forConnect(reason: TokenReason): Promise<TokenAnswer> {
    return this.fetch(reason);
  }

  /** A token for an HTTP call: the one at hand while it lasts, up to `renewBefore` milliseconds before its end. */
  async forRequest(reason: TokenReason = 'connect', renewBefore = RENEW_BEFORE): Promise<TokenAnswer> {
    if (reason !== 'rejected' && this.kept && this.lasts(this.kept, renewBefore)) {
      return { ok: true, token: this.kept.token };
    }
    return this.fetch(reason === 'connect' && this.kept ? 'expired' : reason);
  }

  private fetch(reason: TokenReason): Promise<TokenAnswer> {
    // A plain request may share any answer under way; one that asks for better must not get the refused one.
    if (this.pending && (reason !== 'rejected' || this.pending.reason === 'rejected'))
      return this.pending.answer;
    const limit = new AbortController();
    const answer = this.ask(reason, limit).then((result) => {
      // One that was forgotten meanwhile is not kept.
      if (this.pending?.answer !== answer) return result;
      this.pending = undefined;
      if (result.ok) this.keep(result.token);
      return result;
    });
    this.pending = { reason, answer, limit };
    return answer;
  }

  private keep(token: Token): void {
    this.kept = { token, since: this.clock.now() };
  }

  private lasts({ token, since }: NonNullable<TokenSource['kept']>, renewBefore: number): boolean {
    const expires = Date.parse(token.expiresAt ?? '');
    return this.clock.now() < (Number.isNaN(expires) ? since + REUSE : expires - renewBefore);
  }

  private async ask(reason: TokenReason, limit: AbortController): Promise<TokenAnswer> {
    const provider = this.provider;
    if (!provider) return refusal('missing-token-source', false);
    const cancel = this.clock.after(TIME_LIMIT, () => {
      limit.abort();
    });
    const givenUp = new Promise<TokenAnswer>((resolve) => {
      limit.signal.addEventListener('abort', () => {
        cancel();
        resolve(refusal('token-timeout', true));
      });
    });
    const answer = await Promise.race([answerOf(provider, this.name, reason, limit.signal), givenUp]);
    cancel();
    return answer;
  }
}

async function answerOf(
  provider: GetToken,
  name: string,
  reason: TokenReason,
  signal: AbortSignal,
): Promise<TokenAnswer> {
  try {
    const token = readToken(await provider({ reason, signal }));
    return token ? { ok: true, token } : refusal('token-invalid', true, name);
  } catch (error) {
    // What a host throws may hold the token; only the fact is kept.
    return error instanceof SignedOutError ? refusal('signed-out', false) : refusal('token-failed', true);
  }
}

function refusal(code: ConversationError['code'], retryable: boolean, subject?: string): TokenAnswer {
  const named = subject === undefined ? {} : { subject };
  return { ok: false, error: conversationError('authentication', code, { retryable, ...named }) };
}
