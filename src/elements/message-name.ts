/** Code points of a message that its buttons quote in their names. */
const QUOTED = 40;

/** The beginning of a text, on one line. */
export function beginning(text: string): string {
  // Two units per code point at most: a long reply is not walked through for its first words.
  const start = Array.from(
    text
      .slice(0, 2 * QUOTED + 2)
      .replace(/\s+/g, ' ')
      .trim(),
  );
  return start.length > QUOTED ? `${start.slice(0, QUOTED).join('').trimEnd()}…` : start.join('');
}
