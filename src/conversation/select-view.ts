import type { ConversationError } from './error.js';
import type {
  AgentMessage,
  ConnectionStatus,
  ConversationState,
  DeliveryStatus,
  Note,
  SurfaceName,
  TimelineItem,
  TurnPhase,
  UserMessage,
} from './state.js';

/** A message as the host page sees it. Frozen: the host cannot edit it. */
export interface PublicMessage {
  readonly id: string;
  readonly role: 'user' | 'agent' | 'system';
  readonly text: string;
  /** ISO time. */
  readonly at: string;
  /** On the person's messages. */
  readonly status?: DeliveryStatus;
  /** On an agent's message that was cut off. */
  readonly incomplete?: boolean;
  readonly turnId?: string;
}

/** The conversation as the host page sees it. Frozen. */
export interface PublicState {
  readonly connection: ConnectionStatus;
  readonly surface: SurfaceName;
  readonly conversationId?: string;
  readonly turn: TurnPhase;
  readonly handover: 'none' | 'escalated';
  /** Messages that came while nobody looked. */
  readonly unread: number;
  /** The popup is shown; always true in the other layouts. */
  readonly open: boolean;
  /** Nothing of the conversation is shown. */
  readonly locked: boolean;
  readonly error?: Pick<ConversationError, 'origin' | 'code' | 'severity' | 'retryable'>;
}

type Spoken = UserMessage | AgentMessage;

const isSpoken = (item: TimelineItem): item is Spoken => item.kind === 'user' || item.kind === 'agent';

function publicMessage(item: Spoken): PublicMessage {
  return Object.freeze({
    id: item.id,
    role: item.kind === 'user' && item.event ? 'system' : item.kind,
    text: item.text,
    at: new Date(item.at).toISOString(),
    ...(item.kind === 'user' ? { status: item.status } : {}),
    ...(item.kind === 'agent' && item.incomplete ? { incomplete: true } : {}),
    ...(item.turnId === undefined ? {} : { turnId: item.turnId }),
  });
}

function publicNote(note: Note, words: (note: Note) => string): PublicMessage {
  return Object.freeze({
    id: note.id,
    role: 'system',
    text: words(note),
    at: new Date(note.at).toISOString(),
  });
}

/** What was said, oldest first; the widget's own notes count as said by the system. */
export function selectMessages(
  items: readonly TimelineItem[],
  words: (note: Note) => string,
): readonly PublicMessage[] {
  const messages = items.flatMap((item) =>
    isSpoken(item) ? [publicMessage(item)] : item.kind === 'note' ? [publicNote(item, words)] : [],
  );
  return Object.freeze(messages);
}

/** The state of the contract. */
export function selectState(
  state: ConversationState,
  {
    open,
    unread,
    locked,
    error = state.error,
  }: Pick<PublicState, 'open' | 'unread' | 'locked'> & {
    error?: ConversationError | undefined;
  },
): PublicState {
  return Object.freeze({
    connection: state.connection.status,
    surface: state.connection.surface,
    ...(state.conversationId === undefined ? {} : { conversationId: state.conversationId }),
    turn: state.turn.phase,
    handover: state.handover,
    unread,
    open,
    locked,
    ...(error ? { error: publicError(error) } : {}),
  });
}

function publicError({
  origin,
  code,
  severity,
  retryable,
}: ConversationError): NonNullable<PublicState['error']> {
  return Object.freeze({ origin, code, severity, retryable });
}
