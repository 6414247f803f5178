import type { HistoryTurn } from '../../src/conversation/event.js';
import { mergeHistory } from '../../src/conversation/merge-history.js';
import type {
  AgentMessage,
  DeliveryStatus,
  Note,
  TimelineItem,
  UserMessage,
} from '../../src/conversation/state.js';
import { deepFreeze } from './replay.js';

let count = 0;
export const nextId = (): string => `i${String((count += 1))}`;

export const you = (
  text: string,
  status: DeliveryStatus = 'delivered',
  rest: Partial<UserMessage> = {},
): UserMessage => ({
  kind: 'user',
  id: nextId(),
  text,
  at: 0,
  status,
  ...rest,
});
export const agent = (text: string, rest: Partial<AgentMessage> = {}): AgentMessage => ({
  kind: 'agent',
  id: nextId(),
  text,
  revision: 0,
  at: 0,
  streaming: false,
  incomplete: false,
  greeting: false,
  ...rest,
});
export const note = (): Note => ({ kind: 'note', id: nextId(), note: 'ended', at: 0 });
export const checking = (text: string, baseline?: number): UserMessage =>
  you(text, 'unconfirmed', { checking: true, ...(baseline === undefined ? {} : { baseline }) });

/** `u:` a turn of the person, `a:` one of the agent, `s:` one of the system. */
export const turns = (...lines: readonly string[]): readonly HistoryTurn[] =>
  lines.map((line) => ({
    role: line.startsWith('u:') ? 'user' : line.startsWith('s:') ? 'system' : 'agent',
    text: line.slice(2),
  }));

export function merge(
  items: readonly TimelineItem[],
  history: readonly HistoryTurn[],
  options: { earlier?: boolean; liveReplyId?: string; liveMessageId?: string } = {},
): ReturnType<typeof mergeHistory> {
  return mergeHistory(deepFreeze(items), deepFreeze(history), { earlier: true, id: 'h', at: 5, ...options });
}
