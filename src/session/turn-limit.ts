import type { Turn } from '../conversation/state.js';
import type { Cancel, Clock } from '../lib/clock.js';

/** A turn is given up after this long … */
const TIME_LIMIT = 10 * 60_000;
/** … or once its reply is this large, about 1 MiB. */
const SIZE_LIMIT = 1_048_576;

/** Watches the turn under way and says when it has gone on for too long or said too much. */
export class TurnLimit {
  private cancel: Cancel | undefined;
  private watched: number | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly exceeded: (limit: 'reply-timeout' | 'reply-too-long') => void,
  ) {}

  /** Looks at the turn after a change of state. */
  review(turn: Turn): void {
    const active = turn.phase === 'waiting' || turn.phase === 'replying';
    if (!active) this.stop();
    else if (turn.size > SIZE_LIMIT) this.end('reply-too-long');
    else if (turn.startedAt !== this.watched) {
      this.stop();
      this.watched = turn.startedAt;
      this.cancel = this.clock.after(TIME_LIMIT, () => {
        this.end('reply-timeout');
      });
    }
  }

  stop(): void {
    this.cancel?.();
    this.cancel = undefined;
    this.watched = undefined;
  }

  private end(limit: 'reply-timeout' | 'reply-too-long'): void {
    this.stop();
    this.exceeded(limit);
  }
}
