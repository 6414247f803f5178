import { html, LitElement, nothing, type CSSResultGroup, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ConversationState, TimelineItem, Turn } from '../conversation/state.js';
import { en } from '../i18n/locales/en.js';
import type { MessageLanguage } from '../i18n/guess-language.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { shadowRootOf } from '../lib/shadow-root.js';
import { arrowDownIcon } from './icons.js';
import { LogItem } from './log-item.js';
import {
  awaitsReply,
  dayName,
  firstNewReply,
  lastSent,
  logRows,
  repliesFrom,
  type LogRow,
} from './log-rows.js';
import { LogWindow } from './log-window.js';
import { messageListStyles } from './message-list.styles.js';
import './message.js';
import type { AmigoMessage } from './message.js';
import './note.js';
import { maskReplay } from './replay-mask.js';
import { request, RequestRelay, type FeedbackValue } from './request.js';
import { RovingFocus, type FocusStop } from './roving-focus.js';
import { ScrollFollow } from './scroll-follow.js';
import './typing.js';
import { WholeOnPaper } from './whole-on-paper.js';

/**
 * The conversation as a log: articles in the order of time, with tools, notes, dates and the typing sign
 * among them. No live region: the announcer speaks. One Tab stop; the arrow keys move between messages,
 * Enter goes into a message's controls, Escape asks for the composer. Follows new content while its end is in
 * view; a reader who scrolled back is never moved, and gets a "New messages" button. Long conversations are
 * rendered in windows ({@link LogWindow}).
 *
 * @summary The log of messages.
 * @slot empty - Shown while nothing has been said.
 * @fires amigo-request - `following`, `focus-composer`, and those of the messages inside
 * @csspart log - The scrolling region.
 */
export class AmigoMessageList extends LitElement {
  static override styles: CSSResultGroup = messageListStyles;

  private readonly follower = new ScrollFollow(
    this,
    () => this.region,
    () => {
      this.followingChanged();
    },
  );
  private readonly roving = new RovingFocus(
    this,
    () => this.region,
    () => [...this.renderRoot.querySelectorAll<FocusStop>('.earlier, .line')],
  );
  private readonly window = new LogWindow();
  private focused: Element | null | undefined;

  @query('.log') private readonly region!: HTMLElement | null;

  @state() private slotted = false;
  /** The first reply that came while the reader was further up. */
  @state() private firstUnread: string | undefined;

  @property({ attribute: false }) items: readonly TimelineItem[] = [];
  @property({ attribute: false }) turn: Turn | undefined;
  /** Whether earlier messages are being fetched. */
  @property({ attribute: false }) history: ConversationState['history'] = 'unread';

  /** The agent's name; the catalogue's word where empty. */
  @property({ attribute: 'agent-name' }) agentName = '';

  /** The message that was copied just now. */
  @property({ attribute: false }) copiedId: string | undefined;

  /** A button of every reply that is loaded on demand. */
  @property({ attribute: false }) button: AmigoMessage['button'];

  /** Tells the language of a message; while it is not there, none is marked. */
  @property({ attribute: false }) languageOf: MessageLanguage | undefined;

  /** What the person made of replies, by their ids; undefined where nobody asks. */
  @property({ attribute: false }) feedback: ReadonlyMap<string, FeedbackValue> | undefined;

  @property({ attribute: false }) strings: Strings = en;

  /** BCP 47; for times and numbers. */
  @property() locale = 'en';

  constructor() {
    super();
    new RequestRelay(this);
    new WholeOnPaper(this, this.window, () => this.region);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.focused = shadowRootOf(this)?.activeElement;
    const before = changed.get('items');
    if (before) this.receive(before);
    this.window.place(this.items, this.follower.following && !this.focused);
  }

  protected override firstUpdated(): void {
    if (this.region) maskReplay(this.region);
  }

  protected override updated(): void {
    this.restoreFocus();
  }

  private receive(before: readonly TimelineItem[]): void {
    const sent = lastSent(this.items);
    const justSent = sent !== undefined && sent !== lastSent(before);
    // What the person sends they want to see, and another conversation begins at its end.
    if (justSent || this.items.length === 0) this.follower.follow();
    else if (!this.follower.following) this.firstUnread ??= firstNewReply(before, this.items);
  }

  /** A message that is sent again moves to the end, and would lose the focus on the way. */
  private restoreFocus(): void {
    const { focused } = this;
    if (!(focused instanceof LogItem) || shadowRootOf(this)?.activeElement) return;
    if (focused.isConnected) focused.focus({ preventScroll: true });
    else request(this, { type: 'focus-composer' });
  }

  private followingChanged(): void {
    const { following } = this.follower;
    if (following) this.firstUnread = undefined;
    this.requestUpdate();
    request(this, { type: 'following', following });
  }

