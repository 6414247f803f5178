import type { Command, StarterWishes } from '../conversation/command.js';
import type { LocalEvent } from '../conversation/event.js';
import type { ConversationState } from '../conversation/state.js';
import type { SurfaceInUse } from './surface-in-use.js';

export interface SuggestionsOptions {
  readonly state: () => ConversationState;
  readonly dispatch: (event: LocalEvent) => void;
  readonly surface: Pick<SurfaceInUse, 'starters' | 'recommend'>;
}

/**
 * What the person may want to say next, asked of the surface where the page wants it: how to begin, until they
 * have said something, and then an answer to each turn. Nobody waits for it, and what comes late is dropped.
 */
export class Suggestions {
  private wanted = false;
  private wishes: StarterWishes | undefined;
  private askedFor: string | undefined;

  constructor(private readonly options: SuggestionsOptions) {}

  /** The page wants suggestions; any other command is not for here. */
  command(command: Command): void {
    if (command.type !== 'suggest') return;
    this.wanted = true;
    this.wishes = command.starters;
    this.review();
  }

  /** Asks where there is something new to ask for. Cheap to call after any change. */
  review(): void {
    const topic = this.topic();
    if (topic === undefined || topic === this.askedFor) return;
    this.askedFor = topic;
    void this.ask(topic);
  }

  /** What is to be suggested now: a beginning (''), or an answer to this turn. */
  private topic(): string | undefined {
    const { turn, items, connection, lastTurnId } = this.options.state();
    if (!this.wanted || turn.phase !== 'idle' || connection.status !== 'open') return undefined;
    if (!items.some(({ kind }) => kind === 'user')) return this.wishes ? '' : undefined;
    return lastTurnId;
  }

  private async ask(topic: string): Promise<void> {
    const { state, dispatch, surface } = this.options;
    const { conversationId } = state();
    if (conversationId === undefined) return;
    const { wishes } = this;
    const texts =
      topic !== ''
        ? await surface.recommend(conversationId, topic)
        : wishes
          ? await surface.starters(wishes)
          : [];
    if (texts.length > 0 && this.topic() === topic) dispatch({ type: 'suggestions.offered', texts });
  }
}
