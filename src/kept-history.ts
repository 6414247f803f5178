import type { ConversationEvent, HistoryTurn } from './conversation/event.js';
import type { ConversationState, TimelineItem } from './conversation/state.js';
import { forgetKept, KEPT_SLOT } from './kept-slot.js';
import { isRecord, MAX_JSON_LENGTH, parseJson } from './lib/json.js';

/** Version of what is written; another one is not read. */
const FORMAT = 1;
/** What is kept at most: the newest turns, and this many UTF-16 units of text in them. */
const MAX_TURNS = 200;
const MAX_TEXT = 262_144;

/** Whose conversation it is: shown again only where all of it is the same. */
interface Owner {
  /** The identity attributes. */
  readonly identity: string;
  /** Whom the token stands for, where it says so. */
  readonly subject: string | undefined;
  readonly conversationId: string | undefined;
}

/** Follows a conversation, event by event. What it brings from before a reload goes to `restore`. */
export type Keeper = (
  state: ConversationState,
  event: ConversationEvent,
  restore: (turns: readonly HistoryTurn[]) => void,
) => void;

/**
 * Keeps what was said in the tab's `sessionStorage`, and brings it back after a reload: once the session is open,
 * which is when it is known whose it is. Only what is settled is kept: what arrived, and replies that are whole.
 * A storage that is full, blocked or holds junk costs the earlier messages, and nothing else.
 *
 * @param identity the identity attributes, as one text
 * @param subject whom the token at hand stands for, where it says so
 */
export function keepHistory(identity: string, subject: () => string | undefined): Keeper {
  let lookedAt = false;
  let kept: readonly TimelineItem[] | undefined;
  return (state, event, restore) => {
    const owner = { identity, subject: subject(), conversationId: state.conversationId };
    if (event.type === 'session.opened' && !lookedAt) {
      lookedAt = true;
      const turns = read(owner);
      if (turns.length > 0) restore(turns);
    } else if (event.type === 'conversation.cleared') {
      kept = state.items;
      forgetKept();
    } else {
      // What another tab leads, it has the whole of.
      lookedAt ||= event.type === 'state.mirrored';
      if (!lookedAt || state.items === kept || state.turn.phase === 'replying') return;
      kept = state.items;
      write(owner, turnsOf(state.items));
    }
  };
}

function turnsOf(items: readonly TimelineItem[]): readonly HistoryTurn[] {
  let length = 0;
  const newestFirst = items.flatMap(asTurn).reverse().slice(0, MAX_TURNS);
  const fitting = newestFirst.filter(({ text }) => (length += text.length) <= MAX_TEXT);
  return fitting.reverse();
}

/** An item as the server would tell it, where it is settled. */
function asTurn(item: TimelineItem): readonly HistoryTurn[] {
  if (item.kind !== 'user' && item.kind !== 'agent') return [];
  const { kind: role, text, at } = item;
  if (item.kind === 'user') {
    return item.status === 'delivered' ? [{ role, text, at, ...(item.event ? { event: true } : {}) }] : [];
  }
  const whole = !(item.streaming || item.incomplete || item.provisional || item.stopped);
  return whole ? [{ role, text, at }] : [];
}

function write(owner: Owner, turns: readonly HistoryTurn[]): void {
  try {
    sessionStorage.setItem(KEPT_SLOT, JSON.stringify({ format: FORMAT, ...owner, turns }));
  } catch {
    // Rather nothing than what was true a while ago.
    forgetKept();
  }
}

/** What is kept for this owner. What is kept for anybody else is wiped. */
function read(owner: Owner): readonly HistoryTurn[] {
  const kept = parse();
  const same = kept?.format === FORMAT && kept.identity === owner.identity && kept.subject === owner.subject;
  const another = [kept?.conversationId, owner.conversationId].every((id) => id !== undefined);
  if (same && !(another && kept.conversationId !== owner.conversationId) && Array.isArray(kept.turns)) {
    return kept.turns.slice(-MAX_TURNS).filter(isTurn);
  }
  forgetKept();
  return [];
}

function parse(): Record<string, unknown> | undefined {
  try {
    const value = parseJson(sessionStorage.getItem(KEPT_SLOT) ?? '', MAX_JSON_LENGTH);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Any script of the origin can write there: only what is a turn comes back. */
function isTurn(value: unknown): value is HistoryTurn {
  return (
    isRecord(value) &&
    (value.role === 'user' || value.role === 'agent') &&
    typeof value.text === 'string' &&
    typeof value.at === 'number' &&
    Math.abs(value.at) <= 8.64e15
  );
}
