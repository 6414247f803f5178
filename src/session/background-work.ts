import type { Command } from '../conversation/command.js';
import { conversationError } from '../conversation/error.js';
import type { LocalEvent, ServerEvent } from '../conversation/event.js';
import type { ConversationState } from '../conversation/state.js';
import { wait } from '../lib/clock.js';
import type { Clock } from '../lib/clock.js';
import { createUuid } from '../lib/uuid.js';
import { isRefusal } from '../protocol/http.js';
import type { Refusal, RefusalKind } from '../protocol/http.js';
import type { Collected } from '../protocol/surface.js';
import type { SurfaceInUse } from './surface-in-use.js';
import type { Thread } from './thread.js';

export interface BackgroundWorkOptions {
  readonly state: () => ConversationState;
  readonly dispatch: (event: ServerEvent | LocalEvent) => void;
  readonly surface: Pick<SurfaceInUse, 'collect'>;
  readonly thread: Pick<Thread, 'reload'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The least time between two questions (protocol §c, Poll). */
const GAP = 5_000;
/** How long it is asked by itself; after that the person may ask again. */
const PATIENCE = 5 * 60_000;
/** Refusals that asking again will not change. */
const FINAL: ReadonlySet<RefusalKind> = new Set(['signed-out', 'forbidden', 'missing', 'closed', 'invalid']);

/**
 * Collects what the agent works out after its turn (protocol §c, Background work), whatever surface the turn
 * came over. It asks only while nothing else is said, and gives up asking, never the answer: "Check again" asks on.
 */
export class BackgroundWork {
  private running = false;
  private asking = false;
  private paused = false;

  constructor(private readonly options: BackgroundWorkOptions) {}

  /** A question is under way: what the person types meanwhile waits for its answer. */
  get busy(): boolean {
    return this.asking;
  }

  /** Begins to ask where there is something to ask for. Cheap to call after any change. */
  review(): void {
    if (!this.due) this.paused = false;
    else if (!this.running && !this.paused) void this.run();
  }

  /** "Check again"; any other command is not for here. */
  command({ type }: Command): void {
    if (type !== 'collect') return;
    this.paused = false;
    this.settle();
    this.review();
  }

  private get due(): boolean {
    return this.options.state().turn.phase === 'background';
  }

  private async run(): Promise<void> {
    const { clock, signal } = this.options;
    this.running = true;
    const until = clock.monotonic() + PATIENCE;
    let key = createUuid();
    while (this.due && clock.monotonic() < until) {
      await wait(clock, GAP, signal);
      const { connection, conversationId, receipts } = this.options.state();
      if (signal.aborted || !this.due) break;
      if (connection.status !== 'open' || conversationId === undefined) continue;
      const answer = await this.ask(conversationId, receipts ? key : undefined);
      if (signal.aborted) break;
      const left = (): boolean => this.options.state().conversationId !== conversationId;
      // Whoever talks here now may be somebody else.
      if (left()) continue;
      if (!isRefusal(answer)) {
        key = createUuid();
        await this.take(answer, left);
      } else if (FINAL.has(answer.kind)) break;
      // Unnamed, it may have been answered all the same: what it brought is in the history then.
      else if (!receipts) await this.options.thread.reload();
    }
    this.running = false;
    if (this.due && !signal.aborted) this.pause();
  }

  private async ask(conversationId: string, key: string | undefined): Promise<Collected | Refusal> {
    this.asking = true;
    const answer = await this.options.surface.collect(conversationId, key);
    this.asking = false;
    return answer;
  }

  private async take({ events, silent, acknowledge }: Collected, left: () => boolean): Promise<void> {
    if (silent) await this.options.thread.reload();
    if (left()) return;
    for (const event of events) this.options.dispatch(event);
    if (!this.due) this.settle();
    await acknowledge?.();
  }

  private pause(): void {
    this.paused = true;
    const error = conversationError('server', 'reply-delayed', { severity: 'warning' });
    this.options.dispatch({ type: 'error.raised', error });
  }

  private settle(): void {
    if (this.options.state().error?.code === 'reply-delayed')
      this.options.dispatch({ type: 'error.cleared' });
  }
}
