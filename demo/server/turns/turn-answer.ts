import { toolCallDetail, turnDetail } from '../threads/conversation-detail.js';
import type { Thread } from '../threads/thread.js';
import type { TurnEvent, TurnFailure, TurnInfo } from '../threads/turn-event.js';

/** Gathers the events of a turn into one JSON answer (protocol §c, TurnResponse). */
export class TurnAnswer {
  failure: TurnFailure | undefined;
  /** More is to be collected by polling. */
  pending = false;
  deliveryVersion: number | undefined;
  private readonly output: object[] = [];
  private readonly toolCalls: object[] = [];
  private turnId: string | null = null;

  constructor(
    private readonly thread: Thread,
    private readonly message: string,
    private readonly includeToolCalls: boolean,
  ) {}

  /** Always undefined: nothing is written before the turn is over. */
  readonly take = (event: TurnEvent, turn: TurnInfo): undefined => {
    this.turnId = turn.turnId;
    if (event.kind === 'tool-completed' && this.includeToolCalls) this.toolCalls.push(toolCallDetail(event));
    if (event.kind === 'message') this.output.push(this.said(event.text));
    if (event.kind === 'failed') this.failure = event;
    if (event.kind !== 'done') return;
    this.pending = event.backgroundPending;
    this.deliveryVersion = event.deliveryVersion;
  };

  /** The answer as it stands. */
  body(): Record<string, unknown> {
    const { thread } = this;
    return {
      turn_id: this.turnId,
      input: { role: 'user', text: this.message },
      output: this.output,
      tool_calls: this.toolCalls,
      conversation: {
        id: thread.id,
        status: thread.status,
        turn_count: thread.turnCount,
        updated_at: thread.updatedAt,
      },
      background_pending: this.pending,
      ...(this.deliveryVersion ? { delivery_protocol_version: this.deliveryVersion } : {}),
    };
  }

  /** A provisional word is not in the history and has no id. */
  private said(text: string): object {
    const kept = this.thread.turns.findLast((turn) => turn.role === 'agent' && turn.text === text);
    return kept ? turnDetail(kept, this.includeToolCalls) : { role: 'agent', text };
  }
}
