import type { Command } from '../conversation/command.js';
import type { LocalEvent } from '../conversation/event.js';
import type { ConversationState } from '../conversation/state.js';
import type { SurfaceInUse } from './surface-in-use.js';

export interface ConflictOptions {
  readonly state: () => ConversationState;
  readonly dispatch: (event: LocalEvent) => void;
  readonly surface: Pick<SurfaceInUse, 'learn' | 'finish'>;
  readonly signal: AbortSignal;
  /** Begins to connect. */
  readonly connect: () => void;
}

/**
 * An unfinished conversation stands in the way of a new one (protocol §e, One active): nothing goes on until the
 * person has said which of the two it is to be. What they typed meanwhile waits, and goes there.
 */
export class Conflict {
  private settling = false;

  constructor(private readonly options: ConflictOptions) {}

  /** Until the choice is made and carried out: connecting sooner would only meet the question again. */
  get stands(): boolean {
    return this.settling || this.options.state().conflict !== undefined;
  }

  /** What the person chose; any other command is not for here. */
  command(command: Command): void {
    if (command.type === 'continue-conversation') void this.settle(false);
    if (command.type === 'start-over') void this.settle(true);
  }

  private async settle(anew: boolean): Promise<void> {
    const { state, dispatch, surface, signal, connect } = this.options;
    const { conflict } = state();
    if (!conflict) return;
    this.settling = true;
    dispatch({ type: 'conflict.settled' });
    dispatch({ type: 'connection.changed', status: 'connecting' });
    if (anew) await surface.finish(conflict.conversationId);
    else surface.learn(conflict.conversationId);
    this.settling = false;
    if (!signal.aborted) connect();
  }
}
