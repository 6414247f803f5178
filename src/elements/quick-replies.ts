import { css, html, LitElement, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import { quickReplyWords, withOwnWords } from '../i18n/own-words.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';
import { request } from './request.js';

/**
 * What the person may want to say next, as buttons. Choosing one sends it, as if typed, and moves the focus to
 * the composer.
 *
 * @summary Suggested replies.
 * @fires amigo-request - `quick-reply`, `focus-composer`
 * @csspart quick-reply - One of the buttons.
 */
export class AmigoQuickReplies extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: var(--amigo-space-2);
        max-block-size: 12em;
        margin: 0;
        padding: var(--amigo-space-2) var(--amigo-space-4);
        overflow-y: auto;
        list-style: none;
      }
      button {
        overflow-wrap: anywhere;
        font-weight: 400;
      }
    `,
  ];

  @property({ attribute: false }) replies: readonly string[] = [];

  @property({ attribute: false }) strings: Strings = en;

  private choose(text: string): void {
    // The buttons are about to go: the focus moves to where the person goes on.
    request(this, { type: 'focus-composer' });
    request(this, { type: 'quick-reply', text });
  }

  override render(): unknown {
    const item = (text: string): unknown =>
      html`<li>
        <button
          part="quick-reply"
          type="button"
          dir="auto"
          @click=${() => {
            this.choose(text);
          }}
        >
          ${text}
        </button>
      </li>`;
    return html`<ul aria-label=${withOwnWords(this.strings, quickReplyWords).suggestions}>
      ${this.replies.map(item)}
    </ul>`;
  }
}

define('amigo-quick-replies', AmigoQuickReplies);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-quick-replies': AmigoQuickReplies;
  }
}
