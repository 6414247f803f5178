import { conversationError } from '../conversation/error.js';
import type { HistoryTurn, LocalEvent } from '../conversation/event.js';
import type { ConversationState, TimelineItem, UserMessage } from '../conversation/state.js';
import { wait } from '../lib/clock.js';
import type { Clock } from '../lib/clock.js';
import type { HistoryAnswer } from './history-reader.js';
import { PATIENCE } from './retry-policy.js';

export interface ReconcilerOptions {
  /** Reads the conversation as the server has it; undefined while there is no conversation to read. */
  readonly read: () => Promise<HistoryAnswer | undefined>;
  readonly state: () => ConversationState;
  readonly dispatch: (event: LocalEvent) => void;
  readonly earlier: boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** The least time between two reads, so that a slow server gets to store what it took. */
const GAP = 5_000;
/** Reads that must both miss a message before it counts as not sent. */
const ABSENCES = 2;
/** Reads after which a reply that is still missing is given up. */
const ROUNDS = 8;

const isUser = (item: TimelineItem): item is UserMessage => item.kind === 'user';

const isChecking = ({ status, checking }: UserMessage): boolean =>
  status === 'unconfirmed' && checking === true;

/** A message whose fate, or whose reply, only the history can tell. */
function hasOpenMessage({ items }: ConversationState): boolean {
  return items.some((item) => isUser(item) && (isChecking(item) || item.awaitingReply === true));
}

/** Something that only the history can settle. */
function isOpen(state: ConversationState): boolean {
  return state.suspect || hasOpenMessage(state);
}

/** Something that one more read may complete. */
function isUnfinished(state: ConversationState): boolean {
  return isOpen(state) || state.items.some((item) => item.kind === 'agent' && item.incomplete);
}

/** A read is worth its while with the wire in place, or when none is coming. */
function isReadable({ connection: { status } }: ConversationState): boolean {
  return status !== 'connecting' && status !== 'reconnecting';
}

/**
 * After a break, compares what the screen shows with what the server has: a message that left without proof is
 * found, or was missing twice, at least 5 s apart, with no turn running; a reply that was cut off is completed.
 * What cannot be read is not guessed: the message stays unconfirmed and the choice is the person's.
 */
export class Reconciler {
  private running = false;
  /** The last finished turn when a read failed: what stayed unfinished is looked up again after the next one. */
  private unreadSince: { readonly turnId: string | undefined } | undefined;
  private readonly absences = new Map<string, number>();

  constructor(private readonly options: ReconcilerOptions) {}

  /** True while messages wait for the outcome: nothing else is handed over meanwhile. */
  get busy(): boolean {
    return this.options.state().items.some((item) => isUser(item) && isChecking(item));
  }

  /** Starts to look where there is something to look for. Cheap to call after any change. */
  review(): void {
    const state = this.options.state();
    this.forgetAbsences(state);
    if (this.running) return;
    if (!isReadable(state)) {
      // The person is told that nothing gets through: then they need not wait for it either.
      if (state.connection.attempt >= PATIENCE && hasOpenMessage(state)) this.leaveToPerson();
      return;
    }
    if (!isOpen(state) && !this.isDueAgain(state)) return;
    this.running = true;
    this.unreadSince = undefined;
    void this.run().finally(() => {
      this.running = false;
      // A message that lost its proof while this run was ending was turned away above.
      if (!this.options.signal.aborted) this.review();
    });
  }

  private async run(): Promise<void> {
    const { clock, signal, state } = this.options;
    for (let round = 0; round < ROUNDS && isUnfinished(state()); round += 1) {
      if (round > 0) await wait(clock, GAP, signal);
      // A connection lost meanwhile begins anew when it is back.
      if (signal.aborted || !isReadable(state())) return;
      const answer = await this.options.read();
      if (signal.aborted || !isReadable(state())) return;
      // A conversation that we are in, but cannot see, is no evidence of absence either.
      const unread = answer?.outcome !== 'read';
      this.unreadSince = unread ? { turnId: state().lastTurnId } : undefined;
      if (!unread) this.compare(answer.turns);
      // Where the person waits to be told, they are; what the agent may have said unheard is looked for in peace.
      else if (hasOpenMessage(state())) break;
    }
    this.giveUp();
  }

  private isDueAgain(state: ConversationState): boolean {
    return (
      this.unreadSince !== undefined && this.unreadSince.turnId !== state.lastTurnId && isUnfinished(state)
    );
  }

  private compare(turns: readonly HistoryTurn[]): void {
    const { dispatch, earlier, state } = this.options;
    const held = turns.filter((turn) => turn.role === 'user').length;
    // A copy that lacks what is proven lags behind: it is no evidence of absence.
    const current = held >= (state().userTurns ?? 0);
    dispatch({ type: 'history.loaded', turns, earlier });
    const { conversationId, items, turn } = state();
    if (!current || turn.phase === 'waiting' || turn.phase === 'replying') return;
    for (const message of items.filter(isUser)) {
      const elsewhere = (message.conversationId ?? conversationId) !== conversationId;
      if (isChecking(message) && !elsewhere) this.countAbsence(message);
    }
  }

  /** A message that was sent again has to be missed twice in its own right. */
  private forgetAbsences({ items }: ConversationState): void {
    for (const id of this.absences.keys()) {
      if (!items.some((item) => item.id === id && isUser(item) && isChecking(item))) this.absences.delete(id);
    }
  }

  private countAbsence({ id }: UserMessage): void {
    const absences = (this.absences.get(id) ?? 0) + 1;
    this.absences.set(id, absences);
    if (absences < ABSENCES) return;
    this.absences.delete(id);
    const error = conversationError('connection', 'connection-lost');
    this.options.dispatch({ type: 'message.status', messageId: id, status: 'not-sent', error });
  }

  /** What is still open after all reads is said as it is. */
  private giveUp(): void {
    this.leaveToPerson();
    this.options.dispatch({ type: 'history.checked' });
  }

  private leaveToPerson(): void {
    const { dispatch, state } = this.options;
    this.absences.clear();
    for (const { id, status, error, ...message } of state().items.filter(isUser)) {
      if (status === 'unconfirmed' && message.checking)
        dispatch({ type: 'message.status', messageId: id, status });
      else if (message.awaitingReply) {
        const failure = error ?? conversationError('server', 'reply-interrupted');
        dispatch({ type: 'message.status', messageId: id, status, error: failure });
      }
    }
  }
}
