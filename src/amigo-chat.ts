import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyValues } from 'lit';
import { amigoChatStyles } from './amigo-chat.styles.js';
import './announcer/announcer.js';
import { ChatCommands } from './chat-commands.js';
import { CONFIG_PROPERTIES } from './chat-properties.js';
import { readConfig } from './config.js';
import { renderConsent } from './consent-view.js';
import { findUserMessage } from './conversation/items.js';
import { renderConversation } from './conversation-view.js';
import { FocusKeeper } from './elements/focus-keeper.js';
import './elements/launcher.js';
import { markdownToPlainText } from './elements/markdown/plain-text.js';
import './elements/panel.js';
import type { Request, RequestEvent } from './elements/request.js';
import { renderHeader } from './header-view.js';
import { copyText } from './lib/clipboard.js';
import { hasFocus } from './lib/deep-active-element.js';
import { createId } from './lib/id.js';
import { renderLock, renderWarning } from './lock-view.js';
import { MoreMenu } from './more-menu.js';
import { renderHandover, renderNotices } from './notices.js';
import { mayAsk } from './may-ask.js';
import { AmigoAuthRequiredEvent, AmigoReadyEvent } from './public-events.js';
import { routes } from './session/surfaces.js';
import { SpokenLanguage } from './spoken-language.js';
import { TextSize } from './text-size.js';
import { PageColours } from './theme/page-colours.js';

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
 * @slot consent - What the person agrees to, with the attribute `consent`. Default: a plain text.
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
 * @fires {AmigoFeedbackEvent} amigo-feedback - The person said whether a reply helped.
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
export class AmigoChat extends ChatCommands {
  static override styles: CSSResultGroup = amigoChatStyles;

  private readonly colours = new PageColours(this, (name) => {
    this.warn(`--amigo-${name}`);
  });
  private readonly size = new TextSize(this, (value) => {
    this.warn('text-size', value);
  });
  private readonly more = new MoreMenu({
    chat: this,
    words: () => this.locale,
    announce: (text) => {
      this.narrator.say(text);
    },
    hasTalk: () => !this.withheld && this.chat.state.items.length > 0,
  });

  private readonly spoken = new SpokenLanguage(this);

  private wasLocked = false;
  private hadFocus = false;

