import * as z from 'zod/mini';

/**
 * The events of a turn, as the streaming endpoint describes them and sessions/connect repeats them (protocol
 * §a). Liberal in what it takes: ids are opaque (G2), unknown fields fall away, `null` counts as absent, and a
 * name may be empty. A frame that does not fit is dropped by the decoder, never thrown.
 */
const text = z.string();
const optionalText = z.optional(z.nullable(z.string()));
const optionalNumber = z.optional(z.nullable(z.number()));
const optionalFlag = z.optional(z.nullable(z.boolean()));
/** Objects, strings and null all occur (protocol C27); kept raw, shown as text. */
const anything = z.optional(z.unknown());

export const frames = {
  'session.created': z.object({ conversation_id: optionalText, entity_id: optionalText }),
  token: z.object({ text }),
  thinking: z.object({}),
  tool_call_started: z.object({ tool_name: text, call_id: text, input: anything }),
  tool_call_completed: z.object({
    tool_name: optionalText,
    call_id: text,
    result: anything,
    succeeded: optionalFlag,
    duration_ms: optionalNumber,
  }),
  message: z.object({ role: optionalText, text }),
  done: z.object({
    conversation_id: optionalText,
    background_pending: optionalFlag,
    turn_id: optionalText,
    turn_count: optionalNumber,
    delivery_protocol_version: optionalNumber,
  }),
  error: z.object({
    code: optionalText,
    message: optionalText,
    retryable: optionalFlag,
    status_code: optionalNumber,
  }),
  ping: z.object({}),
} as const;

export type FrameName = keyof typeof frames;
export type Frame<Name extends FrameName> = z.infer<(typeof frames)[Name]>;

/** The flat dialect's names for the same things (protocol C1, C2). */
export const aliases: Readonly<Record<string, FrameName>> = {
  session_started: 'session.created',
  typing: 'thinking',
  response_complete: 'done',
};
