import type { ErrorOrigin, ErrorSeverity } from './conversation/error.js';
import type { ConnectionStatus, DeliveryStatus, SurfaceName } from './conversation/state.js';

/**
 * The events a host page may listen to. All bubble and cross shadow roots. Details carry ids, roles, counts and
 * codes; the text of a message only with the `event-text` attribute, because analytics scripts listen too.
 */
class PublicEvent<Detail> extends CustomEvent<Detail> {
  constructor(type: string, detail: Detail, cancelable = false) {
    super(type, { detail, bubbles: true, composed: true, cancelable });
  }
}

/** The element is on the page and takes commands. */
export class AmigoReadyEvent extends PublicEvent<Readonly<Record<string, never>>> {
  constructor() {
    super('amigo-ready', {});
  }
}

/** The popup was opened. */
export class AmigoOpenEvent extends PublicEvent<Readonly<Record<string, never>>> {
  constructor() {
    super('amigo-open', {});
  }
}

/** The popup was closed; the conversation goes on. */
export class AmigoCloseEvent extends PublicEvent<Readonly<Record<string, never>>> {
  constructor() {
    super('amigo-close', {});
  }
}

export interface ConnectionChangeDetail {
  readonly connection: ConnectionStatus;
  readonly surface: SurfaceName;
}

/** The state of the connection changed, or the surface in use did. */
export class AmigoConnectionChangeEvent extends PublicEvent<ConnectionChangeDetail> {
  constructor(detail: ConnectionChangeDetail) {
    super('amigo-connection-change', detail);
  }
}

export interface SessionStartDetail {
  readonly conversationId: string | undefined;
  /** The server led back into a conversation that this page had been in before. */
  readonly resumed: boolean;
}

/** A session with the agent is open. */
export class AmigoSessionStartEvent extends PublicEvent<SessionStartDetail> {
  constructor(detail: SessionStartDetail) {
    super('amigo-session-start', detail);
  }
}

export interface SessionEndDetail {
  readonly conversationId?: string;
  readonly reason: string;
}

/** The session ended: by either side, or because the page closed it. */
export class AmigoSessionEndEvent extends PublicEvent<SessionEndDetail> {
  constructor(detail: SessionEndDetail) {
    super('amigo-session-end', detail);
  }
}

export interface MessageDetail {
  readonly id: string;
  readonly role: 'user' | 'agent' | 'system';
  /** Only with the `event-text` attribute. */
  readonly text?: string;
}

/** A message is whole: once for each, never while it streams, never for the history. */
export class AmigoMessageEvent extends PublicEvent<MessageDetail> {
  constructor(detail: MessageDetail) {
    super('amigo-message', detail);
  }
}

export interface MessageStatusDetail {
  readonly id: string;
  readonly status: DeliveryStatus;
}

/** What is known of the delivery of one of the person's messages changed. */
export class AmigoMessageStatusEvent extends PublicEvent<MessageStatusDetail> {
  constructor(detail: MessageStatusDetail) {
    super('amigo-message-status', detail);
  }
}

export interface TurnCompleteDetail {
  readonly turnId?: string;
  /** The agent's messages of this turn. */
  readonly messageIds: readonly string[];
}

/** The agent has finished its turn. */
export class AmigoTurnCompleteEvent extends PublicEvent<TurnCompleteDetail> {
  constructor(detail: TurnCompleteDetail) {
    super('amigo-turn-complete', detail);
  }
}

export interface ToolStartDetail {
  readonly callId: string;
  readonly toolName: string;
}

/** The agent began to use a tool. */
export class AmigoToolStartEvent extends PublicEvent<ToolStartDetail> {
  constructor(detail: ToolStartDetail) {
    super('amigo-tool-start', detail);
  }
}

export interface ToolCompleteDetail extends ToolStartDetail {
  /** Undefined where the surface does not say. */
  readonly succeeded: boolean | undefined;
  readonly durationMs?: number;
}

