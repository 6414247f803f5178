import { errorText } from '../i18n/error-text.js';
import { noteText } from '../i18n/note-text.js';
import type { Strings } from '../i18n/strings.js';
import type { AgentMessage, ConversationState, TimelineItem, UserMessage } from '../conversation/state.js';
import type { Announcement } from './announcement.js';
import { beginning, completeSentences, WHOLE_REPLY } from './spoken-text.js';

/** Values of the attribute `announce`. */
export type AnnounceMode = 'message' | 'sentences' | 'off';

export interface AnnounceContext {
  readonly strings: Strings;
  readonly locale: string;
  readonly mode: AnnounceMode;
  /** The panel is shown. While it is closed, replies are counted and not read out. */
  readonly open: boolean;
  /** Messages that came while nobody looked. */
  readonly unread: number;
}

/** Least milliseconds between two unread notices, and between two sentences of a reply. */
const UNREAD_SPACING = 10_000;
const SENTENCE_SPACING = 1500;

/**
 * Works out from two states of the conversation what a screen reader should say: "replying" once per turn,
 * a reply once it is finished, one confirmation per send, one text per change of the connection. Never a
 * token, and nothing of a history that loads.
 */
export class Announcements {
  private replyingSaid = false;
  /** In sentence mode: how far each reply under way has been read out, as raw text. */
  private readonly said = new Map<string, string>();

  constructor(private readonly toPlainText: (markdown: string, strings: Strings) => string) {}

  next(before: ConversationState, after: ConversationState, context: AnnounceContext): Announcement[] {
    if (context.mode === 'off') return [];
    return [
      ...this.turn(before, after, context),
      ...this.items(before, after, context),
      ...asides(before, after, context),
      ...connection(before, after, context),
      ...error(before, after, context),
    ];
  }

  private turn(
    before: ConversationState,
    after: ConversationState,
    context: AnnounceContext,
  ): Announcement[] {
    const { phase, stopped } = after.turn;
    if (stopped && !before.turn.stopped) return [{ text: context.strings.sayStopped, key: 'turn' }];
    if (phase === 'idle') this.replyingSaid = false;
    if (phase !== 'replying' || this.replyingSaid || stopped || !context.open) return [];
    this.replyingSaid = true;
    return [{ text: context.strings.sayReplying, key: 'turn' }];
  }

  private items(
    before: ConversationState,
    after: ConversationState,
    context: AnnounceContext,
  ): Announcement[] {
    if (after.items === before.items) return [];
    const fresh = freshSince(before, after);
    const old = lookup(before.items);
    return after.items.flatMap((item, index) => {
      if (item === before.items[index]) return [];
      const was = old(item.id, index);
      return item === was || (!was && index < fresh)
        ? []
        : this.item(was, item, before.turn.stopped, context);
    });
  }

  private item(
    old: TimelineItem | undefined,
    item: TimelineItem,
    stopped: boolean,
    context: AnnounceContext,
  ): Announcement[] {
    if (item.kind === 'user') return delivery(old as UserMessage | undefined, item, context.strings);
    if (item.kind === 'note') return old ? [] : [{ text: noteText(item.note, context.strings) }];
    if (item.kind === 'agent' && !stopped) return this.reply(old as AgentMessage | undefined, item, context);
    return [];
  }

  private reply(old: AgentMessage | undefined, item: AgentMessage, context: AnnounceContext): Announcement[] {
    if (item.incomplete) return old?.incomplete ? [] : [{ text: context.strings.incomplete }];
    const done = finished(item);
    if (item.stopped || (old && finished(old))) return [];
    if (!context.open) return done ? [unreadNotice(context)] : [];
    if (context.mode === 'sentences') return this.sentences(item, done, context);
    return done ? [{ text: this.wholeReply(item.text, context) }] : [];
  }

  private wholeReply(markdown: string, { strings, locale }: AnnounceContext): string {
    const text = this.toPlainText(markdown, strings).trim();
    if (text.length <= WHOLE_REPLY) return text && strings.sayReply(text);
    return strings.sayLongReply(beginning(text, locale));
  }

