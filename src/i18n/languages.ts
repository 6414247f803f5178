/**
 * The languages that the widget speaks, each in its own word for itself: a person who reads only Korean must
 * find Korean. A tag is that of a file in `locales/`.
 */
export const languages = {
  en: 'English',
  es: 'Español',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  vi: 'Tiếng Việt',
  ar: 'العربية',
  fil: 'Filipino',
  ko: '한국어',
  ru: 'Русский',
  ht: 'Kreyòl ayisyen',
  'pt-BR': 'Português (Brasil)',
  fr: 'Français',
  fa: 'فارسی',
  pl: 'Polski',
  hi: 'हिन्दी',
  hy: 'Հայերեն',
} as const satisfies Record<string, string>;

/** A language with a catalogue of ours. */
export type Language = keyof typeof languages;
