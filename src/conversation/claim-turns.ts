import { settleReply } from './reduce-turn.js';
import type { ServerTurns } from './server-turns.js';
import type { AgentMessage, TimelineItem, UserMessage } from './state.js';

/** What of the screen a turn of the server is, and what is known of it by that. */
export interface Claim {
  readonly index: number;
  readonly item: TimelineItem;
}

function claimUser(
  server: ServerTurns,
  item: UserMessage,
  before: number,
  above: () => readonly TimelineItem[],
): Claim | undefined {
  if (item.status === 'queued') return undefined;
  const index = server.lastOf('user', item.text, before);
  if (index < 0) return undefined;
  const proven = item.status === 'delivered';
  const early = index < server.beyond(item.baseline);
  if (early && !proven) return undefined;
  // The same words said before, and proven, come first: what is there for them is nothing else's.
  const hasRoom = (): boolean => {
    const same = above().filter((other) => isProven(other, item.text));
    return server.hasRoomFor(same, item.text, index);
  };
  // A baseline may count a turn too many, where the history knew of it before the wire did: it hides nothing proven.
  if ((!proven || (early && item.baseline !== undefined)) && !hasRoom()) return undefined;
  const answered = server.turns[index + 1]?.role === 'agent';
  if (proven) return { index, item: answered ? settled(item) : item };
  const { checking: _, ...rest } = item;
  return { index, item: answered ? settled({ ...rest, status: 'delivered' }) : found(rest) };
}

function isProven(item: TimelineItem, text: string): item is UserMessage {
  return item.kind === 'user' && item.status === 'delivered' && item.text.trim() === text.trim();
}

/** It arrived, but no reply did: what failed its turn still has to be said, and the reply looked for. */
function found(item: UserMessage): UserMessage {
  return { ...item, status: 'delivered', ...(item.error?.retryable ? { awaitingReply: true } : {}) };
}

/** The reply that it waited for is there. */
function settled(item: UserMessage): UserMessage {
  if (!item.awaitingReply && !item.error) return item;
  const { awaitingReply: _, error: __, ...rest } = item;
  return rest;
}

const isUnfinished = (item: AgentMessage, liveReplyId: string | undefined): boolean =>
  item.id === liveReplyId || item.incomplete || item.stopped === true;

/**
 * What the person said is matched first: of it the order is known. Replies are then looked for between, whole ones
 * from the newest backwards, and at last what was cut off finds its place.
 */
export function claimAll(
  items: readonly TimelineItem[],
  server: ServerTurns,
  liveReplyId: string | undefined,
): ReadonlyMap<TimelineItem, Claim> {
  const claims = new Map<TimelineItem, Claim>();
  let before = server.turns.length;
  for (let place = items.length - 1; place >= 0; place -= 1) {
    const item = items[place];
    if (item?.kind !== 'user') continue;
    const claim = claimUser(server, item, before, () => items.slice(0, place));
    if (!claim) continue;
    claims.set(item, claim);
    before = claim.index;
  }
  claimReplies(items, server, liveReplyId, claims);
  claimUnfinished(items, server, liveReplyId, claims);
  return claims;
}

function claimReplies(
  items: readonly TimelineItem[],
  server: ServerTurns,
  liveReplyId: string | undefined,
  claims: Map<TimelineItem, Claim>,
): void {
  const users = [...claims.values()].map(({ index }) => index);
  let before = server.turns.length;
  let next = 0;
  for (const item of [...items].reverse()) {
    if (claims.has(item)) before = users[next++] ?? before;
    if (item.kind !== 'agent' || isUnfinished(item, liveReplyId)) continue;
    const index = server.lastOf('agent', item.text, before);
    // An answer to something said before is not the answer to this.
    if (index < 0 || index < (users[next] ?? 0)) continue;
    claims.set(item, { index, item });
    before = index;
  }
}

function claimUnfinished(
  items: readonly TimelineItem[],
  server: ServerTurns,
  liveReplyId: string | undefined,
  claims: Map<TimelineItem, Claim>,
): void {
  const ends = [...claims.values()].map(({ index }) => index).sort((one, other) => one - other);
  let after = -1;
  for (const item of items) {
    const claim = claims.get(item);
    if (claim) after = ends.shift() ?? after;
    else if (item.kind === 'agent' && isUnfinished(item, liveReplyId)) {
      const index = server.whole(item.text, after, ends[0] ?? server.turns.length);
      const text = server.turns[index]?.text;
      if (text === undefined) continue;
      after = index;
      claims.set(item, { index, item: item.incomplete ? settleReply(item, text) : item });
    }
  }
}
