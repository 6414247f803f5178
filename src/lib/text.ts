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
