import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';

export const moreStyles: CSSResultGroup = [
  baseStyles,
  buttonStyles,
  css`
    :host {
      display: block;
      color: var(--amigo-color-text);
    }
    .more {
      display: grid;
    }
    .more:focus {
      outline: none;
    }
    .size {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: space-between;
      gap: 0 var(--amigo-space-3);
      padding-inline: var(--amigo-space-3) 0;
      font-weight: 500;
    }
    .size output {
      color: var(--amigo-color-text-muted);
      font-weight: 400;
      font-variant-numeric: tabular-nums;
    }
    .size button:first-of-type {
      margin-inline-start: auto;
    }
    .small {
      font-size: 0.85em;
    }
    .large {
      font-size: 1.25em;
    }
    button[aria-disabled='true'] {
      opacity: 0.55;
      cursor: default;
    }
    button.quiet:not(.icon) {
      justify-content: start;
      padding-inline: var(--amigo-space-3);
      color: var(--amigo-color-text);
      font-weight: 500;
      text-align: start;
    }
    button.quiet svg {
      color: var(--amigo-color-text-muted);
    }
    .label {
      flex: 1;
    }
    .state {
      visibility: hidden;
    }
    [aria-checked='true'] > .state {
      visibility: visible;
    }
    .step {
      padding-inline: var(--amigo-space-3);
      padding-block-end: var(--amigo-space-2);
      max-inline-size: 20em;
    }
    p {
      margin: 0 0 var(--amigo-space-2);
      font-size: var(--amigo-font-size-small);
    }
    p.hint {
      max-inline-size: 22em;
      padding-inline: var(--amigo-space-3);
      color: var(--amigo-color-text-muted);
    }
    .step p.hint {
      margin: var(--amigo-space-2) 0 0;
      padding: 0;
    }
    .buttons {
      display: flex;
      flex-wrap: wrap;
      gap: var(--amigo-space-2);
    }
    @media print {
      :host {
        display: none;
      }
    }
  `,
];