  private readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Escape') request(this, { type: 'focus-composer' });
    else if (!this.roving.key(event)) return;
    event.preventDefault();
  };

  private readonly onFocusMoved = (event: FocusEvent): void => {
    this.roving.moved(event);
  };

  private readonly onSlotted = (event: Event): void => {
    this.slotted = (event.currentTarget as HTMLSlotElement).assignedNodes({ flatten: true }).length > 0;
  };

  /** Details open below the button that was pressed, which stays where it is. */
  private readonly onToolClick = (event: MouseEvent): void => {
    this.follower.hold(event.currentTarget as Element);
  };

  private readonly showEarlier = (): void => {
    const first = this.lines()[0];
    if (first) this.follower.hold(first);
    this.window.extend(this.items);
    this.roving.focus(first, { preventScroll: true });
    this.requestUpdate();
  };

  private readonly showNewest = (): void => {
    const lines = this.lines();
    const unread = this.items.findLastIndex((item) => item.id === this.firstUnread);
    const line = unread < 0 ? undefined : lines[unread - this.window.start];
    this.firstUnread = undefined;
    if (line) this.follower.reveal(line);
    else this.follower.follow();
    this.roving.focus(line ?? lines.at(-1), { preventScroll: true });
  };

  private lines(): LogItem[] {
    return [...this.renderRoot.querySelectorAll<LogItem>('.line')];
  }

  override render(): unknown {
    const { strings } = this;
    return html`
      <section
        class="log"
        part="log"
        tabindex="0"
        aria-label=${strings.log}
        aria-describedby="hint"
        @keydown=${this.onKeydown}
        @focusin=${this.onFocusMoved}
        @focusout=${this.onFocusMoved}
      >
        <div class="items">${this.top()} ${this.entries()}</div>
      </section>
      <span id="hint" hidden>${strings.logHint}</span>
      ${this.follower.following ? nothing : this.newestButton()}
    `;
  }

  private top(): unknown {
    const { strings, history, items } = this;
    if (history === 'loading') return html`<p class="loading">${strings.historyLoading}</p>`;
    if (this.window.start > 0) {
      return html`<button class="earlier" type="button" tabindex="-1" @click=${this.showEarlier}>
        ${strings.showEarlier}
      </button>`;
    }
    if (items.length > 0 || awaitsReply(this.turn)) return nothing;
    // Not the slot's own fallback: a slot that is passed on counts as content, even where it is empty.
    return html`<slot name="empty" @slotchange=${this.onSlotted}></slot> ${
        this.slotted
          ? nothing
          : html`<div class="empty">
              <strong>${strings.emptyTitle}</strong><span>${strings.emptyText}</span>
            </div>`
      }`;
  }

  /** The reply comes above what still waits to be sent, and so does the sign of it. */
  private entries(): unknown {
    const rows = logRows(this.items, this.window.start);
    const waiting = rows.findLastIndex(({ item }) => !(item.kind === 'user' && item.status === 'queued')) + 1;
    const entries: (LogRow | 'typing')[] = [...rows];
    if (awaitsReply(this.turn)) entries.splice(waiting, 0, 'typing');
    return repeat(
      entries,
      (entry) => (entry === 'typing' ? entry : entry.item.id),
      (entry) => (entry === 'typing' ? this.typingLine() : this.row(entry)),
    );
  }

  private typingLine(): unknown {
    return html`<amigo-typing
      class="typing first"
      ?background=${this.turn?.phase === 'background'}
      .notice=${this.turn?.notice ?? ''}
      .strings=${this.strings}
    ></amigo-typing>`;
  }

  private row(row: LogRow): unknown {
    return html`${row.newDay ? this.date(row.item.at) : nothing}${this.line(row)}`;
  }

  private date(at: number): unknown {
    const text = dayName(at, Date.now(), this.strings, this.locale);
    return html`<p class="date"><time datetime=${new Date(at).toISOString()}>${text}</time></p>`;
  }

  private line({ item, groupStart, groupEnd }: LogRow): unknown {
    const { strings, locale } = this;
    const classes = `line ${item.kind}${groupStart ? ' first' : ''}`;
    if (item.kind === 'note') {
      return html`<amigo-note class=${classes} .note=${item} .strings=${strings}></amigo-note>`;
    }
    if (item.kind === 'tool') {
      return html`<amigo-tool-event
        class=${classes}
        exportparts="tool"
        .call=${item}
        @click=${this.onToolClick}
        .strings=${strings}
        .locale=${locale}
      ></amigo-tool-event>`;
    }
    return html`<amigo-message
      class=${classes}
      exportparts="message, bubble, author, time"
      .message=${item}
      .groupStart=${groupStart}
      .groupEnd=${groupEnd}
      .agentName=${this.agentName}
      .copied=${item.id === this.copiedId}
      .button=${this.button}
      .languageOf=${this.languageOf}
      .feedback=${this.feedback && (this.feedback.get(item.id) ?? 'none')}
      .strings=${strings}
      .locale=${locale}
    ></amigo-message>`;
  }

  private newestButton(): unknown {
    const { strings, firstUnread, items } = this;
    const text =
      firstUnread === undefined
        ? html`<span class="visually-hidden">${strings.jumpToLatest}</span>`
        : html`<span>${strings.newMessages(repliesFrom(items, firstUnread))}</span>`;
    return html`<button class="newest" type="button" @click=${this.showNewest}>
      ${arrowDownIcon}${text}
    </button>`;
  }
}

define('amigo-message-list', AmigoMessageList);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-message-list': AmigoMessageList;
  }
}
