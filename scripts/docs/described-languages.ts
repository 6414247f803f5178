import { builtInCatalogues, directionOf } from '../../src/i18n/catalogues.js';
import { languages } from '../../src/i18n/languages.js';

/** What the documentation says of a language. */
export interface DescribedLanguage {
  readonly tag: string;
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
  readonly reviewed: boolean;
  /** In the script itself rather than in a file beside it. */
  readonly inside: boolean;
}

export function describeLanguages(): Promise<DescribedLanguage[]> {
  return Promise.all(
    Object.entries(languages).map(async ([tag, name]) => {
      const found = builtInCatalogues[tag];
      const inside = typeof found !== 'function';
      const catalogue = inside ? found : (await found()).default;
      return { tag, name, direction: directionOf(tag), reviewed: catalogue?.reviewed ?? false, inside };
    }),
  );
}
