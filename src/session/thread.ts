import { conversationError } from '../conversation/error.js';
import type { LocalEvent } from '../conversation/event.js';
import type { ConversationState } from '../conversation/state.js';
import type { Clock } from '../lib/clock.js';
import type { HistoryAnswer, HistoryReader } from './history-reader.js';
import { Reconciler } from './reconciler.js';

export interface ThreadOptions {
  readonly state: () => ConversationState;
  readonly dispatch: (event: LocalEvent) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly reader: Pick<HistoryReader, 'read'>;
  /** Whether turns from before this page belong on the screen. */
  readonly earlier: boolean;
}

/** How often a history is read for one answer, where messages arrive meanwhile. */
const READS = 3;

/** The conversation as the server keeps it: read once for the screen, and again after a break. */
export class Thread {
  private readonly reconciler: Reconciler;

  constructor(private readonly options: ThreadOptions) {
    this.reconciler = new Reconciler({ ...options, read: () => this.read() });
  }

  /** True while a message whose fate is open is being looked for. */
  get busy(): boolean {
    return this.reconciler.busy;
  }

  /** Looks for what a break left open. Cheap to call after any change. */
  review(): void {
    this.reconciler.review();
  }

  /** Reads what was said before this page, where that is wanted. A failure never blocks the chat. */
  async load(): Promise<void> {
    const { dispatch, earlier, signal } = this.options;
    // A conversation that has no name yet cannot be read; it is once it has.
    if (!earlier || this.options.state().conversationId === undefined) return;
    dispatch({ type: 'history.loading' });
    const answer = await this.read();
    if (signal.aborted) return;
    if (answer?.outcome === 'read') dispatch({ type: 'history.loaded', turns: answer.turns, earlier });
    // One that has been cleared meanwhile is read anew once it is open.
    else if (this.options.state().history === 'loading') {
      dispatch({ type: 'history.failed' });
      if (answer?.outcome !== 'failed') return;
      const error = conversationError('server', 'history-unavailable', { severity: 'warning' });
      dispatch({ type: 'error.raised', error });
    }
  }

  /** Reads what was said meanwhile. */
  async reload(): Promise<void> {
    const { dispatch, earlier, signal } = this.options;
    const answer = await this.read();
    if (!signal.aborted && answer?.outcome === 'read')
      dispatch({ type: 'history.loaded', turns: answer.turns, earlier });
  }

  /**
   * A copy that was made before something was proven is older than the screen, and one of a conversation that has
   * been left meanwhile may be another person's: then it is read once more.
   */
  private async read(): Promise<HistoryAnswer | undefined> {
    let answer: HistoryAnswer;
    let left: boolean;
    let older: boolean;
    let tries = 0;
    do {
      const { conversationId } = this.options.state();
      if (conversationId === undefined) return undefined;
      const known = this.delivered;
      answer = await this.options.reader.read(conversationId);
      left = this.options.state().conversationId !== conversationId;
      older = answer.outcome === 'read' && this.delivered !== known;
      tries += 1;
    } while ((left || older) && tries < READS);
    return left ? undefined : answer;
  }

  /** How many of the person's messages are known to have arrived. */
  private get delivered(): number {
    return this.options.state().items.filter((item) => item.kind === 'user' && item.status === 'delivered')
      .length;
  }
}
