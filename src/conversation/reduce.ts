import type { ConversationEvent } from './event.js';
import { append, findUserMessage, notSent, queueStart, updateItem, userMessage } from './items.js';
import { mergeHistory } from './merge-history.js';
import * as turn from './reduce-turn.js';
import { initialState, noTurn } from './state.js';
import type { ConversationState, TimelineItem, UserMessage } from './state.js';

type Of<Type extends ConversationEvent['type']> = Extract<ConversationEvent, { type: Type }>;
type Reducers = {
  readonly [Type in ConversationEvent['type']]: (
    state: ConversationState,
    event: Of<Type>,
  ) => ConversationState;
};

/** A greeting that never said it was done ends here. */
function handOver(before: ConversationState, event: Of<'turn.started'>): ConversationState {
  const state = turn.closeTurn(before, false);
  const { conversationId, userTurns } = state;
  const greetingOpen = before.greetingDue ? { greetingOpen: true } : {};
  const message = findUserMessage(state.items, event.messageId);
  if (!message) return state;
  const sent: UserMessage = {
    ...message,
    status: 'sent',
    ...(userTurns === undefined ? {} : { baseline: message.baseline ?? userTurns }),
    ...(conversationId === undefined ? {} : { conversationId }),
  };
  const others = state.items.filter((item) => item !== message);
  return {
    ...state,
    items: append(others, sent),
    turn: { ...noTurn(), phase: 'waiting', messageId: event.messageId, startedAt: event.at, ...greetingOpen },
  };
}

/**
 * A message that waits again goes below what was said meanwhile; the reasons of its past are gone. What is
 * still unconfirmed may turn out to have arrived the first time, so that is where it is looked for from.
 */
function requeue(state: ConversationState, message: UserMessage): ConversationState {
  const others = state.items.filter((item) => item !== message);
  // One that comes back keeps its turn; one that the person sends again goes behind what waits already.
  const place = message.status === 'sent' ? queueStart(others) : others.length;
  const { id, text, event, at, baseline } = message;
  const doubtful = message.status === 'unconfirmed' || (message.status === 'sent' && message.doubtful);
  const fresh: UserMessage = {
    kind: 'user',
    id,
    text,
    ...(event ? { event } : {}),
    at,
    status: 'queued',
    ...(doubtful ? { doubtful } : {}),
    ...(doubtful && baseline !== undefined ? { baseline } : {}),
  };
  const turnOver = state.turn.messageId === message.id;
  return { ...state, items: others.toSpliced(place, 0, fresh), turn: turnOver ? noTurn() : state.turn };
}

function setStatus(state: ConversationState, event: Of<'message.status'>): ConversationState {
  const message = findUserMessage(state.items, event.messageId);
  if (!message) return state;
  if (event.status === 'queued') return requeue(state, message);
  const { checking: _, error: __, awaitingReply: ___, ...rest } = message;
  const status = event.status === 'not-sent' ? notSent(message) : event.status;
  const next: UserMessage = {
    ...rest,
    status,
    ...(event.checking || status !== event.status ? { checking: true } : {}),
    ...(event.error ? { error: event.error } : {}),
  };
  // Where the person vouches for it, it is not proven: the server is known to hold no more than before.
  return { ...state, items: updateItem(state.items, userMessage(event.messageId), () => next) };
}

function opened(state: ConversationState, event: Of<'session.opened'>): ConversationState {
  const { conversationId = state.conversationId, entityId = state.entityId } = event;
  const { userTurns, handover, ...rest } = state;
  // What is known of one conversation says nothing about another.
  const same = state.conversationId === undefined || state.conversationId === conversationId;
  return {
    ...rest,
    ...(same && userTurns !== undefined ? { userTurns } : {}),
    handover: same ? handover : 'none',
    ...(conversationId === undefined ? {} : { conversationId }),
    ...(entityId === undefined ? {} : { entityId }),
    greetingDue: event.greets !== false && (state.turn.phase === 'idle' || state.turn.phase === 'background'),
  };
}

/** A connection closed from this side, or one that comes back, is no end that the person needs to read of. */
function ended(state: ConversationState, { id, at, reason }: Of<'session.ended'>): ConversationState {
  if (reason === 'disconnected') return state;
  const note = reason === 'escalated' ? 'handover' : 'ended';
  const items = append(state.items, { kind: 'note', id, at, note });
  return {
    ...withoutSuggestions(state),
    items,
    ...(note === 'handover' ? { handover: 'escalated' as const } : {}),
  };
}

/**
 * What is not known to have arrived stays with the person who typed it, in their next conversation too: what waits
 * goes out there. Of what left, the history of another conversation tells nothing.
 */
function unproven(items: readonly TimelineItem[]): readonly TimelineItem[] {
  return items.flatMap((item) => {
    if (item.kind !== 'user' || item.status === 'delivered') return [];
    const { checking: _, awaitingReply: __, baseline: ___, ...message } = item;
    return [message.status === 'sent' ? { ...message, status: 'unconfirmed' as const } : message];
  });
}

const isAgent = ({ kind }: TimelineItem): boolean => kind === 'agent';

