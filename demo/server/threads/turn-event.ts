/** One exchange, greeting or unprompted word of the agent, for as long as it runs. */
export interface TurnInfo {
  readonly kind: 'user' | 'greeting' | 'unprompted' | 'poll';
  readonly conversationId: string;
  /** Null before the first user turn and for what the agent says by itself (protocol §a, `done`). */
  readonly turnId: string | null;
  /** Position of the exchange, from 0; null when `turnId` is. */
  readonly turnIndex: number | null;
  /** The connection it was asked for on; undefined: everybody's. */
  readonly connectionId: string | undefined;
}

/** A turn that ended without its `done`. */
export interface TurnFailure {
  readonly kind: 'failed';
  readonly message: string;
  readonly code?: string;
  readonly retryable?: boolean;
  readonly statusCode?: number;
  /** The surface ends the connection with this code after the error. */
  readonly closeCode?: number;
}

/**
 * What happens in a turn, whatever the surface: each surface is an encoder of these.
 * `started` comes once the user's text is in the history, before anything is said.
 */
export type TurnEvent =
  | { readonly kind: 'started' }
  | { readonly kind: 'thinking'; readonly tier: number; readonly tierName: string }
  | { readonly kind: 'delta'; readonly text: string }
  | {
      readonly kind: 'tool-started';
      readonly toolName: string;
      readonly callId: string;
      readonly input: object;
    }
  | {
      readonly kind: 'tool-completed';
      readonly toolName: string;
      readonly callId: string;
      readonly input: object;
      readonly result: string;
      readonly succeeded: boolean;
      readonly durationMs: number;
    }
  | { readonly kind: 'message'; readonly text: string }
  | {
      readonly kind: 'done';
      readonly status: string;
      readonly turnCount: number;
      /** What was said so far is only an acknowledgement (protocol §c, Background work). */
      readonly backgroundPending: boolean;
      /** 2 where background work is handed over by receipt (protocol C29). */
      readonly deliveryVersion?: number;
    }
  | TurnFailure;

/** Called for each event of each turn of a thread, in order and at once. */
export type TurnListener = (event: TurnEvent, turn: TurnInfo) => void;
