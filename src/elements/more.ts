import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import { moreWords, withOwnWords } from '../i18n/own-words.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { framesAllow } from '../lib/frame-permissions.js';
import { checkIcon, stopIcon } from './icons.js';
import { printIcon, saveIcon, speakIcon } from './more-icons.js';
import { moreStyles } from './more.styles.js';
import { request, type Wish } from './request.js';

/** One press makes the text a quarter larger or smaller. */
const STEP = 0.25;

/**
 * What else the menu offers: the size of the text, reading aloud, saving and printing. A file of its own, loaded
 * when the menu is first opened. Saving and printing show first what they mean for privacy.
 *
 * @summary Text size, reading aloud, saving and printing.
 * @fires amigo-request - `menu`, with the wish
 */
export class AmigoMore extends LitElement {
  static override styles: CSSResultGroup = moreStyles;

  /** Which of the two has its warning open. */
  @state() private step: 'save' | 'print' | undefined;

  /** Factor for all text, 1 to 2. */
  @property({ attribute: false }) textSize = 1;

  /** Replies are read out as they come. */
  @property({ type: Boolean, attribute: 'read-aloud' }) readAloud = false;

  /** Something is being read out now. */
  @property({ type: Boolean }) reading = false;

  /** The device has no voice of its own for the person's language. */
  @property({ type: Boolean }) voiceless = false;

  /** There is a conversation that may be seen, to save and to print. */
  @property({ type: Boolean, attribute: 'has-talk' }) hasTalk = false;

  @property({ attribute: false }) strings: Strings = en;

  /** BCP 47; for the percentage. */
  @property() locale = 'en';

  private get words(): Strings & typeof moreWords.en {
    return withOwnWords(this.strings, moreWords);
  }

  private ask(wish: Wish): void {
    request(this, { type: 'menu', wish });
  }

  private resize(by: number): void {
    const size = Math.min(2, Math.max(1, this.textSize + by));
    if (size !== this.textSize) this.ask({ type: 'text-size', size });
  }

  private readonly smaller = (): void => {
    this.resize(-STEP);
  };

  private readonly larger = (): void => {
    this.resize(STEP);
  };

  private readonly toggleReading = (): void => {
    this.ask({ type: 'read-aloud', on: !this.readAloud });
  };

  private readonly stopReading = (): void => {
    this.ask({ type: 'stop-reading' });
  };

  override render(): unknown {
    // What is no control takes the focus too: pressed, it must not close the menu by letting the focus fall.
    return html`
      <div class="more" tabindex="-1">
        ${this.size()} ${this.readingPart()} ${this.hasTalk ? [this.save(), this.print()] : nothing}
      </div>
    `;
  }

  private size(): TemplateResult {
    const { words: strings, textSize, locale } = this;
    const percent = new Intl.NumberFormat(locale, { style: 'percent' }).format(textSize);
    const button = (label: string, kind: string, end: boolean, press: () => void): TemplateResult => html`
      <button
        class="icon quiet"
        type="button"
        aria-label=${label}
        aria-disabled=${end ? 'true' : nothing}
        @click=${press}
      >
        <span class=${kind} dir="ltr" aria-hidden="true">A${kind === 'small' ? '−' : '+'}</span>
      </button>
    `;
    return html`
      <div class="size" role="group" aria-label=${`${strings.textSize}: ${percent}`}>
        <span>${strings.textSize}</span> <output aria-live="off">${percent}</output>
        ${button(strings.smallerText, 'small', textSize <= 1, this.smaller)}
        ${button(strings.largerText, 'large', textSize >= 2, this.larger)}
      </div>
    `;
  }

  private readingPart(): TemplateResult {
    const { words: strings, readAloud, reading } = this;
    return html`
      <button
        class="quiet"
        type="button"
        role="switch"
        aria-checked=${readAloud ? 'true' : 'false'}
        @click=${this.toggleReading}
      >
        ${speakIcon}<span class="label">${strings.readAloud}</span><span class="state">${checkIcon}</span>
      </button>
      ${readAloud && this.voiceless ? html`<p class="hint">${strings.noVoice}</p>` : nothing}
      ${
        reading
          ? html`<button class="quiet" type="button" @click=${this.stopReading}>
              ${stopIcon}${strings.stopReading}
            </button>`
          : nothing
      }
    `;
  }

  private save(): unknown {
    const { words: strings } = this;
    const button = (format: 'text' | 'json', label: string): TemplateResult => html`
      <button
        type="button"
        @click=${() => {
          this.ask({ type: 'save', format });
        }}
      >
        ${label}
      </button>
    `;
    const buttons = [button('text', strings.saveText), button('json', strings.saveData)];
    const allowed = framesAllow('allow-downloads');
    return this.disclosure('save', allowed, saveIcon, strings.saveChat, strings.saveWarning, buttons);
  }

  private print(): unknown {
    const { words: strings } = this;
    const press = (): void => {
      this.ask({ type: 'print' });
    };
    const button = html`<button type="button" @click=${press}>${strings.print}</button>`;
    const allowed = framesAllow('allow-modals');
    return this.disclosure('print', allowed, printIcon, strings.printChat, strings.printWarning, button);
  }

  /** Nothing where the frame forbids it; where nobody can know, that is said. */
  private disclosure(
    step: 'save' | 'print',
    allowed: boolean | undefined,
    icon: TemplateResult,
    label: string,
    warning: string,
    buttons: unknown,
  ): unknown {
    if (allowed === false) return nothing;
    const open = this.step === step;
    const toggle = (): void => {
      this.step = open ? undefined : step;
    };
    return html`
      <button
        class="quiet"
        type="button"
        aria-expanded=${open ? 'true' : 'false'}
        aria-controls=${step}
        @click=${toggle}
      >
        ${icon}${label}
      </button>
      <div class="step" id=${step} ?hidden=${!open}>
        <p>${warning}</p>
        <div class="buttons">${buttons}</div>
        ${allowed ? nothing : html`<p class="hint">${this.words.mayNotWork}</p>`}
      </div>
    `;
  }
}

define('amigo-more', AmigoMore);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-more': AmigoMore;
  }
}