  constructor() {
    super();
    new FocusKeeper(this, () => this.composer?.focus());
    this.addEventListener('amigo-auth-required', () => {
      this.screen.lock('signed-out');
    });
    this.addEventListener('amigo-session-start', () => {
      this.screen.lift();
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Asked for again, so that an element that comes back connects again.
    this.requestUpdate('workspaceId');
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.unread.look();
    if (!this.withheld) this.spoken.look(this.chat.state.items, this.locale.locale);
    if (changed.has('quickReplies') || changed.has('starters')) this.suggest();
    if (this.locked !== this.wasLocked) this.hadFocus = hasFocus(this);
    if (CONFIG_PROPERTIES.some((name) => changed.has(name))) this.configure();
  }

  protected override firstUpdated(): void {
    this.dispatchEvent(new AmigoReadyEvent());
  }

  protected override updated(changed: PropertyValues): void {
    for (const [name, value] of this.misspelt) this.warn(name, value);
    if (changed.has('open') && changed.get('open') !== undefined) this.onToggled();
    if (changed.has('configError') && this.configError) this.publisher.error(this.configError);
    if (this.locked !== this.wasLocked) this.onLocked();
    this.say();
    if (this.blank) {
      this.blank = false;
      this.requestUpdate();
    }
  }

  private configure(): void {
    const read = readConfig(this, new URL(document.baseURI), routes);
    this.configError = 'errors' in read ? read.errors[0] : undefined;
    const config = 'config' in read ? read.config : undefined;
    this.chat.configure(config, this.getToken);
    if (config && this.isConnected && this.visible) this.chat.connect();
  }

  private onLocked(): void {
    this.wasLocked = this.locked;
    if (this.locked) this.narrator.hush();
    else if (this.hadFocus) this.composer?.focus();
  }

  /** "Show my chat": whoever the page's token stands for now sees their own conversation, or none. */
  private async reopen(): Promise<void> {
    const person = await this.chat.whoIsThere();
    // Meanwhile the page may have said who may see it, or that nobody may.
    if (!this.locked) return;
    if (person === 'unknown') {
      this.screen.refuse();
      this.dispatchEvent(new AmigoAuthRequiredEvent({ reason: 'signed-out' }));
    } else {
      if (person === 'other') this.reset();
      this.screen.show();
      this.chat.connect();
    }
  }

  private readonly onRequest = (event: RequestEvent): void => {
    event.stopPropagation();
    if (mayAsk(event.request, this.gate.asking, this.locked)) this.handle(event.request);
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
      case 'feedback':
        this.opinions.rate(request.id, request.value);
        break;
      case 'following':
        this.unread.follow(request.following);
        break;
      case 'focus-composer':
        this.composer?.focus();
        break;
      case 'language':
        this.lang = request.tag;
        break;
      case 'agree':
        this.gate.agree();
        break;
      case 'menu':
        this.more.use(request.wish);
        break;
      case 'unlock':
        void this.reopen();
        break;
      default:
        this.chat.command(request);
    }
  }

  /** Whether the conversation is kept from the screen. */
  private get withheld(): boolean {
    return this.locked || this.gate.asking;
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
    this.narrator.say(this.locale.strings.copied);
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

  /** Tells screen readers what changed since the last render. */
  private say(): void {
    const { strings, locale } = this.locale;
    const context = {
      strings,
      locale,
      mode: this.announce,
      open: this.visible,
      unread: this.unread.count,
    };
    this.narrator.tell(this.chat.state, this.locked || this.gate.asking ? undefined : context);
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
        .unread=${this.unread.count}
        .locale=${this.locale.locale}
        .strings=${this.locale.strings}
      >
        <slot name="launcher-icon" slot="icon"></slot>
      </amigo-launcher>
    `;
  }

  private renderPanel(): unknown {
    const { strings, locale } = this.locale;
    const connection = this.gate.asking ? undefined : this.chat.state.connection;
    const layout = this.effectiveLayout;
    const canHide = layout === 'popup';
    return html`
      <amigo-panel exportparts="panel" .layout=${layout} .open=${this.open} .strings=${strings}>
        ${renderHeader({
          connection,
          canHide,
          canRestart: !this.withheld,
          languagePicker: this.languagePicker,
          more: this.more.render(),
          strings,
          locale,
        })}
        ${renderNotices(strings)} ${renderWarning(this.finishing, strings.finishWarning, strings)}
        ${this.renderContent(canHide)}
        <slot name="footer" slot="footer"></slot>
        <amigo-announcer slot="announcer"></amigo-announcer>
      </amigo-panel>
    `;
  }

  private renderContent(canHide: boolean): unknown {
    const { strings } = this.locale;
    if (this.gate.asking) return renderConsent(this.gate, this.configError, canHide, strings);
    return this.locked ? renderLock(this.screen, this.hadFocus, strings) : this.renderConversation();
  }

  private renderConversation(): unknown {
    const { strings, locale } = this.locale;
    const { chat, draft, copiedId } = this;
    const view = {
      state: chat.state,
      error: this.configError ?? chat.state.error,
      draft,
      copiedId,
      feedback: this.feedback === 'off' ? undefined : this.opinions.ratings,
      replies: this.replies(),
      messageButton: this.more.messageButton,
      languageOf: this.spoken.of,
      strings,
      locale,
    };
    return html`
      ${renderWarning(this.screen, strings.lockWarning, strings)}
      ${renderHandover(chat.state.handover, strings)} ${renderConversation(view)}
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'amigo-chat': AmigoChat;
  }
}
