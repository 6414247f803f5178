import { css, type CSSResultGroup } from 'lit';
import { baseStyles } from '../theme/base.styles.js';
import { logItemStyles } from './log-item.js';

export const noteStyles: CSSResultGroup = [
  baseStyles,
  logItemStyles,
  css`
    :host {
      display: flex;
      align-items: center;
      gap: var(--amigo-space-2);
      inline-size: fit-content;
      max-inline-size: 100%;
      margin-inline: auto;
      padding: var(--amigo-space-1) var(--amigo-space-3);
      border: 1px solid transparent;
      border-radius: var(--amigo-radius-medium);
      background: var(--amigo-color-surface-sunken);
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
    }
    svg {
      inline-size: 1.15em;
      block-size: 1.15em;
    }
    @media (forced-colors: active) {
      :host {
        border-color: CanvasText;
      }
    }
  `,
];
