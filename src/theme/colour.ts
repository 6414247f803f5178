/** Colours of the sRGB screen: what a theme is derived from, and how well two of them can be told apart. */

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [red: number, green: number, blue: number];

export const white: Rgb = [255, 255, 255];
export const black: Rgb = [0, 0, 0];

/**
 * Reads `#rgb`, `#rrggbb`, and what browsers compute colours to: `rgb(…)` and `color(srgb …)`. Undefined for
 * anything else; transparency is ignored.
 */
export function parseColour(text: string): Rgb | undefined {
  const hex = /^#(?:([\da-f]{3})|([\da-f]{6}))$/i.exec(text.trim());
  if (hex) {
    const digits = hex[2] ?? (hex[1] ?? '').replace(/./g, '$&$&');
    return triple(digits.match(/../g)?.map((pair) => parseInt(pair, 16)));
  }
  const computed = /^(rgba?|color)\((?:srgb )?([^/)]+)/.exec(text.trim());
  const scale = computed?.[1] === 'color' ? 255 : 1;
  return triple(
    computed?.[2]
      ?.split(/[\s,]+/)
      .filter(Boolean)
      .map((part) => Number(part) * scale),
  );
}

function triple(parts: readonly number[] = []): Rgb | undefined {
  const [red = NaN, green = NaN, blue = NaN] = parts;
  return red + green + blue >= 0 ? [clamp(red), clamp(green), clamp(blue)] : undefined;
}

/** What a screen outside sRGB could show more of is brought to the edge of what ours can. */
const clamp = (channel: number): number => Math.min(255, Math.max(0, Math.round(channel)));

/** `#rrggbb`. */
export function toHex(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

/** The first colour with a share, 0 to 1, of the second. */
export function mix(colour: Rgb, other: Rgb, share: number): Rgb {
  const channel = (index: 0 | 1 | 2): number => clamp(colour[index] + (other[index] - colour[index]) * share);
  return [channel(0), channel(1), channel(2)];
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
export function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast ratio, 1 to 21 (WCAG 2.2). */
export function contrast(one: Rgb, other: Rgb): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}
