import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';

export const lockScreenStyles: CSSResultGroup = [
  baseStyles,
  buttonStyles,
  css`
    :host {
      display: grid;
    }
    .lock {
      display: grid;
      place-content: center;
      justify-items: center;
      gap: var(--amigo-space-3);
      padding: var(--amigo-space-6) var(--amigo-space-4);
      text-align: center;
    }
    .lock > svg {
      inline-size: 2em;
      block-size: 2em;
      color: var(--amigo-color-text-muted);
    }
    h2,
    p {
      margin: 0;
      max-inline-size: 24em;
    }
    h2 {
      font-size: inherit;
    }
    h2:focus {
      outline: none;
    }
  `,
];
