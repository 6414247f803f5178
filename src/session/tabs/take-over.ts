import type { LocalEvent } from '../../conversation/event.js';
import { findUserMessage } from '../../conversation/items.js';
import type { ConversationState } from '../../conversation/state.js';

/** What a new leader goes on from. */
export interface Resume {
  readonly state: ConversationState;
  /** Whom the last leader's token stood for. */
  readonly subject?: string | undefined;
}

/** What a session has to do with the tabs before and after its own. */
export interface Succession {
  /** The conversation as another tab left it. */
  readonly resume?: Resume;
  /** Told before a message is handed to the wire: should this tab be gone a moment later, it may have left. */
  readonly handingOver?: (messageId: string) => void;
}

/** Whether the conversation was connected, or about to be: then its new leader connects too. */
export function isConnected({ connection: { status } }: ConversationState): boolean {
  return status === 'open' || status === 'connecting' || status === 'reconnecting';
}

/**
 * What the end of a leader means for the conversation, as events: its connection is gone, and with it the turn
 * under way. A message that it was about to hand over may have left: it counts as handed over, and is looked
 * up like any other whose proof got lost.
 */
export function leaderLost(state: ConversationState, handingOver: string | undefined): readonly LocalEvent[] {
  const inHand = findUserMessage(state.items, handingOver);
  return [
    ...(inHand?.status === 'queued' ? [{ type: 'turn.started', messageId: inHand.id } as const] : []),
    { type: 'turn.lost' },
    ...(isConnected(state)
      ? [{ type: 'connection.changed', status: 'reconnecting', attempt: 0 } as const]
      : []),
    // What one tab was reading, the next reads anew.
    ...(state.history === 'loading' ? [{ type: 'history.failed' } as const] : []),
  ];
}

/** The state as a session of this tab may begin with it. */
export function resumable(state: ConversationState): ConversationState {
  return state.history === 'failed' ? { ...state, history: 'unread' } : state;
}
