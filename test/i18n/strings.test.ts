import { describe, expect, it } from 'vitest';
import { conversationError, type ErrorCode } from '../../src/conversation/error.js';
import { errorText } from '../../src/i18n/error-text.js';
import { en } from '../../src/i18n/locales/en.js';
import { es } from '../../src/i18n/locales/es.js';
import { mergeStrings, type Strings } from '../../src/i18n/strings.js';
import { entries, read } from './catalogue-words.js';

const patientErrors = (Object.keys(en.errors) as ErrorCode[]).filter(
  (code) => !['missing-attribute', 'invalid-attribute', 'missing-token-source'].includes(code),
);

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
