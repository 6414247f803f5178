import type { ServerEvent } from '../conversation/event.js';
import type { Cancel, Clock } from '../lib/clock.js';

/**
 * Ends a turn for servers that do not (protocol §b, Turn end): a whole message followed by silence. A server
 * that is seen to end its turns itself is believed from then on.
 */
export class QuietTurnEnd {
  private cancel: Cancel | undefined;
  private spoken = false;

  constructor(
    private readonly clock: Clock,
    /** Milliseconds; undefined where the surface always says when a turn ends. */
    private readonly silence: number | undefined,
    private readonly ended: () => void,
  ) {}

  /** Looks at what the server just said. */
  after({ type }: ServerEvent): void {
    if (type === 'turn.completed') this.spoken = true;
    if (type !== 'agent.message' || this.spoken || this.silence === undefined) return;
    this.stop();
    this.cancel = this.clock.after(this.silence, this.ended);
  }

  /** The server goes on, or is gone. */
  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
  }
}
