import { black, contrast, mix, parseColour, toHex, white, type Rgb } from './colour.js';
import { tokens, type TokenDefault, type TokenName } from './tokens.js';

export type Scheme = 'light' | 'dark';

/** The tokens that follow from the brand colour. */
export type DerivedName = Extract<
  TokenName,
  | 'color-brand-fill'
  | 'color-brand-fill-hover'
  | 'color-on-brand'
  | 'color-brand-text'
  | 'color-surface-sunken'
  | 'color-agent-bubble'
  | 'color-info-surface'
>;

/** Contrast that text needs (WCAG 1.4.3), and what shows where a control is (1.4.11). */
const TEXT = 4.5;
const CONTROL = 3;

/** Share of the brand in the tinted backgrounds. */
const TINTS = {
  'color-surface-sunken': 0.04,
  'color-agent-bubble': 0.07,
  'color-info-surface': 0.09,
} as const;

const defaultOf = (name: TokenName, scheme: Scheme): Rgb => {
  const value: TokenDefault = tokens[name];
  return parseColour(typeof value === 'string' ? value : value[scheme === 'light' ? 0 : 1]) ?? black;
};

/**
 * The brand's part of a theme: fills, text and tinted backgrounds in which every text reaches 4.5:1 and every
 * control 3:1, whatever the brand. A colour too pale or too dark for that keeps its hue and moves just far enough.
 */
export function deriveTheme(brand: Rgb, scheme: Scheme): Readonly<Record<DerivedName, string>> {
  const tinted = tints(brand, scheme);
  const surfaces = [
    defaultOf('color-surface', scheme),
    defaultOf('color-surface-raised', scheme),
    tinted['color-surface-sunken'],
  ];
  const fill = reach(brand, surfaces, CONTROL, scheme);
  const onBrand = contrast(white, fill) >= TEXT ? white : black;
  const backgrounds = [
    ...surfaces,
    tinted['color-agent-bubble'],
    tinted['color-info-surface'],
    defaultOf('color-emergency-surface', scheme),
  ];
  return {
    'color-brand-fill': toHex(fill),
    // Away from the text on it, so that hovering never costs contrast.
    'color-brand-fill-hover': toHex(mix(fill, onBrand === white ? black : white, 0.12)),
    'color-on-brand': toHex(onBrand),
    'color-brand-text': toHex(reach(brand, backgrounds, TEXT, scheme)),
    'color-surface-sunken': toHex(tinted['color-surface-sunken']),
    'color-agent-bubble': toHex(tinted['color-agent-bubble']),
    'color-info-surface': toHex(tinted['color-info-surface']),
  };
}

/** Backgrounds with a breath of the brand: at most as dark (or bright) as still leaves every text its contrast. */
function tints(brand: Rgb, scheme: Scheme): Record<keyof typeof TINTS, Rgb> {
  const hue = scheme === 'light' ? brand : mix(brand, black, 0.25);
  const tint = (name: keyof typeof TINTS): Rgb => {
    const base = scheme === 'light' ? white : defaultOf(name, scheme);
    return mix(base, hue, TINTS[name]);
  };
  return {
    'color-surface-sunken': tint('color-surface-sunken'),
    'color-agent-bubble': tint('color-agent-bubble'),
    'color-info-surface': tint('color-info-surface'),
  };
}

/** The colour nearest to the given one that stands out from all backgrounds: darker in the light, lighter in the dark. */
function reach(colour: Rgb, backgrounds: readonly Rgb[], ratio: number, scheme: Scheme): Rgb {
  const pole = scheme === 'light' ? black : white;
  for (let percent = 0; percent < 100; percent += 1) {
    const candidate = mix(colour, pole, percent / 100);
    if (backgrounds.every((background) => contrast(candidate, background) >= ratio)) return candidate;
  }
  return pole;
}
