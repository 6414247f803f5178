/** A finished tool call, as the history keeps it. */
export interface StoredToolCall {
  readonly toolName: string;
  readonly callId: string;
  readonly input: object;
  readonly result: string;
  readonly succeeded: boolean;
  readonly durationMs: number;
}

/** One entry of the history. */
export interface StoredTurn {
  /** Position among everything any thread of the server ever kept. */
  readonly sequence: number;
  readonly role: 'user' | 'agent' | 'system';
  readonly text: string;
  /** ISO time. */
  readonly timestamp: string;
  readonly turnId: string | null;
  readonly turnIndex: number | null;
  readonly toolCalls: readonly StoredToolCall[];
}
