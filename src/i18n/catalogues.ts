import { en } from './locales/en.js';
import { es } from './locales/es.js';
import type { Strings } from './strings.js';

/** Brings a catalogue that is not in the bundle. */
export type CatalogueLoader = () => Promise<Strings>;

/** Catalogues by BCP 47 tag, at hand or loaded on demand. */
export type Catalogues = Readonly<Record<string, Strings | CatalogueLoader>>;

/** What every bundle has inside. */
export const builtInCatalogues: Catalogues = { en, es };

/**
 * The tag of the catalogue that serves a language best, or undefined: the tag itself, then its likely
 * script (`zh-TW` → `zh-Hant`), its likely region (`pt` → `pt-BR`), its bare language (`es-MX` → `es`).
 */
export function matchCatalogue(tag: string, catalogues: Catalogues): string | undefined {
  const locale = parse(tag);
  if (!locale) return undefined;
  const { language, script, region } = locale.maximize();
  const candidates = [locale.baseName, `${language}-${script}`, `${language}-${region}`, language];
  return candidates.find((candidate) => Object.hasOwn(catalogues, candidate));
}

/** Direction of the language's script. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const script = parse(tag)?.maximize().script;
  return /^(Arab|Hebr|Thaa|Syrc|Nkoo|Adlm)$/.test(script ?? '') ? 'rtl' : 'ltr';
}

/** Undefined for what is no language tag at all: `Intl` throws on it, a page's typing error must not. */
function parse(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag.replaceAll('_', '-'));
  } catch {
    return undefined;
  }
}
