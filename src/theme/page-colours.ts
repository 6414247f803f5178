import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { shadowRootOf } from '../lib/shadow-root.js';
import { tokens, type TokenName } from './tokens.js';

const colourNames = (Object.keys(tokens) as TokenName[]).filter((name) => name.startsWith('color-'));
const brands: readonly string[] = tokens['color-brand'];

/**
 * Looks at the colours that the page gives the element. A brand colour of the page's own gets the rest of its
 * theme derived, and what is no colour at all gives way to the default; the code for both is loaded only then.
 * Looked at when the element enters a page, and when its own or the page's `class`, `style` or theme changes;
 * a rule that changes in a style sheet is seen at the next of these.
 */
export class PageColours implements ReactiveController {
  private readonly sheet = new CSSStyleSheet();
  private readonly observer = new MutationObserver(() => {
    this.look();
  });
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private seen = '';

  /** @param onInvalid told the name of a property whose value is no colour, without its `--amigo-` */
  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly onInvalid: (name: TokenName) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const { adoptedStyleSheets = [] } = shadowRootOf(this.host) ?? {};
    if (!adoptedStyleSheets.includes(this.sheet)) adoptedStyleSheets.push(this.sheet);
    for (const element of [this.host, this.host.ownerDocument.documentElement])
      this.observer.observe(element, { attributeFilter: ['class', 'style', 'theme', 'data-theme'] });
    this.dark.addEventListener('change', this.look);
    this.look();
  }

  hostDisconnected(): void {
    this.observer.disconnect();
    this.dark.removeEventListener('change', this.look);
  }

  private readonly look = (): void => {
    const style = getComputedStyle(this.host);
    // Outside the flat tree nothing is computed.
    if (!style.getPropertyValue('--amigo-z-index')) return;
    // What we put in place of a bad colour must not hide it.
    this.sheet.disabled = true;
    const brand = style.getPropertyValue('--amigo-color-brand');
    const bad: string[] = [];
    const invalid = colourNames.filter((name) => {
      const value = style.getPropertyValue(`--amigo-${name}`);
      // Colours that follow from a bad one mend with it.
      if (CSS.supports('color', value) || bad.some((cause) => value.includes(cause))) return false;
      return bad.push(value);
    });
    this.sheet.disabled = false;
    const found = [brand, ...bad].join();
    if (found === this.seen) return;
    this.seen = found;
    invalid.forEach(this.onInvalid);
    void this.write(invalid, brands.includes(brand) || invalid.includes('color-brand') ? undefined : brand);
  };

  private async write(invalid: readonly TokenName[], brand: string | undefined): Promise<void> {
    const { seen } = this;
    let rules = '';
    if (invalid.length > 0 || brand) {
      const page = await import('./page-theme.js').catch(() => undefined);
      rules = page?.pageTheme(this.host, invalid, brand) ?? '';
    }
    if (seen === this.seen) this.sheet.replaceSync(rules);
  }
}
