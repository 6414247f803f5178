import type { ConversationError } from './error.js';

/** How the conversation is reached. The names are the values of the `transport` attribute. */
export type SurfaceName = 'sessions-connect' | 'text-stream' | 'turns' | 'classic';

/** `idle` not begun or idle-closed; `reconnecting` slow retries too; `failed` nothing is tried any more. */
export type ConnectionStatus = 'idle' | 'connecting' | 'open' | 'reconnecting' | 'closed' | 'failed';

/** What is known of one thing the person typed (see "What we promise about a message"). */
export type DeliveryStatus = 'queued' | 'sent' | 'unconfirmed' | 'delivered' | 'not-sent';

export interface UserMessage {
  readonly kind: 'user';
  readonly id: string;
  readonly text: string;
  /** It tells the agent what happened; nobody said it. */
  readonly event?: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly status: DeliveryStatus;
  /** While `unconfirmed`: whether the widget is looking for it, or could not and leaves it to the person. */
  readonly checking?: boolean;
  /** User turns the server was known to hold before this one was handed over; see `reconcile.ts`. */
  readonly baseline?: number;
  /** An earlier handing over is unproven: that a later one was refused, or taken back, says nothing of that. */
  readonly doubtful?: boolean;
  /** The conversation it was handed over in; another one's history proves nothing of it. */
  readonly conversationId?: string;
  /** Its turn broke off: the reply, or the rest of it, is looked for in the history. */
  readonly awaitingReply?: boolean;
  /** Why it was not sent, or why its reply failed. */
  readonly error?: ConversationError;
  readonly turnId?: string;
}

export interface AgentMessage {
  readonly kind: 'agent';
  readonly id: string;
  /** Markdown. Within one `revision` it only ever grows, so that a view may append. */
  readonly text: string;
  readonly revision: number;
  readonly at: number;
  /** More of it may come. */
  readonly streaming: boolean;
  /** It was cut off: shown as unfinished until the history completes it. */
  readonly incomplete: boolean;
  /** Said by the agent on its own accord at the start of a session. */
  readonly greeting: boolean;
  /** Text of an answer still being worked on in the background (`background_pending`). */
  readonly provisional?: boolean;
  /** The person pressed stop: it stays as it was then. */
  readonly stopped?: boolean;
  readonly turnId?: string;
}

export type ToolStatus = 'running' | 'succeeded' | 'failed' | 'unknown';

export interface ToolCall {
  readonly kind: 'tool';
  /** Unique in the timeline. */
  readonly id: string;
  /** The wire's `call_id`, by which start and completion pair. */
  readonly callId: string;
  readonly toolName: string;
  readonly status: ToolStatus;
  readonly input?: string;
  readonly result?: string;
  readonly durationMs?: number;
  readonly at: number;
}

/** Something the widget itself tells the person, in the flow of the conversation. */
export type NoteCode =
  'approved' | 'rejected' | 'ended' | 'resumed-thread' | 'new-thread' | 'handover' | 'idle';

export interface Note {
  readonly kind: 'note';
  readonly id: string;
  readonly note: NoteCode;
  readonly at: number;
}

/** Something that the person is asked to approve, on the host page's word. */
export interface Approval {
  readonly id: string;
  readonly summary: string;
  /** The answer is on its way. */
  readonly deciding: boolean;
}

export type TimelineItem = UserMessage | AgentMessage | ToolCall | Note;

/** `waiting` for the first sign of a reply; `background` the agent goes on working after its turn. */
export type TurnPhase = 'idle' | 'waiting' | 'replying' | 'background';

export interface Turn {
  readonly phase: TurnPhase;
  /** The user message it answers; absent when the agent speaks of its own accord. */
  readonly messageId?: string;
  /** The greeting had not ended when the message went out: what comes may be that, and proves nothing. */
  readonly greetingOpen?: boolean;
  /** The bubble that deltas go into. */
  readonly replyId?: string;
  readonly startedAt?: number;
  /** Something to read while the reply takes long. */
  readonly notice?: string;
  /** Characters received, for the limit of one reply. */
  readonly size: number;
  /** `stop()` was pressed: the view is frozen, the rest of the turn goes unseen. */
  readonly stopped: boolean;
  /** A greeting that may repeat one already on screen is held back until it is whole. */
  readonly held?: string;
}

export interface Connection {
  readonly status: ConnectionStatus;
  readonly surface: SurfaceName;
  /** Tries in a row that failed; 0 once a session has been open for a while. */
  readonly attempt: number;
  readonly offline: boolean;
}

export interface ConversationState {
  readonly connection: Connection;
  readonly conversationId?: string;
  readonly entityId?: string;
  readonly turn: Turn;
  readonly items: readonly TimelineItem[];
  /** User turns the server is known to hold; undefined until something proved a number. */
  readonly userTurns?: number;
  /** The agent may greet now: from `session.opened` to the first finished turn. */
  readonly greetingDue: boolean;
  /** What waits for the person's decision, oldest first. */
  readonly approvals: readonly Approval[];
  /** `turn_id` of the last finished turn: a repeated `done` is recognised by it. */
  readonly lastTurnId?: string;
  readonly handover: 'none' | 'escalated';
  /** What the person may want to say next. */
  readonly suggestions?: readonly string[];
  /** The unfinished conversation that stands in the way of a new one, until the person has chosen. */
  readonly conflict?: { readonly conversationId: string };
  /** The server wants messages named and replies acknowledged. */
  readonly receipts?: boolean;
  /** The error that the banner shows. */
  readonly error?: ConversationError;
  readonly history: 'unread' | 'loading' | 'loaded' | 'failed';
  /** Frames arrived out of order, or a turn broke off: the history is read before the view is trusted. */
  readonly suspect: boolean;
  /** Frames dropped since the page was opened. */
  readonly dropped: number;
}

const idleTurn: Turn = { phase: 'idle', size: 0, stopped: false };

/** No turn under way. */
export function noTurn(): Turn {
  return idleTurn;
}

/** An empty conversation that has not begun. */
export function initialState(surface: SurfaceName): ConversationState {
  return {
    connection: { status: 'idle', surface, attempt: 0, offline: false },
    turn: idleTurn,
    items: [],
    approvals: [],
    greetingDue: false,
    handover: 'none',
    history: 'unread',
    suspect: false,
    dropped: 0,
  };
}
