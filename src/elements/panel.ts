import { html, LitElement, nothing, type CSSResultGroup } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import type { Strings } from '../i18n/strings.js';
import { deepActiveElement } from '../lib/deep-active-element.js';
import { define } from '../lib/define.js';
import { isTab } from '../lib/is-tab.js';
import { tabStops } from './focusable.js';
import { KeepClear } from './keep-clear.js';
import { panelStyles } from './panel.styles.js';
import { PrintWatch } from './print-watch.js';
import { renderNow } from './render-now.js';
import { request } from './request.js';
import { supportsPopover, TopLayer } from './top-layer.js';
import { VisibleArea } from './visible-area.js';

/** Values of the attribute `layout`. */
export type Layout = 'popup' | 'inline' | 'fullscreen';

/** Windows in which a popup takes all the room: phones in either direction, and desktops zoomed to 400 %. */
const SMALL_WINDOW = '(max-width: 480px), (max-height: 480px)';

const content = html`
  <slot name="header"></slot>
  <div class="body">
    <div class="stack">
      <slot name="notice"></slot>
      <slot name="banner"></slot>
      <slot name="log"></slot>
    </div>
  </div>
  <slot name="composer"></slot>
  <slot name="footer"></slot>
  <slot name="announcer"></slot>
`;

/**
 * The frame around the conversation: a named landmark that people may leave, or, as a popup in a small
 * window, a modal dialog over all of it, with the page behind it inert. Only the log in its middle grows.
 *
 * @summary The frame of the widget in its three layouts.
 * @slot header - The title strip.
 * @slot notice - What stays in view above the messages.
 * @slot banner - Errors and the state of the connection.
 * @slot log - The messages; takes the room that is left.
 * @slot composer - Where the person types.
 * @slot footer - A last line of the page's own.
 * @slot announcer - Live regions: those outside a modal dialog are silent.
 * @fires amigo-request - `hide`, by Escape in a popup, or by the phone's own way back
 * @csspart panel - The frame.
 * @cssproperty --amigo-panel-width - Width of the popup.
 * @cssproperty --amigo-panel-height - Height of the popup.
 */
export class AmigoPanel extends LitElement {
  static override styles: CSSResultGroup = panelStyles;

  @query('.panel') private readonly panel!: HTMLElement;

  @state() private small = false;
  /** On paper the panel stands in the page: what is in the top layer lies over its first sheet, and is cut there. */
  @state() private printing = false;

  @property() layout: Layout = 'popup';

  /** Only a popup can be closed; the other layouts are always shown. */
  @property({ type: Boolean }) open = false;

  /** Name of the landmark; the catalogue's title where empty. */
  @property() label = '';

  @property({ attribute: false }) strings: Strings = en;

  private media: MediaQueryList | undefined;

  constructor() {
    super();
    new TopLayer(
      this,
      () => this.panel,
      () => this.open,
    );
    new VisibleArea(this, () => this.panel);
    new KeepClear(this, () => (this.layout === 'popup' ? this.panel : null));
    new PrintWatch(this, (printing) => {
      this.printing = printing;
      renderNow(this);
    });
  }

  /** True while the panel covers the window as a modal dialog. */
  get modal(): boolean {
    return this.layout === 'popup' && this.small && this.open;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.media = matchMedia(SMALL_WINDOW);
    this.media.addEventListener('change', this.onResize);
    this.onResize();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.media?.removeEventListener('change', this.onResize);
    this.media = undefined;
  }

  private readonly onResize = (): void => {
    this.small = this.media?.matches ?? false;
  };

  /** The browser asks to close the dialog, by Android's Back for one: the element decides, as with any wish. */
  private readonly onCancel = (event: Event): void => {
    if (event.target !== event.currentTarget) return;
    event.preventDefault();
    request(this, { type: 'hide' });
  };

  /** Asked twice, the browser closes the dialog by itself. */
  private readonly onClose = (): void => {
    if (this.modal) request(this, { type: 'hide' });
  };

  private readonly onKeydown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape' && this.layout === 'popup') request(this, { type: 'hide' });
    if (isTab(event) && this.modal) this.keepFocus(event);
  };

  /** From the last stop Tab goes to the first, and back: a modal dialog is not left by Tab. */
  private keepFocus(event: KeyboardEvent): void {
    const stops = tabStops(this.panel);
    const from = event.shiftKey ? stops[0] : stops.at(-1);
    if (deepActiveElement(this.ownerDocument) !== from) return;
    event.preventDefault();
    (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
  }

  override render(): unknown {
    const { layout, small, open } = this;
    const popup = layout === 'popup';
    const full = layout === 'fullscreen' || (popup && small);
    const classes = `panel ${popup ? 'popup' : ''} ${popup && !open ? 'closed' : ''} ${full ? 'full' : ''}`;
    const label = this.label || this.strings.panelTitle;
    return popup && small && !this.printing ? this.dialog(classes, label) : this.region(classes, label);
  }

  private dialog(classes: string, label: string): unknown {
    return html`<dialog
      class=${classes}
      part="panel"
      aria-label=${label}
      @keydown=${this.onKeydown}
      @cancel=${this.onCancel}
      @close=${this.onClose}
    >
      ${content}
    </dialog>`;
  }

  private region(classes: string, label: string): unknown {
    return html`<div
      class=${classes}
      part="panel"
      role="region"
      aria-label=${label}
      popover=${this.layout === 'popup' && supportsPopover && !this.printing ? 'manual' : nothing}
      @keydown=${this.onKeydown}
    >
      ${content}
    </div>`;
  }
}

define('amigo-panel', AmigoPanel);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-panel': AmigoPanel;
  }
}
