import { query, state } from 'lit/decorators.js';
import { ChatController } from './chat-controller.js';
import { ChatProperties } from './chat-properties.js';
import { ConsentGate } from './consent-gate.js';
import { conversationError } from './conversation/error.js';
import type { ConversationError } from './conversation/error.js';
import { selectMessages, selectState } from './conversation/select-view.js';
import type { PublicMessage, PublicState } from './conversation/select-view.js';
import type { AmigoComposer } from './elements/composer.js';
import type { AmigoLauncher } from './elements/launcher.js';
import type { AmigoPanel } from './elements/panel.js';
import { FinishAfter } from './finish-after.js';
import { Feedback } from './feedback.js';
import { LocaleController } from './i18n/locale.js';
import { noteText } from './i18n/note-text.js';
import { deepActiveElement } from './lib/deep-active-element.js';
import { createId } from './lib/id.js';
import { MAX_MESSAGE_LENGTH, asText, codePoints, isBlank } from './lib/text.js';
import { Narrator } from './narrator.js';
import { AmigoBeforeSendEvent, AmigoCloseEvent, AmigoOpenEvent } from './public-events.js';
import { Publisher } from './publish.js';
import { ScreenLock } from './screen-lock.js';
import { transcript } from './transcript.js';
import type { TranscriptFormat } from './transcript.js';
import { Unread } from './unread.js';
import { VERSION } from './version.js';

/** What a page may call on `<amigo-chat>` and read from it, and the parts that do it. */
export abstract class ChatCommands extends ChatProperties {
  protected readonly chat: ChatController = new ChatController(
    this,
    (state, previous, event) => {
      this.publisher.publish(state, previous, event);
    },
    (entityChanged) => {
      this.onCleared(entityChanged);
    },
    () => !this.gate.asking,
  );
  protected readonly gate: ConsentGate = new ConsentGate(this, {
    id: () => this.consent,
    visible: () => this.visible,
    asked: () => {
      if (this.chat.state.items.length > 0) this.narrator.say(this.locale.strings.consentTitle);
    },
    changed: (asking) => {
      if (asking) this.chat.pause();
      else this.chat.resume(this.visible);
    },
    refocus: () => void this.focusWhenShown(),
    failed: (error) => {
      this.publisher.error(error);
    },
  });
  protected readonly locale: LocaleController = new LocaleController(this, {
    overrides: () => this.strings,
    onUnknown: () => {
      this.warn('lang');
    },
  });
  protected readonly screen: ScreenLock = new ScreenLock(this, {
    minutes: () => this.lockAfter,
    worthwhile: () => this.draft !== '' || this.chat.state.items.length > 0,
    warned: () => {
      this.narrator.say(this.locale.strings.lockWarning, { priority: 'assertive' });
    },
    whose: () => this.chat.whose,
    reset: () => {
      this.wipe();
    },
  });
  protected readonly finishing: FinishAfter = new FinishAfter(this, this.chat, () => {
    this.narrator.say(this.locale.strings.finishWarning, { priority: 'assertive' });
  });
  protected readonly publisher: Publisher = new Publisher(this, () => this.eventText);
  protected readonly unread: Unread = new Unread(this, () => this.visible);
  protected readonly narrator: Narrator = new Narrator(
    () => this.renderRoot,
    () => this.panel?.modal === true,
  );
  protected readonly opinions: Feedback = new Feedback(this, () => {
    this.narrator.say(this.locale.strings.sayThanks, { key: 'feedback' });
  });

  @query('amigo-composer') protected readonly composer!: AmigoComposer | null;
  @query('amigo-panel') protected readonly panel!: AmigoPanel | null;
  @query('amigo-launcher') protected readonly launcher!: AmigoLauncher | null;

  @state() protected draft = '';
  @state() protected copiedId = '';
  @state() protected configError: ConversationError | undefined;

