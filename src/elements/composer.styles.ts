import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';

export const composerStyles: CSSResultGroup = [
  baseStyles,
  buttonStyles,
  css`
    :host {
      display: block;
      flex: none;
    }
    .place {
      display: contents;
    }

    .composer {
      padding: var(--amigo-space-2) var(--amigo-space-3) var(--amigo-space-3);
      background: var(--amigo-color-surface);
    }
    .composer > * {
      max-inline-size: 760px;
      margin-inline: auto;
    }
    .field {
      display: flex;
      flex-wrap: wrap;
      align-items: end;
      padding: var(--amigo-space-2) var(--amigo-space-1) var(--amigo-space-1);
      border: 1px solid var(--amigo-color-border-strong);
      border-radius: var(--amigo-radius-large);
      background: var(--amigo-color-surface-raised);
    }
    .field:has(textarea:focus-visible) {
      outline: 2px solid var(--amigo-color-focus);
      outline-offset: -1px;
    }
    .field:has([aria-invalid='true']) {
      border-color: var(--amigo-color-error);
    }
    label {
      flex: 1 0 100%;
      padding-inline: var(--amigo-space-3);
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
      line-height: 1.3;
    }
    textarea {
      flex: 1 1 0;
      min-inline-size: 0;
      min-block-size: var(--amigo-target-size);
      max-block-size: min(9em, 30vh);
      margin: 0;
      padding: var(--amigo-space-2) var(--amigo-space-3);
      border: 0;
      background: none;
      color: var(--amigo-color-text);
      font: inherit;
      /* Phones zoom into fields with smaller text. */
      font-size: max(16px, var(--amigo-font-size));
      letter-spacing: inherit;
      word-spacing: inherit;
      line-height: 1.45;
      resize: none;
      field-sizing: content;
      overflow-wrap: anywhere;
    }
    /* The ring is drawn around the whole field. */
    textarea:focus-visible {
      outline: none;
    }
    textarea::placeholder {
      color: var(--amigo-color-text-muted);
      /* On a phone with large text a second line of it would be one less of the conversation. */
      font-size: calc(min(var(--amigo-font-size), max(16px, 6vw)));
      opacity: 1;
    }
    .send[aria-disabled='true'],
    .send[aria-disabled='true']:hover {
      border-color: var(--amigo-color-border);
      background: var(--amigo-color-surface-sunken);
      color: var(--amigo-color-text-muted);
    }
    .stop {
      color: var(--amigo-color-error);
    }
    .problem,
    .counter {
      display: flex;
      gap: var(--amigo-space-1);
      margin-block: 0;
      padding-inline: var(--amigo-space-3);
      font-size: var(--amigo-font-size-small);
      line-height: 1.4;
    }
    .problem:not(:empty) {
      padding-block-start: var(--amigo-space-2);
    }
    .problem,
    .over {
      color: var(--amigo-color-error);
    }
    .counter {
      padding-block-start: var(--amigo-space-1);
      color: var(--amigo-color-text-muted);
      font-variant-numeric: tabular-nums;
    }
    .counter.over {
      color: var(--amigo-color-error);
      font-weight: 600;
    }
    /* Little height is left at 400 % zoom or above an on-screen keyboard: the label stays for those who hear it. */
    @media (max-height: 480px) {
      .composer {
        padding-block: var(--amigo-space-1);
      }
      .field {
        padding-block: 0;
      }
      label {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
      }
    }
    @media (forced-colors: active) {
      .send[aria-disabled='true'] {
        color: GrayText;
      }
    }
    @media print {
      :host {
        display: none;
      }
    }
  `,
];
