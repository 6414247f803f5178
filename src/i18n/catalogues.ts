import { en } from './locales/en.js';
import { es } from './locales/es.js';
import type { Strings, Translation } from './strings.js';

/** Brings a catalogue that is not in the bundle. */
export type CatalogueLoader = () => Promise<{ readonly default: Translation }>;

/** Catalogues by BCP 47 tag, at hand or loaded on demand. */
export type Catalogues = Readonly<Record<string, Strings | CatalogueLoader>>;

/**
 * Every language of ours: English and Spanish inside the bundle, each of the others a file of its own beside
 * the script, fetched from the same place when a page or a person asks for it.
 */
export const builtInCatalogues: Catalogues = {
  en,
  es,
  'zh-Hans': () => import('./locales/zh-Hans.js'),
  'zh-Hant': () => import('./locales/zh-Hant.js'),
  vi: () => import('./locales/vi.js'),
  ar: () => import('./locales/ar.js'),
  fil: () => import('./locales/fil.js'),
  ko: () => import('./locales/ko.js'),
  ru: () => import('./locales/ru.js'),
  ht: () => import('./locales/ht.js'),
  'pt-BR': () => import('./locales/pt-BR.js'),
  fr: () => import('./locales/fr.js'),
  fa: () => import('./locales/fa.js'),
  pl: () => import('./locales/pl.js'),
  hi: () => import('./locales/hi.js'),
  hy: () => import('./locales/hy.js'),
};

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
