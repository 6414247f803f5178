import { html, type TemplateResult } from 'lit';

/** One line drawing on a 24 × 24 grid, in the text's colour, unseen by screen readers. */
export function icon(path: string): TemplateResult {
  return html`<svg
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width="2"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d=${path}></path>
  </svg>`;
}

export const chatIcon = icon(
  'M20 15a3 3 0 0 1-3 3h-5l-5 4v-4a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3h10a3 3 0 0 1 3 3zM8.500 9.500h7M8.500 13h4',
);
export const closeIcon = icon('M6 6l12 12M18 6L6 18');
export const chevronIcon = icon('M6 9.500l6 6 6-6');
export const menuIcon = icon('M12 5a.5.5 0 1 0 .01 0zM12 11.500a.5.5 0 1 0 .01 0zM12 18a.5.5 0 1 0 .01 0z');
export const plusIcon = icon('M12 5v14M5 12h14');
export const endIcon = icon('M9 4H6a2 2 0 0 0-2 2v12a2 2 0 0 0 2 2h3M15 16l4-4-4-4M19 12H9');
export const alertIcon = icon('M12 4l9 16H3zM12 10v4M12 17v.01');
export const infoIcon = icon('M12 3a9 9 0 1 0 .01 0zM12 11v5M12 8v.01');
export const checkIcon = icon('M5 12.500l4.500 4.500L19 7.500');
export const offlineIcon = icon(
  'M4 4l16 16M12 19v.01M8.500 15.500a5 5 0 0 1 6.500-.4M5 12a10 10 0 0 1 4-2.300M13 9.100A10 10 0 0 1 19 12',
);
export const waitIcon = icon('M12 7v5l3 2M12 3a9 9 0 1 0 .01 0z');
export const sendIcon = icon('M12 19V5M5.500 11.500L12 5l6.500 6.500');
export const stopIcon = icon('M8 8h8v8H8zM12 3a9 9 0 1 0 .01 0z');
export const copyIcon = icon('M9 9h10v11H9zM5 15V4h10');
export const arrowDownIcon = icon('M12 5v14M5.500 12.500L12 19l6.500-6.500');
export const doubleCheckIcon = icon('M2 12.500l4.500 4.500L16 7.500M12 16l1 1 9-9.500');
export const lockIcon = icon('M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3');
