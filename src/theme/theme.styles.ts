import { css, unsafeCSS, type CSSResult, type CSSResultGroup } from 'lit';
import { tokens, type TokenDefault } from './tokens.js';

/** Our own constants written as declarations, the palette once: `unsafeCSS` never sees foreign text. */
function declarations(pick: (value: TokenDefault) => string | undefined): CSSResult {
  const lines = Object.entries<TokenDefault>(tokens).map(([name, value]) => {
    const chosen = pick(value);
    return chosen === undefined ? '' : `--amigo-${name}:${chosen};`;
  });
  return unsafeCSS(lines.join(''));
}

const light = declarations((value) => (typeof value === 'string' ? value : value[0]));
const dark = declarations((value) => (typeof value === 'string' ? undefined : value[1]));

/**
 * The tokens' defaults, for the `:host` of `<amigo-chat>`: rules of the page that name the element win
 * over them. `theme="light|dark"` fixes the scheme; otherwise the person's system decides.
 */
export const themeStyles: CSSResultGroup = css`
  :host {
    color-scheme: light;
    ${light}
  }
  :host([theme='dark']) {
    color-scheme: dark;
    ${dark}
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([theme='light'])) {
      color-scheme: dark;
      ${dark}
    }
  }
  @media (prefers-contrast: more) {
    :host(:not([hidden])) {
      --amigo-color-text-muted: var(--amigo-color-text);
      --amigo-color-border: var(--amigo-color-border-strong);
      --amigo-color-border-strong: var(--amigo-color-text);
    }
  }
  @media (prefers-reduced-transparency: reduce) {
    :host {
      --amigo-color-code-background: var(--amigo-color-surface-sunken);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    :host {
      --amigo-duration: 0s;
    }
  }
  /* The system's colours reach text, borders and backgrounds by themselves; icons and rings need telling. */
  @media (forced-colors: active) {
    :host(:not([hidden])) {
      --amigo-color-surface: Canvas;
      --amigo-color-surface-raised: Canvas;
      --amigo-color-surface-sunken: Canvas;
      --amigo-color-text: CanvasText;
      --amigo-color-text-muted: CanvasText;
      --amigo-color-border: CanvasText;
      --amigo-color-border-strong: CanvasText;
      --amigo-color-brand-fill: ButtonFace;
      --amigo-color-brand-fill-hover: ButtonFace;
      --amigo-color-on-brand: ButtonText;
      --amigo-color-agent-bubble: Canvas;
      --amigo-color-user-bubble: Canvas;
      --amigo-color-on-user-bubble: CanvasText;
      --amigo-color-warning-surface: Canvas;
      --amigo-color-error-surface: Canvas;
      --amigo-color-info-surface: Canvas;
      --amigo-color-emergency-surface: Canvas;
      --amigo-color-brand-text: CanvasText;
      --amigo-color-link: LinkText;
      --amigo-color-focus: Highlight;
      --amigo-color-success: CanvasText;
      --amigo-color-warning: CanvasText;
      --amigo-color-error: CanvasText;
      --amigo-color-emergency: CanvasText;
      --amigo-shadow-panel: none;
      --amigo-shadow-launcher: none;
      --amigo-shadow-raised: none;
    }
  }
`;
