import type { AgentMemory } from '../agent/agent.js';
import type { StoredToolCall } from './stored-turn.js';
import type { TurnEvent, TurnInfo } from './turn-event.js';

/** Something a thread has to do, in the order in which it was asked to. */
export type Job =
  | {
      readonly kind: 'user';
      readonly text: string;
      /** Who speaks: the person, or something that happened (classic `external-event`). */
      readonly as: 'user' | 'system';
      readonly connectionId: string | undefined;
    }
  | {
      readonly kind: 'greeting';
      /** What is said; by default what the agent thinks of. */
      readonly text: string | undefined;
      readonly connectionId: string | undefined;
      readonly stored: boolean;
    }
  | { readonly kind: 'unprompted'; readonly text: string; readonly connectionId: undefined }
  | { readonly kind: 'skip'; readonly text: string; readonly connectionId: string }
  | { readonly kind: 'poll'; readonly connectionId: string };

/** The turn that runs. */
export interface RunningTurn {
  readonly info: TurnInfo;
  readonly abort: AbortController;
  readonly memoryBefore: AgentMemory;
  readonly toolCalls: StoredToolCall[];
  /** Everything that was told of it so far, unless the person began it. */
  readonly told: TurnEvent[];
  stored: boolean;
  endless: boolean;
}
