import { describe, expect, it } from 'vitest';
import { conversationError, type ErrorCode } from '../../src/conversation/error.js';
import { errorText } from '../../src/i18n/error-text.js';
import { en } from '../../src/i18n/locales/en.js';
import { es } from '../../src/i18n/locales/es.js';
import { mergeStrings, type ErrorText, type Strings } from '../../src/i18n/strings.js';
import { entries, read } from './catalogue-words.js';

const patientErrors = (Object.keys(en.errors) as ErrorCode[]).filter(
  (code) => !['missing-attribute', 'invalid-attribute', 'missing-token-source'].includes(code),
);

/** Flesch-Kincaid grade; a syllable is a run of vowels, a silent final e apart. */
function grade(text: string): number {
  const words = text.match(/[a-z’']+/gi) ?? [];
  const sentences = text.match(/[.!?…]+/g)?.length ?? 1;
  const syllables = words.reduce((sum, word) => {
    const runs = word
      .toLowerCase()
      .replace(/(?<=[^aeiouyl])e$/, '')
      .match(/[aeiouy]+/g);
    return sum + Math.max(1, runs?.length ?? 1);
  }, 0);
  return 0.39 * (words.length / sentences) + 11.8 * (syllables / words.length) - 15.59;
}

describe.each([
  ['English', en],
  ['Spanish', es],
])('%s', (_, strings) => {
  it.each(entries(strings))('%s has words', (_key, words) => {
    expect(read(words, 2, '3:07 PM').trim()).not.toBe('');
    expect(read(words, 2, '3:07 PM')).not.toMatch(/undefined|\[object|\{|\}|TODO/);
  });

  it('has blanks where English has them', () => {
    const shape = (all: Strings): unknown =>
      entries(all).map(([key, words]) => [key, typeof words === 'function' ? words.length : typeof words]);
    expect(shape(strings)).toEqual(shape(en));
  });

  it('says every error in a way of its own, without a code', () => {
    const texts = patientErrors.map((code) => errorText(conversationError('server', code), strings));
    expect(new Set(texts.map(({ what, action }) => `${what} ${action}`)).size).toBe(patientErrors.length);
    for (const { what, action } of texts) {
      expect(what).toMatch(/^[^\d]+[.!]$/);
      expect(action).toMatch(/^[^\d]+[.!]$/);
    }
  });

  it.each(['missing-attribute', 'invalid-attribute'] as const)('names the attribute in %s', (code) => {
    const { what, action } = errorText(
      conversationError('configuration', code, { subject: 'service-id' }),
      strings,
    );
    expect(what).toContain('service-id');
    expect(action).toContain('service-id');
  });

  it('tells one from many', () => {
    expect(strings.unread(1)).not.toContain(strings.unread(2).replace(/^\S+ /, ''));
    expect(strings.unread(1200)).toMatch(/^1,200 /);
  });
});

describe('plain language', () => {
  // Of a handful of words the formula says nothing.
  const sentences = entries(en).flatMap(([key, words]) => {
    const text = read(words, 2, '3:07 PM');
    const sentence = /[.?!…]$/.test(text) && text.split(' ').length > 5 && !key.startsWith('errors.');
    return sentence ? [[key, text] as const] : [];
  });

  it.each(sentences)('keeps %s at reading grade 6 or below', (_, text) => {
    expect(grade(text)).toBeLessThanOrEqual(6);
  });

  it.each(patientErrors)('keeps %s at grade 6 or below', (code) => {
    expect(grade((en.errors[code] as ErrorText).join(' '))).toBeLessThanOrEqual(6);
  });
});

describe('texts of the page’s own', () => {
  it('lie over the built-in ones, single errors too', () => {
    const merged = mergeStrings(en, {
      panelTitle: 'Ask Elm Street',
      errors: { offline: ['No signal.', 'Wait.'] },
    });
    expect(merged.panelTitle).toBe('Ask Elm Street');
    expect(merged.send).toBe(en.send);
    expect(merged.errors.offline).toEqual(['No signal.', 'Wait.']);
    expect(merged.errors.forbidden).toBe(en.errors.forbidden);
  });

  it('leave the catalogue itself as it is', () => {
    mergeStrings(en, { errors: { offline: ['x', 'y'] } });
    expect(en.errors.offline[0]).toBe('You are offline.');
    expect(mergeStrings(en, undefined)).toBe(en);
  });
});
