import type { TokenName } from '../../src/theme/tokens.js';

export type Colour = Extract<TokenName, `color-${string}`>;

/** A colour in front, and every background that it may stand on. */
export type ContrastPair = readonly [front: Colour, backs: readonly Colour[]];

const surfaces: Colour[] = ['color-surface', 'color-surface-raised', 'color-surface-sunken'];
const strips: Colour[] = ['color-info-surface', 'color-warning-surface', 'color-error-surface'];

/** Each colour of text with every background it may stand on: 4.5:1 (WCAG 1.4.3). */
export const textPairs: readonly ContrastPair[] = [
  ['color-text', [...surfaces, ...strips, 'color-agent-bubble']],
  ['color-text-muted', [...surfaces, ...strips, 'color-agent-bubble']],
  ['color-brand-text', [...surfaces, 'color-agent-bubble']],
  ['color-link', [...surfaces, 'color-agent-bubble', 'color-info-surface', 'color-emergency-surface']],
  ['color-on-brand', ['color-brand-fill', 'color-brand-fill-hover']],
  ['color-on-agent-bubble', ['color-agent-bubble']],
  ['color-on-user-bubble', ['color-user-bubble']],
  ['color-success', [...surfaces, 'color-agent-bubble']],
  ['color-warning', [...surfaces, 'color-warning-surface', 'color-agent-bubble']],
  ['color-error', [...surfaces, 'color-error-surface', 'color-agent-bubble']],
  ['color-surface', ['color-error']],
  ['color-emergency', ['color-emergency-surface', ...surfaces]],
];

/** Outlines, rings and filled controls: 3:1 (WCAG 1.4.11). */
export const controlPairs: readonly ContrastPair[] = [
  ['color-border-strong', [...surfaces, ...strips]],
  ['color-focus', [...surfaces, ...strips, 'color-agent-bubble']],
  ['color-brand-fill', surfaces],
];
