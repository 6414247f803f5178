import type { ConversationState, UserMessage } from '../conversation/state.js';
import type { Cancel, Clock } from '../lib/clock.js';

/** How long a greeting may stay silent before what was typed goes out all the same (protocol C6). */
const GREETING_SILENCE = 3_000;

export interface OutboxOptions {
  readonly state: () => ConversationState;
  readonly clock: Clock;
  /** Whether an earlier message still has to be looked for. */
  readonly busy: () => boolean;
  /** Hands a message over. False where it did not leave. */
  readonly handOver: (message: UserMessage) => boolean;
}

/**
 * Lets one message out at a time, in the order they were typed: the queue itself is the conversation's state.
 * A message waits for the connection, for the turn under way, for the greeting, and for an earlier message
 * whose fate is still open.
 */
export class Outbox {
  private lastHeard = 0;
  private cancel: Cancel | undefined;

  constructor(private readonly options: OutboxOptions) {}

  /** The server said something: the silence begins anew. */
  heard(): void {
    this.lastHeard = this.options.clock.monotonic();
  }

  /** What is to go next, unless an earlier message has to be looked for first. */
  get next(): UserMessage | undefined {
    if (this.options.busy()) return undefined;
    const { items } = this.options.state();
    return items.find((item): item is UserMessage => item.kind === 'user' && item.status === 'queued');
  }

  /** Hands over what may go now. Cheap to call after any change. */
  pump(): void {
    this.stop();
    const state = this.options.state();
    const { next } = this;
    if (!next || state.connection.status !== 'open') return;
    const hold = this.hold(state);
    if (hold === 0) this.options.handOver(next);
    else if (hold !== undefined) {
      this.cancel = this.options.clock.after(hold, () => {
        this.pump();
      });
    }
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }

  /** Milliseconds to wait; undefined until something happens. */
  private hold({ turn, greetingDue }: ConversationState): number | undefined {
    const idle = turn.phase === 'idle' || turn.phase === 'background';
    if (!idle && turn.messageId !== undefined) return undefined;
    if (idle && !greetingDue) return 0;
    return Math.max(0, GREETING_SILENCE - (this.options.clock.monotonic() - this.lastHeard));
  }
}
