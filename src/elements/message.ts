import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { AgentMessage, UserMessage } from '../conversation/state.js';
import { formatTime } from '../i18n/formats.js';
import type { MessageLanguage } from '../i18n/guess-language.js';
import { define } from '../lib/define.js';
import { shadowRootOf } from '../lib/shadow-root.js';
import { buttonName } from './button-name.js';
import { deliveryView, type DeliveryAction, type DeliveryView } from './delivery-status.js';
import { alertIcon, checkIcon, copyIcon, doubleCheckIcon, infoIcon, stopIcon, waitIcon } from './icons.js';
import { LogItem } from './log-item.js';
import './markdown/markdown.js';
import { beginning } from './message-name.js';
import { messageStyles } from './message.styles.js';
import { request, RequestRelay, type FeedbackValue } from './request.js';

const deliveryIcons: Readonly<Record<DeliveryView['tone'], TemplateResult>> = {
  waiting: waitIcon,
  sent: checkIcon,
  delivered: doubleCheckIcon,
  doubtful: infoIcon,
  failed: alertIcon,
};

/** It tells what happened; nobody said it. */
const isEvent = (message: UserMessage | AgentMessage): boolean =>
  message.kind === 'user' && message.event === true;

/**
 * One thing that was said, by the person or by the agent: an article named by sender and time. The person's
 * text is shown as it was typed; the agent's is Markdown. What became of a message stands below it, as icon
 * and words, with the buttons that the promise about messages gives.
 *
 * @summary One message of the conversation.
 * @fires amigo-request - `withdraw`, `edit`, `resend`, `check`, `confirm`, `ask-again`, `copy`
 * @csspart message - The whole message.
 * @csspart bubble - The box around the text.
 * @csspart author - Who said it.
 * @csspart time - When.
 */
export class AmigoMessage extends LogItem {
  static override styles: CSSResultGroup = messageStyles;

  @property({ attribute: false }) message: UserMessage | AgentMessage | undefined;

  /** First of a run of messages by one speaker: shows who and when. */
  @property({ type: Boolean, attribute: 'group-start' }) groupStart = true;

  /** Last of a run of messages by one speaker. */
  @property({ type: Boolean, attribute: 'group-end' }) groupEnd = true;

  /** The agent's name; the catalogue's word where empty. */
  @property({ attribute: 'agent-name' }) agentName = '';

  /** Tells the language of a message; while it is not there, none is marked. */
  @property({ attribute: false }) languageOf: MessageLanguage | undefined;

  /** The text was copied just now. */
  @property({ type: Boolean }) copied = false;

  /** A button of a reply that is loaded on demand. */
  @property({ attribute: false }) button: ((message: AgentMessage) => unknown) | undefined;

  /** What the person made of it so far; undefined where nobody asks. */
  @property({ attribute: false }) feedback: FeedbackValue | 'none' | undefined;

  constructor() {
    super();
    new RequestRelay(this);
  }

  protected override readonly lineRole = 'article';

  protected override label(): string {
    const { message, strings } = this;
    return message ? strings.messageName(this.author(message), formatTime(this.locale, message.at)) : '';
  }

  protected override updated(): void {
    super.updated();
    this.setAttribute('aria-busy', String(this.message?.kind === 'agent' && this.message.streaming));
  }

  protected override firstControl(): HTMLElement | null {
    return this.renderRoot.querySelector('amigo-markdown')?.firstControl() ?? super.firstControl();
  }

  private author(message: UserMessage | AgentMessage): string {
    if (isEvent(message)) return this.strings.system;
    return message.kind === 'user' ? this.strings.you : this.agentName || this.strings.agent;
  }

  private ask(type: DeliveryAction['request'], id: string): void {
    // The button is about to go: the focus stays with the message instead of falling to the page.
    if (shadowRootOf(this)?.activeElement) this.focus({ preventScroll: true });
    request(this, { type, id });
  }

  override render(): unknown {
    const { message, groupStart, groupEnd } = this;
    if (!message) return nothing;
    const place = `${groupStart ? ' first' : ''}${groupEnd ? ' last' : ''}`;
    return html`
      <div class="message ${isEvent(message) ? 'event' : message.kind}${place}" part="message">
        ${this.byline(message)}
        ${message.kind === 'user' ? this.userMessage(message) : this.agentMessage(message)}
      </div>
    `;
  }

