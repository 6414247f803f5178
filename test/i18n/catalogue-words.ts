import { en } from '../../src/i18n/locales/en.js';
import { es } from '../../src/i18n/locales/es.js';
import * as ownWords from '../../src/i18n/own-words.js';
import type {
  ErrorStrings,
  ErrorText,
  OnDemandStrings,
  Strings,
  StringOverrides,
} from '../../src/i18n/strings.js';

/** A catalogue inside the script, with what the files loaded on demand bring in its language. */
function whole(catalogue: Strings): Strings & OnDemandStrings {
  const { withOwnWords: _, ...features } = ownWords;
  const own = Object.values(features).map((words) => words[catalogue.builtIn]);
  return Object.assign({}, catalogue, ...own) as Strings & OnDemandStrings;
}

export const english = whole(en);
export const spanish = whole(es);

export type Words = string | ErrorText | ((...blanks: never[]) => unknown);

/** Every text of a catalogue by its path, errors with both their sentences. */
export function entries(strings: Strings | StringOverrides): [key: string, words: Words][] {
  const { errors = {}, reviewed: _, builtIn: __, ...flat } = strings as Partial<Strings>;
  const nested = Object.entries(errors as ErrorStrings).map(
    ([key, text]) => [`errors.${key}`, text] as [string, Words],
  );
  return [...Object.entries(flat as Record<string, Words>), ...nested];
}

/** The text with its blanks filled, so that it can be read. */
export function read(words: Words, ...blanks: unknown[]): string {
  const text = typeof words === 'function' ? (words as (...args: unknown[]) => unknown)(...blanks) : words;
  return Array.isArray(text) ? text.join(' ') : String(text);
}
