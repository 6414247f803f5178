import { conversationError } from '../../src/conversation/error.js';
import type { ConversationEvent, LocalEvent, ServerEvent } from '../../src/conversation/event.js';
import { reduce } from '../../src/conversation/reduce.js';
import { initialState } from '../../src/conversation/state.js';
import type { ConversationState, TimelineItem } from '../../src/conversation/state.js';

export type Step = (ServerEvent | LocalEvent) & { readonly id?: string; readonly at?: number };

/** Freezes a value with all it holds, so that any mutation of it throws. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

/** The steps stamped with time and id, as the session would: one second apart, `e1`, `e2` … */
export function stamp(steps: readonly Step[]): readonly ConversationEvent[] {
  return steps.map((step, index) => ({ at: index * 1_000, id: `e${String(index + 1)}`, ...step }));
}

/** The state that the steps lead to. States are frozen on the way: a reducer that mutates one throws. */
export function replay(steps: readonly Step[], from = initialState('sessions-connect')): ConversationState {
  return stamp(steps).reduce((state, event) => deepFreeze(reduce(state, event)), deepFreeze(from));
}

function line(item: TimelineItem): string {
  switch (item.kind) {
    case 'user': {
      const marks = [item.status, item.checking ? 'checking' : '', item.awaitingReply ? 'awaiting' : ''];
      return `you: ${item.text} [${marks.filter(Boolean).join(', ')}]`;
    }
    case 'agent':
      return `agent: ${item.text}${item.streaming ? '…' : ''}${item.incomplete ? ' [cut off]' : ''}${
        item.stopped ? ' [stopped]' : ''
      }`;
    case 'tool':
      return `tool: ${item.toolName} [${item.status}]`;
    case 'note':
      return `note: ${item.note}`;
  }
}

/** What a person would read, one line for each item. */
export function screen({ items }: Pick<ConversationState, 'items'>): readonly string[] {
  return items.map(line);
}

// The events of the tables, in few words.

export const opened = (conversationId = 'c1'): Step => ({ type: 'session.opened', conversationId });
export const delta = (text: string): Step => ({ type: 'agent.delta', text });
export const whole = (text: string): Step => ({ type: 'agent.message', text });
export const done = (turnId?: string, turnCount?: number): Step => ({
  type: 'turn.completed',
  ...(turnId === undefined ? {} : { turnId }),
  ...(turnCount === undefined ? {} : { turnCount }),
});
export const typed = (id: string, text = id): Step => ({ type: 'user.message', id, text });
export const handedOver = (messageId: string): Step => ({ type: 'turn.started', messageId });
export const lost: Step = { type: 'turn.lost' };
export const toolStarted = (callId: string, toolName = 'lookup'): Step => ({
  type: 'tool.started',
  callId,
  toolName,
});
export const toolCompleted = (callId: string, succeeded?: boolean, toolName = 'lookup'): Step => ({
  type: 'tool.completed',
  callId,
  toolName,
  ...(succeeded === undefined ? {} : { succeeded }),
});
export const failed = (retryable: boolean, rolledBack = false): Step => ({
  type: 'turn.failed',
  error: conversationError('server', 'reply-failed', { retryable }),
  rolledBack,
});