/** A tool has finished. */
export class AmigoToolCompleteEvent extends PublicEvent<ToolCompleteDetail> {
  constructor(detail: ToolCompleteDetail) {
    super('amigo-tool-complete', detail);
  }
}

export interface ErrorDetail {
  readonly origin: ErrorOrigin;
  readonly code: string;
  readonly severity: ErrorSeverity;
  readonly retryable: boolean;
}

/** Something went wrong, and the widget shows it. */
export class AmigoErrorEvent extends PublicEvent<ErrorDetail> {
  constructor({ origin, code, severity, retryable }: ErrorDetail) {
    super('amigo-error', { origin, code, severity, retryable });
  }
}

export interface AuthRequiredDetail {
  readonly reason: string;
}

/** The person has to sign in again. Nothing is tried until `connect()` or a new `getToken`. */
export class AmigoAuthRequiredEvent extends PublicEvent<AuthRequiredDetail> {
  constructor(detail: AuthRequiredDetail) {
    super('amigo-auth-required', detail);
  }
}

export interface UnreadChangeDetail {
  readonly count: number;
}

/** The number of messages that came while nobody looked changed. */
export class AmigoUnreadChangeEvent extends PublicEvent<UnreadChangeDetail> {
  constructor(detail: UnreadChangeDetail) {
    super('amigo-unread-change', detail);
  }
}

export interface BeforeSendDetail {
  readonly id: string;
  /** Only with the `event-text` attribute. */
  readonly text?: string;
}

/** A message is about to be sent. `preventDefault()` stops it and keeps the draft. */
export class AmigoBeforeSendEvent extends PublicEvent<BeforeSendDetail> {
  constructor(detail: BeforeSendDetail) {
    super('amigo-before-send', detail, true);
  }
}

export interface ApprovalDetail {
  /** As given to `requestApproval()`. */
  readonly id: string;
  readonly decision: 'approve' | 'reject';
}

/** The person decided about a proposed action, and the server knows. */
export class AmigoApprovalEvent extends PublicEvent<ApprovalDetail> {
  constructor(detail: ApprovalDetail) {
    super('amigo-approval', detail);
  }
}

export interface FeedbackDetail {
  /** The reply's id, as in `messages`. */
  readonly messageId: string;
  readonly value: 'up' | 'down';
}

/** The person said whether a reply helped, or changed their mind. */
export class AmigoFeedbackEvent extends PublicEvent<FeedbackDetail> {
  constructor(detail: FeedbackDetail) {
    super('amigo-feedback', detail);
  }
}

export interface HandoverDetail {
  /** `escalated`: a person from the clinic takes over; `none`: another conversation has begun. */
  readonly state: 'none' | 'escalated';
}

/** The conversation was handed over to a person, or another one has begun. */
export class AmigoHandoverEvent extends PublicEvent<HandoverDetail> {
  constructor(detail: HandoverDetail) {
    super('amigo-handover', detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    'amigo-approval': AmigoApprovalEvent;
    'amigo-feedback': AmigoFeedbackEvent;
    'amigo-handover': AmigoHandoverEvent;
    'amigo-ready': AmigoReadyEvent;
    'amigo-open': AmigoOpenEvent;
    'amigo-close': AmigoCloseEvent;
    'amigo-connection-change': AmigoConnectionChangeEvent;
    'amigo-session-start': AmigoSessionStartEvent;
    'amigo-session-end': AmigoSessionEndEvent;
    'amigo-message': AmigoMessageEvent;
    'amigo-message-status': AmigoMessageStatusEvent;
    'amigo-turn-complete': AmigoTurnCompleteEvent;
    'amigo-tool-start': AmigoToolStartEvent;
    'amigo-tool-complete': AmigoToolCompleteEvent;
    'amigo-error': AmigoErrorEvent;
    'amigo-auth-required': AmigoAuthRequiredEvent;
    'amigo-unread-change': AmigoUnreadChangeEvent;
    'amigo-before-send': AmigoBeforeSendEvent;
  }
}
