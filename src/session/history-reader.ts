import type { HistoryTurn } from '../conversation/event.js';
import { wait } from '../lib/clock.js';
import type { Clock } from '../lib/clock.js';
import { isRefusal } from '../protocol/http.js';
import type { Refusal, RefusalKind } from '../protocol/http.js';
import { backoffDelay } from '../transport/backoff.js';
import type { Random } from '../transport/backoff.js';

export interface HistoryReaderOptions {
  /** One read, by the surface in use. */
  readonly read: (conversationId: string) => Promise<readonly HistoryTurn[] | Refusal>;
  readonly clock: Clock;
  readonly random: Random;
  /** Aborted when the session is over. */
  readonly signal: AbortSignal;
}

const TRIES = 3;
/** Refusals of a read that are worth another try (protocol §c, Retries). */
const PASSING: ReadonlySet<RefusalKind> = new Set(['unreachable', 'unsent', 'too-many', 'failed']);

/** What a read brought: the turns, or why there are none. `missing`: the server knows no such conversation. */
export type HistoryAnswer =
  | { readonly outcome: 'read'; readonly turns: readonly HistoryTurn[] }
  | { readonly outcome: 'missing' | 'failed' };

/** Reads a conversation, patiently. */
export class HistoryReader {
  constructor(private readonly options: HistoryReaderOptions) {}

  /** One read, tried up to three times where the failure may pass. Never throws. */
  async read(conversationId: string): Promise<HistoryAnswer> {
    const { clock, random, read, signal } = this.options;
    for (let attempt = 0; ; attempt += 1) {
      const answer = await read(conversationId);
      if (!isRefusal(answer)) return { outcome: 'read', turns: answer };
      if (answer.kind === 'missing') return { outcome: 'missing' };
      if (!PASSING.has(answer.kind) || attempt + 1 >= TRIES) return { outcome: 'failed' };
      await wait(clock, answer.retryAfter ?? backoffDelay(attempt, random), signal);
      if (signal.aborted) return { outcome: 'failed' };
    }
  }
}
