/** The longest text a message may have, in code points (protocol G5). */
export const MAX_MESSAGE_LENGTH = 10_000;

/** Length in code points: an emoji outside the basic plane counts once. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** True where nothing would be left after trimming. */
export function isBlank(text: string): boolean {
  return text.trim() === '';
}

/** What a page's script handed over as a text, which types do not hold it to: anything else is none. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
