import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { amigoChatStyles } from './amigo-chat.styles.js';
import type { AnnounceMode } from './announcer/announcements.js';
import { Announcements } from './announcer/announcements.js';
import './announcer/announcer.js';
import type { AmigoAnnouncer } from './announcer/announcer.js';
import { ChatController } from './chat-controller.js';
import { ClassicProperties } from './classic-properties.js';
import { readConfig } from './config.js';
import type { Config } from './config.js';
import { conversationError } from './conversation/error.js';
import type { ConversationError } from './conversation/error.js';
import { selectMessages, selectState } from './conversation/select-view.js';
import type { PublicMessage, PublicState } from './conversation/select-view.js';
import { findUserMessage } from './conversation/items.js';
import type { ConversationState } from './conversation/state.js';
import './elements/approval.js';
import './elements/choice.js';
import './elements/composer.js';
import type { AmigoComposer } from './elements/composer.js';
import './elements/error-banner.js';
import './elements/header.js';
import './elements/launcher.js';
import type { AmigoLauncher } from './elements/launcher.js';
import { markdownToPlainText } from './elements/markdown/plain-text.js';
import './elements/message-list.js';
import './elements/panel.js';
import type { AmigoPanel, Layout } from './elements/panel.js';
import './elements/quick-replies.js';
import type { Request, RequestEvent } from './elements/request.js';
import { LocaleController } from './i18n/locale.js';
import { noteText } from './i18n/note-text.js';
import type { StringOverrides } from './i18n/strings.js';
import { copyText } from './lib/clipboard.js';
import { deepActiveElement } from './lib/deep-active-element.js';
import { renderLanguagePicker } from './language-picker.js';
import { createId } from './lib/id.js';
import { MAX_MESSAGE_LENGTH, codePoints, isBlank } from './lib/text.js';
import { renderLock, renderLockWarning } from './lock-view.js';
import { renderHandover, renderNotices } from './notices.js';
import * as events from './public-events.js';
import { Publisher } from './publish.js';
import { ScreenLock } from './screen-lock.js';
import type { GetToken } from './session/token-source.js';
import { PageColours } from './theme/page-colours.js';
import { transcript } from './transcript.js';
import type { TranscriptFormat } from './transcript.js';
import { VERSION } from './version.js';

export type Theme = 'auto' | 'light' | 'dark';

const LAYOUTS: readonly string[] = ['popup', 'inline', 'fullscreen'] satisfies readonly Layout[];
const THEMES: readonly string[] = ['auto', 'light', 'dark'] satisfies readonly Theme[];
const ANNOUNCE: readonly string[] = ['message', 'sentences', 'off'] satisfies readonly AnnounceMode[];

/** What may be asked for while the conversation is locked. */
const UNLOCKED: readonly string[] = [
  'toggle',
  'hide',
  'language',
  'unlock',
] satisfies readonly Request['type'][];

/** The attributes that decide whom the element talks to. */
const CONFIG_PROPERTIES = [
  'baseUrl',
  'workspaceId',
  'serviceId',
  'entityId',
  'conversationId',
  'transport',
  'textStreamUrl',
  'organizationId',
  'classicBaseUrl',
  'serviceVersionSet',
  'history',
  'tokenUrl',
  'toolEvents',
  'getToken',
] as const;

