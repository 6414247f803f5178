import type { ErrorStrings, ErrorText, Strings, StringOverrides } from '../../src/i18n/strings.js';

export type Words = string | ErrorText | ((...blanks: never[]) => unknown);

/** Every text of a catalogue by its path, errors with both their sentences. */
export function entries(strings: Strings | StringOverrides): [key: string, words: Words][] {
  const { errors = {}, reviewed: _, ...flat } = strings;
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
