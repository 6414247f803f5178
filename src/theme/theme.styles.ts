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
  /* The system's colours reach text, borders and backgrounds by themselves; icons and rings need telling. On
     paper they are black on white, whatever the page wants: browsers print no background under light text. */
  @media print {
    :host(:not([hidden])) {
      color-scheme: light !important;
    }
  }
  @media (forced-colors: active), print {
    :host(:not([hidden])) {
      --amigo-color-surface: Canvas !important;
      --amigo-color-surface-raised: Canvas !important;
      --amigo-color-surface-sunken: Canvas !important;
      --amigo-color-text: CanvasText !important;
      --amigo-color-text-muted: CanvasText !important;
      --amigo-color-border: CanvasText !important;
      --amigo-color-border-strong: CanvasText !important;
      --amigo-color-brand-fill: ButtonFace !important;
      --amigo-color-brand-fill-hover: ButtonFace !important;
      --amigo-color-on-brand: ButtonText !important;
      --amigo-color-agent-bubble: Canvas !important;
      --amigo-color-user-bubble: Canvas !important;
      --amigo-color-on-user-bubble: CanvasText !important;
      --amigo-color-warning-surface: Canvas !important;
      --amigo-color-error-surface: Canvas !important;
      --amigo-color-info-surface: Canvas !important;
      --amigo-color-emergency-surface: Canvas !important;
      --amigo-color-brand-text: CanvasText !important;
      --amigo-color-link: LinkText !important;
      --amigo-color-focus: Highlight !important;
      --amigo-color-success: CanvasText !important;
      --amigo-color-warning: CanvasText !important;
      --amigo-color-error: CanvasText !important;
      --amigo-color-emergency: CanvasText !important;
      --amigo-shadow-panel: none !important;
      --amigo-shadow-launcher: none !important;
      --amigo-shadow-raised: none !important;
    }
  }
`;
