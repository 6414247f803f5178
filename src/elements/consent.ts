import { css, html, LitElement, nothing, type CSSResultGroup } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import { consentWords, withOwnWords } from '../i18n/own-words.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';
import { request } from './request.js';
import { isFilled } from './slots.js';

/**
 * Stands where the conversation will be, until the person agrees to it: what happens with their words, one clear
 * button, and where the chat can be closed, a way not to.
 *
 * @summary What is asked before anything connects.
 * @slot text - What the person agrees to, in the page's own words.
 * @fires amigo-request - `agree`, `hide`
 */
export class AmigoConsent extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    css`
      .consent {
        display: grid;
        gap: var(--amigo-space-3);
        inline-size: 100%;
        max-inline-size: 36em;
        margin: auto;
        padding: var(--amigo-space-4);
      }
      h2,
      p {
        margin: 0;
      }
      h2 {
        font-size: 1.15em;
      }
      /* No control: it takes the focus so that it is heard first. */
      h2:focus {
        outline: none;
      }
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--amigo-space-2);
      }
      .actions button {
        flex: 1 0 auto;
        max-inline-size: 100%;
      }
    `,
  ];

  @query('h2') private readonly heading!: HTMLElement | null;

  @state() private filled = false;

  /** Whether the chat can be closed instead. */
  @property({ attribute: false }) canHide = false;

  /** It came to where the focus is, or is to be. */
  @property({ attribute: false }) takesFocus = false;

  @property({ attribute: false }) strings: Strings = en;

  protected override firstUpdated(): void {
    if (this.takesFocus) this.focus();
  }

  private readonly onSlotted = (event: Event): void => {
    this.filled = isFilled(event.target as HTMLSlotElement);
  };

  private readonly agree = (): void => {
    request(this, { type: 'agree' });
  };

  private readonly hide = (): void => {
    request(this, { type: 'hide' });
  };

  override focus(options?: FocusOptions): void {
    this.heading?.focus(options);
  }

  /** The heading takes the focus and is described by the text, so that both are heard before the buttons. */
  override render(): unknown {
    const { filled, canHide } = this;
    const strings = withOwnWords(this.strings, consentWords);
    return html`
      <div class="consent" role="group" aria-labelledby="title">
        <h2 id="title" tabindex="-1" aria-describedby="text">${strings.consentTitle}</h2>
        <div id="text">
          <slot name="text" @slotchange=${this.onSlotted}></slot>
          ${filled ? nothing : html`<p>${strings.consentText}</p>`}
        </div>
        <div class="actions">
          <button class="primary" type="button" @click=${this.agree}>${strings.consentAgree}</button>
          ${
            canHide
              ? html`<button type="button" @click=${this.hide}>${strings.consentDecline}</button>`
              : nothing
          }
        </div>
      </div>
    `;
  }
}

define('amigo-consent', AmigoConsent);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-consent': AmigoConsent;
  }
}
