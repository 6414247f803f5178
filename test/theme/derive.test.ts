import { describe, expect, it } from 'vitest';
import { contrast, luminance, mix, parseColour, toHex, white, type Rgb } from '../../src/theme/colour.js';
import { deriveTheme, type Scheme } from '../../src/theme/derive.js';
import { tokens, type TokenDefault } from '../../src/theme/tokens.js';
import { controlPairs, textPairs, type Colour, type ContrastPair } from './contrast-pairs.js';

/** Park and Miller's generator: the same brands in every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const next = random(20_261_120);
const channel = (): number => Math.floor(next() * 256);
const randomBrands = Array.from({ length: 200 }, (): Rgb => [channel(), channel(), channel()]);
const extremes: Rgb[] = ['#000', '#fff', '#ff0', '#0ff', '#f0f', '#f00', '#0f0', '#00f', '#808080'].map(
  (hex) => parseColour(hex) as Rgb,
);

/** The whole theme as an element would compute it: defaults, over them what was derived. */
function palette(brand: Rgb, scheme: Scheme): (name: Colour) => Rgb {
  const derived: Partial<Record<Colour, string>> = deriveTheme(brand, scheme);
  const resolve = (name: Colour): Rgb => {
    const value: TokenDefault = derived[name] ?? tokens[name];
    const text = typeof value === 'string' ? value : value[scheme === 'light' ? 0 : 1];
    const reference = /^var\(--amigo-(color-[\w-]+)\)$/.exec(text)?.[1] as Colour | undefined;
    const colour = reference ? resolve(reference) : parseColour(text);
    if (!colour) throw new Error(`${name} is no colour: ${text}`);
    return colour;
  };
  return resolve;
}

/** Every pair that falls short, in words. */
function shortfalls(brand: Rgb, scheme: Scheme, pairs: readonly ContrastPair[], least: number): string[] {
  const colour = palette(brand, scheme);
  return pairs.flatMap(([front, backs]) =>
    backs
      .map((back) => ({ back, ratio: contrast(colour(front), colour(back)) }))
      .filter(({ ratio }) => ratio < least)
      .map(({ back, ratio }) => `${toHex(brand)}: ${front} on ${back} is ${ratio.toFixed(2)}:1`),
  );
}

describe.each(['light', 'dark'] as const)('the %s theme derived from one brand colour', (scheme) => {
  const brands = [...randomBrands, ...extremes];

  it('gives every text 4.5:1, for 200 random brands and the extremes', () => {
    expect(brands.flatMap((brand) => shortfalls(brand, scheme, textPairs, 4.5))).toEqual([]);
  });

  it('gives every control 3:1, for the same brands', () => {
    expect(brands.flatMap((brand) => shortfalls(brand, scheme, controlPairs, 3))).toEqual([]);
  });
});

describe('a derived theme', () => {
  it('keeps a brand that has contrast enough as it is', () => {
    expect(deriveTheme([90, 30, 120], 'light')['color-brand-fill']).toBe('#5a1e78');
  });

  it('writes dark on a bright brand and white on a dark one', () => {
    expect(deriveTheme([140, 140, 0], 'light')['color-on-brand']).toBe('#000000');
    expect(deriveTheme([0, 60, 120], 'light')['color-on-brand']).toBe('#ffffff');
  });

  it('moves a yellow only as far as it must', () => {
    const fill = parseColour(deriveTheme([255, 255, 0], 'light')['color-brand-fill']) as Rgb;
    const [red, green, blue] = fill;
    expect(red).toBe(green);
    expect(blue).toBe(0);
    expect(contrast(fill, white)).toBeLessThan(4);
  });
});

describe('colours', () => {
  it.each<[string, Rgb | undefined]>([
    ['#0b6570', [11, 101, 112]],
    ['#FFF', [255, 255, 255]],
    ['rgb(1, 2, 3)', [1, 2, 3]],
    ['rgb(1 2 3 / 0.5)', [1, 2, 3]],
    ['rgba(1, 2, 3, 0.5)', [1, 2, 3]],
    ['color(srgb 1 0.5 0)', [255, 128, 0]],
    ['color(srgb 1.2 -0.1 0 / 0.5)', [255, 0, 0]],
    ['', undefined],
    ['#12', undefined],
    ['teal', undefined],
    ['oklch(0.5 0.1 200)', undefined],
  ])('reads %s', (text, colour) => {
    expect(parseColour(text)).toEqual(colour);
  });

  it('are mixed by share', () => {
    expect(mix([0, 0, 0], [100, 200, 255], 0.5)).toEqual([50, 100, 128]);
  });

  it('are measured as WCAG does', () => {
    expect(luminance(white)).toBe(1);
    expect(contrast([0, 0, 0], white)).toBe(21);
    expect(contrast([118, 118, 118], white)).toBeCloseTo(4.54, 2);
  });
});
