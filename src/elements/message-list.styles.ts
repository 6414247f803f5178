import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';

export const messageListStyles: CSSResultGroup = [
  baseStyles,
  buttonStyles,
  css`
    :host {
      position: relative;
      display: flex;
      flex: 1 1 auto;
      flex-direction: column;
      min-block-size: 0;
      min-inline-size: 0;
    }
    .log {
      flex: 1 1 auto;
      min-block-size: 0;
      padding: var(--amigo-space-3) var(--amigo-space-4) var(--amigo-space-4);
      overflow: hidden auto;
      overscroll-behavior: contain;
      /* What changes above a reader does not move them. */
      overflow-anchor: auto;
      /* Room for the floating button, so that it does not cover what has the focus. */
      scroll-padding-block: var(--amigo-space-3) calc(var(--amigo-target-size) + var(--amigo-space-5));
    }
    .log:focus-visible {
      outline-offset: -2px;
    }
    .items {
      display: flex;
      flex-direction: column;
      min-block-size: 100%;
      max-inline-size: 760px;
      margin-inline: auto;
    }
    .line,
    .typing {
      margin-block-start: var(--amigo-space-1);
    }
    .first {
      margin-block-start: var(--amigo-space-4);
    }
    .date + .first,
    .items > .first:first-of-type {
      margin-block-start: var(--amigo-space-2);
    }
    .date,
    .loading {
      margin: var(--amigo-space-4) 0 0;
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
      text-align: center;
    }
    .date:first-child {
      margin-block-start: 0;
    }
    .earlier {
      align-self: center;
      font-size: var(--amigo-font-size-small);
    }
    .empty {
      display: flex;
      flex-direction: column;
      gap: var(--amigo-space-1);
      margin: auto;
      padding: var(--amigo-space-5) var(--amigo-space-4);
      color: var(--amigo-color-text-muted);
      text-align: center;
    }
    .empty strong {
      color: var(--amigo-color-text);
      font-size: var(--amigo-font-size-large);
    }
    .newest {
      position: absolute;
      inset-block-end: var(--amigo-space-3);
      inset-inline: 0;
      inline-size: fit-content;
      max-inline-size: calc(100% - 2 * var(--amigo-space-4));
      margin-inline: auto;
      padding-inline: var(--amigo-space-3);
      border-radius: var(--amigo-radius-pill);
      box-shadow: var(--amigo-shadow-raised);
      font-size: var(--amigo-font-size-small);
    }
    @media print {
      :host,
      .log {
        display: block;
        overflow: visible;
      }
      button {
        display: none;
      }
    }
  `,
];
