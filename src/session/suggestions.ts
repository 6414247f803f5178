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
 * have said something, and then an answer to each turn. Nobody waits for it. Each is asked for once; an answer
 * that comes while the agent speaks waits for its end, and one that the conversation has passed by is dropped.
 */
export class Suggestions {
  private wanted = false;
  private wishes: StarterWishes | undefined;
  private askedFor: string | undefined;
  /** What came for `askedFor` and has not been offered yet. */
  private answer: readonly string[] = [];

  constructor(private readonly options: SuggestionsOptions) {}

  /** The page wants suggestions, or a new conversation needs its own; any other command is not for here. */
  command(command: Command): void {
    if (command.type === 'new-conversation') this.askedFor = undefined;
    if (command.type !== 'suggest') return;
    this.wanted = true;
    this.wishes = command.starters;
    this.review();
  }

  /** Asks where there is something new to ask for, and offers what has come. Cheap to call after any change. */
  review(): void {
    const topic = this.topic();
    if (topic === undefined) return;
    if (topic === this.askedFor) this.offer();
    else {
      this.askedFor = topic;
      this.answer = [];
      void this.ask(topic);
    }
  }

  /** What is to be suggested now: a beginning (''), or an answer to this turn. Undefined while there is nothing to suggest. */
  private topic(): string | undefined {
    const { turn, items, connection, conversationId, lastTurnId } = this.options.state();
    if (!this.wanted || turn.phase !== 'idle' || connection.status !== 'open') return undefined;
    if (!items.some(({ kind }) => kind === 'user')) return this.wishes ? '' : undefined;
    return conversationId === undefined ? undefined : lastTurnId;
  }

  private async ask(topic: string): Promise<void> {
    const { state, surface } = this.options;
    const { conversationId = '' } = state();
    const { wishes } = this;
    const texts =
      topic !== ''
        ? await surface.recommend(conversationId, topic)
        : wishes
          ? await surface.starters(wishes)
          : [];
    if (topic !== this.askedFor) return;
    this.answer = texts;
    if (this.topic() === topic) this.offer();
  }

  private offer(): void {
    const { answer: texts } = this;
    this.answer = [];
    if (texts.length > 0) this.options.dispatch({ type: 'suggestions.offered', texts });
  }
}
