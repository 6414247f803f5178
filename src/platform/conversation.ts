import * as z from 'zod/mini';

const optionalText = z.optional(z.nullable(z.string()));
const optionalNumber = z.optional(z.nullable(z.number()));

const toolCall = z.object({
  tool_name: z.string(),
  call_id: z.string(),
  input: z.optional(z.unknown()),
  result: z.optional(z.unknown()),
  succeeded: z.optional(z.nullable(z.boolean())),
  duration_ms: optionalNumber,
});

const turn = z.object({
  role: z.string(),
  text: optionalText,
  timestamp: optionalText,
  turn_id: optionalText,
  turn_index: optionalNumber,
  tool_calls: z.optional(z.nullable(z.array(toolCall))),
});

/** ConversationDetail (protocol §c). */
export const conversationDetail = z.object({
  id: z.string(),
  status: z.string(),
  lifecycle: optionalText,
  entity_id: optionalText,
  service_id: optionalText,
  created_at: optionalText,
  updated_at: optionalText,
  turn_count: optionalNumber,
  turns: z.optional(z.nullable(z.array(turn))),
});

/** A tool call of a turn. */
export interface ToolCall {
  readonly toolName: string;
  readonly callId: string;
  readonly input: unknown;
  readonly result: unknown;
  readonly succeeded: boolean;
  readonly durationMs: number | undefined;
}

/** One entry of a conversation's history. */
export interface ConversationTurn {
  /** `agent`, `user` or `system`; a later version may know more. */
  readonly role: string;
  readonly text: string;
  /** ISO time. */
  readonly timestamp: string | undefined;
  readonly turnId: string | undefined;
  readonly turnIndex: number | undefined;
  /** Empty unless they were asked for. */
  readonly toolCalls: readonly ToolCall[];
}

/** A conversation with its history. */
export interface Conversation {
  readonly id: string;
  /** `active`, `closed`, `completed`, `in-progress`, `failed` or `paused`. */
  readonly status: string;
  /** `active`, `dormant` or `closed`. */
  readonly lifecycle: string | undefined;
  readonly entityId: string | undefined;
  readonly serviceId: string | undefined;
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  /** User turns. */
  readonly turnCount: number;
  readonly turns: readonly ConversationTurn[];
}

export function toConversation(detail: z.infer<typeof conversationDetail>): Conversation {
  return {
    id: detail.id,
    status: detail.status,
    lifecycle: detail.lifecycle ?? undefined,
    entityId: detail.entity_id ?? undefined,
    serviceId: detail.service_id ?? undefined,
    createdAt: detail.created_at ?? undefined,
    updatedAt: detail.updated_at ?? undefined,
    turnCount: detail.turn_count ?? 0,
    turns: (detail.turns ?? []).map(toTurn),
  };
}

function toTurn(one: z.infer<typeof turn>): ConversationTurn {
  return {
    role: one.role,
    text: one.text ?? '',
    timestamp: one.timestamp ?? undefined,
    turnId: one.turn_id ?? undefined,
    turnIndex: one.turn_index ?? undefined,
    toolCalls: (one.tool_calls ?? []).map(toToolCall),
  };
}

function toToolCall(call: z.infer<typeof toolCall>): ToolCall {
  return {
    toolName: call.tool_name,
    callId: call.call_id,
    input: call.input,
    result: call.result,
    succeeded: call.succeeded ?? true,
    durationMs: call.duration_ms ?? undefined,
  };
}
