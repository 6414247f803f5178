import { html, LitElement, nothing, type CSSResultGroup } from 'lit';
import { property, query } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { lockIcon } from './icons.js';
import { lockScreenStyles } from './lock-screen.styles.js';
import { request } from './request.js';

/**
 * Stands where the conversation was: nothing of it is in the page. Says why, and what the person can do.
 *
 * @summary What is shown while the conversation is locked.
 * @fires amigo-request - `unlock`
 */
export class AmigoLockScreen extends LitElement {
  static override styles: CSSResultGroup = lockScreenStyles;

  @query('h2') private readonly heading!: HTMLElement;

  /** Whether the person has to sign in first. */
  @property({ attribute: false }) signIn = false;

  /** Whether the person may ask for the conversation; if not, only the page can. */
  @property({ attribute: false }) canUnlock = false;

  /** The focus was in what the lock hides: it goes to the heading instead of getting lost. */
  @property({ attribute: false }) takesFocus = false;

  @property({ attribute: false }) strings: Strings = en;

  protected override firstUpdated(): void {
    if (this.takesFocus) this.heading.focus();
  }

  private readonly unlock = (): void => {
    request(this, { type: 'unlock' });
  };

  override render(): unknown {
    const { strings, signIn, canUnlock } = this;
    return html`
      <div class="lock">
        ${lockIcon}
        <h2 tabindex="-1">${strings.lockTitle}</h2>
        <p>${signIn ? strings.lockSignIn : strings.lockText}</p>
        ${
          canUnlock
            ? html`<button class="primary" type="button" @click=${this.unlock}>${strings.unlock}</button>`
            : nothing
        }
      </div>
    `;
  }
}

define('amigo-lock-screen', AmigoLockScreen);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-lock-screen': AmigoLockScreen;
  }
}
