import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';

export const approvalStyles: CSSResultGroup = [
  baseStyles,
  buttonStyles,
  css`
    :host {
      display: block;
    }
    .approval {
      max-block-size: 40vh;
      overflow-y: auto;
      padding: var(--amigo-space-3) var(--amigo-space-4);
      border-block-start: 1px solid var(--amigo-color-border);
      border-inline-start: 4px solid var(--amigo-color-warning);
      background: var(--amigo-color-warning-surface);
      color: var(--amigo-color-text);
      overflow-wrap: anywhere;
    }
    h2,
    p {
      margin: 0 0 var(--amigo-space-2);
      font-size: inherit;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--amigo-space-2);
    }
  `,
];
