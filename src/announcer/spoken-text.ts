/** Replies up to this many characters are read out whole. */
export const WHOLE_REPLY = 1000;

/** A sentence of at most this many characters is waited for; longer runs are said as they are. */
const LONGEST_SENTENCE = 2000;

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(locale: string): Intl.Segmenter {
  const known = segmenters.get(locale) ?? new Intl.Segmenter(locale, { granularity: 'sentence' });
  segmenters.set(locale, known);
  return known;
}

/** The text's sentences, none of them lost: joined they are the text again. */
export function sentences(text: string, locale: string): string[] {
  // Browsers before 2024 may lack Intl.Segmenter: line by line is coarser, but nothing is left out.
  if (!('Segmenter' in Intl)) return text.split(/(?<=\n)/);
  return Array.from(segmenter(locale).segment(text), ({ segment }) => segment);
}

/** The first two sentences, for a reply that is too long to be read out. */
export function beginning(text: string, locale: string): string {
  const start = sentences(text.slice(0, LONGEST_SENTENCE), locale).slice(0, 2).join('').trim();
  return start.length > WHOLE_REPLY ? `${start.slice(0, start.lastIndexOf(' ', WHOLE_REPLY))}…` : start;
}

/** What of a text that is still growing is complete: every sentence but the last. */
export function completeSentences(text: string, locale: string): string {
  const parts = sentences(text, locale);
  if (text.length <= LONGEST_SENTENCE) parts.pop();
  return parts.join('');
}