function loaded(state: ConversationState, event: Of<'history.loaded'>): ConversationState {
  const { items, userTurns, current } = mergeHistory(state.items, event.turns, {
    liveReplyId: state.turn.replyId,
    liveMessageId: state.turn.messageId,
    earlier: event.earlier,
    id: event.id,
    at: event.at,
  });
  const {
    connection: { status },
    turn: now,
  } = state;
  // A greeting that has not begun to speak may be one that the history has brought.
  const greets = now.phase === 'waiting' && now.messageId === undefined && items.some(isAgent);
  return {
    ...state,
    items,
    turn: greets ? { ...now, held: now.held ?? '' } : now,
    // A copy that lags behind must not make us forget what is proven; one that does not corrects our count.
    ...(event.kept ? {} : { userTurns: current ? userTurns : Math.max(userTurns, state.userTurns ?? 0) }),
    history: 'loaded',
    // What was read while the wire is away was asked for before it broke; a greeting may still be on its way there.
    suspect: state.suspect && (status === 'connecting' || status === 'reconnecting' || !items.some(isAgent)),
  };
}

function changed(state: ConversationState, event: Of<'connection.changed'>): ConversationState {
  const { status, attempt, offline, surface } = { ...state.connection, ...withoutUndefined(event) };
  return { ...state, connection: { status, attempt, offline, surface } };
}

function withoutUndefined<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Value;
}

function raise(
  state: ConversationState,
  event: { readonly error: ConversationState['error'] },
): ConversationState {
  return event.error ? { ...state, error: event.error } : state;
}

/** What was suggested had its time once something else is said. */
function withoutSuggestions({ suggestions: _, ...state }: ConversationState): ConversationState {
  return state;
}

function clearError(state: ConversationState): ConversationState {
  const { error: _, ...rest } = state;
  return rest;
}

function withoutApproval(
  { approvals }: ConversationState,
  approvalId: string,
): ConversationState['approvals'] {
  return approvals.filter(({ id }) => id !== approvalId);
}

const reducers: Reducers = {
  'session.opened': opened,
  'session.notice': raise,
  'suggestions.offered': (state, { texts }) => ({ ...state, suggestions: texts }),
  'session.conflict': (state, { conversationId }) => ({ ...state, conflict: { conversationId } }),
  'conflict.settled': ({ conflict: _, ...state }) => state,
  'session.idle': (state) => ({ ...state, greetingDue: false }),
  'session.ended': ended,
  'agent.typing': turn.typing,
  'agent.notice': turn.notice,
  'agent.delta': turn.delta,
  'agent.message': turn.message,
  'tool.started': turn.toolStarted,
  'tool.completed': turn.toolCompleted,
  'turn.started': handOver,
  'turn.completed': turn.completed,
  // It follows the end of its own turn; a late repeat must not take the next turn away from its message.
  'turn.pending': (state) =>
    state.turn.phase === 'idle' ? { ...state, turn: { ...noTurn(), phase: 'background' } } : state,
  'turn.failed': turn.failed,
  'turn.lost': turn.lost,
  'turn.stopped': turn.stopped,
  'user.message': (state, { id, at, text, event }) => ({
    ...withoutSuggestions(state),
    items: append(state.items, { kind: 'user', id, at, text, ...(event ? { event } : {}), status: 'queued' }),
  }),
  'message.status': setStatus,
  'message.removed': (state, event) => ({
    ...state,
    items: state.items.filter((item) => item.kind !== 'user' || item.id !== event.messageId),
  }),
  'approval.requested': (state, { approvalId, summary }) => ({
    ...state,
    approvals: [...withoutApproval(state, approvalId), { id: approvalId, summary, deciding: false }],
  }),
  'approval.deciding': (state, { approvalId, deciding }) => ({
    ...state,
    approvals: state.approvals.map((one) => (one.id === approvalId ? { ...one, deciding } : one)),
  }),
  'approval.decided': (state, { id, at, approvalId, decision }) => ({
    ...state,
    approvals: withoutApproval(state, approvalId),
    items: append(state.items, {
      kind: 'note',
      id,
      at,
      note: decision === 'approve' ? 'approved' : 'rejected',
    }),
  }),
  'connection.changed': changed,
  'history.loading': (state) => ({ ...state, history: 'loading' }),
  'history.loaded': loaded,
  'history.failed': (state) => ({ ...state, history: state.history === 'loaded' ? 'loaded' : 'failed' }),
  'history.checked': (state) => ({ ...state, suspect: false }),
  'error.raised': raise,
  'error.cleared': clearError,
  'note.added': (state, { id, at, note }) => ({
    ...state,
    items: append(state.items, { kind: 'note', id, at, note }),
  }),
  'conversation.cleared': (state, { otherPerson }) => ({
    ...initialState(state.connection.surface),
    connection: state.connection,
    items: otherPerson ? [] : unproven(state.items),
  }),
  'state.mirrored': (_, event) => event.state,
  ping: (state) => state,
  'frame.dropped': (state) => ({ ...state, dropped: state.dropped + 1 }),
};

/**
 * The one place where a conversation changes: no clock, no DOM, no I/O, so that any conversation can be
 * replayed from its events.
 */
export function reduce(state: ConversationState, event: ConversationEvent): ConversationState {
  // The table is keyed by the event's own type, which TypeScript cannot see through an indexed call.
  const reducer = reducers[event.type] as (
    state: ConversationState,
    event: ConversationEvent,
  ) => ConversationState;
  return reducer(state, event);
}