  /** Of a whole message only: what is still being written may yet turn out to be in another language. */
  private language(message: UserMessage | AgentMessage): unknown {
    const streaming = message.kind === 'agent' && message.streaming;
    return (streaming ? undefined : this.languageOf?.(message, this.locale)) ?? nothing;
  }

  private byline(message: UserMessage | AgentMessage): TemplateResult {
    return html`<div class=${this.groupStart ? 'byline' : 'visually-hidden'}>
      <bdi class="author" part="author">${this.author(message)}</bdi>
      <time part="time" dir="auto" datetime=${new Date(message.at).toISOString()}
        >${formatTime(this.locale, message.at)}</time
      >
    </div>`;
  }

  private userMessage(message: UserMessage): TemplateResult {
    return html`<div class="bubble" part="bubble" dir="auto" lang=${this.language(message)}>
        <span class="typed">${message.text}</span>
      </div>
      ${this.delivery(message, deliveryView(message, this.strings))}`;
  }

  private agentMessage(message: AgentMessage): TemplateResult {
    const { strings } = this;
    return html`<div class="bubble" part="bubble" dir="auto" lang=${this.language(message)}>
        <amigo-markdown
          .text=${message.text}
          .revision=${message.revision}
          .streaming=${message.streaming}
          .strings=${{
            newTab: `(${strings.opensNewTab})`,
            table: strings.table,
            code: strings.codeBlock,
            crossedOut: strings.crossedOut,
          }}
        ></amigo-markdown>
      </div>
      ${message.streaming || !message.text ? nothing : this.tools(message)}
      ${message.incomplete ? mark('doubtful', alertIcon, strings.incomplete) : nothing}
      ${message.provisional ? mark('waiting', waitIcon, strings.provisional) : nothing}
      ${message.stopped ? mark('waiting', stopIcon, strings.stopped) : nothing}`;
  }

  /** What can be done with a reply, in one row below it. */
  private tools(message: AgentMessage): TemplateResult {
    return html`<div class="tools">
      ${this.copyButton(message)} ${this.button?.(message)} ${this.thumbs(message)}
    </div>`;
  }

  /** Empty until its definition has come (src/feedback.ts). */
  private thumbs({ id, text }: AgentMessage): unknown {
    const { feedback, strings } = this;
    if (!feedback) return nothing;
    return html`<amigo-thumbs
      .messageId=${id}
      .about=${strings.aboutMessage(beginning(text))}
      .value=${feedback === 'none' ? undefined : feedback}
      .strings=${strings}
    ></amigo-thumbs>`;
  }

  private copyButton(message: AgentMessage): TemplateResult {
    const { strings, copied } = this;
    return html`<button
      class="quiet icon"
      type="button"
      @click=${() => {
        request(this, { type: 'copy', id: message.id });
      }}
    >
      ${copied ? checkIcon : copyIcon}
      <span class="visually-hidden"
        >${copied ? strings.copied : strings.copy}${strings.aboutMessage(beginning(message.text))}</span
      >
    </button>`;
  }

  private delivery(message: UserMessage, view: DeliveryView): TemplateResult {
    return html`${mark(view.tone, deliveryIcons[view.tone], view.text)}
    ${view.problem === undefined ? nothing : html`<p class="problem">${view.problem}</p>`}
    ${
      view.actions.length === 0
        ? nothing
        : html`<div class="actions">${view.actions.map((action) => this.action(message, action))}</div>`
    }`;
  }

  private action(message: UserMessage, action: DeliveryAction): TemplateResult {
    return html`<button
      type="button"
      @click=${() => {
        this.ask(action.request, message.id);
      }}
    >
      ${buttonName(action.label, this.strings.aboutMessage(beginning(message.text)))}
    </button>`;
  }
}

function mark(tone: DeliveryView['tone'], icon: TemplateResult, text: string): TemplateResult {
  return html`<p class="status ${tone}">${icon}<span>${text}</span></p>`;
}

define('amigo-message', AmigoMessage);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-message': AmigoMessage;
  }
}
