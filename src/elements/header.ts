import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Connection, ConnectionStatus } from '../conversation/state.js';
import { en } from '../i18n/locales/en.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { headerStyles } from './header.styles.js';
import {
  checkIcon,
  closeIcon,
  endIcon,
  infoIcon,
  menuIcon,
  offlineIcon,
  plusIcon,
  waitIcon,
} from './icons.js';
import { request } from './request.js';
import { isFilled } from './slots.js';

type StatusView = readonly [icon: TemplateResult, text: keyof Strings & ConnectionText];
type ConnectionText = 'connecting' | 'connected' | 'reconnecting' | 'closed' | 'failed' | 'offline';

/** Nothing is shown while nothing has begun. */
const statusViews: Readonly<Record<Exclude<ConnectionStatus, 'idle'>, StatusView>> = {
  connecting: [waitIcon, 'connecting'],
  open: [checkIcon, 'connected'],
  reconnecting: [waitIcon, 'reconnecting'],
  closed: [infoIcon, 'closed'],
  failed: [offlineIcon, 'failed'],
};

/**
 * The panel's top: title, connection in quiet words, what can be done with the conversation, close.
 *
 * @summary Title, connection and menu of the panel.
 * @slot title - A heading of the page's own.
 * @slot tools - Controls before the menu.
 * @slot menu - More in the menu.
 * @fires amigo-request - `hide`, `menu`, `new-conversation`, `end-conversation`
 * @csspart header - The whole strip.
 */
export class AmigoHeader extends LitElement {
  static override styles: CSSResultGroup = headerStyles;

  @query('#menu-button') private readonly menuButton!: HTMLButtonElement;

  @state() private menuOpen = false;
  @state() private titled = false;

  /** The heading; "Chat with us" in the person's language where the page gives none. */
  @property({ attribute: false }) override title = '';

  @property({ attribute: false }) connection: Connection | undefined;

  /** Whether there is a close button: only a popup can be closed. */
  @property({ type: Boolean, attribute: 'can-hide' }) canHide = false;

  /** Whether there is a conversation that may be begun anew or ended. */
  @property({ attribute: false }) canRestart = true;

  @property({ attribute: false }) strings: Strings = en;

  private readonly onTitle = (event: Event): void => {
    this.titled = isFilled(event.target as HTMLSlotElement);
  };

  private readonly toggleMenu = (): void => {
    this.menuOpen = !this.menuOpen;
    if (this.menuOpen) request(this, { type: 'menu' });
  };

  private readonly hide = (): void => {
    request(this, { type: 'hide' });
  };

  private choose(type: 'new-conversation' | 'end-conversation'): void {
    this.menuOpen = false;
    this.menuButton.focus();
    request(this, { type });
  }

  private readonly newConversation = (): void => {
    this.choose('new-conversation');
  };

  private readonly endConversation = (): void => {
    this.choose('end-conversation');
  };

  /** Escape closes the menu and, being used up by it, not the panel too. */
  private readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.menuOpen) return;
    event.preventDefault();
    this.menuOpen = false;
    this.menuButton.focus();
  };

  private readonly onFocusout = (event: FocusEvent): void => {
    const next = event.relatedTarget;
    const inside = next instanceof Node && (this.renderRoot.contains(next) || this.contains(next));
    if (!inside) this.menuOpen = false;
  };

  override render(): unknown {
    const { strings } = this;
    return html`
      <div class="header" part="header" @keydown=${this.onKeydown} @focusout=${this.onFocusout}>
        <div class="title">
          <slot name="title" @slotchange=${this.onTitle}></slot>
          ${this.titled ? nothing : html`<h2>${this.title || strings.panelTitle}</h2>`} ${this.status()}
        </div>
        <slot name="tools"></slot>
        <button
          id="menu-button"
          class="icon quiet"
          type="button"
          aria-label=${strings.menu}
          aria-expanded=${this.menuOpen ? 'true' : 'false'}
          aria-controls="menu"
          @click=${this.toggleMenu}
        >
          ${menuIcon}
        </button>
        <div id="menu" class="menu" ?hidden=${!this.menuOpen}>
          ${
            this.canRestart
              ? html`<button class="quiet" type="button" @click=${this.newConversation}>
                    ${plusIcon}${strings.newConversation}
                  </button>
                  <button class="quiet" type="button" @click=${this.endConversation}>
                    ${endIcon}${strings.endConversation}
                  </button>`
              : nothing
          }
          <slot name="menu"></slot>
        </div>
        ${
          this.canHide
            ? html`<button class="icon quiet" type="button" aria-label=${strings.close} @click=${this.hide}>
                ${closeIcon}
              </button>`
            : nothing
        }
      </div>
    `;
  }

  private status(): unknown {
    const { status = 'idle', offline = false } = this.connection ?? {};
    if (status === 'idle' && !offline) return nothing;
    const [icon, text]: StatusView =
      offline || status === 'idle' ? [offlineIcon, 'offline'] : statusViews[status];
    return html`<p class="status ${offline ? 'offline' : status}">${icon}${this.strings[text]}</p>`;
  }
}

define('amigo-header', AmigoHeader);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-header': AmigoHeader;
  }
}
