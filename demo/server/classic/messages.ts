import type { StoredTurn } from '../threads/stored-turn.js';
import type { Thread } from '../threads/thread.js';
import { hexId } from './ids.js';

/** One message as the classic API lists it (MessageInstance). */
export interface ClassicMessage {
  readonly id: string;
  readonly interaction_id: string;
  readonly created_at: string;
  readonly sender: 'user' | 'agent';
  readonly message: string;
  readonly format: 'text' | 'voice';
  readonly message_type: 'user-message' | 'agent-message' | 'agent-inner-thought' | 'external-event';
}

/** Separates what the agent said before and after a tool: one interaction has one agent message. */
export const PARAGRAPH = '\n\n';

/** The interaction of a turn; the greeting's turn has no id. */
export function interactionId(thread: Thread, turnId: string | null): string {
  return hexId(thread.id, turnId ?? 'greeting');
}

/** The message of a role in an interaction. */
export function messageId(thread: Thread, turnId: string | null, role: string): string {
  return hexId(thread.id, turnId ?? 'greeting', role);
}

/** A conversation's messages, oldest first; the thoughts are what the tools said. */
export function messagesOf(thread: Thread): readonly ClassicMessage[] {
  const messages = new Map<string, ClassicMessage>();
  for (const turn of thread.turns) {
    for (const [index, call] of turn.toolCalls.entries()) {
      const thought = `${call.toolName}: ${call.result}`;
      const one = messageOf(thread, turn, 'agent-inner-thought', thought, `thought ${call.callId} ${index}`);
      messages.set(one.id, one);
    }
    const one = messageOf(thread, turn, typeOf(turn), turn.text, turn.role);
    const before = messages.get(one.id);
    messages.set(one.id, before ? { ...before, message: before.message + PARAGRAPH + turn.text } : one);
  }
  return [...messages.values()];
}

function typeOf({ role }: StoredTurn): ClassicMessage['message_type'] {
  if (role === 'agent') return 'agent-message';
  return role === 'user' ? 'user-message' : 'external-event';
}

function messageOf(
  thread: Thread,
  turn: StoredTurn,
  message_type: ClassicMessage['message_type'],
  message: string,
  role: string,
): ClassicMessage {
  return {
    id: messageId(thread, turn.turnId, role),
    interaction_id: interactionId(thread, turn.turnId),
    created_at: turn.timestamp,
    sender: turn.role === 'agent' ? 'agent' : 'user',
    message,
    format: 'text',
    message_type,
  };
}
