import type { HistoryTool, HistoryTurn } from './event.js';
import { settleReply } from './reduce-turn.js';
import type { AgentMessage, TimelineItem, ToolCall, UserMessage } from './state.js';

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

interface Claim {
  readonly index: number;
  readonly item: TimelineItem;
}

/** Texts are compared without surrounding white space: servers trim. */
const keyOf = (role: string, text: string): string => `${role}\n${text.trim()}`;

/** The server's turns, with a quick way to find the last one of a text before a given place. */
class ServerTurns {
  private readonly places = new Map<string, number[]>();
  private readonly userPlaces: number[] = [];

  constructor(readonly turns: readonly HistoryTurn[]) {
    turns.forEach((turn, index) => {
      const key = keyOf(turn.role, turn.text);
      const places = this.places.get(key);
      if (places) places.push(index);
      else this.places.set(key, [index]);
      if (turn.role === 'user') this.userPlaces.push(index);
    });
  }

  get userCount(): number {
    return this.userPlaces.length;
  }

  lastOf(role: string, text: string, before: number): number {
    const places = this.places.get(keyOf(role, text)) ?? [];
    // Walking backwards never needs a later place again.
    while (places.length > 0 && (places.at(-1) ?? 0) >= before) places.pop();
    return places.at(-1) ?? -1;
  }

  /** Where user turns beyond the first `count` begin; without a count only the last one may be meant. */
  beyond(count: number | undefined): number {
    return this.userPlaces[count ?? this.userPlaces.length - 1] ?? this.turns.length;
  }

  /**
   * The turn in which a reply that was cut off is whole: among the agent's turns right after `after`, or right
   * before `end` where nothing on screen above it is known to the server. Never the answer to something else.
   */
  whole(text: string, after: number, end: number): number {
    const start = text.trim();
    const step = after < 0 ? -1 : 1;
    for (let index = after < 0 ? end - 1 : after + 1; index < end; index += step) {
      const turn = this.turns[index];
      if (turn?.role !== 'agent') return -1;
      if (turn.text.trim().startsWith(start)) return index;
    }
    return -1;
  }
}

function claimUser(server: ServerTurns, item: UserMessage, before: number): Claim | undefined {
  if (item.status === 'queued') return undefined;
  const index = server.lastOf('user', item.text, before);
  if (index < 0) return undefined;
  const answered = server.turns[index + 1]?.role === 'agent';
  if (item.status === 'delivered') return { index, item: answered ? settled(item) : item };
  if (index < server.beyond(item.baseline)) return undefined;
  const { checking: _, ...rest } = item;
  return { index, item: answered ? settled({ ...rest, status: 'delivered' }) : found(rest) };
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

/** What is whole is matched first, from the newest backwards; what was cut off then finds its place between. */
function claimAll(
  items: readonly TimelineItem[],
  server: ServerTurns,
  liveReplyId: string | undefined,
): ReadonlyMap<TimelineItem, Claim> {
  const claims = new Map<TimelineItem, Claim>();
  let before = server.turns.length;
  for (const item of [...items].reverse()) {
    const claim = claimWhole(server, item, before, liveReplyId);
    if (!claim) continue;
    claims.set(item, claim);
    before = claim.index;
  }
  claimUnfinished(items, server, liveReplyId, claims);
  return claims;
}

function claimWhole(
  server: ServerTurns,
  item: TimelineItem,
  before: number,
  liveReplyId: string | undefined,
): Claim | undefined {
  if (item.kind === 'user') return claimUser(server, item, before);
  if (item.kind !== 'agent' || isUnfinished(item, liveReplyId)) return undefined;
  const index = server.lastOf('agent', item.text, before);
  return index < 0 ? undefined : { index, item };
}

function claimUnfinished(
  items: readonly TimelineItem[],
  server: ServerTurns,
  liveReplyId: string | undefined,
  claims: Map<TimelineItem, Claim>,
): void {
  const ends = [...claims.values()].map(({ index }) => index).reverse();
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

/** The merged timeline, and how many user turns the server holds. */
export function mergeHistory(
  items: readonly TimelineItem[],
  history: readonly HistoryTurn[],
  options: MergeOptions,
): { readonly items: readonly TimelineItem[]; readonly userTurns: number } {
  const server = new ServerTurns(history.filter(isShown));
  const claims = claimAll(items, server, options.liveReplyId);
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
  const tail = openTail(items, claims, options.liveReplyId);
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
  return { items: merged, userTurns: server.userCount };
}
