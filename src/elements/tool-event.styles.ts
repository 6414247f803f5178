import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';
import { logItemStyles } from './log-item.js';

export const toolEventStyles: CSSResultGroup = [
  baseStyles,
  buttonStyles,
  logItemStyles,
  css`
    :host {
      display: block;
      font-size: var(--amigo-font-size-small);
    }
    .tool {
      border: 1px solid var(--amigo-color-border);
      border-radius: var(--amigo-radius-medium);
      background: var(--amigo-color-surface);
      color: var(--amigo-color-text);
    }
    .line {
      display: flex;
      align-items: center;
      gap: var(--amigo-space-2);
      min-block-size: var(--amigo-target-size);
      padding-block: 2px;
      padding-inline: var(--amigo-space-3) var(--amigo-space-1);
    }
    .text {
      flex: 1;
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    .line > svg {
      color: var(--amigo-color-text-muted);
    }
    .succeeded .line > svg {
      color: var(--amigo-color-success);
    }
    .failed .line > svg {
      color: var(--amigo-color-error);
    }
    /* A space that goes when the duration stands on a line of its own. */
    .duration::before {
      content: ' ';
    }
    .duration {
      color: var(--amigo-color-text-muted);
      white-space: nowrap;
    }
    button {
      padding-inline: var(--amigo-space-2);
      gap: var(--amigo-space-1);
      font-size: inherit;
      font-weight: 500;
    }
    button svg {
      inline-size: 1.1em;
      block-size: 1.1em;
      transition: rotate var(--amigo-duration);
    }
    button[aria-expanded='true'] svg {
      rotate: 180deg;
    }
    .details {
      padding: 0 var(--amigo-space-3) var(--amigo-space-3);
    }
    p {
      margin: var(--amigo-space-2) 0 var(--amigo-space-1);
      color: var(--amigo-color-text-muted);
    }
    pre {
      max-block-size: 12em;
      margin: 0;
      padding: var(--amigo-space-2) var(--amigo-space-3);
      overflow: auto;
      border-radius: var(--amigo-radius-small);
      background: var(--amigo-color-surface-sunken);
      font-family: var(--amigo-font-mono);
      font-size: calc(13px * var(--amigo-text-scale));
      line-height: 1.45;
      white-space: pre-wrap;
      overflow-wrap: anywhere;
      tab-size: 2;
    }
    @media (forced-colors: active) {
      pre {
        border: 1px solid CanvasText;
      }
    }
  `,
];
