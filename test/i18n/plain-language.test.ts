import { describe, expect, it } from 'vitest';
import { english, entries, read } from './catalogue-words.js';
import { grade, hardnessOf } from './plain-language.js';

/** What stands in the blanks of a text, where it is not a count. */
const typical: Record<string, readonly string[]> = {
  messageName: ['AI helper', '3:07 PM'],
  aboutMessage: ['I need a refill'],
  image: ['Your knee'],
  crossedOut: ['10 mg'],
  toolRunning: ['Find a time'],
  toolSucceeded: ['Find a time'],
  toolFailed: ['Find a time'],
  toolFinished: ['Find a time'],
  sayReply: ['Your visit is on Friday.'],
  sayLongReply: ['Your visit is on Friday.'],
  // Named to whoever sets the page up, and no word of ours: its length says nothing of the sentence.
  'errors.missing-attribute': ['it'],
  'errors.invalid-attribute': ['it'],
};

const texts = entries(english).map(([key, words]) => [key, read(words, ...(typical[key] ?? [2]))] as const);

describe('every text of ours is plain: grade 6, sentences of 20 words, no codes', () => {
  it.each(texts)('%s', (_, text) => {
    expect(hardnessOf(text)).toEqual([]);
  });

  it('has no blank that is filled with a number by mistake', () => {
    for (const [key, words] of entries(english)) {
      if (typeof words !== 'function' || typical[key]) continue;
      expect(read(words, 1234), `${key}: say in this test what its blank is filled with`).toContain('1,234');
    }
  });
});

describe('what is hard is found', () => {
  it.each([
    ['Authentication credentials have expired and require renewal.', /^grade/],
    ['Your provider’s medication reconciliation documentation is unavailable.', /^grade/],
    [
      'We will call you in the morning and then we will call you at noon and then we will call you at night.',
      /^23 words/,
    ],
    ['Notification preferences', /long word in a label: Notification/],
    ['Try again. ERR_TIMEOUT', /a code: ERR_TIMEOUT/],
    ['We could not connect (4001).', /a code: 4001/],
  ])('%s', (text, problem) => {
    expect(hardnessOf(text).join('\n')).toMatch(problem);
  });

  it.each(['Send', 'Your chat was passed on to the care team.', 'Is this an emergency? Call 911.'])(
    'and what is plain is not: %s',
    (text) => {
      expect(hardnessOf(text)).toEqual([]);
    },
  );

  it('grades as Flesch and Kincaid did', () => {
    // 10 words and 13 syllables in one sentence.
    const sentence = 'The children played with a little dog in the garden.';
    expect(grade(sentence)).toBeCloseTo(0.39 * 10 + 11.8 * (13 / 10) - 15.59, 5);
  });
});
