import type { StoredToolCall, StoredTurn } from './stored-turn.js';
import type { Thread } from './thread.js';

/**
 * The history as `GET /v1/{workspace}/conversations/{id}` answers it (protocol §c, ConversationDetail).
 *
 * @param upTo leaves out what was kept after this point of the sequence
 */
export function conversationDetail(thread: Thread, includeToolCalls: boolean, upTo = Infinity): object {
  const turns = thread.turns.filter((turn) => turn.sequence <= upTo);
  return {
    id: thread.id,
    channel_kind: 'web',
    status: thread.status,
    lifecycle: thread.closed ? 'closed' : 'active',
    entity_id: thread.key.entityId || null,
    service_id: thread.key.serviceId,
    created_at: thread.createdAt,
    updated_at: thread.updatedAt,
    turn_count: turns.filter((turn) => turn.role === 'user').length,
    turns: turns.map((turn) => turnDetail(turn, includeToolCalls)),
  };
}

/** One entry of the history (ConversationTurn). */
export function turnDetail(turn: StoredTurn, includeToolCalls: boolean): object {
  return {
    role: turn.role,
    text: turn.text,
    timestamp: turn.timestamp,
    turn_id: turn.turnId,
    turn_index: turn.turnIndex,
    content: [],
    tool_calls: includeToolCalls ? turn.toolCalls.map(toolCallDetail) : [],
  };
}

/** A tool call of the history (ConversationToolCallDetail). */
export function toolCallDetail(call: StoredToolCall): object {
  return {
    tool_name: call.toolName,
    call_id: call.callId,
    input: call.input,
    result: call.result,
    succeeded: call.succeeded,
    duration_ms: call.durationMs,
    error_message: call.succeeded ? null : call.result,
  };
}
