import { css, type CSSResultGroup } from 'lit';
import { baseStyles, resetStyles } from '../theme/base.styles.js';

export const launcherStyles: CSSResultGroup = [
  resetStyles,
  baseStyles,
  css`
    :host {
      display: block;
    }
    button {
      position: fixed;
      inset: auto;
      inset-inline-end: calc(var(--amigo-offset-inline) + env(safe-area-inset-right, 0px));
      inset-block-end: calc(var(--amigo-offset-block) + env(safe-area-inset-bottom, 0px));
      z-index: var(--amigo-z-index);
      display: grid;
      place-items: center;
      overflow: visible;
      inline-size: var(--amigo-launcher-size);
      block-size: var(--amigo-launcher-size);
      min-inline-size: var(--amigo-target-size);
      min-block-size: var(--amigo-target-size);
      margin: 0;
      padding: 0;
      border: 1px solid transparent;
      border-radius: var(--amigo-radius-pill);
      background: var(--amigo-color-brand-fill);
      box-shadow: var(--amigo-shadow-launcher);
      color: var(--amigo-color-on-brand);
      font: inherit;
      cursor: pointer;
      touch-action: manipulation;
      transition: translate var(--amigo-duration);
    }
    :host([away]) button {
      opacity: 0;
      pointer-events: none;
    }
    button:hover {
      translate: 0 -2px;
    }
    /* Two rings: the page behind may have any colour. */
    button:focus-visible {
      outline: 3px solid var(--amigo-color-focus);
      box-shadow:
        0 0 0 2px var(--amigo-color-surface),
        0 0 0 7px var(--amigo-color-surface);
    }
    .icon {
      display: grid;
      place-items: center;
      font-size: calc(var(--amigo-launcher-size) * 0.4);
    }
    .badge {
      position: absolute;
      inset-block-start: -4px;
      inset-inline-end: -4px;
      min-inline-size: var(--amigo-badge-size);
      block-size: var(--amigo-badge-size);
      padding-inline: var(--amigo-space-1);
      border: 2px solid var(--amigo-color-surface);
      border-radius: var(--amigo-radius-pill);
      background: var(--amigo-color-error);
      color: var(--amigo-color-surface);
      font-size: calc(var(--amigo-badge-size) * 0.54);
      font-weight: 700;
      line-height: calc(var(--amigo-badge-size) - 4px);
      text-align: center;
    }
    @media (forced-colors: active) {
      button,
      .badge {
        border-color: ButtonText;
      }
      .badge {
        background: ButtonFace;
        color: ButtonText;
      }
    }
    @media print {
      button {
        display: none;
      }
    }
  `,
];
