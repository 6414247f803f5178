import { css, LitElement, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { en } from '../i18n/locales/en.js';
import type { Strings } from '../i18n/strings.js';

/**
 * What every line of the log has in common. The line itself takes the focus, and carries role and name, so
 * that a screen reader names what the arrow keys arrive at. Its tab index is negative, which takes everything
 * in its shadow tree out of the Tab order too: the whole log is one stop.
 */
export abstract class LogItem extends LitElement {
  /** Words of the person's language. */
  @property({ attribute: false }) strings: Strings = en;

  /** BCP 47; for times and numbers. */
  @property() locale = 'en';

  /** The ARIA role of the line. */
  protected abstract readonly lineRole: string;

  /** The accessible name of the line. */
  protected abstract label(): string;

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', this.lineRole);
    this.tabIndex = -1;
  }

  protected override updated(): void {
    this.setAttribute('aria-label', this.label());
  }

  /** Moves the focus to the first control inside; false where there is none. */
  enter(): boolean {
    const control = this.firstControl();
    // Its controls join the Tab order for as long as the focus is among them.
    if (control) this.tabIndex = 0;
    control?.focus();
    return control !== null;
  }

  /** The control that Enter goes to. */
  protected firstControl(): HTMLElement | null {
    return this.renderRoot.querySelector('button');
  }
}

/** The ring around a line that has the focus. */
export const logItemStyles: CSSResultGroup = css`
  :host {
    border-radius: var(--amigo-radius-medium);
  }
  :host(:focus-visible) {
    outline: 2px solid var(--amigo-color-focus);
    outline-offset: 2px;
  }
`;
