import type { ConversationEvent } from './event.js';
import {
  agentMessage,
  append,
  findUserMessage,
  notSent,
  toolCall,
  updateItem,
  userMessage,
} from './items.js';
import { noTurn } from './state.js';
import type { AgentMessage, ConversationState, TimelineItem, ToolCall, Turn } from './state.js';

type Of<Type extends ConversationEvent['type']> = Extract<ConversationEvent, { type: Type }>;

/** Any frame of a turn proves that the message it answers was taken. */
function prove(state: ConversationState): ConversationState {
  const message = findUserMessage(state.items, state.turn.messageId);
  if (!message || message.status === 'delivered') return state;
  return {
    ...state,
    items: updateItem(state.items, userMessage(message.id), ({ checking: _, error: __, ...rest }) => ({
      ...rest,
      status: 'delivered',
    })),
    ...(state.userTurns === undefined ? {} : { userTurns: state.userTurns + 1 }),
  };
}

/** A frame that belongs to no turn we know: not shown, and the history is to be read. */
function stray(state: ConversationState): ConversationState {
  return { ...state, suspect: true, dropped: state.dropped + 1 };
}

/** The turn that a frame of the agent belongs to, begun by the agent where a greeting is due. */
function attribute(state: ConversationState, event: ConversationEvent): ConversationState | undefined {
  if (state.turn.phase !== 'idle' && state.turn.phase !== 'background') {
    return state.turn.greetingOpen ? state : prove(state);
  }
  if (!state.greetingDue) return undefined;
  const repeats = state.items.some((item) => item.kind === 'agent');
  const turn: Turn = { ...noTurn(), phase: 'waiting', startedAt: event.at, ...(repeats ? { held: '' } : {}) };
  return { ...state, turn };
}

function newReply(state: ConversationState, event: ConversationEvent, text: string): AgentMessage {
  return {
    kind: 'agent',
    id: event.id,
    text,
    revision: 0,
    at: event.at,
    streaming: true,
    incomplete: false,
    greeting: state.turn.messageId === undefined,
  };
}

export function typing(state: ConversationState, event: Of<'agent.typing'>): ConversationState {
  return attribute(state, event) ?? state;
}

export function notice(state: ConversationState, event: Of<'agent.notice'>): ConversationState {
  const open = attribute(state, event);
  return open && !open.turn.stopped ? { ...open, turn: { ...open.turn, notice: event.text } } : state;
}

/** The reply goes on: what was said to pass the time has had its time. */
function withoutNotice({ notice: _, ...turn }: Turn): Turn {
  return turn;
}

export function delta(state: ConversationState, event: Of<'agent.delta'>): ConversationState {
  const open = attribute(state, event);
  if (!open) return stray(state);
  const turn: Turn = {
    ...withoutNotice(open.turn),
    phase: 'replying',
    size: open.turn.size + event.text.length,
  };
  if (turn.stopped) return { ...open, turn };
  if (turn.held !== undefined) return { ...open, turn: { ...turn, held: turn.held + event.text } };
  if (turn.replyId !== undefined) {
    const items = updateItem(open.items, agentMessage(turn.replyId), (reply) => ({
      ...reply,
      text: reply.text + event.text,
    }));
    return { ...open, turn, items };
  }
  const items = append(open.items, newReply(open, event, event.text));
  return { ...open, turn: { ...turn, replyId: event.id }, items };
}

/** A whole text in place of the streamed one; the revision changes only where the view must start over. */
export function settleReply(reply: AgentMessage, text: string): AgentMessage {
  const { provisional: _, ...rest } = reply;
  const grown = text.startsWith(reply.text);
  return { ...rest, text, revision: reply.revision + (grown ? 0 : 1), streaming: false, incomplete: false };
}

/** A reply that was cut off and turns out to begin what is said now. */
function cutOff(items: readonly TimelineItem[], text: string): AgentMessage | undefined {
  const last = lastSpoken(items);
  return last?.incomplete && text.startsWith(last.text) ? last : undefined;
}

/** What the agent said last, if nothing was said after it; what still waits to be sent was not said yet. */
function lastSpoken(items: readonly TimelineItem[]): AgentMessage | undefined {
  const last = items.findLast(
    (item) => item.kind === 'agent' || (item.kind === 'user' && item.status !== 'queued'),
  );
  return last?.kind === 'agent' ? last : undefined;
}

