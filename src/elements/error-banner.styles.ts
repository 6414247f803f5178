import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';

export const errorBannerStyles: CSSResultGroup = [
  baseStyles,
  buttonStyles,
  css`
    :host {
      display: block;
    }
    /* The alert inside stays rendered, or screen readers would miss its first text: empty, it is flat. */
    .banner.error,
    .banner.quiet {
      display: flex;
      align-items: baseline;
      gap: var(--amigo-space-2);
      padding: var(--amigo-space-3) var(--amigo-space-4);
      border-block-end: 1px solid var(--amigo-color-border);
      background: var(--amigo-color-error-surface);
      color: var(--amigo-color-text);
      overflow-wrap: anywhere;
    }
    .banner.error {
      border-inline-start: 4px solid var(--amigo-color-error);
      padding-inline-start: var(--amigo-space-3);
    }
    .banner.quiet {
      padding-block: var(--amigo-space-2);
      background: var(--amigo-color-info-surface);
      font-size: var(--amigo-font-size-small);
    }
    .banner.warning {
      background: var(--amigo-color-warning-surface);
    }
    .banner > svg {
      translate: 0 0.25em;
      color: var(--amigo-color-error);
    }
    .quiet > svg {
      color: var(--amigo-color-text-muted);
    }
    .warning > svg {
      color: var(--amigo-color-warning);
    }
    .body {
      display: flex;
      flex: 1;
      flex-wrap: wrap;
      align-items: center;
      gap: var(--amigo-space-2) var(--amigo-space-3);
      min-inline-size: 0;
    }
    .text {
      flex: 1 1 14em;
      min-inline-size: 0;
      line-height: 1.4;
    }
    .text:empty,
    .actions:empty {
      display: contents;
    }
    p {
      margin: 0;
    }
    strong {
      font-weight: 600;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      gap: var(--amigo-space-2);
    }
    .actions button {
      font-size: var(--amigo-font-size-small);
      padding-inline: var(--amigo-space-3);
    }
    /* The row below the text has the room below the cross, too. */
    .body:has(+ .dismiss) .actions {
      flex: 1 0 100%;
      margin-inline-end: calc(-1 * var(--amigo-target-size));
    }
    /* Beside the first line, and no reason for the strip to be higher. */
    .dismiss {
      flex: none;
      align-self: start;
      margin-block: calc(-1 * var(--amigo-space-3));
      margin-inline-end: calc(-1 * var(--amigo-space-2));
      color: var(--amigo-color-text);
    }
    @media print {
      :host {
        display: none;
      }
    }
  `,
];
