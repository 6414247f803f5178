import { randomUUID } from 'node:crypto';

import { Presenter, type PresenterParts } from '../frames/presenter.js';
import type { OpenConnection } from '../surface.js';
import type { TurnEvent, TurnInfo } from '../threads/turn-event.js';
import type { ResponseChannel } from './response-channel.js';

/** What one answer is made of. */
export interface HttpTurnParts extends PresenterParts {
  readonly wire: ResponseChannel;
  readonly connections: Set<OpenConnection>;
  /** The surface's words for an event. */
  write(event: TurnEvent, turn: TurnInfo): string | readonly string[] | undefined;
}

/** How a turn ended for the one who asked. */
export type Outcome = 'completed' | 'cut';

/** One turn, shown in the answer to the request that asked for it. The turn goes on when the client is gone. */
export class HttpTurn extends Presenter {
  readonly id: string = randomUUID();
  private readonly ended: Promise<Outcome>;
  private settle: (outcome: Outcome) => void = () => undefined;

  constructor(private readonly parts: HttpTurnParts) {
    super(parts);
    this.ended = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  /** Speaks in the person's name. A fault may lose the text, or the answer, or both. */
  say(text: string, as: 'user' | 'system' = 'user'): Promise<Outcome> {
    return this.run(
      () => this.thread.submit(text, this.id, as),
      () => this.note('user-text', { text, kept: false }),
    );
  }

  /** Lets the agent speak first. */
  greet(): Promise<Outcome> {
    return this.run(() => this.thread.greet(this.id));
  }

  /** Lets the agent go on without a word of the user. */
  skip(text: string): Promise<Outcome> {
    return this.run(() => this.thread.skip(this.id, text));
  }

  /** Collects background work. */
  poll(): Promise<Outcome> {
    return this.run(() => this.thread.poll(this.id));
  }

  override close(code: number, reason: string): void {
    super.close(code, reason);
    this.settle('cut');
  }

  protected override encode(event: TurnEvent, turn: TurnInfo): ReturnType<HttpTurnParts['write']> {
    return this.parts.write(event, turn);
  }

  protected override isMine(turn: TurnInfo): boolean {
    return turn.connectionId === this.id;
  }

  private async run(ask: () => void, lose: () => void = () => undefined): Promise<Outcome> {
    const { connections } = this.parts;
    const unsubscribe = this.thread.subscribe((event, turn) => this.follow(event, turn));
    connections.add(this);
    this.parts.wire.whenGone(() => this.leave());
    if (this.trip('received')) ask();
    else lose();
    const outcome = await this.ended;
    unsubscribe();
    connections.delete(this);
    return outcome;
  }

  private follow(event: TurnEvent, turn: TurnInfo): void {
    this.deliver(event, turn);
    const isLast = event.kind === 'done' || event.kind === 'failed';
    if (isLast && this.isMine(turn)) this.settle('completed');
  }

  private leave(): void {
    this.over = true;
    this.thread.leave(this.id);
    this.settle('cut');
  }
}
