import { html, LitElement, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { typingStyles } from './typing.styles.js';

/**
 * Three dots and the words for them. Not a live region: the announcer says once per turn that a reply is on
 * its way.
 *
 * @summary The sign that a reply is on its way.
 */
export class AmigoTyping extends LitElement {
  static override styles: CSSResultGroup = typingStyles;

  /** The agent goes on working after its turn, so that the reply may take a while. */
  @property({ type: Boolean }) background = false;

  /** Something to read in the meantime, in place of the words for it. */
  @property() notice = '';

  @property({ attribute: false }) strings: Strings = en;

  override render(): unknown {
    return html`
      <span class="dots" aria-hidden="true"><i></i><i></i><i></i></span>
      <span dir="auto"
        >${this.notice || (this.background ? this.strings.stillWorking : this.strings.typing)}</span
      >
    `;
  }
}

define('amigo-typing', AmigoTyping);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-typing': AmigoTyping;
  }
}