/**
 * A conversation between a patient and their clinic's AI agent, on any page.
 *
 * @tagname amigo-chat
 * @summary The chat widget of the Amigo platform.
 *
 * @slot launcher-icon - A picture for the launcher; text in it becomes part of its name.
 * @slot header - A title of your own in place of the default.
 * @slot notice - A notice of your own, always in view.
 * @slot emergency - The emergency line, always in view. Default: call 911.
 * @slot disclosure - That an AI answers, always in view.
 * @slot human-contact - How to reach a human, always in view.
 * @slot interpreter - How to ask for an interpreter, always in view. Default: nothing.
 * @slot empty - What is shown while nothing has been said.
 * @slot composer-actions - Buttons of your own beside the input.
 * @slot footer - A last line of your own.
 *
 * @fires {AmigoReadyEvent} amigo-ready - The element takes commands.
 * @fires {AmigoOpenEvent} amigo-open - The popup was opened.
 * @fires {AmigoCloseEvent} amigo-close - The popup was closed.
 * @fires {AmigoConnectionChangeEvent} amigo-connection-change - The state of the connection changed.
 * @fires {AmigoSessionStartEvent} amigo-session-start - A session with the agent is open.
 * @fires {AmigoSessionEndEvent} amigo-session-end - The session ended.
 * @fires {AmigoMessageEvent} amigo-message - A message is whole.
 * @fires {AmigoMessageStatusEvent} amigo-message-status - What is known of a message's delivery changed.
 * @fires {AmigoTurnCompleteEvent} amigo-turn-complete - The agent has finished its turn.
 * @fires {AmigoToolStartEvent} amigo-tool-start - The agent began to use a tool.
 * @fires {AmigoToolCompleteEvent} amigo-tool-complete - A tool has finished.
 * @fires {AmigoErrorEvent} amigo-error - Something went wrong, and the widget shows it.
 * @fires {AmigoAuthRequiredEvent} amigo-auth-required - The person has to sign in again.
 * @fires {AmigoUnreadChangeEvent} amigo-unread-change - The number of unread messages changed.
 * @fires {AmigoApprovalEvent} amigo-approval - The person decided about a proposed action.
 * @fires {AmigoHandoverEvent} amigo-handover - A person takes over, or no longer does.
 * @fires {AmigoBeforeSendEvent} amigo-before-send - A message is about to be sent; can be prevented.
 *
 * @csspart launcher - The button that opens the popup.
 * @csspart badge - The number of unread messages on it.
 * @csspart panel - The frame of the conversation.
 * @csspart header - Its title strip.
 * @csspart log - The list of messages.
 * @csspart message - One message with its speaker, time and status.
 * @csspart bubble - Its text.
 * @csspart author - Its speaker.
 * @csspart time - Its time.
 * @csspart tool - One use of a tool.
 * @csspart composer - Where the person types.
 * @csspart input - Its text field.
 * @csspart send - Its send button.
 * @csspart approval - A card that asks for approval.
 * @csspart quick-reply - A suggested reply.
 * @csspart banner - Errors and the state of the connection.
 */
export class AmigoChat extends ClassicProperties {
  static override styles: CSSResultGroup = amigoChatStyles;

  private readonly chat = new ChatController(
    this,
    (state, previous, event) => {
      this.publisher.publish(state, previous, event);
    },
    (entityChanged) => {
      this.onCleared(entityChanged);
    },
  );
  private readonly locale = new LocaleController(this, {
    overrides: () => this.strings,
    onUnknown: () => {
      this.warn('lang');
    },
  });
  private readonly colours = new PageColours(this, (name) => {
    this.warn(`--amigo-${name}`);
  });
  private readonly screen = new ScreenLock(this, {
    minutes: () => this.lockAfter,
    worthwhile: () => this.draft !== '' || this.chat.state.items.length > 0,
    warned: () => {
      this.announcer.announce(this.locale.strings.lockWarning, { priority: 'assertive' });
    },
    reset: () => {
      this.wipe();
    },
  });
  private readonly publisher = new Publisher(this, () => this.eventText);
  private announcements = new Announcements(markdownToPlainText);

  @query('amigo-announcer') private readonly announcer!: AmigoAnnouncer;
  @query('amigo-composer') private readonly composer!: AmigoComposer | null;
  @query('amigo-panel') private readonly panel!: AmigoPanel | null;
  @query('amigo-launcher') private readonly launcher!: AmigoLauncher | null;

  @state() private draft = '';
  @state() private unread = 0;
  @state() private copiedId = '';
  @state() private configError: ConversationError | undefined;

  /** Origin of the platform, or of a proxy in front of it. Empty: `https://api.platform.amigo.ai`. */
  @property({ attribute: 'base-url' }) baseUrl = '';

