import type { AgentMessage, TimelineItem, ToolCall, UserMessage } from './state.js';

/** The items with one of them changed; the same array where `change` returns its argument. */
export function updateItem<Item extends TimelineItem>(
  items: readonly TimelineItem[],
  isIt: (item: TimelineItem) => item is Item,
  change: (item: Item) => Item,
): readonly TimelineItem[] {
  // What changes is nearly always near the end.
  const index = items.findLastIndex(isIt);
  const item = items[index];
  if (!item || !isIt(item)) return items;
  const changed = change(item);
  return changed === item ? items : items.with(index, changed);
}

export const userMessage =
  (id: string | undefined) =>
  (item: TimelineItem): item is UserMessage =>
    item.kind === 'user' && item.id === id;

export const agentMessage =
  (id: string | undefined) =>
  (item: TimelineItem): item is AgentMessage =>
    item.kind === 'agent' && item.id === id;

export const toolCall =
  (callId: string, open: boolean) =>
  (item: TimelineItem): item is ToolCall =>
    item.kind === 'tool' && item.callId === callId && (!open || item.status === 'running');

/** Where what waits to be sent begins: it stays below everything that is said meanwhile. */
export function queueStart(items: readonly TimelineItem[]): number {
  return items.findLastIndex((item) => !(item.kind === 'user' && item.status === 'queued')) + 1;
}

/** Adds an item at its place: what the person types at the end, everything else above what waits. */
export function append(items: readonly TimelineItem[], item: TimelineItem): readonly TimelineItem[] {
  return items.toSpliced(
    item.kind === 'user' && item.status === 'queued' ? items.length : queueStart(items),
    0,
    item,
  );
}

/** The message with this id, if it is one of the person's. */
export function findUserMessage(
  items: readonly TimelineItem[],
  id: string | undefined,
): UserMessage | undefined {
  return id === undefined ? undefined : items.findLast(userMessage(id));
}

/** What a message is that did not go out this time: an earlier time may have been heard, and has to be looked up. */
export function notSent({ status, doubtful }: UserMessage): 'not-sent' | 'unconfirmed' {
  return doubtful && status !== 'unconfirmed' ? 'unconfirmed' : 'not-sent';
}
