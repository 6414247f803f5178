/** What language a text is in, where the text itself says so: screen readers then read it in the right voice. */

/** Languages that have a script to themselves here; Arabic and Han are told apart below. */
const scripts: readonly (readonly [script: string, language: string])[] = [
  ['Hangul', 'ko'],
  ['Cyrillic', 'ru'],
  ['Arabic', 'ar'],
  ['Armenian', 'hy'],
  ['Devanagari', 'hi'],
  ['Hebrew', 'he'],
  ['Thai', 'th'],
  ['Bengali', 'bn'],
  ['Greek', 'el'],
  ['Han', 'zh'],
];

/** Words that most sentences have, and that few of the other languages share. */
const commonWords: Readonly<Record<string, string>> = {
  en: 'the and you your is are of to for with this have can we be on',
  es: 'el los las y usted su que del por está para una con puede es',
  fr: 'le les des et vous votre est une pour dans avec sur que pouvez du',
  pt: 'o os não e você sua seu uma com para está do da em pode',
  vi: 'của và là có không bạn quý vị được cho với các một này tôi',
  fil: 'ang ng mga sa inyong po ay kayo na ninyo para hindi ito ba kung',
  ht: 'ou yon pou nan ak yo mwen pa gen ki nou li ap kapab w',
  pl: 'się jest na nie do i w z że to dla oraz czy może jak',
};

/** As much of a text as decides; a long reply need not be read to its end. */
const SAMPLE = 400;
/** Fewer common words than these may be chance: a name, a quotation. */
const EVIDENCE = 3;

const wordLists = Object.entries(commonWords).map(
  ([language, words]) => [language, new Set(words.split(' '))] as const,
);

/** BCP 47 language of a text, or undefined where it does not say clearly. */
export function guessLanguage(text: string): string | undefined {
  const sample = text.slice(0, SAMPLE).toLowerCase();
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const mostly = (script: string): boolean =>
    2 * (sample.match(new RegExp(`\\p{Script=${script}}`, 'gu'))?.length ?? 0) > letters;
  if (mostly('Latin')) return guessByWords(sample);
  // Japanese is written in Han too, but never without kana; Urdu and Persian have letters that Arabic lacks.
  if (/[\u3041-\u30ff]/.test(sample)) return 'ja';
  const found = scripts.find(([script]) => mostly(script))?.[1];
  if (found !== 'ar') return found;
  return /[ٹڈڑے]/.test(sample) ? 'ur' : /[پچژگکی]/.test(sample) ? 'fa' : 'ar';
}

function guessByWords(sample: string): string | undefined {
  const words = sample.match(/[\p{L}\p{M}]+/gu) ?? [];
  const [best, second] = wordLists
    .map(([language, list]) => ({ language, hits: words.filter((word) => list.has(word)).length }))
    .sort((a, b) => b.hits - a.hits);
  const clear = best && best.hits >= EVIDENCE && best.hits >= 2 * (second?.hits ?? 0);
  return clear ? best.language : undefined;
}

/** {@link messageLanguage}: elements are handed it, because it is loaded on demand. */
export type MessageLanguage = typeof messageLanguage;

const known = new WeakMap<object, string | undefined>();

/**
 * The `lang` that a message needs, or undefined where it is in the language around it or says nothing clear.
 * Worked out once for each message object.
 * @param around BCP 47 tag of what the message stands in
 */
export function messageLanguage(message: { readonly text: string }, around: string): string | undefined {
  if (!known.has(message)) known.set(message, guessLanguage(message.text));
  const language = known.get(message);
  return language === around.split('-')[0] ? undefined : language;
}
