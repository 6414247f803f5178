import { html, LitElement, nothing, type CSSResultGroup } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { formatNumber } from '../i18n/formats.js';
import { en } from '../i18n/locales/en.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { chatIcon, chevronIcon } from './icons.js';
import { KeepClear } from './keep-clear.js';
import { launcherStyles } from './launcher.styles.js';
import { request } from './request.js';
import { isFilled } from './slots.js';
import { supportsPopover, TopLayer } from './top-layer.js';

/**
 * The round button in the corner that opens and closes the panel.
 *
 * @summary Opens and closes the popup, and counts what came meanwhile.
 * @slot icon - A picture of the page's own; a text in it becomes part of the button's name.
 * @fires amigo-request - `toggle`
 * @csspart launcher - The button.
 * @csspart badge - The number of unread messages.
 * @cssproperty --amigo-launcher-size - Width and height.
 * @cssproperty --amigo-offset-inline - Distance from the window's inline end.
 * @cssproperty --amigo-offset-block - Distance from the window's bottom.
 */
export class AmigoLauncher extends LitElement {
  static override styles: CSSResultGroup = launcherStyles;

  @query('button') private readonly button!: HTMLButtonElement;

  @state() private pictured = false;

  /** The panel is shown. */
  @property({ type: Boolean }) open = false;

  /** Messages that came while the panel was closed. */
  @property({ type: Number }) unread = 0;

  /** BCP 47 tag, for the number. */
  @property() locale = 'en';

  @property({ attribute: false }) strings: Strings = en;

  constructor() {
    super();
    new TopLayer(
      this,
      () => this.button,
      () => true,
    );
    new KeepClear(this, () => this.button);
  }

  private readonly onPicture = (event: Event): void => {
    this.pictured = isFilled(event.target as HTMLSlotElement);
  };

  private readonly toggle = (): void => {
    request(this, { type: 'toggle' });
  };

  override focus(options?: FocusOptions): void {
    this.button.focus(options);
  }

  /** The name is the button's content, so that a text in the slot is part of it (WCAG 2.5.3). */
  override render(): unknown {
    return html`
      <button
        part="launcher"
        type="button"
        popover=${supportsPopover ? 'manual' : nothing}
        aria-expanded=${this.open ? 'true' : 'false'}
        @click=${this.toggle}
      >
        <span class="icon">
          <slot name="icon" @slotchange=${this.onPicture}></slot>
          ${this.pictured ? nothing : this.open ? chevronIcon : chatIcon}
        </span>
        <span class="visually-hidden">${this.name()}</span>
        ${this.unread > 0 ? this.badge() : nothing}
      </button>
    `;
  }

  private name(): string {
    const { launcher, unread } = this.strings;
    return this.unread > 0 ? `${launcher}, ${unread(this.unread)}` : launcher;
  }

  private badge(): unknown {
    const count = formatNumber(this.locale, Math.min(this.unread, 99));
    return html`<span class="badge" part="badge" aria-hidden="true"
      >${count}${this.unread > 99 ? '+' : ''}</span
    >`;
  }
}

define('amigo-launcher', AmigoLauncher);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-launcher': AmigoLauncher;
  }
}