  /** The workspace to talk to. Required. */
  @property({ attribute: 'workspace-id' }) workspaceId = '';

  /** The service (agent) to talk to. Required. */
  @property({ attribute: 'service-id' }) serviceId = '';

  /** The person whom the conversation is about. Required, but for `turns` and `text-stream` with a token that says it. */
  @property({ attribute: 'entity-id' }) entityId = '';

  /** Resume exactly this conversation, where the surface allows it. */
  @property({ attribute: 'conversation-id' }) conversationId = '';

  /**
   * How the platform is reached: `sessions-connect`, `text-stream`, `turns`, `classic`, or `auto` (sessions-connect, and
   * HTTP turns where WebSockets cannot be opened).
   */
  @property() transport = 'auto';

  /** Where text-stream lives, if not under `base-url`. */
  @property({ attribute: 'text-stream-url' }) textStreamUrl = '';

  /** Show which tools the agent uses. */
  @property({ type: Boolean, attribute: 'tool-events' }) toolEvents = false;

  /** Same-origin address that answers `POST` with `{"token", "expires_at"?}`. */
  @property({ attribute: 'token-url' }) tokenUrl = '';

  /** Fetches a token; wins over `token-url`. */
  @property({ attribute: false }) getToken: GetToken | undefined;

  /** `popup` (a launcher in the corner), `inline` (in the page's flow) or `fullscreen`. */
  @property({ reflect: true }) layout: Layout = 'popup';

  /** Whether the popup is shown. */
  @property({ type: Boolean, reflect: true }) open = false;

  /** Where earlier messages come from: the `server`, or nowhere (`memory`). */
  @property() history = 'server';

  /** Colours: the system's choice (`auto`), `light` or `dark`. */
  @property({ reflect: true }) theme: Theme = 'auto';

  /** Offer the person a choice of language, in the header; what they pick becomes the element's `lang`. */
  @property({ type: Boolean, attribute: 'language-picker' }) languagePicker = false;

  /** Factor for all text, 1 to 2. The person can change it in the menu. */
  @property({ type: Number, attribute: 'text-size' }) textSize = 1;

  /** Texts of your own over the built-in ones. */
  @property({ attribute: false }) strings: StringOverrides | undefined;

  /** What screen readers are told of a reply: the whole `message`, `sentences` as they come, or nothing (`off`). */
  @property() announce: AnnounceMode = 'message';

  /**
   * Minutes after which the conversation is hidden where nobody touched the page, half a minute at least. A
   * warning comes 30 s before, and any key puts the lock off. 0: never.
   */
  @property({ type: Number, attribute: 'lock-after' }) lockAfter = 0;

  /** Put the text of messages into event details. Off, because analytics scripts listen to events. */
  @property({ type: Boolean, attribute: 'event-text' }) eventText = false;

  private shown: ConversationState | undefined;
  private wasLocked = false;
  private hadFocus = false;
  /** For one render nothing is shown at all, so that no part keeps anything of the last person. */
  private blank = false;
  private following = true;
  private opener: Element | undefined;
  private readonly warned = new Set<string>();

  constructor() {
    super();
    this.addEventListener('amigo-message', (event) => {
      this.countUnread(event);
    });
    this.addEventListener('amigo-auth-required', () => {
      this.screen.lock('signed-out');
    });
    this.addEventListener('amigo-session-start', () => {
      this.screen.lift();
    });
  }

  /** The conversation's state, frozen. */
  get state(): PublicState {
    const { visible: open, unread, configError: error } = this;
    return selectState(this.chat.state, {
      open,
      unread,
      locked: this.locked,
      error: error ?? this.chat.state.error,
    });
  }

  /** What was said so far, oldest first, frozen. Empty while the conversation is locked. */
  get messages(): readonly PublicMessage[] {
    return selectMessages(this.locked ? [] : this.chat.state.items, (note) =>
      noteText(note.note, this.locale.strings),
    );
  }