  /** What has become complete since the last time; at the end, the rest. */
  private sentences(item: AgentMessage, done: boolean, context: AnnounceContext): Announcement[] {
    const said = this.said.get(item.id) ?? '';
    // The whole text that ended the turn may differ from its deltas: then it is read out as a whole.
    const from = item.text.startsWith(said) ? said.length : 0;
    const rest = item.text.slice(from);
    const raw = done ? rest : completeSentences(rest, context.locale);
    if (done) this.said.delete(item.id);
    else this.said.set(item.id, item.text.slice(0, from + raw.length));
    const text = this.toPlainText(raw, context.strings).trim();
    if (!text) return [];
    return [{ text: from ? text : context.strings.sayReply(text), spacing: SENTENCE_SPACING }];
  }
}

/** Finds items by id. They rarely move, so that the index of all ids is made only when one did. */
function lookup(items: readonly TimelineItem[]): (id: string, index: number) => TimelineItem | undefined {
  let byId: Map<string, TimelineItem> | undefined;
  return (id, index) => {
    const there = items[index];
    if (there?.id === id) return there;
    byId ??= new Map(items.map((item) => [item.id, item]));
    return byId.get(id);
  };
}

function finished(item: AgentMessage): boolean {
  return !item.streaming && !item.provisional && !item.incomplete;
}

/**
 * The index from which new items are news: what the server's history puts before the person's last message, or the
 * first that is still without an answer, is old; what it puts after is an answer found late. What waits to be sent was
 * not said yet. The history that a page starts with is old as a whole.
 */
function freshSince(before: ConversationState, after: ConversationState): number {
  const said = before.items.filter(
    (item) => item.kind === 'user' && item.status !== 'queued',
  ) as UserMessage[];
  const asked = said.find(isOpen) ?? said.at(-1);
  const index = after.items.findLastIndex(({ id }) => id === asked?.id);
  if (index >= 0) return index;
  return after.history === 'loaded' && before.history !== 'loaded' ? after.items.length : 0;
}

function isOpen({ status, awaitingReply }: UserMessage): boolean {
  return status === 'sent' || status === 'unconfirmed' || awaitingReply === true;
}

function unreadNotice({ strings, unread }: AnnounceContext): Announcement {
  return { text: strings.sayUnread(Math.max(1, unread)), key: 'unread', spacing: UNREAD_SPACING };
}

function delivery(old: UserMessage | undefined, item: UserMessage, strings: Strings): Announcement[] {
  if (old?.status === item.status) return [];
  const texts: Partial<Record<UserMessage['status'], string>> = {
    queued: strings.sayQueued,
    sent: strings.saySent,
    unconfirmed: strings.sayUnconfirmed,
    'not-sent': strings.sayNotSent,
  };
  const text = texts[item.status];
  return text ? [{ text, key: `message ${item.id}` }] : [];
}

/** A question that holds everything up, and what is said to pass the time. */
function asides(
  before: ConversationState,
  after: ConversationState,
  { strings, open }: AnnounceContext,
): Announcement[] {
  const asked = after.conflict && !before.conflict ? [{ text: strings.unfinished }] : [];
  const { notice } = after.turn;
  return open && notice !== undefined && notice !== before.turn.notice
    ? [...asked, { text: notice, key: 'turn' }]
    : asked;
}

function connection(
  { connection: old }: ConversationState,
  { connection: now }: ConversationState,
  { strings, open }: AnnounceContext,
): Announcement[] {
  if (!open || (old.status === now.status && old.offline === now.offline)) return [];
  const say = (text: string): Announcement[] => [{ text, key: 'connection' }];
  if (now.offline) return old.offline ? [] : say(strings.sayOffline);
  if (now.status === 'reconnecting') return say(strings.sayReconnecting);
  // The first connection needs no words: the greeting is heard.
  return now.status === 'open' && old.status === 'reconnecting' ? say(strings.sayConnected) : [];
}

/**
 * While the panel is open the banner's alert speaks for errors, and only warnings, which it shows without
 * one, are said here. Closed, nothing interrupts the page: one polite text, and none for the page's own
 * mistakes.
 */
function error(
  before: ConversationState,
  { error: now, connection: { status } }: ConversationState,
  { strings, open }: AnnounceContext,
): Announcement[] {
  const repeated = !now || (before.error?.code === now.code && before.error.severity === now.severity);
  if (repeated || now.origin === 'configuration' || open === (now.severity !== 'warning')) return [];
  // The change of the connection has been said already.
  if (now.origin === 'connection' && status === 'reconnecting') return [];
  const { what, action } = errorText(now, strings);
  return [{ text: `${what} ${action}`, key: 'error' }];
}
