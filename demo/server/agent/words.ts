import { CONCEPTS, type Concept } from './concepts.js';

/** A patient's text, made comparable. */
export interface Words {
  /** Lower case, without accents and punctuation; contractions written out. */
  readonly plain: string;
  readonly concepts: ReadonlySet<Concept>;
}

/** Words by their stems and phrases by their words, each with what it stands for. */
const singles = new Map<string, Concept[]>();
const phrases: [string, Concept][] = [];

for (const [concept, list] of Object.entries(CONCEPTS) as [Concept, string][]) {
  for (const entry of list.split(',').map((one) => one.trim())) {
    const stems = entry.split(' ').map(stem);
    if (stems.length > 1) phrases.push([` ${stems.join(' ')} `, concept]);
    else singles.set(stems[0] ?? '', [...(singles.get(stems[0] ?? '') ?? []), concept]);
  }
}

/** Reads a text into what it talks about. */
export function readWords(text: string): Words {
  const plain = plainText(text);
  const stems = plain.split(' ').map(stem);
  const line = ` ${stems.join(' ')} `;
  const concepts = new Set(stems.flatMap((one) => singles.get(one) ?? singles.get(nearest(one)) ?? []));
  for (const [phrase, concept] of phrases) if (line.includes(phrase)) concepts.add(concept);
  return { plain, concepts };
}

/** Lower case without accents; "can't" becomes "cannot"; a colon stays within a time. The patterns of the skills rely on this form. */
export function plainText(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’`]/g, "'")
    .replace(/\bcan'?t\b|\bcan not\b/g, 'cannot')
    .replace(/\bwon'?t\b/g, 'will not')
    .replace(/n't\b/g, ' not')
    .replace(/'(?:s|m|ll|ve|d|re)\b/g, '')
    .replace(/(?<!\d):|:(?!\d)|[^\p{L}\p{N}:]+/gu, ' ')
    .replace(/ +/g, ' ')
    .trim();
}

/** A light stemmer: enough that "moving", "moved" and "moves" meet. */
export function stem(word: string): string {
  if (word.length <= 3) return word;
  const base = word
    .replace(/ies$/, 'y')
    .replace(/(?:ment|ness|tion|ation)s?$/, (ending, at: number) => (at > 3 ? '' : ending))
    .replace(/(?:ing|ed|ly|es|s)$/, (ending, at: number) => (at >= 3 && !word.endsWith('ss') ? '' : ending));
  return base.replace(/([b-df-hj-np-tv-z])\1$/, '$1').replace(/e$/, '');
}

/** The known word that a long word is one slip of the finger away from; the word itself if there is none. */
function nearest(word: string): string {
  if (word.length < 6) return word;
  for (const known of singles.keys()) if (known.length >= 5 && isOneSlip(word, known)) return known;
  return word;
}

function isOneSlip(left: string, right: string): boolean {
  if (Math.abs(left.length - right.length) > 1) return false;
  let at = 0;
  while (at < left.length && left[at] === right[at]) at += 1;
  const rest = (word: string, skip: number): string => word.slice(at + skip);
  const swapped =
    left[at] === right[at + 1] && left[at + 1] === right[at] && rest(left, 2) === rest(right, 2);
  return (
    swapped ||
    rest(left, 1) === rest(right, 1) ||
    rest(left, 1) === rest(right, 0) ||
    rest(left, 0) === rest(right, 1)
  );
}