/** A bubble of its own, unless the same text was just said: a repeated frame, or a repeated greeting. */
function say(
  state: ConversationState,
  event: ConversationEvent,
  text: string,
  provisional = false,
): ConversationState {
  const repeated =
    state.turn.held === undefined
      ? lastSpoken(state.items)?.text === text
      : state.items.some((item) => item.kind === 'agent' && item.text.trim() === text.trim());
  const { held: _, ...turn } = state.turn;
  if (repeated || text === '') return { ...state, turn };
  const begun = cutOff(state.items, text);
  if (begun) {
    return {
      ...state,
      turn,
      items: updateItem(state.items, agentMessage(begun.id), (cut) => settleReply(cut, text)),
    };
  }
  const reply = {
    ...newReply(state, event, text),
    streaming: false,
    ...(provisional ? { provisional } : {}),
  };
  return { ...state, turn, items: append(state.items, reply) };
}

export function message(state: ConversationState, event: Of<'agent.message'>): ConversationState {
  const open = attribute(state, event);
  // Said outside every turn: the text is whole, so it can stand on its own.
  if (!open) return say(state, event, event.text, event.provisional);
  const { replyId, ...rest } = withoutNotice(open.turn);
  const turn: Turn = { ...rest, phase: 'replying' };
  if (turn.stopped) return { ...open, turn: open.turn };
  if (replyId === undefined) return say({ ...open, turn }, event, event.text);
  const items = updateItem(open.items, agentMessage(replyId), (reply) => settleReply(reply, event.text));
  return { ...open, turn, items };
}

/** Tools may also be told of while the agent works in the background. */
function attributeTool(state: ConversationState, event: ConversationEvent): ConversationState | undefined {
  return attribute(state, event) ?? (state.turn.phase === 'background' ? state : undefined);
}

export function toolStarted(state: ConversationState, event: Of<'tool.started'>): ConversationState {
  const open = attributeTool(state, event);
  if (!open) return stray(state);
  if (open.turn.stopped || open.items.some(toolCall(event.callId, true))) return open;
  const { type: _, ...call } = event;
  return { ...open, items: append(open.items, { kind: 'tool', ...call, status: 'running' }) };
}

export function toolCompleted(state: ConversationState, event: Of<'tool.completed'>): ConversationState {
  const open = attributeTool(state, event);
  if (!open) return stray(state);
  if (open.turn.stopped) return open;
  const { type: _, succeeded, at, id, ...outcome } = event;
  const status = succeeded === undefined ? 'unknown' : succeeded ? 'succeeded' : 'failed';
  if (open.items.some(toolCall(event.callId, true))) {
    const finish = (call: ToolCall): ToolCall => ({ ...call, ...outcome, status });
    return { ...open, items: updateItem(open.items, toolCall(event.callId, true), finish) };
  }
  // A repeat of one that is finished, or an orphan whose start was never seen (protocol C12).
  if (open.items.some(toolCall(event.callId, false))) return open;
  return { ...open, items: append(open.items, { kind: 'tool', id, at, ...outcome, status }) };
}

/** What a turn leaves behind when it is over, however it ended. */
export function closeTurn(state: ConversationState, cut: boolean): ConversationState {
  const replyId = state.turn.replyId;
  const items = state.items.map((item) => {
    if (item.kind === 'tool' && item.status === 'running') return { ...item, status: 'unknown' as const };
    if (item.kind !== 'agent') return item;
    const { provisional, ...reply } = item;
    if (item.id === replyId) return { ...reply, streaming: false, incomplete: cut && !item.stopped };
    return provisional ? reply : item;
  });
  return { ...state, items, turn: noTurn(), greetingDue: false };
}

/** A conversation that no session announced gets its name from its first turn. */
function named(state: ConversationState, id: string | undefined): Partial<ConversationState> {
  return state.conversationId === undefined && id !== undefined ? { conversationId: id } : {};
}

