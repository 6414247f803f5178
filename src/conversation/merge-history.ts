import { claimAll, type Claim } from './claim-turns.js';
import type { HistoryTool, HistoryTurn } from './event.js';
import { ServerTurns } from './server-turns.js';
import type { TimelineItem, ToolCall } from './state.js';

/**
 * Lays the server's history over what is on screen. No surface carries message ids, so items are matched by
 * role and exact text, from the newest backwards: what the person sees last is what the server has last.
 *
 * - What matches keeps its place and its id; a cut-off reply takes the whole text.
 * - A message that was handed over without proof is `delivered` once it is found beyond the user turns that
 *   the server held before it (`baseline`), so that the same words sent earlier do not count for it.
 * - What only the server has is added where the server has it. What only the screen has stays.
 */
export interface MergeOptions {
  /** The bubble that is being streamed now: the wire owns its text. */
  readonly liveReplyId?: string | undefined;
  /** The message whose turn is under way: the wire tells the answer, so a history that is ahead of it must not. */
  readonly liveMessageId?: string | undefined;
  /** False where the person wants nothing from before this page (`history="memory"`). */
  readonly earlier: boolean;
  readonly id: string;
  readonly at: number;
}

/** A turn that only the server has: what the agent did, then what was said. */
function fromServer(turn: HistoryTurn, index: number, { id, at: now }: MergeOptions): TimelineItem[] {
  const at = turn.at ?? now;
  const tools = (turn.tools ?? []).map((call, place) =>
    toolItem(call, `${id}.${String(index)}.${String(place)}`, at),
  );
  const common = {
    id: `${id}.${String(index)}`,
    text: turn.text,
    at,
    ...(turn.turnId === undefined ? {} : { turnId: turn.turnId }),
  };
  if (turn.role === 'user') {
    return [{ kind: 'user', ...common, ...(turn.event ? { event: true } : {}), status: 'delivered' }];
  }
  if (turn.text.trim() === '') return tools;
  return [
    ...tools,
    { kind: 'agent', ...common, revision: 0, streaming: false, incomplete: false, greeting: false },
  ];
}

function toolItem({ succeeded, ...call }: HistoryTool, id: string, at: number): ToolCall {
  const status = succeeded === undefined ? 'unknown' : succeeded ? 'succeeded' : 'failed';
  return { kind: 'tool', id, at, ...call, status };
}

/**
 * Where that begins which a copy of the history that lags behind cannot know: what is proven to have been said after
 * the last turn of the person in it, and all that follows.
 */
function unknownTail(items: readonly TimelineItem[], userCount: number): number {
  const first = items.findIndex(
    (item) => item.kind === 'user' && item.status === 'delivered' && (item.baseline ?? -1) >= userCount,
  );
  return first < 0 ? items.length : first;
}

/** Where the last of what is still open, and not found, begins: that stays below all that the server tells. */
function openTail(
  items: readonly TimelineItem[],
  claims: ReadonlyMap<TimelineItem, Claim>,
  liveReplyId: string | undefined,
): number {
  const isSettled = (item: TimelineItem): boolean => {
    if (claims.has(item)) return true;
    return item.kind === 'user' ? item.status === 'delivered' : item.id !== liveReplyId;
  };
  return items.findLastIndex(isSettled) + 1;
}

/**
 * Where this page's part of the history begins: at the first thing the person said here. A greeting may match
 * one from long ago, so it marks no beginning.
 */
function firstOfThisPage(claims: ReadonlyMap<TimelineItem, Claim>, none: number): number {
  let first = none;
  for (const [item, { index }] of claims) if (item.kind === 'user') first = Math.min(first, index);
  return first;
}

/** System turns instruct the agent; they are not part of what was said. */
function isShown({ role, text, tools }: HistoryTurn): boolean {
  return role !== 'system' && (text.trim() !== '' || tools !== undefined);
}

export interface MergedHistory {
  /** The timeline. */
  readonly items: readonly TimelineItem[];
  /** How many user turns the server holds. */
  readonly userTurns: number;
  /** The copy lacks nothing that is proven: it is not older than the screen. */
  readonly current: boolean;
}

export function mergeHistory(
  items: readonly TimelineItem[],
  history: readonly HistoryTurn[],
  options: MergeOptions,
): MergedHistory {
  const server = new ServerTurns(history.filter(isShown));
  const known = items.slice(0, unknownTail(items, server.userCount));
  const claims = claimAll(known, server, options.liveReplyId);
  const merged: TimelineItem[] = [];
  let next = options.earlier ? 0 : firstOfThisPage(claims, server.turns.length);
  const calls = new Set(items.map((item) => item.kind === 'tool' && item.callId));
  const isNew = (item: TimelineItem): boolean => item.kind !== 'tool' || !calls.has(item.callId);
  let answering = false;
  const add = (turn: HistoryTurn): void => {
    answering &&= turn.role === 'agent';
    if (!answering) merged.push(...fromServer(turn, next, options).filter(isNew));
    next += 1;
  };
  const addUpTo = (end: number): void => {
    for (let turn = server.turns[next]; turn && next < end; turn = server.turns[next]) add(turn);
  };
  const claimed = new Set([...claims.values()].map(({ index }) => index));
  const addAnswers = (): void => {
    for (
      let turn = server.turns[next];
      turn?.role === 'agent' && !claimed.has(next);
      turn = server.turns[next]
    )
      add(turn);
  };
  const tail = openTail(known, claims, options.liveReplyId);
  items.forEach((item, place) => {
    const claim = claims.get(item);
    if (claim) addUpTo(claim.index);
    else if (place === tail) addUpTo(server.turns.length);
    // An answer belongs to what was said before it, so it stands above what was said next.
    else if (item.kind === 'user') addAnswers();
    merged.push(claim?.item ?? item);
    if (!claim) return;
    next = Math.max(next, claim.index + 1);
    if (item.kind === 'user') answering = item.id === options.liveMessageId;
  });
  addUpTo(server.turns.length);
  const isKnown = (item: TimelineItem): boolean =>
    item.kind !== 'user' || item.status !== 'delivered' || claims.has(item);
  return { items: merged, userTurns: server.userCount, current: items.every(isKnown) };
}
