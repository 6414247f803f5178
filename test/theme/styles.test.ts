import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const src = new URL('../../src', import.meta.url).pathname;
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Every declaration in the css`` templates of a file: what has a property, a colon and a value. */
function declarations(file: string): { property: string; value: string }[] {
  const text = readFileSync(join(src, file), 'utf8');
  const css = [...text.matchAll(/(?:css|rules = )`([^`]*)`/g)].map(([, body = '']) => body).join('\n');
  return [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/([\w-]+):\s+([^;{}]+);/g)].map(
    ([, property = '', value = '']) => ({ property, value: value.replace(/\s+/g, ' ') }),
  );
}

const all = files.flatMap((file) => declarations(file).map((declaration) => ({ file, ...declaration })));

/** Declarations that break a rule, as sentences. */
const breaches = (broken: (declaration: { property: string; value: string }) => boolean): string[] =>
  all
    .filter((declaration) => broken(declaration))
    .map(({ file, property, value }) => `${file}: ${property}: ${value}`);

const fromToken = /^(?:var\(--amigo-[\w-]+\)|calc\([^;]*var\(--amigo-)/;

describe('the styles', () => {
  it('are found', () => {
    expect(all.length).toBeGreaterThan(300);
  });

  it('know start and end, never left and right', () => {
    const physical =
      /^(?:(?:margin|padding|border|scroll-\w+)-)?(?:left|right|top|bottom)\b|-(?:left|right)-/;
    expect(breaches(({ property }) => physical.test(property))).toEqual([]);
    expect(breaches(({ value }) => /^(?:left|right)$/.test(value))).toEqual([]);
  });

  it('measure in the direction of the text: inline-size and block-size', () => {
    expect(breaches(({ property }) => /^(?:(?:min|max)-)?(?:width|height)$/.test(property))).toEqual([]);
  });

  it('name no colour of their own', () => {
    const literal = /#[\da-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\(/i;
    expect(breaches(({ value }) => literal.test(value))).toEqual([]);
  });

  it('take corners, typefaces, text sizes and shadows from tokens', () => {
    const values: Record<string, RegExp> = {
      'border-radius': /^(?:0|inherit|50%)$/,
      'font-family': /^inherit$/,
      // Below 16px phones zoom into a field.
      'font-size': /^(?:inherit|[\d.]+em|max\(16px, var\(--amigo-font-size\)\))$/,
      'box-shadow': /^none$|^0 0 0 \d+px var\(/,
    };
    const corner = /^border-(?:start|end)-(?:start|end)-radius$/;
    expect(
      breaches(({ property, value }) => {
        const plain = values[corner.test(property) ? 'border-radius' : property];
        return plain !== undefined && !plain.test(value) && !fromToken.test(value);
      }),
    ).toEqual([]);
  });

  it('leave gaps of more than a few pixels to tokens', () => {
    const gap = /^(?:gap|(?:margin|padding)(?:-(?:block|inline)(?:-(?:start|end))?)?)$/;
    const large = /\b(?:[5-9]|\d\d+)px/;
    expect(breaches(({ property, value }) => gap.test(property) && large.test(value))).toEqual([]);
  });
});
