import { css, type CSSResultGroup } from 'lit';
import { baseStyles, resetStyles } from '../theme/base.styles.js';

/**
 * `.body` scrolls as a whole only where the window is too low for notices and log together, and the panel only where
 * it is too low for large text in header and composer around it.
 */
export const panelStyles: CSSResultGroup = [
  resetStyles,
  baseStyles,
  css`
    :host {
      display: block;
      block-size: 100%;
    }
    .panel {
      display: flex;
      flex-direction: column;
      overflow: hidden auto;
      block-size: 100%;
      margin: 0;
      padding: 0;
      border: 1px solid var(--amigo-color-border);
      border-radius: var(--amigo-radius-large);
      background: var(--amigo-color-surface);
      color: inherit;
    }
    /* Reversed around its only child: where it has to scroll, it begins at the end, and stays there. */
    .body {
      display: flex;
      flex: 1;
      flex-direction: column-reverse;
      /* Two lines: no more, for above the keyboard of a phone on its side what is typed has to be seen. */
      min-block-size: calc(56px * var(--amigo-text-scale));
      overflow: hidden auto;
      overscroll-behavior: contain;
      /* The emergency line stays at the top of it, and covers nothing that has the focus. */
      scroll-padding-block-start: 3em;
    }
    .stack {
      display: flex;
      flex: 1 0 auto;
      flex-direction: column;
    }
    ::slotted([slot='log']) {
      flex: 1 0 0;
      block-size: 0;
      /* Larger text needs more of it, but never more than a low window has. */
      min-block-size: min(150px * var(--amigo-text-scale), 60dvh);
    }
    ::slotted(:not([slot='log'])) {
      flex: none;
    }
    .popup {
      position: fixed;
      inset: auto;
      inset-inline-end: calc(var(--amigo-offset-inline) + env(safe-area-inset-right, 0px));
      inset-block-end: calc(var(--above) + env(safe-area-inset-bottom, 0px));
      z-index: var(--amigo-z-index);
      --above: calc(var(--amigo-offset-block) + var(--amigo-launcher-size) + var(--amigo-space-3));
      inline-size: min(var(--amigo-panel-width), 100vw - 2 * var(--amigo-offset-inline));
      max-inline-size: none;
      block-size: min(var(--amigo-panel-height), 100vh - var(--above) - var(--amigo-space-6));
      block-size: min(var(--amigo-panel-height), 100dvh - var(--above) - var(--amigo-space-6));
      max-block-size: none;
      box-shadow: var(--amigo-shadow-panel);
      transition-property: opacity, translate, display, overlay;
      transition-duration: var(--amigo-duration);
      transition-timing-function: ease-out;
      transition-behavior: allow-discrete;
    }
    :host([away]) .popup {
      opacity: 0;
      pointer-events: none;
    }
    .popup.closed {
      display: none;
      opacity: 0;
      translate: 0 12px;
    }
    @starting-style {
      .popup:not(.closed) {
        opacity: 0;
        translate: 0 12px;
      }
    }
    .full {
      position: fixed;
      inset: var(--visible-start, 0) 0 auto;
      inline-size: auto;
      block-size: var(--visible-size, 100vh);
      max-block-size: none;
      z-index: var(--amigo-z-index);
      border: 0;
      border-radius: 0;
      padding: env(safe-area-inset-top, 0px) env(safe-area-inset-right, 0px) env(safe-area-inset-bottom, 0px)
        env(safe-area-inset-left, 0px);
    }
    .full:not(.popup) {
      z-index: auto;
    }
    /* Neither the page nor its colours flash up where the on-screen keyboard comes and goes, and a finger on the
       header does not scroll what lies below. */
    dialog {
      touch-action: pinch-zoom;
    }
    dialog::backdrop {
      background: var(--amigo-color-surface);
    }
    @media (forced-colors: active) {
      .panel {
        border: 1px solid CanvasText;
      }
    }
    /* The whole conversation, in the page's flow. */
    @media print {
      :host,
      .panel:not(.closed),
      .body,
      .stack {
        display: block;
        position: static;
        overflow: visible;
        inline-size: auto;
        block-size: auto;
      }
      .panel {
        border: 0;
        box-shadow: none;
        /* What leaves the top layer slowly would be printed there. */
        transition: none;
      }
      ::slotted([slot='log']) {
        block-size: auto;
      }
    }
  `,
];
