import type { ConversationError } from './error.js';
import type { ConnectionStatus, ConversationState, DeliveryStatus, NoteCode, SurfaceName } from './state.js';

/** A tool call as the server's history tells it. */
export interface HistoryTool {
  readonly callId: string;
  readonly toolName: string;
  readonly input?: string;
  readonly result?: string;
  readonly succeeded?: boolean;
  readonly durationMs?: number;
}

/** One turn of the conversation as the server's history tells it (protocol §c, ConversationDetail). */
export interface HistoryTurn {
  readonly role: 'user' | 'agent' | 'system';
  readonly text: string;
  /** Epoch milliseconds, where the server gave a time. */
  readonly at?: number;
  readonly turnId?: string;
  /** A user turn that tells of something that happened, and is not in the person's words. */
  readonly event?: boolean;
  /** What the agent did before it spoke. */
  readonly tools?: readonly HistoryTool[];
}

/**
 * What a server said, in the conversation's own words (protocol §h). Nothing past the decode door knows
 * which surface spoke.
 */
export type ServerEvent =
  | {
      readonly type: 'session.opened';
      readonly conversationId?: string;
      readonly entityId?: string;
      /** False where the server will not let the agent speak first this time. */
      readonly greets?: boolean;
      /** The person's earlier conversation could not be continued: they are told that this is another. */
      readonly anew?: boolean;
    }
  | { readonly type: 'agent.typing' }
  /** Something to read while the reply takes long. It is no part of the reply. */
  | { readonly type: 'agent.notice'; readonly text: string }
  | { readonly type: 'agent.delta'; readonly text: string }
  /** The whole text of one bubble: it replaces what was streamed, never adds to it. */
  | { readonly type: 'agent.message'; readonly text: string; readonly provisional?: boolean }
  | {
      readonly type: 'tool.started';
      readonly callId: string;
      readonly toolName: string;
      readonly input?: string;
    }
  | {
      readonly type: 'tool.completed';
      readonly callId: string;
      readonly toolName: string;
      readonly result?: string;
      /** Absent where the surface does not say (classic). */
      readonly succeeded?: boolean;
      readonly durationMs?: number;
    }
  | {
      readonly type: 'turn.completed';
      readonly turnId?: string;
      readonly turnCount?: number;
      /** Where no session was announced, this is the first that is heard of it. */
      readonly conversationId?: string;
      /** The server wants messages named and replies acknowledged from now on (protocol §c, Version 2). */
      readonly receipts?: boolean;
    }
  | { readonly type: 'turn.pending' }
  | {
      readonly type: 'turn.failed';
      readonly error: ConversationError;
      /** The server kept nothing of the turn: its text may be sent again (classic `error`, `client_error`). */
      readonly rolledBack: boolean;
      /** The conversation that it began was not kept either. */
      readonly discarded?: boolean;
    }
  | { readonly type: 'session.notice'; readonly error: ConversationError }
  /** The server still holds an unfinished conversation: the person chooses between it and a new one. */
  | { readonly type: 'session.conflict'; readonly conversationId: string }
  | { readonly type: 'session.idle' }
  | { readonly type: 'session.ended'; readonly reason: string }
  | { readonly type: 'ping' }
  | { readonly type: 'frame.dropped'; readonly kind: 'unknown' | 'malformed' };

export type SessionOpened = Extract<ServerEvent, { type: 'session.opened' }>;

/** What happened on this side. */
export type LocalEvent =
  | { readonly type: 'user.message'; readonly text: string; readonly event?: boolean }
  | { readonly type: 'turn.started'; readonly messageId: string }
  | {
      readonly type: 'message.status';
      readonly messageId: string;
      readonly status: DeliveryStatus;
      readonly checking?: boolean;
      readonly error?: ConversationError;
    }
  | { readonly type: 'message.removed'; readonly messageId: string }
  | {
      readonly type: 'connection.changed';
      readonly status?: ConnectionStatus;
      readonly attempt?: number;
      readonly offline?: boolean;
      readonly surface?: SurfaceName;
    }
  /** The wire broke with a turn under way. */
  | { readonly type: 'turn.lost' }
  | { readonly type: 'history.loading' }
  | {
      readonly type: 'history.loaded';
      readonly turns: readonly HistoryTurn[];
      /** Whether turns from before this page belong on the screen. */
      readonly earlier: boolean;
      /** Not the server's word, but this tab's: it says nothing of how much the server holds. */
      readonly kept?: boolean;
    }
  | { readonly type: 'history.failed' }
  /** The history was looked through for what a break left open, as often as it is worth. */
  | { readonly type: 'history.checked' }
  | { readonly type: 'error.raised'; readonly error: ConversationError }
  | { readonly type: 'error.cleared' }
  | { readonly type: 'turn.stopped' }
  | { readonly type: 'approval.requested'; readonly approvalId: string; readonly summary: string }
  | { readonly type: 'approval.deciding'; readonly approvalId: string; readonly deciding: boolean }
  | {
      readonly type: 'approval.decided';
      readonly approvalId: string;
      readonly decision: 'approve' | 'reject';
    }
  /** What the person may want to say next. */
  | { readonly type: 'suggestions.offered'; readonly texts: readonly string[] }
  /** The person chose; see `session.conflict`. */
  | { readonly type: 'conflict.settled' }
  | { readonly type: 'note.added'; readonly note: NoteCode }
  /** `otherPerson`: what comes is somebody else's. */
  | { readonly type: 'conversation.cleared'; readonly otherPerson?: boolean }
  /** Another tab leads: the conversation is shown as it has it. */
  | { readonly type: 'state.mirrored'; readonly state: ConversationState };

/** An event as the reducer takes it: the session stamps time and id, so that any conversation replays. */
export type ConversationEvent = (ServerEvent | LocalEvent) & {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Unique; names the item the event creates. */
  readonly id: string;
};
