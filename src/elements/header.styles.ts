import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';

export const headerStyles: CSSResultGroup = [
  baseStyles,
  buttonStyles,
  css`
    :host {
      display: block;
      position: relative;
      /* Its menu lies over the emergency line, which has 1. */
      z-index: 2;
      container-type: inline-size;
    }
    .header {
      display: flex;
      align-items: center;
      gap: var(--amigo-space-1);
      padding-block: var(--amigo-space-2);
      padding-inline: var(--amigo-space-4) var(--amigo-space-2);
      border-block-end: 1px solid var(--amigo-color-border);
      background: var(--amigo-color-surface);
    }
    .title {
      flex: 1;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    h2 {
      margin: 0;
      /* Text that is made larger is for reading: the title leaves it the room on a phone. */
      font-size: calc(min(var(--amigo-font-size-large), max(20px, 7cqi)));
      font-weight: 650;
      line-height: 1.3;
      letter-spacing: -0.01em;
    }
    .status {
      display: flex;
      align-items: center;
      gap: var(--amigo-space-1);
      margin: 0;
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
      line-height: 1.4;
    }
    .status svg {
      inline-size: 1.1em;
      block-size: 1.1em;
    }
    .status.open svg {
      color: var(--amigo-color-success);
    }
    .status.failed svg,
    .status.offline svg {
      color: var(--amigo-color-warning);
    }
    button.icon {
      color: var(--amigo-color-text-muted);
    }
    .menu {
      position: absolute;
      inset-block-start: calc(100% - var(--amigo-space-1));
      inset-inline-end: var(--amigo-space-3);
      display: grid;
      max-inline-size: calc(100% - 2 * var(--amigo-space-3));
      /* From the header to the end of the panel; what does not fit scrolls. */
      max-block-size: max(
        150px,
        min(var(--amigo-panel-height), var(--visible-size, 100vh)) - 100% - var(--amigo-space-3)
      );
      overflow: hidden auto;
      padding: var(--amigo-space-1);
      border: 1px solid var(--amigo-color-border);
      border-radius: var(--amigo-radius-medium);
      background: var(--amigo-color-surface-raised);
      box-shadow: var(--amigo-shadow-raised);
    }
    .menu button {
      justify-content: start;
      padding-inline: var(--amigo-space-3);
      color: var(--amigo-color-text);
      font-weight: 500;
      text-align: start;
    }
    .menu svg {
      color: var(--amigo-color-text-muted);
    }
    @media (max-height: 480px) {
      .header {
        padding-block: 0;
      }
    }
    @media print {
      button,
      .status {
        display: none;
      }
    }
  `,
];
