import { shadowRootOf } from '../lib/shadow-root.js';
import { parseColour, type Rgb } from './colour.js';
import { deriveTheme, type Scheme } from './derive.js';
import { tokens, type TokenDefault, type TokenName } from './tokens.js';

/**
 * The rules that a page's own colours need: the theme derived from its brand colour, which other rules of the
 * page still win over, and the defaults in place of what is no colour, which win over the page.
 * @param host an element with a shadow root, to ask the browser what the brand colour is
 */
export function pageTheme(
  host: HTMLElement,
  invalid: readonly TokenName[],
  brand: string | undefined,
): string {
  const rgb = brand === undefined ? undefined : resolve(host, brand);
  return rules((scheme) => ({
    ...(rgb ? deriveTheme(rgb, scheme) : {}),
    ...Object.fromEntries(invalid.map((name) => [name, `${defaultOf(name, scheme)}!important`])),
  }));
}

/** A person's own forced colours are left alone. */
function rules(pick: (scheme: Scheme) => Readonly<Record<string, string>>): string {
  const [light, dark] = (['light', 'dark'] as const).map((scheme) =>
    Object.entries(pick(scheme))
      .map(([name, value]) => `--amigo-${name}:${value};`)
      .join(''),
  );
  return `@media (forced-colors:none){:host{${light}}:host([theme=dark]){${dark}}
@media (prefers-color-scheme:dark){:host(:not([theme=light])){${dark}}}}`;
}

function defaultOf(name: TokenName, scheme: Scheme): string {
  const value: TokenDefault = tokens[name];
  return typeof value === 'string' ? value : value[scheme === 'light' ? 0 : 1];
}

/** Any notation of CSS as red, green and blue: `color-mix` makes the browser say it in sRGB. */
function resolve(host: HTMLElement, colour: string): Rgb | undefined {
  const probe = host.ownerDocument.createElement('i');
  probe.style.color = colour;
  probe.style.color = `color-mix(in srgb, ${colour}, ${colour})`;
  shadowRootOf(host)?.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return parseColour(computed);
}
