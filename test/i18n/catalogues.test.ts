import { describe, expect, it } from 'vitest';
import { builtInCatalogues, directionOf, matchCatalogue } from '../../src/i18n/catalogues.js';
import { formatDate, formatDuration, formatNumber, formatTime } from '../../src/i18n/formats.js';
import { en } from '../../src/i18n/locales/en.js';

const many = { en, es: en, 'zh-Hans': en, 'zh-Hant': en, 'pt-BR': en, fil: en };

describe('matchCatalogue', () => {
  it.each([
    ['en', 'en'],
    ['en-GB', 'en'],
    ['es-MX', 'es'],
    ['es_US', 'es'],
    ['ES', 'es'],
    ['zh-TW', 'zh-Hant'],
    ['zh', 'zh-Hans'],
    ['pt', 'pt-BR'],
    ['tl', 'fil'],
  ])('serves %s with %s', (tag, key) => {
    expect(matchCatalogue(tag, many)).toBe(key);
  });

  it.each(['de', 'klingon!', '', 'x', 'constructor'])('has nothing for "%s"', (tag) => {
    expect(matchCatalogue(tag, builtInCatalogues)).toBeUndefined();
  });
});

describe('directionOf', () => {
  it.each([
    ['ar', 'rtl'],
    ['fa-IR', 'rtl'],
    ['he', 'rtl'],
    ['ur', 'rtl'],
    ['en', 'ltr'],
    ['es-MX', 'ltr'],
    ['nonsense!', 'ltr'],
  ])('%s is written %s', (tag, direction) => {
    expect(directionOf(tag)).toBe(direction);
  });
});

describe('formats', () => {
  const noon = new Date(2026, 10, 20, 15, 7).getTime();

  it('follow the language', () => {
    expect(formatTime('en-US', noon)).toMatch(/^3:07\sPM$/);
    expect(formatTime('de', noon)).toBe('15:07');
    expect(formatDate('en-US', noon)).toBe('Friday, November 20, 2026');
    expect(formatDate('es', noon)).toBe('viernes, 20 de noviembre de 2026');
    expect(formatNumber('es-US', 10_000)).toBe('10,000');
  });

  it('give durations in seconds, from a minute on in minutes', () => {
    expect(formatDuration('en', 420)).toBe('0.4 sec');
    expect(formatDuration('en', 90_000)).toBe('1.5 min');
  });
});