  /** For one render nothing is shown at all, so that no part keeps anything of the last person. */
  protected blank = false;
  /** What had the focus before the popup was opened. */
  private opener: Element | undefined;
  private readonly warned = new Set<string>();

  /** The conversation's state, frozen. */
  get state(): PublicState {
    const { visible: open, configError: error = this.gate.error } = this;
    return selectState(this.chat.state, {
      open,
      unread: this.unread.count,
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
    const words = asText(text);
    if (this.locked || !this.submit(words)) this.draft = words;
  }

  /**
   * Says something before the person does, and connects where needed: their own words, or something that happened
   * (`external-event`, shown as a notice; only where `transport="classic"` carries it). A classic conversation that
   * has not begun begins with it, in place of the agent's greeting.
   */
  startWith(text: string, kind: 'user-message' | 'external-event'): void {
    if (kind === 'user-message') this.send(text);
    else if (!isBlank(asText(text)))
      this.chat.command({ type: 'send', id: createId(), text: asText(text), event: true });
  }

  /** Puts a text into the composer without sending it. */
  setDraft(text: string): void {
    this.draft = asText(text);
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
    this.narrator.say(`${this.locale.strings.approvalTitle}: ${request.summary}`);
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

  protected get locked(): boolean {
    return this.screen.reason !== undefined;
  }

  /** Tells the page of a value that cannot be used, once. */
  protected warn(attribute: string, value = ''): void {
    const key = `${attribute}=${value}`;
    if (this.warned.has(key)) return;
    this.warned.add(key);
    const rest = { severity: 'warning', retryable: false, subject: attribute } as const;
    this.publisher.error(conversationError('configuration', 'invalid-attribute', rest));
  }

  /** Checks a text and sends it. False where it was refused: the draft stays as it is. */
  protected submit(text: string): boolean {
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
    const before = new AmigoBeforeSendEvent({ id, ...(this.eventText ? { text } : {}) });
    return this.dispatchEvent(before) && this.chat.command({ type: 'send', id, text });
  }

  private decide(id: string, decision: 'approve' | 'reject', reason?: string): void {
    const why = reason === undefined || isBlank(reason) ? {} : { reason: reason.slice(0, 512) };
    this.chat.command({ type: 'decide', id, decision, ...why });
  }

  protected onToggled(): void {
    if (this.effectiveLayout !== 'popup') return;
    this.dispatchEvent(this.open ? new AmigoOpenEvent() : new AmigoCloseEvent());
    if (this.open) {
      // Ahead of the greeting, in whose name it speaks.
      if (this.announce !== 'off') this.narrator.introduce();
      this.chat.connect();
      void this.focusWhenShown();
    } else {
      void this.focusOpener();
    }
  }

  /** Behind a modal dialog nothing takes the focus: the panel closes with its own update, one step later. */
  private async focusOpener(): Promise<void> {
    const { opener } = this;
    this.opener = undefined;
    await this.panel?.updateComplete;
    (opener instanceof HTMLElement && opener.isConnected ? opener : this.launcher)?.focus();
  }

  /** The panel comes into view with its own update, one step after this element's. */
  protected async focusWhenShown(): Promise<void> {
    await this.updateComplete;
    await this.panel?.updateComplete;
    await this.composer?.updateComplete;
    if (this.visible) (this.gate.asking ? this.gate : this.composer)?.focus();
  }

  /** Leaves nothing of the last person, here. */
  private wipe(): void {
    this.chat.forget();
    this.onCleared(true);
    this.copiedId = '';
    this.narrator.forget();
    this.opener = undefined;
    this.blank = true;
    this.hide();
    // The browser keeps the text of the last match for `RegExp.$_`.
    /^/.test('');
  }

  private onCleared(entityChanged: boolean): void {
    if (entityChanged) {
      this.draft = '';
      this.gate.forget();
    }
    this.unread.clear();
    this.opinions.clear();
  }
}
