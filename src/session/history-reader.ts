import type { HistoryTurn } from '../conversation/event.js';
import { wait } from '../lib/clock.js';
import type { Clock } from '../lib/clock.js';
import { closeConversation, decodeHistory, readConversation } from '../protocol/history/index.js';
import type { RequestDescription } from '../protocol/history/index.js';
import { backoffDelay } from '../transport/backoff.js';
import type { Random } from '../transport/backoff.js';
import { requestHttp } from '../transport/http.js';
import type { Fetch, HttpAnswer } from '../transport/http.js';
import type { TokenSource } from './token-source.js';

export interface HistoryReaderOptions {
  readonly workspace: { readonly baseUrl: string; readonly workspaceId: string };
  readonly tokens: TokenSource;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when the session is over. */
  readonly signal: AbortSignal;
}

const TIMEOUT = 20_000;
const TRIES = 3;
/** Answers to a GET that are worth another try (protocol §c). */
const RETRYABLE = new Set([0, 408, 429, 500, 502, 503, 504]);

/** What a read brought: the turns, or why there are none. `missing`: the server knows no such conversation. */
export type HistoryAnswer =
  | { readonly outcome: 'read'; readonly turns: readonly HistoryTurn[] }
  | { readonly outcome: 'missing' | 'failed' };

/** Reads and closes conversations over HTTP, with the same tokens as the socket. */
export class HistoryReader {
  constructor(private readonly options: HistoryReaderOptions) {}

  /** One read, tried up to three times where the failure may pass. Never throws. */
  async read(conversationId: string): Promise<HistoryAnswer> {
    const { clock, random, signal, workspace } = this.options;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.request(readConversation(workspace, conversationId));
      if (answer.status === 200 && 'body' in answer) {
        const turns = decodeHistory(answer.body);
        return turns ? { outcome: 'read', turns } : { outcome: 'failed' };
      }
      if (answer.status === 404) return { outcome: 'missing' };
      if (!RETRYABLE.has(answer.status) || attempt + 1 >= TRIES) return { outcome: 'failed' };
      const asked = 'retryAfter' in answer ? answer.retryAfter : undefined;
      await wait(clock, asked ?? backoffDelay(attempt, random), signal);
      if (signal.aborted) return { outcome: 'failed' };
    }
  }

  /** Closes the conversation on the server, as far as it lets us: the person leaves either way. */
  async close(conversationId: string): Promise<void> {
    await this.request(closeConversation(this.options.workspace, conversationId));
  }

  /** With the token at hand, and once more with a fresh one where that was refused. */
  private async request(description: RequestDescription): Promise<HttpAnswer> {
    const first = await this.authorized(description, 'connect');
    return first.status === 401 ? this.authorized(description, 'rejected') : first;
  }

  private async authorized(
    description: RequestDescription,
    reason: 'connect' | 'rejected',
  ): Promise<HttpAnswer> {
    const { tokens, signal } = this.options;
    const answer = await tokens.forRequest(reason);
    if (!answer.ok) return { status: 0 };
    const headers = { authorization: `Bearer ${answer.token.token}`, accept: 'application/json' };
    return requestHttp(this.options, { ...description, headers }, { timeout: TIMEOUT, signal });
  }
}
