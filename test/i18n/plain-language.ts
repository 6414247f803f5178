import { fleschKincaid } from 'flesch-kincaid';
import { syllable } from 'syllable';

/** Highest reading grade of a text, by Flesch and Kincaid. */
export const MAX_GRADE = 6;
/** Most words of a sentence: the Center for Health Care Strategies asks for 15 to 20. */
export const MAX_WORDS = 20;
/** Up to so many words a text is a label, of which the formula says nothing. */
const LABEL = 4;
/** Most syllables of a word in a label. */
const MAX_SYLLABLES = 3;

const sentencesOf = (text: string): string[] =>
  [...new Intl.Segmenter('en', { granularity: 'sentence' }).segment(text)]
    .map(({ segment }) => segment.trim())
    .filter((sentence) => /\p{L}/u.test(sentence));

const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}][\p{L}\p{N}’'._-]*/gu) ?? [];

/** Reading grade of a text that is read in one go. */
export function grade(text: string): number {
  const words = wordsOf(text);
  return fleschKincaid({
    sentence: Math.max(1, sentencesOf(text).length),
    word: words.length,
    syllable: words.reduce((sum, word) => sum + syllable(word), 0),
  });
}

/** What makes a text hard to read, as sentences; none where it is plain. */
export function hardnessOf(text: string): string[] {
  const words = wordsOf(text);
  const found = sentencesOf(text)
    .filter((sentence) => wordsOf(sentence).length > MAX_WORDS)
    .map((sentence) => `${wordsOf(sentence).length} words in one sentence: ${sentence}`);
  if (words.length > LABEL) {
    const level = grade(text);
    if (level > MAX_GRADE) found.push(`grade ${level.toFixed(1)}: ${text}`);
  } else {
    const long = words.filter((word) => syllable(word) > MAX_SYLLABLES);
    found.push(...long.map((word) => `a long word in a label: ${word}`));
  }
  // A code is written as no word is: in capitals, with a line below, or with a number.
  const codes = words.filter((word) => /^(?!AI$|PM$)\p{Lu}{2,}|_|\p{L}\p{N}|^[45]\d\d\d?$/u.test(word));
  return [...found, ...codes.map((code) => `a code: ${code}`)];
}
