import type { HistoryTurn } from './event.js';

/** What conversation starters are asked with: the `starters` property. */
export interface StarterWishes {
  /** What they are to be about; at least one. */
  readonly facets: readonly string[];
  /** How they are to be worded. */
  readonly instructions: string;
  /** How many at least, and at most: 1 to 10. */
  readonly min: number;
  readonly max: number;
}

/** What the person or the host page asks of the conversation. */
export type Command =
  | { readonly type: 'connect' }
  | { readonly type: 'disconnect' }
  /** Try now instead of waiting for the next attempt. */
  | { readonly type: 'reconnect' }
  | { readonly type: 'send'; readonly id: string; readonly text: string; readonly event?: boolean }
  /** "Don't send": takes a queued message back. */
  | { readonly type: 'withdraw'; readonly id: string }
  /** "Send again": only a person asks for it. */
  | { readonly type: 'resend'; readonly id: string }
  /** "Check now": look for an unconfirmed message in the history. */
  | { readonly type: 'check'; readonly id: string }
  /** "It arrived": the person vouches for an unconfirmed message. */
  | { readonly type: 'confirm'; readonly id: string }
  /** "Ask again": sends the text of a delivered message, whose reply failed, as a new one. */
  | { readonly type: 'ask-again'; readonly id: string; readonly newId: string }
  /** What this tab kept of the conversation before it was reloaded. */
  | { readonly type: 'restore'; readonly turns: readonly HistoryTurn[] }
  | { readonly type: 'stop' }
  | { readonly type: 'new-conversation' }
  | { readonly type: 'end-conversation' }
  /** What to do about an unfinished conversation: go on with it, or end it and begin another. */
  | { readonly type: 'continue-conversation' }
  | { readonly type: 'start-over' }
  /** The page wants suggestions of what to say; `starters`: how to begin, too. */
  | { readonly type: 'suggest'; readonly starters?: StarterWishes }
  | { readonly type: 'dismiss-error' }
  /** "Check again": ask on for what the agent works on in the background. */
  | { readonly type: 'collect' }
  /** The host page asks for a decision; the same id again replaces what it said. */
  | { readonly type: 'request-approval'; readonly id: string; readonly summary: string }
  | {
      readonly type: 'decide';
      readonly id: string;
      readonly decision: 'approve' | 'reject';
      readonly reason?: string;
    };
