import { html, LitElement, nothing, type CSSResultGroup } from 'lit';
import { property, query } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { codePoints, isBlank, MAX_MESSAGE_LENGTH } from '../lib/text.js';
import { composerStyles } from './composer.styles.js';
import { alertIcon, sendIcon, stopIcon } from './icons.js';
import { maskReplay } from './replay-mask.js';
import { request } from './request.js';

/** Share of the limit from which on the counter shows: 9,000 of 10,000. */
const COUNTED_FROM = 0.9;

/** Events that tell what is typed. The page's hotkeys and listeners are not to have them. */
const typingEvents = [
  ...['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste', 'cut', 'copy'],
  ...['compositionstart', 'compositionupdate', 'compositionend'],
];
/** Keys that belong to those around: closing, moving between landmarks, moving on. */
const sharedKeys: ReadonlySet<string> = new Set(['Escape', 'F6', 'Tab']);

function keepInside(event: Event): void {
  if (!(event instanceof KeyboardEvent && sharedKeys.has(event.key))) event.stopPropagation();
}

/** Sets up the input, which stays the same one as long as the element lives. */
function prepare(input: Element): void {
  maskReplay(input);
  for (const type of typingEvents) input.addEventListener(type, keepInside);
}

/**
 * Where the person writes: Enter sends, Shift+Enter starts a new line. Writing is possible at any time. What
 * cannot be sent (blank, too long) is kept, with the reason. The element does not clear itself: whoever
 * accepts the text sets `draft` to empty.
 *
 * @summary The input for messages.
 * @slot actions - Controls of the page's own, below the input.
 * @fires amigo-request - `draft`, `send`, `stop`, `hide`
 * @csspart composer - The whole form.
 * @csspart input - The text field.
 * @csspart send - The send button.
 */
export class AmigoComposer extends LitElement {
  static override styles: CSSResultGroup = composerStyles;
  static override shadowRootOptions: ShadowRootInit = {
    ...LitElement.shadowRootOptions,
    delegatesFocus: true,
  };

  /** A text was handed up and nobody has answered yet: a second Enter in the same tick is no second message. */
  private handedOver = false;

  @query('.place') private readonly place!: HTMLElement | null;
  @query('textarea') private readonly input!: HTMLTextAreaElement | null;

  /** The text as typed. */
  @property({ attribute: false }) draft = '';

  /** A reply is under way and can be stopped. */
  @property({ type: Boolean }) stoppable = false;

  /** Code points a message may have (protocol G5). */
  @property({ type: Number, attribute: 'max-length' }) maxLength = MAX_MESSAGE_LENGTH;

  /** Browsers with "enhanced" spell checking send text out: a page may turn it off. */
  @property({ type: Boolean }) override spellcheck = true;

  @property({ attribute: false }) strings: Strings = en;

  private form: HTMLElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.form) this.place?.append(this.form);
  }

  /**
   * Chromium's autofill keeps the form that was used last, and with it all that hangs on it, until the form is
   * taken out of its parent. A parent that is taken out with it does not count.
   */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.form?.remove();
  }

  protected override firstUpdated(): void {
    this.form = this.renderRoot.querySelector('form');
    if (this.input) prepare(this.input);
  }

  protected override updated(): void {
    this.handedOver = false;
    this.write();
    this.fit();
  }

  private readonly onInput = (): void => {
    this.draft = this.input?.value ?? '';
    request(this, { type: 'draft', text: this.draft });
  };

  private readonly onKeydown = (event: KeyboardEvent): void => {
    // Keys of an input method choose characters; Safari reports the last one as 229 only.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      request(this, { type: 'hide' });
    }
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    if (!event.repeat) this.send();
  };

  private readonly onSubmit = (event: Event): void => {
    event.preventDefault();
    this.send();
    this.input?.focus();
  };

  private readonly onStop = (): void => {
    request(this, { type: 'stop' });
    this.input?.focus();
  };

  private send(): void {
    if (this.handedOver || this.refusal()) return;
    this.handedOver = true;
    this.requestUpdate();
    request(this, { type: 'send', text: this.draft });
  }

  /** What is left of the limit; negative where the text is too long. */
  private left(): number {
    return this.maxLength - codePoints(this.draft);
  }

  /** Why the text cannot be sent. */
  private refusal(): 'message-blank' | 'message-too-long' | undefined {
    if (isBlank(this.draft)) return 'message-blank';
    // UTF-16 units are never fewer than code points.
    return this.draft.length > this.maxLength && this.left() < 0 ? 'message-too-long' : undefined;
  }

  /** Compared with what the input holds now, which the person's typing changed; writing moves the caret. */
  private write(): void {
    if (this.input && this.input.value !== this.draft) this.input.value = this.draft;
  }

  /** Grows the input with its text where CSS alone cannot. */
  private fit(): void {
    const { input } = this;
    if (!input || CSS.supports('field-sizing', 'content')) return;
    input.style.blockSize = 'auto';
    input.style.blockSize = `${String(input.scrollHeight)}px`;
  }

  override render(): unknown {
    const { strings } = this;
    const refusal = this.refusal();
    const tooLong = refusal === 'message-too-long';
    return html`
      <div class="place">
        <form class="composer" part="composer" novalidate @submit=${this.onSubmit}>
          <div class="field">
            <label for="input">${strings.composerLabel}</label>
            <textarea
              id="input"
              part="input"
              rows="1"
              dir="auto"
              autocomplete="off"
              enterkeyhint="send"
              spellcheck=${this.spellcheck ? 'true' : 'false'}
              placeholder=${strings.composerPlaceholder}
              aria-describedby="hint problem counter"
              aria-invalid=${tooLong ? 'true' : 'false'}
              @input=${this.onInput}
              @keydown=${this.onKeydown}
            ></textarea>
            ${this.stopButton()}
            <button
              class="send primary icon"
              part="send"
              type="submit"
              aria-disabled=${refusal ? 'true' : 'false'}
              aria-describedby=${refusal ? 'why' : nothing}
            >
              ${sendIcon}<span class="visually-hidden">${strings.send}</span>
            </button>
          </div>
          <div id="problem" class="problem" role="status">${tooLong ? this.problem() : nothing}</div>
          ${this.counter()}
          <span id="hint" hidden>${strings.composerHint}</span>
          <span id="why" hidden>${refusal ? strings.errors[refusal][1] : nothing}</span>
          <slot name="actions"></slot>
        </form>
      </div>
    `;
  }

  private problem(): unknown {
    const [what, action] = this.strings.errors['message-too-long'];
    return html`${alertIcon}<span>${what} ${action}</span>`;
  }

  private counter(): unknown {
    if (this.draft.length < this.maxLength * COUNTED_FROM) return nothing;
    const { strings } = this;
    const left = this.left();
    if (left > this.maxLength - this.maxLength * COUNTED_FROM) return nothing;
    const text = left < 0 ? strings.charactersOver(-left) : strings.charactersLeft(left);
    return html`<p id="counter" class="counter ${left < 0 ? 'over' : ''}">${text}</p>`;
  }

  private stopButton(): unknown {
    if (!this.stoppable) return nothing;
    return html`<button class="stop quiet icon" type="button" @click=${this.onStop}>
      ${stopIcon}<span class="visually-hidden">${this.strings.stop}</span>
    </button>`;
  }
}

define('amigo-composer', AmigoComposer);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-composer': AmigoComposer;
  }
}
