import { css, type CSSResultGroup } from 'lit';
import { baseStyles, buttonStyles } from './theme/base.styles.js';
import { themeStyles } from './theme/theme.styles.js';

/** Only the place that the element takes in the page; what it looks like is the business of its parts. */
export const amigoChatStyles: CSSResultGroup = [
  themeStyles,
  baseStyles,
  buttonStyles,
  css`
    /* A page's rule for everything ("body * { display: none !important }") must not take the chat from a
       patient. The hidden attribute hides it. */
    :host(:not([hidden])) {
      display: block !important;
      content-visibility: visible !important;
    }
    :host([layout='inline']) {
      block-size: var(--amigo-panel-height);
      max-block-size: 100%;
    }
    :host([layout='inline']) > div {
      block-size: 100%;
    }
    @media print {
      :host([layout='inline']) {
        block-size: auto;
        max-block-size: none;
      }
      .locked {
        display: none;
      }
    }
    /* No box of its own, so that the emergency line may stay where the rest scrolls away for want of room. */
    .notice {
      display: contents;
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
    }
    /* As high as it needs to be, in the room of the log. */
    amigo-lock-screen,
    amigo-consent {
      flex: 1 0 auto;
      display: grid;
      block-size: auto;
    }
    .strip {
      display: flex;
      flex-wrap: wrap;
      gap: var(--amigo-space-2);
      align-items: center;
      padding: var(--amigo-space-2) var(--amigo-space-4);
      background: var(--amigo-color-warning-surface);
    }
    .handover {
      margin: 0;
      border-block-end: 1px solid var(--amigo-color-border);
      background: var(--amigo-color-surface-sunken);
      font-weight: 600;
    }
    .notice p,
    .notice ::slotted(*) {
      margin: 0;
    }
    /* Words in another direction than the chat's keep their order: what is said first decides. */
    .emergency ::slotted(*),
    .about {
      unicode-bidi: plaintext;
    }
    ::slotted([slot='footer']) {
      margin: 0;
      padding: 0 var(--amigo-space-4) var(--amigo-space-3);
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
      text-align: center;
    }
    .emergency,
    .about {
      padding: var(--amigo-space-1) var(--amigo-space-4);
    }
    .emergency {
      flex: none;
      position: sticky;
      inset-block-start: 0;
      z-index: 1;
      background: var(--amigo-color-emergency-surface);
      font-size: calc(min(var(--amigo-font-size-small), max(18px, 6vw)));
      font-weight: 600;
    }
    .emergency,
    .emergency a {
      color: var(--amigo-color-emergency);
    }
    .about {
      flex: none;
      border-block-end: 1px solid var(--amigo-color-border);
      background: var(--amigo-color-surface-sunken);
    }
    /* One running text: every line here is a line less of the conversation. */
    .about p,
    .about ::slotted(*) {
      display: inline;
      /* Browsers isolate paragraphs: several would change places where the line breaks. */
      unicode-bidi: normal;
    }
  `,
];
