import type { TurnEvent, TurnFailure, TurnInfo } from '../threads/turn-event.js';

/** A frame before it has a shape: its name and its fields. */
export interface Frame {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** What the sources disagree about in a frame's making (protocol C1, C5, C30). */
export interface EncodeStyle {
  readonly wire: string;
  readonly errorFields: string;
  /** Shape of a tool's `input` (protocol C27): `documented`, `string`, `object`, `null` or `bad-json`. */
  readonly toolInput: string;
}

/** Encodes a turn event as the text of its frame, or nothing where the surface has no word for it. */
export function encode(event: TurnEvent, turn: TurnInfo, style: EncodeStyle): string | undefined {
  const frame = style.wire === 'flat' ? flatFrame(event, style) : envelopedFrame(event, turn, style);
  return frame && shape(frame, style.wire);
}

/** The text of a frame in one of the shapes of C1. */
export function shape({ name, data }: Frame, wire: string): string {
  if (wire === 'unwrapped') return JSON.stringify({ event: name, ...data });
  if (wire === 'flat' || wire === 'flat-names') return JSON.stringify({ type: name, ...data });
  return JSON.stringify({ event: name, data });
}

/** Names and fields of protocol §a, which the stream of HTTP turns has too. */
export function envelopedFrame(event: TurnEvent, turn: TurnInfo, style: EncodeStyle): Frame | undefined {
  switch (event.kind) {
    case 'started':
      return undefined;
    case 'thinking':
      return { name: 'thinking', data: { tier: event.tier, tier_name: event.tierName } };
    case 'delta':
      return { name: 'token', data: { text: event.text } };
    case 'tool-started':
      return {
        name: 'tool_call_started',
        data: { ...callOf(event), input: inputOf(event.input, style, 'string') },
      };
    case 'tool-completed':
      return {
        name: 'tool_call_completed',
        data: {
          ...callOf(event),
          result: event.result,
          succeeded: event.succeeded,
          duration_ms: event.durationMs,
        },
      };
    case 'message':
      return { name: 'message', data: { role: 'agent', text: event.text } };
    case 'done':
      return {
        name: 'done',
        data: {
          conversation_id: turn.conversationId,
          status: event.status,
          turn_count: event.turnCount,
          background_pending: event.backgroundPending,
          ...(event.deliveryVersion ? { delivery_protocol_version: event.deliveryVersion } : {}),
          turn_id: turn.turnId,
          turn_index: turn.turnIndex,
        },
      };
    case 'failed':
      return { name: 'error', data: errorData(event, style.errorFields) };
  }
}

/** Names and fields of protocol §b, which C1 says this endpoint may speak too; it has no tokens. */
function flatFrame(event: TurnEvent, style: EncodeStyle): Frame | undefined {
  switch (event.kind) {
    case 'delta':
    case 'thinking':
      return undefined;
    case 'started':
      return { name: 'typing', data: {} };
    case 'tool-started':
      return {
        name: 'tool_call_started',
        data: { ...callOf(event), input: inputOf(event.input, style, 'object') },
      };
    case 'tool-completed':
      return {
        name: 'tool_call_completed',
        data: { ...callOf(event), result: event.result, succeeded: event.succeeded },
      };
    case 'message':
      return { name: 'message', data: { role: 'agent', text: event.text } };
    case 'done':
      return { name: 'response_complete', data: { duplicate: false } };
    case 'failed':
      return {
        name: 'error',
        data: style.errorFields === 'full' ? { message: event.message } : errorData(event, style.errorFields),
      };
  }
}

function inputOf(input: object, { toolInput }: EncodeStyle, documented: string): unknown {
  const shapes: Record<string, unknown> = {
    string: JSON.stringify(input),
    object: input,
    null: null,
    'bad-json': JSON.stringify(input).slice(0, -1),
  };
  return shapes[toolInput === 'documented' ? documented : toolInput];
}

function callOf(event: { toolName: string; callId: string }): { tool_name: string; call_id: string } {
  return { tool_name: event.toolName, call_id: event.callId };
}

function errorData(failure: TurnFailure, fields: string): Record<string, unknown> {
  const { message, code, retryable, statusCode } = failure;
  if (fields === 'message-only') return { message };
  const flag = fields === 'no-retryable' ? undefined : retryable;
  return { code, message, retryable: flag, status_code: statusCode };
}
