import { formatNumber } from './formats.js';

/** The word for each plural category that a language has; `other` serves those left out. */
export type PluralForms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/**
 * Writes counts in one language: `counter('ru')(3, {one: 'сообщение', few: 'сообщения', other: 'сообщений'})`
 * is "3 сообщения". Which form a number takes is CLDR's knowledge, through `Intl.PluralRules`.
 */
export function counter(locale: string): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(locale);
  return (count, forms) => `${formatNumber(locale, count)} ${forms[rules.select(count)] ?? forms.other}`;
}
