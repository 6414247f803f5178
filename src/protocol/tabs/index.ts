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
  | { readonly type: 'hello' }
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
  | { readonly type: 'command'; readonly id: string; readonly at: number; readonly command: Command }
  | { readonly type: 'ack'; readonly id: string };

const text = z.string();
const number = z.number();
const optional = z.optional(text);
const list = <Item extends z.core.$ZodType>(item: Item): z.ZodMiniArray<Item> => z.array(item);
const error = z.looseObject({ origin: text, code: text, severity: text, retryable: z.boolean() });

/** What reducer and view rely on, by type of the event. A new event needs a line here. */
const eventFields: Readonly<Record<ConversationEvent['type'], Readonly<Record<string, z.core.$ZodType>>>> = {
  'session.opened': { conversationId: optional, entityId: optional },
  'agent.typing': {},
  'agent.delta': { text },
  'agent.message': { text },
  'tool.started': { callId: text, toolName: text, input: optional },
  'tool.completed': { callId: text, toolName: text, result: optional },
  'turn.completed': { turnId: optional },
  'turn.pending': {},
  'turn.failed': { error },
  'session.notice': { error },
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
  'history.loaded': { turns: list(z.looseObject({ role: text, text })) },
  'history.failed': {},
  'history.checked': {},
  'error.raised': { error },
  'error.cleared': {},
  'turn.stopped': {},
  'note.added': { note: text },
  'conversation.cleared': {},
  'state.mirrored': {},
};

const event = z.looseObject({ type: text, at: number, id: text }).check(
  z.refine((value) => {
    const fields = Object.hasOwn(eventFields, value.type) && eventFields[value.type as ConversationEvent['type']];
    return fields !== false && fields !== undefined && z.looseObject(fields).safeParse(value).success;
  }),
);

const state = z.looseObject({
  connection: z.looseObject({ status: text, surface: text, attempt: number, offline: z.boolean() }),
  turn: z.looseObject({ phase: text, size: number }),
  items: list(
    z.looseObject({ kind: text, id: text, at: number, text: optional, toolName: optional, error: z.optional(error) }),
  ),
  history: text,
  error: z.optional(error),
});

const command = z.looseObject({ type: text, id: optional, text: optional });
const led = { term: number, subject: optional };

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello') }),
  z.object({ type: z.literal('snapshot'), ...led, seq: number, state }),
  z.object({ type: z.literal('event'), ...led, seq: number, event, ack: optional }),
  z.object({ type: z.literal('handing-over'), term: number, messageId: text }),
  z.object({ type: z.literal('command'), id: text, at: number, command }),
  z.object({ type: z.literal('ack'), id: text }),
]);

/**
 * A message of another tab, or undefined for what is none: any script of the origin can write to the channel.
 * Only what the reducer and the view rely on is checked; the name of the channel holds the version, so that the
 * rest is what this very code wrote.
 */
export function decodeTabMessage(data: unknown): TabMessage | undefined {
  const parsed = message.safeParse(data);
  return parsed.success ? (parsed.data as TabMessage) : undefined;
}
