import * as z from 'zod/mini';

/**
 * The lines of a classic stream and the answers of its other calls (protocol §e). Liberal in what it takes: ids
 * are opaque (G2), unknown fields fall away, `null` counts as absent, and what only one source has is optional.
 */
const text = z.string();
const optionalText = z.optional(z.nullable(text));
const optionalNumber = z.optional(z.nullable(z.number()));
const optionalFlag = z.optional(z.nullable(z.boolean()));
/** Ids and codes come as text or as numbers. */
const mark = z.union([text, z.number()]);
const anything = z.optional(z.unknown());

export const lines = {
  'conversation-created': z.object({ conversation_id: text }),
  'user-message-available': z.object({}),
  /** A bare name, or an object with its type (protocol C21). */
  'current-agent-action': z.object({ action: z.union([text, z.looseObject({ type: text })]) }),
  'action-too-long': z.object({ filler: optionalText }),
  'new-message': z.object({ message: text }),
  'interaction-complete': z.object({
    interaction_id: optionalText,
    full_message: optionalText,
    conversation_completed: optionalFlag,
  }),
  'end-session': z.object({}),
  /** Either pair of names (protocol C16). */
  error: z.object({ code: z.optional(z.nullable(mark)), http_error_code: z.optional(z.nullable(mark)) }),
} as const;

export type LineName = keyof typeof lines;
export type Line<Name extends LineName> = z.infer<(typeof lines)[Name]>;

/** The actions that are shown; any other is a sign of work. */
export const toolAction = z.object({
  tool_round_index: z.optional(z.nullable(mark)),
  tool_id: mark,
  input_params: anything,
  input_parameters: anything,
  result: anything,
  /** Seconds. */
  duration: optionalNumber,
});

/** 200 of GET `conversation/`. */
export const conversations = z.object({
  conversations: z.array(z.object({ id: text, is_finished: optionalFlag })),
});

/** One page of GET `…/messages/`. Single misshapen messages are left out by the reader. */
export const messagesPage = z.object({
  messages: z.array(z.unknown()),
  has_more: optionalFlag,
  continuation_token: z.optional(z.nullable(mark)),
});

export const storedMessage = z.object({
  sender: text,
  message: optionalText,
  message_type: optionalText,
  created_at: optionalText,
  interaction_id: optionalText,
});

/** 200 of POST `conversation/conversation_starter`. */
export const starters = z.object({ prompts: z.array(z.object({ prompt: text })) });

/** 200 of POST `…/recommend_responses`. */
export const recommendations = z.object({ recommended_responses: z.array(text) });
