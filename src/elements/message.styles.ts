import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from '../theme/base.styles.js';
import { logItemStyles } from './log-item.js';

export const messageStyles: CSSResultGroup = [
  baseStyles,
  buttonStyles,
  logItemStyles,
  css`
    :host {
      display: block;
    }
    .message {
      display: flex;
      flex-direction: column;
      align-items: start;
    }
    .user {
      align-items: end;
    }
    .event {
      align-items: center;
    }
    .event .bubble {
      border-color: var(--amigo-color-border);
      background: var(--amigo-color-surface-sunken);
      color: var(--amigo-color-text-muted);
      white-space: pre-wrap;
    }
    .byline {
      display: flex;
      flex-wrap: wrap;
      align-items: baseline;
      gap: 0 var(--amigo-space-2);
      margin-block-end: var(--amigo-space-1);
      padding-inline: var(--amigo-space-1);
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
      line-height: 1.4;
    }
    .author {
      color: var(--amigo-color-text);
      font-weight: 600;
    }
    time {
      font-variant-numeric: tabular-nums;
    }
    .bubble {
      min-inline-size: 0;
      max-inline-size: min(85%, 34em);
      padding: var(--amigo-bubble-padding);
      border: 1px solid transparent;
      border-radius: var(--amigo-radius-bubble);
      overflow-wrap: anywhere;
    }
    .user .bubble {
      background: var(--amigo-color-user-bubble);
      color: var(--amigo-color-on-user-bubble);
    }
    .typed {
      white-space: pre-wrap;
    }
    .agent .bubble {
      max-inline-size: min(100%, 36em);
      background: var(--amigo-color-agent-bubble);
      color: var(--amigo-color-on-agent-bubble);
    }
    /* The corner towards the speaker is tight, and so are the corners between bubbles of one run. */
    .user .bubble {
      border-end-end-radius: var(--amigo-radius-small);
    }
    .user:not(.first) .bubble {
      border-start-end-radius: var(--amigo-radius-small);
    }
    .agent .bubble {
      border-end-start-radius: var(--amigo-radius-small);
    }
    .agent:not(.first) .bubble {
      border-start-start-radius: var(--amigo-radius-small);
    }
    /* A text that runs against the page has its ends the other way round, but its speaker on the same side. */
    .message:dir(rtl) .bubble:dir(ltr),
    .message:dir(ltr) .bubble:dir(rtl) {
      border-radius: var(--amigo-radius-bubble);
    }
    .user:dir(rtl) .bubble:dir(ltr),
    .user:dir(ltr) .bubble:dir(rtl) {
      border-end-start-radius: var(--amigo-radius-small);
    }
    .agent:dir(rtl) .bubble:dir(ltr),
    .agent:dir(ltr) .bubble:dir(rtl) {
      border-end-end-radius: var(--amigo-radius-small);
    }
    .status,
    .problem {
      display: flex;
      align-items: start;
      gap: var(--amigo-space-1);
      margin: var(--amigo-space-1) 0 0;
      padding-inline: var(--amigo-space-1);
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
      line-height: 1.4;
    }
    .problem {
      margin-block-start: 0;
      text-align: end;
    }
    .status svg {
      inline-size: 1.15em;
      block-size: 1.4em;
    }
    .doubtful {
      color: var(--amigo-color-warning);
    }
    .failed {
      color: var(--amigo-color-error);
      font-weight: 600;
    }
    .actions {
      display: flex;
      flex-wrap: wrap;
      justify-content: end;
      gap: var(--amigo-space-2);
      margin-block: var(--amigo-space-2) var(--amigo-space-3);
    }
    .actions button {
      padding-inline: var(--amigo-space-3);
      font-size: var(--amigo-font-size-small);
    }
    .tools {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      /* Large enough for thumbs, and as near as it looks. */
      margin-block: calc(-1 * var(--amigo-space-2));
    }
    .tools button {
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
    }
    .tools button:not(.icon) {
      padding-inline: var(--amigo-space-2);
    }
    @media (forced-colors: active) {
      .bubble {
        border-color: CanvasText;
      }
      .tools {
        gap: var(--amigo-space-1);
        margin-block: var(--amigo-space-1);
      }
    }
    @media print {
      button {
        display: none;
      }
      .bubble {
        border-color: currentColor;
        break-inside: avoid;
      }
    }
  `,
];
