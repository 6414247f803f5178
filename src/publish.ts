import type { ConversationError } from './conversation/error.js';
import type { ConversationEvent } from './conversation/event.js';
import type { AgentMessage, ConversationState, TimelineItem, ToolCall } from './conversation/state.js';
import * as events from './public-events.js';

const isDone = (item: AgentMessage): boolean => !item.streaming && !item.incomplete && !item.provisional;

const sameError = (one: ConversationError, other: ConversationError | undefined): boolean =>
  one.code === other?.code && one.severity === other.severity && one.origin === other.origin;

/**
 * Tells the host page, through public events, what a step of the conversation meant. It compares two states and
 * keeps nothing but whether a session is open, so that its end is told once.
 */
export class Publisher {
  private sessionOpen = false;

  constructor(
    private readonly target: EventTarget,
    /** Whether texts may be in the details. */
    private readonly withText: () => boolean,
  ) {}

  publish(state: ConversationState, previous: ConversationState, event: ConversationEvent): void {
    this.connection(state, previous);
    this.session(state, previous, event);
    // What is shown as another tab has it was told when it happened, or is history.
    const quiet = event.type === 'agent.delta' || event.type === 'state.mirrored';
    if (state.items !== previous.items && !quiet) this.items(state, previous, event);
    if (event.type === 'turn.completed' && previous.turn.phase !== 'idle' && state.turn.phase === 'idle') {
      this.turnComplete(state, previous, event.turnId);
    }
    if (event.type === 'approval.decided') {
      this.emit(new events.AmigoApprovalEvent({ id: event.approvalId, decision: event.decision }));
    }
    if (state.handover !== previous.handover) {
      this.emit(new events.AmigoHandoverEvent({ state: state.handover }));
    }
    this.errors(state, previous, event);
  }

  /** One error, unless the same one stands already. */
  error(error: ConversationError, standing?: ConversationError): void {
    if (!sameError(error, standing)) this.emit(new events.AmigoErrorEvent(error));
  }

  private emit(event: Event): void {
    this.target.dispatchEvent(event);
  }

  private text(text: string): { text?: string } {
    return this.withText() ? { text } : {};
  }

  private connection({ connection }: ConversationState, { connection: before }: ConversationState): void {
    if (connection.status === before.status && connection.surface === before.surface) return;
    const { status, surface } = connection;
    this.emit(new events.AmigoConnectionChangeEvent({ connection: status, surface }));
  }

  private session(state: ConversationState, previous: ConversationState, event: ConversationEvent): void {
    const { conversationId } = state;
    const joined = event.type === 'state.mirrored' && state.connection.status === 'open' && !this.sessionOpen;
    if (event.type === 'session.opened' || joined) {
      // One that was open without a name has only got its name.
      const resumed = joined || (this.sessionOpen && previous.conversationId !== undefined);
      this.sessionOpen = true;
      this.emit(new events.AmigoSessionStartEvent({ conversationId, resumed }));
    } else if (event.type === 'session.ended' && this.sessionOpen) {
      this.sessionOpen = false;
      const which = conversationId === undefined ? {} : { conversationId };
      this.emit(new events.AmigoSessionEndEvent({ ...which, reason: event.reason }));
    }
  }

  private items(state: ConversationState, previous: ConversationState, event: ConversationEvent): void {
    const before = new Map(previous.items.map((item) => [item.id, item]));
    // What the first read of the history brings was said before this page.
    const initial = event.type === 'history.loaded' && event.earlier && previous.history !== 'loaded';
    for (const item of state.items) {
      const old = before.get(item.id);
      if (old !== item && (old !== undefined || !initial)) this.item(item, old);
    }
  }

  private item(item: TimelineItem, old: TimelineItem | undefined): void {
    const { id } = item;
    if (item.kind === 'tool') this.tool(item, old);
    else if (item.kind === 'agent') {
      if (isDone(item) && !(old?.kind === 'agent' && isDone(old))) {
        this.emit(new events.AmigoMessageEvent({ id, role: 'agent', ...this.text(item.text) }));
      }
    } else if (item.kind === 'user') {
      if (!old) this.emit(new events.AmigoMessageEvent({ id, role: 'user', ...this.text(item.text) }));
      if (old?.kind !== 'user' || old.status !== item.status) {
        this.emit(new events.AmigoMessageStatusEvent({ id, status: item.status }));
      }
    } else if (!old) this.emit(new events.AmigoMessageEvent({ id, role: 'system' }));
  }

  private tool({ callId, toolName, status, durationMs }: ToolCall, old: TimelineItem | undefined): void {
    if (!old) this.emit(new events.AmigoToolStartEvent({ callId, toolName }));
    if (status === 'running') return;
    const succeeded = status === 'unknown' ? undefined : status === 'succeeded';
    const duration = durationMs === undefined ? {} : { durationMs };
    this.emit(new events.AmigoToolCompleteEvent({ callId, toolName, succeeded, ...duration }));
  }

  private turnComplete(
    state: ConversationState,
    previous: ConversationState,
    turnId: string | undefined,
  ): void {
    const { messageId, startedAt = 0 } = previous.turn;
    const from = state.items.findIndex((item) => item.id === messageId) + 1;
    const messageIds = state.items
      .slice(from)
      .filter((item) => item.kind === 'agent' && (messageId !== undefined || item.at >= startedAt))
      .map(({ id }) => id);
    this.emit(new events.AmigoTurnCompleteEvent({ ...(turnId === undefined ? {} : { turnId }), messageIds }));
  }

  private errors(state: ConversationState, previous: ConversationState, event: ConversationEvent): void {
    if (event.type === 'turn.failed') this.error(event.error);
    else if (state.error && state.error !== previous.error) this.error(state.error, previous.error);
    if (
      event.type === 'error.raised' &&
      event.error.code === 'signed-out' &&
      state.connection.status === 'failed'
    ) {
      this.emit(new events.AmigoAuthRequiredEvent({ reason: event.error.code }));
    }
  }
}
