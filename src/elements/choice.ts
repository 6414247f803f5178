import { css, html, LitElement, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import { choiceWords, withOwnWords } from '../i18n/own-words.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';
import { request } from './request.js';

/**
 * Asks what is to become of an unfinished chat: go on with it, or end it and start a new one. Nothing is done
 * until the person has chosen; the announcer reads the question out.
 *
 * @summary The choice between an unfinished chat and a new one.
 * @fires amigo-request - `continue-conversation`, `start-over`, `focus-composer`
 */
export class AmigoChoice extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    buttonStyles,
    css`
      :host {
        display: block;
        padding: var(--amigo-space-3) var(--amigo-space-4);
        border-block-end: 1px solid var(--amigo-color-border);
        background: var(--amigo-color-info-surface);
      }
      p {
        margin: 0 0 var(--amigo-space-2);
      }
      button {
        margin-inline-end: var(--amigo-space-2);
      }
    `,
  ];

  @property({ attribute: false }) strings: Strings = en;

  private choose(type: 'continue-conversation' | 'start-over'): void {
    // The button is about to go: the focus moves to where the person goes on.
    request(this, { type: 'focus-composer' });
    request(this, { type });
  }

  override render(): unknown {
    const strings = withOwnWords(this.strings, choiceWords);
    return html`<div role="group" aria-labelledby="question">
      <p id="question">${strings.unfinished}</p>
      <button
        class="primary"
        type="button"
        @click=${() => {
          this.choose('continue-conversation');
        }}
      >
        ${strings.continueChat}
      </button>
      <button
        type="button"
        @click=${() => {
          this.choose('start-over');
        }}
      >
        ${strings.startOver}
      </button>
    </div>`;
  }
}

define('amigo-choice', AmigoChoice);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-choice': AmigoChoice;
  }
}
