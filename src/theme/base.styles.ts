import { css, type CSSResultGroup } from 'lit';

/**
 * What every element of ours starts from: box model, focus ring, hidden text, less motion where asked.
 */
export const baseStyles: CSSResultGroup = css`
  :host,
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  :focus-visible {
    outline: 2px solid var(--amigo-color-focus);
    outline-offset: 2px;
  }
  svg {
    display: block;
    flex: none;
    inline-size: 1.25em;
    block-size: 1.25em;
  }
  .visually-hidden {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    padding: 0;
    overflow: hidden;
    clip-path: inset(50%);
    border: 0;
    white-space: nowrap;
  }
  @media (prefers-reduced-motion: reduce) {
    :host,
    *,
    ::before,
    ::after {
      animation: none !important;
      transition: none !important;
      scroll-behavior: auto !important;
    }
  }
`;

/**
 * For the outermost elements (launcher, panel): cuts off what a page's `* {…}` rules would pass on by
 * inheritance. Letter and word spacing come through: people set them to read better (WCAG 1.4.12).
 */
export const resetStyles: CSSResultGroup = css`
  :host {
    all: initial;
    color-scheme: inherit;
    visibility: inherit;
    letter-spacing: inherit;
    word-spacing: inherit;
    color: var(--amigo-color-text);
    font-family: var(--amigo-font-family);
    font-size: var(--amigo-font-size);
    line-height: var(--amigo-line-height);
    text-align: start;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
    -webkit-tap-highlight-color: transparent;
  }
`;

/**
 * Buttons, by class: none (secondary, outlined), `primary` (filled), `quiet` (no outline), `icon` (square).
 * A border is there in every kind, transparent where unseen, so that forced colours draw it.
 */
export const buttonStyles: CSSResultGroup = css`
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--amigo-space-2);
    min-inline-size: var(--amigo-target-size);
    min-block-size: var(--amigo-target-size);
    margin: 0;
    padding: var(--amigo-space-1) var(--amigo-space-4);
    border: 1px solid var(--amigo-color-border-strong);
    border-radius: var(--amigo-radius-medium);
    background: var(--amigo-color-surface-raised);
    color: var(--amigo-color-brand-text);
    font: inherit;
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: inherit;
    text-align: center;
    cursor: pointer;
    touch-action: manipulation;
    transition:
      background-color var(--amigo-duration),
      border-color var(--amigo-duration);
  }
  button:hover {
    background: var(--amigo-color-surface-sunken);
  }
  button.primary {
    border-color: transparent;
    background: var(--amigo-color-brand-fill);
    color: var(--amigo-color-on-brand);
  }
  button.primary:hover {
    background: var(--amigo-color-brand-fill-hover);
  }
  button.quiet {
    border-color: transparent;
    background: none;
  }
  button.quiet:hover {
    background: var(--amigo-color-surface-sunken);
  }
  button.icon {
    padding: 0;
    inline-size: var(--amigo-target-size);
    border-radius: var(--amigo-radius-pill);
  }
  button:disabled {
    opacity: 0.55;
    cursor: default;
  }
  @media (prefers-reduced-transparency: reduce) {
    button:disabled {
      opacity: 1;
      color: var(--amigo-color-text-muted);
    }
  }
`;
