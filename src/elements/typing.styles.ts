import { css, type CSSResultGroup } from 'lit';
import { baseStyles } from '../theme/base.styles.js';

export const typingStyles: CSSResultGroup = [
  baseStyles,
  css`
    :host {
      display: flex;
      align-items: center;
      gap: var(--amigo-space-2);
      color: var(--amigo-color-text-muted);
      font-size: var(--amigo-font-size-small);
    }
    .dots {
      display: inline-flex;
      gap: 4px;
      padding: var(--amigo-space-3) var(--amigo-space-4);
      border: 1px solid transparent;
      border-radius: var(--amigo-radius-bubble);
      border-end-start-radius: var(--amigo-radius-small);
      background: var(--amigo-color-agent-bubble);
    }
    i {
      inline-size: 7px;
      block-size: 7px;
      border-radius: 50%;
      background: var(--amigo-color-text-muted);
      animation: breathe 1.3s ease-in-out infinite;
    }
    i:nth-child(2) {
      animation-delay: 0.16s;
    }
    i:nth-child(3) {
      animation-delay: 0.32s;
    }
    @keyframes breathe {
      0%,
      60%,
      100% {
        opacity: 0.35;
      }
      30% {
        opacity: 1;
        transform: translateY(-2px);
      }
    }
    @media (forced-colors: active) {
      .dots {
        border-color: CanvasText;
      }
      i {
        background: CanvasText;
      }
    }
  `,
];
