import type { StoredToolCall, StoredTurn } from './stored-turn.js';

/** What was said in a conversation, and when. */
export class History {
  readonly turns: StoredTurn[] = [];
  readonly createdAt: string;
  updatedAt: string;

  /**
   * @param now milliseconds since the epoch
   * @param nextSequence position among everything any thread ever kept
   */
  constructor(
    private readonly now: () => number,
    private readonly nextSequence: () => number,
  ) {
    this.createdAt = this.updatedAt = this.timestamp();
  }

  /** User turns so far. */
  get turnCount(): number {
    return this.turns.filter((turn) => turn.role === 'user').length;
  }

  keep(
    role: StoredTurn['role'],
    text: string,
    { turnId, turnIndex }: Pick<StoredTurn, 'turnId' | 'turnIndex'>,
    toolCalls: readonly StoredToolCall[] = [],
  ): void {
    const sequence = this.nextSequence();
    this.turns.push({ sequence, role, text, timestamp: this.timestamp(), turnId, turnIndex, toolCalls });
    this.touch();
  }

  /** Takes a turn back, and whatever followed it. */
  takeBack(turnId: string | null): void {
    const from = this.turns.findIndex((stored) => stored.turnId === turnId);
    if (from >= 0) this.turns.splice(from);
  }

  touch(): void {
    this.updatedAt = this.timestamp();
  }

  private timestamp(): string {
    return new Date(this.now()).toISOString();
  }
}