export function completed(state: ConversationState, event: Of<'turn.completed'>): ConversationState {
  const { phase } = state.turn;
  // What was worked out in the background ends the turn whose `done` has come already, under its own id.
  const repeat = event.turnId !== undefined && event.turnId === state.lastTurnId && phase !== 'background';
  if (repeat || (phase === 'idle' && !state.greetingDue)) return state;
  // A greeting that came late ends here; the person's own turn goes on (protocol §a, `done`).
  if (state.turn.messageId !== undefined && event.turnCount === 0) {
    const { replyId, greetingOpen: _, ...turn } = state.turn;
    const done = (reply: AgentMessage): AgentMessage => ({ ...reply, streaming: false });
    return { ...state, turn, items: updateItem(state.items, agentMessage(replyId), done) };
  }
  const proven = prove(state);
  const spoken = proven.turn.held ? say(proven, event, proven.turn.held) : proven;
  return {
    ...closeTurn(spoken, false),
    ...(event.turnId === undefined ? {} : { lastTurnId: event.turnId }),
    ...(event.turnCount === 0 ? { userTurns: 0 } : {}),
    ...named(state, event.conversationId),
    ...(state.receipts === undefined && !event.receipts ? {} : { receipts: event.receipts === true }),
  };
}

export function failed(state: ConversationState, event: Of<'turn.failed'>): ConversationState {
  const message = findUserMessage(state.items, state.turn.messageId);
  const over = event.discarded ? withoutConversation(closeTurn(state, true)) : closeTurn(state, true);
  if (!message) {
    const kept = { ...over, error: event.error };
    return event.rolledBack ? rolledBack(kept, state.turn, false) : kept;
  }
  const proven = message.status === 'delivered';
  const status = event.rolledBack ? notSent(message) : proven ? 'delivered' : 'unconfirmed';
  // What was begun may be whole in the history, also where trying again is of no use.
  const awaits = status === 'delivered' && (event.error.retryable || state.turn.replyId !== undefined);
  const items = updateItem(over.items, userMessage(message.id), (failure) => ({
    ...failure,
    status,
    error: event.error,
    ...(status === 'unconfirmed' ? { checking: true } : {}),
    ...(awaits ? { awaitingReply: true } : {}),
  }));
  return event.rolledBack ? rolledBack({ ...over, items }, state.turn, proven) : { ...over, items };
}

/** The server discarded the conversation with the turn that began it. */
function withoutConversation({
  conversationId: _,
  userTurns: __,
  ...state
}: ConversationState): ConversationState {
  return state;
}

/** A turn that was rolled back takes its half-said reply with it, and no longer counts as held by the server. */
function rolledBack(state: ConversationState, { replyId }: Turn, counted: boolean): ConversationState {
  const items = replyId === undefined ? state.items : state.items.filter((item) => item.id !== replyId);
  const { userTurns } = state;
  return { ...state, items, ...(counted && userTurns !== undefined ? { userTurns: userTurns - 1 } : {}) };
}

/** The wire broke: what was proven stays proven, the rest has to be looked up. */
export function lost(state: ConversationState): ConversationState {
  if (state.turn.phase === 'idle' || state.turn.phase === 'background') {
    // A greeting may have been said into the broken wire; the server need not repeat it.
    const unheard = state.greetingDue && !state.items.some(({ kind }) => kind === 'agent');
    return { ...state, greetingDue: false, suspect: state.suspect || unheard };
  }
  const message = findUserMessage(state.items, state.turn.messageId);
  const over = { ...closeTurn(state, true), suspect: true };
  if (!message) return over;
  const items = updateItem(over.items, userMessage(message.id), (cut) => ({
    ...cut,
    ...(cut.status === 'sent' ? { status: 'unconfirmed' as const, checking: true } : {}),
    ...(state.turn.stopped ? {} : { awaitingReply: true }),
  }));
  return { ...over, items };
}

/** The view freezes at once; the turn itself ends in its own time. */
export function stopped(state: ConversationState): ConversationState {
  if (state.turn.phase !== 'waiting' && state.turn.phase !== 'replying') return state;
  const freeze = (reply: AgentMessage): AgentMessage => ({ ...reply, streaming: false, stopped: true });
  const items = updateItem(state.items, agentMessage(state.turn.replyId), freeze);
  return { ...state, items, turn: { ...state.turn, stopped: true } };
}
