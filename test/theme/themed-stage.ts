import { css, html, LitElement, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../src/lib/define.js';
import { themeStyles } from '../../src/theme/theme.styles.js';

/** Stands where `<amigo-chat>` stands: gives the elements under test the tokens. */
export class ThemedStage extends LitElement {
  static override styles: CSSResultGroup = [
    themeStyles,
    css`
      :host {
        display: block;
        background: var(--amigo-color-surface);
        color: var(--amigo-color-text);
        font-family: var(--amigo-font-family);
        font-size: var(--amigo-font-size);
      }
    `,
  ];

  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';

  override render(): unknown {
    return html`<slot></slot>`;
  }
}

define('themed-stage', ThemedStage);

declare global {
  interface HTMLElementTagNameMap {
    'themed-stage': ThemedStage;
  }
}
