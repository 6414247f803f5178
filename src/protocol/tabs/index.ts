import * as z from 'zod/mini';
import type { Command } from '../../conversation/command.js';
import type { ConversationEvent } from '../../conversation/event.js';
import type { ConversationState } from '../../conversation/state.js';

/**
 * What the tabs of one conversation say to each other. One of them leads: it holds the connection, tells the
 * others every event in order, and takes their commands. `term` names a leadership (when it began, epoch
 * milliseconds), `seq` counts its events; `subject` is whom the leader's token stands for.
 */
export type TabMessage =
  /** Who leads, and what does the conversation look like? */
  | { readonly type: 'hello'; readonly subject?: string | undefined }
  | {
      readonly type: 'snapshot';
      readonly term: number;
      readonly seq: number;
      readonly state: ConversationState;
      readonly subject?: string | undefined;
    }
  | {
      readonly type: 'event';
      readonly term: number;
      readonly seq: number;
      readonly event: ConversationEvent;
      readonly subject?: string | undefined;
      /** The command that it comes from: whoever sees the event knows that the command was carried out. */
      readonly ack?: string | undefined;
    }
  /** Said before a message is handed to the wire. */
  | { readonly type: 'handing-over'; readonly term: number; readonly messageId: string }
  /** `subject`: in whose name, as far as the tab that asks has been told. */
  | {
      readonly type: 'command';
      readonly id: string;
      readonly at: number;
      readonly command: Command;
      readonly subject?: string | undefined;
    }
  | { readonly type: 'ack'; readonly id: string };

const text = z.string();
const number = z.number();
const optional = z.optional(text);
const tool = { callId: text, toolName: text, input: optional, result: optional };
const error = z.object({ origin: text, code: text, severity: text, retryable: z.boolean() });

type Fields = Readonly<Record<string, z.core.$ZodType>>;

/** What reducer and view rely on, by type of the event. A new event needs a line here. */
const eventFields: Readonly<Record<ConversationEvent['type'], Fields>> = {
  'session.opened': { conversationId: optional, entityId: optional },
  'agent.typing': {},
  'agent.notice': { text },
  'agent.delta': { text },
  'agent.message': { text },
  'tool.started': tool,
  'tool.completed': tool,
  'turn.completed': { turnId: optional },
  'turn.pending': {},
  'turn.failed': { error },
  'session.notice': { error },
  'session.conflict': { conversationId: text },
  'session.idle': {},
  'session.ended': { reason: text },
  ping: {},
  'frame.dropped': {},
  'user.message': { text },
  'turn.started': { messageId: text },
  'message.status': { messageId: text, status: text, error: z.optional(error) },
  'message.removed': { messageId: text },
  'connection.changed': { status: optional, attempt: z.optional(number), surface: optional },
  'turn.lost': {},
  'history.loading': {},
  'history.loaded': {
    turns: z.array(
      z.object({ role: text, text, at: z.optional(number), tools: z.optional(z.array(z.object(tool))) }),
    ),
  },
  'history.failed': {},
  'history.checked': {},
  'error.raised': { error },
  'error.cleared': {},
  'turn.stopped': {},
  'conflict.settled': {},
  'suggestions.offered': { texts: z.array(text) },
  'note.added': { note: text },
  'approval.requested': { approvalId: text, summary: text },
  'approval.deciding': { approvalId: text, deciding: z.boolean() },
  'approval.decided': { approvalId: text, decision: text },
  'conversation.cleared': {},
  'state.mirrored': {},
};

const event = z.object({ type: text, at: number, id: text });

const item = { id: text, at: number };
const items = z.union([
  z.object({ ...item, kind: z.enum(['user', 'agent']), text, error: z.optional(error) }),
  z.object({ ...item, ...tool, kind: z.literal('tool') }),
  z.object({ ...item, kind: z.literal('note'), note: text }),
]);

const state = z.object({
  connection: z.object({ status: text, surface: text, attempt: number, offline: z.boolean() }),
  turn: z.object({ phase: text, size: number }),
  items: z.array(items),
  approvals: z.array(z.looseObject({ id: text, summary: text })),
  history: text,
  error: z.optional(error),
});

const led = { term: number, subject: optional };

const messageFields: Readonly<Record<TabMessage['type'], Fields>> = {
  hello: {},
  snapshot: { ...led, seq: number, state },
  event: { ...led, seq: number, event, ack: optional },
  'handing-over': { term: number, messageId: text },
  command: {
    id: text,
    at: number,
    command: z.object({ type: text, id: optional, text: optional }),
    subject: optional,
  },
  ack: { id: text },
};

const named = z.object({ type: text });

/** Whether a value has the fields that its `type` asks for. */
function fits(fields: Readonly<Record<string, Fields>>, value: unknown): boolean {
  const { data } = named.safeParse(value);
  const own = data && Object.hasOwn(fields, data.type) ? fields[data.type] : undefined;
  return own !== undefined && z.object(own).safeParse(value).success;
}

/**
 * A message of another tab, or undefined for what is none: any script of the origin can write to the channel.
 * Only what the reducer and the view rely on is checked; the name of the channel holds the version, so that the
 * rest is what this very code wrote, and stays as it is.
 */
export function decodeTabMessage(data: unknown): TabMessage | undefined {
  if (!fits(messageFields, data)) return undefined;
  const message = data as TabMessage;
  return message.type !== 'event' || fits(eventFields, message.event) ? message : undefined;
}
