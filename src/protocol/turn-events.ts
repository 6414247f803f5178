import { conversationError } from '../conversation/error.js';
import type { ServerEvent } from '../conversation/event.js';
import { asText } from './as-text.js';
import { aliases, frames } from './turn-frames.js';
import type { Frame, FrameName } from './turn-frames.js';

/** Server error codes that fail a turn, and what a person is told. Others count as `unknown` (protocol C5). */
const RETRYABLE_CODES = new Set(['stream_interrupted', 'turn_timeout']);

function isRetryable({ code, retryable, status_code: status }: Frame<'error'>): boolean {
  // An explicit flag wins over the table (protocol §a, error codes).
  if (typeof retryable === 'boolean') return retryable;
  if (code === 'upstream_error')
    return typeof status === 'number' && (status === 408 || status === 429 || status >= 500);
  return RETRYABLE_CODES.has(code ?? '');
}

function failure(frame: Frame<'error'>): readonly ServerEvent[] {
  const code = frame.code ?? 'unknown';
  if (code === 'idle_timeout') return [{ type: 'session.idle' }];
  if (code === 'client_error') {
    const error = conversationError('send', 'message-refused', { retryable: false, detail: code });
    return [{ type: 'turn.failed', error, rolledBack: true }];
  }
  const told =
    code === 'turn_timeout'
      ? 'reply-timeout'
      : code === 'stream_interrupted'
        ? 'reply-interrupted'
        : 'reply-failed';
  const error = conversationError('server', told, { retryable: isRetryable(frame), detail: code });
  return [{ type: 'turn.failed', error, rolledBack: false }];
}

/** Drops the fields that are null or undefined, so that "absent" has one form behind the decode door. */
function present<Value extends object>(value: Value): { [Key in keyof Value]?: NonNullable<Value[Key]> } {
  return Object.fromEntries(
    Object.entries(value).filter(([, field]) => field !== undefined && field !== null),
  ) as {
    [Key in keyof Value]?: NonNullable<Value[Key]>;
  };
}

const translate: { readonly [Name in FrameName]: (frame: Frame<Name>) => readonly ServerEvent[] } = {
  'session.created': (frame) => [
    {
      type: 'session.opened',
      ...present({ conversationId: frame.conversation_id, entityId: frame.entity_id }),
    },
  ],
  token: (frame) => (frame.text === '' ? [] : [{ type: 'agent.delta', text: frame.text }]),
  thinking: () => [{ type: 'agent.typing' }],
  tool_call_started: (frame) => [
    {
      type: 'tool.started',
      callId: frame.call_id,
      toolName: frame.tool_name,
      ...present({ input: asText(frame.input) }),
    },
  ],
  tool_call_completed: (frame) => [
    {
      type: 'tool.completed',
      callId: frame.call_id,
      toolName: frame.tool_name ?? '',
      ...present({ result: asText(frame.result), succeeded: frame.succeeded, durationMs: frame.duration_ms }),
    },
  ],
  // The person's own words come back on some servers, and system turns instruct the agent: neither is a reply.
  message: (frame) =>
    frame.role === 'user' || frame.role === 'system' ? [] : [{ type: 'agent.message', text: frame.text }],
  done: (frame) => [
    {
      type: 'turn.completed',
      ...present({
        turnId: frame.turn_id,
        turnCount: frame.turn_count,
        conversationId: frame.conversation_id,
      }),
      ...(frame.delivery_protocol_version === 2 ? { receipts: true } : {}),
    },
    ...(frame.background_pending ? [{ type: 'turn.pending' } as const] : []),
  ],
  error: failure,
  ping: () => [{ type: 'ping' }],
};

const dropped = (kind: 'unknown' | 'malformed'): readonly ServerEvent[] => [{ type: 'frame.dropped', kind }];

/**
 * One named event of a turn as domain events. Unknown names and misshapen data become `frame.dropped`
 * (protocol G1). For surfaces whose frames are the ones of §a: sessions/connect and the SSE of HTTP turns.
 */
export function turnEvents(name: string, data: unknown): readonly ServerEvent[] {
  const known = Object.hasOwn(aliases, name) ? aliases[name] : name;
  if (known === undefined || !Object.hasOwn(frames, known)) return dropped('unknown');
  const frameName = known as FrameName;
  const parsed = frames[frameName].safeParse(data);
  if (!parsed.success) return dropped('malformed');
  // The schema and the translation stand under the same name, which TypeScript cannot follow through an index.
  return (translate[frameName] as (frame: unknown) => readonly ServerEvent[])(parsed.data);
}
