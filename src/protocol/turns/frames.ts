import * as z from 'zod/mini';

const optionalText = z.optional(z.nullable(z.string()));

/** 201 of POST `/sessions/start` (protocol §d). */
export const started = z.object({
  conversation_id: z.string(),
  session_status: optionalText,
  entity_id: optionalText,
});

/** 201 of POST `/conversations` (protocol §c). */
export const created = z.object({ id: z.string(), entity_id: optionalText });

/** 200 of POST `…/turns?poll=true` (protocol §c, TurnResponse). */
export const turnResponse = z.object({
  output: z.array(z.object({ role: optionalText, text: optionalText })),
  tool_calls: z.optional(z.nullable(z.array(z.unknown()))),
  background_pending: z.optional(z.nullable(z.boolean())),
  turn_id: optionalText,
  delivery_protocol_version: z.optional(z.nullable(z.number())),
  delivery: z.optional(
    z.nullable(z.object({ delivery_id: z.string(), request_id: z.string(), receipt: z.string() })),
  ),
});
