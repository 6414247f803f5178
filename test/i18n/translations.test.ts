import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { conversationError, type ErrorCode } from '../../src/conversation/error.js';
import { builtInCatalogues, directionOf } from '../../src/i18n/catalogues.js';
import { errorText } from '../../src/i18n/error-text.js';
import { formatNumber } from '../../src/i18n/formats.js';
import { languages, type Language } from '../../src/i18n/languages.js';
import { en } from '../../src/i18n/locales/en.js';
import { es } from '../../src/i18n/locales/es.js';
import { mergeStrings, type StringOverrides } from '../../src/i18n/strings.js';
import { english, entries, read, spanish, type Words } from './catalogue-words.js';

/**
 * Texts that are new in English and Spanish and not yet in the other languages, which show them in English
 * until then. Translate them in src/i18n/locales and take them off this list.
 */
const awaitingTranslation: string[] = [];

async function catalogueOf(language: string): Promise<StringOverrides> {
  const found = builtInCatalogues[language];
  if (typeof found === 'function') return (await found()).default;
  return found === es ? spanish : english;
}

const tags = Object.keys(languages) as Language[];
const catalogues = await Promise.all(tags.map(async (tag) => [tag, await catalogueOf(tag)] as const));
const translations = catalogues.filter(([tag]) => tag !== 'en');

/** The script that most of a language's words must be in. */
const scripts: Partial<Record<Language, RegExp>> = {
  'zh-Hans': /\p{Script=Han}/u,
  'zh-Hant': /\p{Script=Han}/u,
  ar: /\p{Script=Arabic}/u,
  fa: /\p{Script=Arabic}/u,
  ko: /\p{Script=Hangul}/u,
  ru: /\p{Script=Cyrillic}/u,
  hi: /\p{Script=Devanagari}/u,
  hy: /\p{Script=Armenian}/u,
};

/** Words that are the same in English and in another language. */
const sameInEnglish: Partial<Record<Language, string[]>> = {
  fr: ['log', 'codeBlock'],
  fil: ['codeBlock'],
};

const names = (strings: StringOverrides): string[] => entries(strings).map(([key]) => key);

it('every language has a file, and every file is a language', () => {
  const files = readdirSync(new URL('../../src/i18n/locales', import.meta.url));
  expect(files.map((file) => file.replace('.ts', '')).sort()).toEqual([...tags].sort());
  expect(Object.keys(builtInCatalogues).sort()).toEqual([...tags].sort());
});

it('only English counts as reviewed: nobody has checked the others yet', () => {
  expect(catalogues.filter(([, { reviewed }]) => reviewed).map(([tag]) => tag)).toEqual(['en']);
});

describe.each(translations)('%s', (tag, translation) => {
  const full = mergeStrings(en, translation);

  it('has every text, and no other', () => {
    const present = new Set(names(translation));
    const lacking = names(english).filter((key) => !present.has(key));
    const awaited = tag === 'es' ? [] : awaitingTranslation;
    expect(lacking.sort(), 'translate these in src/i18n/locales').toEqual([...awaited].sort());
    expect([...present].filter((key) => !names(english).includes(key))).toEqual([]);
  });

  it('has blanks where English has them, and fills them', () => {
    const inEnglishToo = new Map(entries(english));
    for (const [key, words] of entries(translation)) {
      const original = inEnglishToo.get(key) as Words;
      expect(typeof words, key).toBe(typeof original);
      expect(Array.isArray(words), key).toBe(Array.isArray(original));
      if (typeof words !== 'function' || typeof original !== 'function') continue;
      expect(words.length, key).toBe(original.length);
      const inEnglish = read(original, 'Ψ1', 'Ψ2');
      for (const blank of ['Ψ1', 'Ψ2'])
        if (inEnglish.includes(blank)) expect(read(words, blank, 'Ψ2'), key).toContain(blank);
    }
  });

  it('writes counts as the language does', () => {
    for (const key of ['unread', 'newMessages', 'charactersLeft', 'charactersOver', 'sayUnread'] as const)
      expect(full[key](1234), key).toContain(
        formatNumber(tag === 'ht' ? 'fr' : tag === 'es' ? 'es-US' : tag, 1234),
      );
  });

  it('says everything in its own words', () => {
    const sameWords = new Map(entries(english).map(([key, words]) => [key, read(words, 'x', 'y')]));
    // Blanks alone, such as "sender, time", may be the same everywhere.
    const same = entries(translation)
      .filter(
        ([key, words]) =>
          read(words, 'x', 'y') === sameWords.get(key) && /\p{L}{2}/u.test(read(words, 'x', 'y')),
      )
      .map(([key]) => key);
    expect(same).toEqual(sameInEnglish[tag] ?? []);
  });

  it('writes them in its own script', () => {
    const script = scripts[tag] ?? /\p{Script=Latin}/u;
    const foreign = entries(translation).filter(([, words]) => {
      const text = read(words, 2, '1');
      return /\p{L}/u.test(text) && !script.test(text);
    });
    expect(foreign.map(([key]) => key)).toEqual([]);
  });

  it('says every error in a way of its own, in whole sentences, without a code', () => {
    const codes = Object.keys(en.errors) as ErrorCode[];
    const texts = codes.map((code) =>
      errorText(conversationError('configuration', code, { subject: 'lang' }), full),
    );
    expect(new Set(texts.map(({ what, action }) => `${what} ${action}`)).size).toBe(codes.length);
    for (const { what, action } of texts)
      for (const sentence of [what, action]) expect(sentence).toMatch(/^\P{N}+[.!。।։]$/u);
  });

  it('names the emergency number', () => {
    expect(full.emergency).toContain('911');
  });
});

describe('plurals', () => {
  const unread = async (tag: string, ...counts: number[]): Promise<string[]> => {
    const strings = mergeStrings(en, await catalogueOf(tag));
    return counts.map((count) => strings.unread(count));
  };

  it('Russian: one, few, many', async () => {
    expect(await unread('ru', 1, 3, 5, 11, 21, 22, 25)).toEqual([
      '1 новое сообщение',
      '3 новых сообщения',
      '5 новых сообщений',
      '11 новых сообщений',
      '21 новое сообщение',
      '22 новых сообщения',
      '25 новых сообщений',
    ]);
  });

  it('Polish: one, few, many', async () => {
    expect(await unread('pl', 1, 2, 5, 12, 22)).toEqual([
      '1 nowa wiadomość',
      '2 nowe wiadomości',
      '5 nowych wiadomości',
      '12 nowych wiadomości',
      '22 nowe wiadomości',
    ]);
  });

  it('Arabic: one, two, few, many, other', async () => {
    const number = (count: number): string => formatNumber('ar', count);
    expect(await unread('ar', 1, 2, 3, 11, 100)).toEqual([
      'رسالة جديدة واحدة',
      'رسالتان جديدتان',
      `${number(3)} رسائل جديدة`,
      `${number(11)} رسالة جديدة`,
      `${number(100)} رسالة جديدة`,
    ]);
  });

  it('French counts nothing in the singular; Chinese has one form', async () => {
    expect(await unread('fr', 0, 1, 2)).toEqual([
      '0 nouveau message',
      '1 nouveau message',
      '2 nouveaux messages',
    ]);
    expect(await unread('zh-Hans', 1, 2)).toEqual(['1 条新消息', '2 条新消息']);
  });
});

it('Arabic and Persian run from right to left, the others from left to right', () => {
  expect(tags.filter((tag) => directionOf(tag) === 'rtl')).toEqual(['ar', 'fa']);
});
