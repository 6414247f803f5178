import { css, html, LitElement, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import { thumbsWords, withOwnWords } from '../i18n/own-words.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';
import { icon } from './icons.js';
import { request, type FeedbackValue } from './request.js';

/** Up; turned by half it is down. */
const thumbIcon = icon(
  'M7 11v9H4v-9zM7 11l4-8a2.5 2.5 0 0 1 2.500 2.500V9H19a2 2 0 0 1 2 2.300l-1.200 7a2 2 0 0 1-2 1.700H7',
);

/**
 * Whether a reply helped: two buttons, of which at most one is pressed. Another press changes the answer; the
 * pressed one stays pressed, for there is no way to take an answer back. A file of its own, for pages that listen.
 *
 * @summary Thumbs up and down under a reply.
 * @fires amigo-request - `feedback`
 */
export class AmigoThumbs extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: flex;
      }
      button {
        color: var(--amigo-color-text-muted);
      }
      button[aria-pressed='true'] {
        border-color: currentColor;
        color: var(--amigo-color-brand-text);
      }
      [aria-pressed='true'] path {
        fill: currentColor;
      }
      .down svg {
        rotate: 180deg;
      }
      svg {
        inline-size: 1.1em;
        block-size: 1.1em;
      }
      @media (forced-colors: active) {
        :host {
          gap: var(--amigo-space-1);
        }
        button[aria-pressed='true'] {
          border-width: 3px;
        }
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  /** The message it is about. */
  @property({ attribute: false }) messageId = '';

  /** What follows the names of the buttons: the beginning of the message, with its own punctuation. */
  @property({ attribute: false }) about = '';

  /** The answer so far. */
  @property({ attribute: false }) value: FeedbackValue | undefined;

  @property({ attribute: false }) strings: Strings = en;

  override render(): unknown {
    const { helpful, notHelpful } = withOwnWords(this.strings, thumbsWords);
    return [this.button('up', helpful), this.button('down', notHelpful)];
  }

  private button(value: FeedbackValue, name: string): TemplateResult {
    return html`<button
      class="icon quiet ${value}"
      type="button"
      aria-pressed=${this.value === value ? 'true' : 'false'}
      @click=${() => {
        request(this, { type: 'feedback', id: this.messageId, value });
      }}
    >
      ${thumbIcon}<span class="visually-hidden">${name}${this.about}</span>
    </button>`;
  }
}

define('amigo-thumbs', AmigoThumbs);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-thumbs': AmigoThumbs;
  }
}