  /**
   * What was said so far, at once: as text to read, with names and times in the widget's language, or as JSON in the
   * shape of {@link messages}. Nothing of it (an empty string, an empty array) while the conversation is locked.
   */
  getTranscript(format: TranscriptFormat = 'text'): string {
    return transcript(this.messages, format, this.locale.strings, this.locale.locale);
  }

  /** Version of the widget. */
  get version(): string {
    return VERSION;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Asked for again, so that an element that comes back connects again.
    this.requestUpdate('workspaceId');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.visible && this.following) this.setUnread(0);
    if (changed.has('quickReplies') || changed.has('starters')) this.suggest();
    if (this.locked !== this.wasLocked) this.hadFocus = this.matches(':focus-within');
    if (CONFIG_PROPERTIES.some((name) => changed.has(name))) this.configure();
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new events.AmigoReadyEvent());
  }

  protected override updated(changed: PropertyValues): void {
    this.checkChoice('layout', this.layout, LAYOUTS);
    this.checkChoice('theme', this.theme, THEMES);
    this.checkChoice('announce', this.announce, ANNOUNCE);
    if (changed.has('textSize')) this.scaleText(changed.get('textSize') as number | undefined);
    if (changed.has('open') && changed.get('open') !== undefined) this.onToggled();
    if (changed.has('configError') && this.configError) this.publisher.error(this.configError);
    if (this.locked !== this.wasLocked) this.onLocked();
    this.say();
    if (this.blank) {
      this.blank = false;
      this.requestUpdate();
    }
  }

  /** Opens the popup and connects. Does nothing in the other layouts. */
  show(): void {
    if (this.open || this.effectiveLayout !== 'popup') return;
    this.opener = deepActiveElement(document) ?? undefined;
    this.open = true;
  }

  /** Closes the popup. The conversation goes on, and the draft stays. */
  hide(): void {
    if (this.effectiveLayout === 'popup') this.open = false;
  }

  toggle(): void {
    if (this.open) this.hide();
    else this.show();
  }

  /** Connects now, without waiting for the popup to be opened. Idempotent. */
  connect(): void {
    this.chat.connect();
  }

  /** Closes the connection. The conversation stays on the server; `connect()` continues it. */
  disconnect(): void {
    this.chat.command({ type: 'disconnect' });
  }

  /** Sends a text in the person's name, as if typed; connects where needed. What is refused becomes the draft. */
  send(text: string): void {
    if (this.locked || !this.submit(text)) this.draft = text;
  }

  /**
   * Says something before the person does, and connects where needed: their own words, or something that happened
   * (`external-event`, shown as a notice; only where `transport="classic"` carries it). A classic conversation that
   * has not begun begins with it, in place of the agent's greeting.
   */
  startWith(text: string, kind: 'user-message' | 'external-event'): void {
    if (kind === 'user-message') this.send(text);
    else if (!isBlank(text)) this.chat.command({ type: 'send', id: createId(), text, event: true });
  }

  /** Puts a text into the composer without sending it. */
  setDraft(text: string): void {
    this.draft = text;
  }

  /** Moves the focus to the composer, opening the popup if need be. */
  focusComposer(): void {
    this.show();
    void this.focusWhenShown();
  }

  /** Sends a message again that is `not-sent` or `unconfirmed`. */
  retry(id: string): void {
    this.chat.command({ type: 'resend', id });
  }

  /** Ends the conversation and begins a new one. */
  newConversation(): void {
    this.chat.command({ type: 'new-conversation' });
  }

  /** Ends the conversation. */
  endConversation(): void {
    this.chat.command({ type: 'end-conversation' });
  }

  /**
   * Puts an action that the agent proposes before the person, to approve or decline. The platform announces none:
   * the page knows when one is due. The same id again replaces what was asked.
   */
  requestApproval(request: { readonly id: string; readonly summary: string }): void {
    this.chat.command({ type: 'request-approval', id: request.id, summary: request.summary });
    this.announcer.announce(`${this.locale.strings.approvalTitle}: ${request.summary}`);
  }

  /** Approves a proposed action in the person's name, with a reason of 1 to 512 characters. */
  approve(id: string, reason?: string): void {
    this.decide(id, 'approve', reason);
  }

  /** Declines a proposed action in the person's name. */
  reject(id: string, reason?: string): void {
    this.decide(id, 'reject', reason);
  }

  /** Freezes the reply under way. The turn itself ends unseen. */
  stop(): void {
    this.chat.command({ type: 'stop' });
  }

  private decide(id: string, decision: 'approve' | 'reject', reason?: string): void {
    const why = reason === undefined || isBlank(reason) ? {} : { reason: reason.slice(0, 512) };
    this.chat.command({ type: 'decide', id, decision, ...why });
  }

  /** Hides the conversation, in every tab, until {@link unlock}. It goes on unseen. */
  lock(): void {
    this.screen.lock('host');
  }

  /** Shows the conversation again, in every tab. */
  unlock(): void {
    this.screen.unlock();
  }

  /**
   * For logout: closes the connection and leaves nothing of the last person, in any tab: no message, draft or
   * token, on the screen or in memory. The conversation stays on the server; nothing connects until
   * `connect()`, or until somebody opens the chat or sends.
   */
  reset(): void {
    this.screen.reset();
  }

  private get locked(): boolean {
    return this.screen.reason !== undefined;
  }

  private get effectiveLayout(): Layout {
    return LAYOUTS.includes(this.layout) ? this.layout : 'popup';
  }

  /** Whether the panel is on the screen. */
  private get visible(): boolean {
    return this.open || this.effectiveLayout !== 'popup';
  }

  private configure(): void {
    const read = readConfig(this, new URL(document.baseURI));
    this.configError = 'errors' in read ? read.errors[0] : undefined;
    const config: Config | undefined = 'config' in read ? read.config : undefined;
    this.chat.configure(config, this.getToken);
    if (config && this.isConnected && this.visible) this.chat.connect();
  }

  /** A value that is not one of the choices falls back to the default; the page is told once. */
  private checkChoice(name: string, value: string, choices: readonly string[]): void {
    if (!choices.includes(value)) this.warn(name, value);
  }

  /** Through the CSSOM, which no policy forbids, and over what the page's style sheets say: the person's word is last. */
  private scaleText(before: number | undefined): void {
    // An attribute that is taken away reads as null.
    const size = (this.textSize as number | null) ?? 1;
    const valid = size >= 1 && size <= 2;
    if (!valid) this.warn('text-size', String(size));
    if (valid && size > 1) this.style.setProperty('--amigo-text-scale', String(size));
    else if (before !== undefined) this.style.removeProperty('--amigo-text-scale');
  }

  private warn(attribute: string, value = ''): void {
    const key = `${attribute}=${value}`;
    if (this.warned.has(key)) return;
    this.warned.add(key);
    const rest = { severity: 'warning', retryable: false, subject: attribute } as const;
    this.publisher.error(conversationError('configuration', 'invalid-attribute', rest));
  }

  private onToggled(): void {
    if (this.effectiveLayout !== 'popup') return;
    this.dispatchEvent(this.open ? new events.AmigoOpenEvent() : new events.AmigoCloseEvent());
    if (this.open) {
      this.chat.connect();
      void this.focusWhenShown();
    } else {
      (this.opener instanceof HTMLElement && this.opener.isConnected ? this.opener : this.launcher)?.focus();
      this.opener = undefined;
    }
  }

  /** The panel comes into view with its own update, one step after this element's. */
  private async focusWhenShown(): Promise<void> {
    await this.updateComplete;
    await this.panel?.updateComplete;
    if (this.visible) this.composer?.focus();
  }

  private onLocked(): void {
    this.wasLocked = this.locked;
    if (this.locked) this.announcer.clear();
    else if (this.hadFocus) this.composer?.focus();
  }

  /** "Show my chat": whoever the page's token stands for now sees their own conversation, or none. */
  private async reopen(): Promise<void> {
    const person = await this.chat.whoIsThere();
    if (person === 'unknown') this.dispatchEvent(new events.AmigoAuthRequiredEvent({ reason: 'signed-out' }));
    else {
      if (person === 'other') this.reset();
      this.unlock();
      this.chat.connect();
    }
  }

  private wipe(): void {
    this.chat.end();
    this.onCleared(true);
    this.copiedId = '';
    this.announcements = new Announcements(markdownToPlainText);
    this.announcer.clear();
    this.shown = undefined;
    this.opener = undefined;
    this.blank = true;
    this.hide();
    // The browser keeps the text of the last match for `RegExp.$_`.
    /^/.test('');
  }

  private onCleared(entityChanged: boolean): void {
    if (entityChanged) this.draft = '';
    this.setUnread(0);
  }

  private readonly onRequest = (event: RequestEvent): void => {
    event.stopPropagation();
    // Who cannot see the conversation cannot end it either.
    if (!this.locked || UNLOCKED.includes(event.request.type)) this.handle(event.request);
  };

  private handle(request: Request): void {
    switch (request.type) {
      case 'toggle':
        this.toggle();
        break;
      case 'hide':
        this.hide();
        break;
      case 'send':
        if (this.submit(request.text)) this.draft = '';
        break;
      case 'quick-reply':
        this.submit(request.text);
        break;
      case 'draft':
        this.draft = request.text;
        break;
      case 'edit':
        this.edit(request.id);
        break;
      case 'ask-again':
        this.chat.command({ type: 'ask-again', id: request.id, newId: createId() });
        break;
      case 'copy':
        void this.copy(request.id);
        break;
      case 'following':
        this.following = request.following;
        if (request.following && this.visible) this.setUnread(0);
        break;
      case 'focus-composer':
        this.composer?.focus();
        break;
      case 'language':
        this.lang = request.tag;
        break;
      case 'unlock':
        void this.reopen();
        break;
      default:
        this.chat.command(request);
    }
  }

  /** Checks a text and sends it. False where it was refused: the draft stays as it is. */
  private submit(text: string): boolean {
    const refusal = isBlank(text)
      ? 'message-blank'
      : codePoints(text) > MAX_MESSAGE_LENGTH
        ? 'message-too-long'
        : undefined;
    if (refusal) {
      this.publisher.error(conversationError('send', refusal, { severity: 'warning', retryable: false }));
      return false;
    }
    const id = createId();
    const before = new events.AmigoBeforeSendEvent({ id, ...(this.eventText ? { text } : {}) });
    return this.dispatchEvent(before) && this.chat.command({ type: 'send', id, text });
  }

  /** Takes a refused message back into the composer. */
  private edit(id: string): void {
    const message = findUserMessage(this.chat.state.items, id);
    if (!message) return;
    this.draft = message.text;
    this.chat.command({ type: 'withdraw', id });
    this.composer?.focus();
  }

  private async copy(id: string): Promise<void> {
    const item = this.chat.state.items.find((candidate) => candidate.id === id);
    if (item?.kind !== 'agent') return;
    if (!(await copyText(markdownToPlainText(item.text, this.locale.strings)))) return;
    this.copiedId = id;
    this.announcer.announce(this.locale.strings.copied);
  }

  private suggest(): void {
    const { quickReplies, starters } = this;
    if (quickReplies === true) this.chat.suggest({ type: 'suggest', ...(starters ? { starters } : {}) });
  }

  /** What is suggested to be said next. */
  private replies(): readonly string[] {
    const { quickReplies, chat } = this;
    if (quickReplies === true) return chat.state.suggestions ?? [];
    return quickReplies === false ? [] : quickReplies;
  }

  private countUnread({ detail }: events.AmigoMessageEvent): void {
    if (detail.role === 'agent' && !(this.visible && this.following)) this.setUnread(this.unread + 1);
  }

  private setUnread(count: number): void {
    if (count === this.unread) return;
    this.unread = count;
    this.dispatchEvent(new events.AmigoUnreadChangeEvent({ count }));
  }

  /** Tells screen readers what changed since the last render. */
  private say(): void {
    const { state } = this.chat;
    const previous = this.shown;
    this.shown = state;
    if (!previous || previous === state || this.locked) return;
    const context = {
      strings: this.locale.strings,
      locale: this.locale.locale,
      mode: this.announce,
      open: this.visible,
      unread: this.unread,
    };
    for (const { text, ...options } of this.announcements.next(previous, state, context)) {
      this.announcer.announce(text, options);
    }
  }

  override render(): unknown {
    return html`
      <div
        class=${this.locked ? 'locked' : nothing}
        lang=${this.locale.locale}
        dir=${this.locale.dir}
        @amigo-request=${this.onRequest}
      >
        ${this.effectiveLayout === 'popup' ? this.renderLauncher() : nothing}
        ${this.blank ? nothing : this.renderPanel()}
        <amigo-announcer></amigo-announcer>
      </div>
    `;
  }

  private renderLauncher(): unknown {
    return html`
      <amigo-launcher
        exportparts="launcher, badge"
        .open=${this.open}
        .unread=${this.unread}
        .locale=${this.locale.locale}
        .strings=${this.locale.strings}
      >
        <slot name="launcher-icon" slot="icon"></slot>
      </amigo-launcher>
    `;
  }

  private renderApprovals(): unknown {
    return this.chat.state.approvals.map(
      (approval) =>
        html`<amigo-approval
          slot="composer"
          exportparts="approval"
          .approval=${approval}
          .strings=${this.locale.strings}
        ></amigo-approval>`,
    );
  }

  private renderReplies(): unknown {
    const replies = this.replies();
    if (replies.length === 0) return nothing;
    return html`<amigo-quick-replies
      slot="composer"
      exportparts="quick-reply"
      .replies=${replies}
      .strings=${this.locale.strings}
    ></amigo-quick-replies>`;
  }

  private renderPanel(): unknown {
    const { strings, locale } = this.locale;
    const { connection } = this.chat.state;
    const layout = this.effectiveLayout;
    return html`
      <amigo-panel exportparts="panel" .layout=${layout} .open=${this.open} .strings=${strings}>
        <amigo-header
          slot="header"
          exportparts="header"
          .connection=${connection}
          .canHide=${layout === 'popup'}
          .strings=${strings}
        >
          <slot name="header" slot="title"></slot>
          ${this.languagePicker ? renderLanguagePicker(locale, strings) : nothing}
        </amigo-header>
        ${renderNotices(strings)}
        ${this.locked ? renderLock(this.screen, this.hadFocus, strings) : this.renderConversation()}
        <slot name="footer" slot="footer"></slot>
      </amigo-panel>
    `;
  }
  private renderConversation(): unknown {
    const { strings, locale } = this.locale;
    const { conflict, connection, items, turn, history, handover, error } = this.chat.state;
    return html`
      ${renderLockWarning(this.screen, strings)} ${renderHandover(handover, strings)}
      <amigo-error-banner
        slot="banner"
        exportparts="banner"
        .error=${this.configError ?? error}
        .connection=${connection}
        .strings=${strings}
      ></amigo-error-banner>
      ${conflict ? html`<amigo-choice slot="banner" .strings=${strings}></amigo-choice>` : nothing}
      <amigo-message-list
        slot="log"
        exportparts="log, message, bubble, author, time, tool"
        .items=${items}
        .turn=${turn}
        .history=${history}
        .copiedId=${this.copiedId}
        .strings=${strings}
        .locale=${locale}
      >
        <slot name="empty" slot="empty"></slot>
      </amigo-message-list>
      ${this.renderApprovals()} ${this.renderReplies()}
      <amigo-composer
        slot="composer"
        exportparts="composer, input, send"
        .draft=${this.draft}
        .stoppable=${(turn.phase === 'waiting' || turn.phase === 'replying') && !turn.stopped}
        .strings=${strings}
      >
        <slot name="composer-actions" slot="actions"></slot>
      </amigo-composer>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'amigo-chat': AmigoChat;
  }
}
