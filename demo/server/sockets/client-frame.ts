/** Longest text, in code points (protocol G5). */
export const MAX_TEXT = 10_000;

/** A user's text, the wish to stop, or what is wrong with the frame in words for `client_error`. */
export type ClientFrame = { readonly text: string } | { readonly stop: true } | { readonly problem: string };

/** A frame as a JSON object, or what is wrong with it. */
export function readObject(raw: Buffer, isBinary: boolean): Record<string, unknown> | { problem: string } {
  if (isBinary) return { problem: 'Frames must be text.' };
  return parse(raw.toString()) ?? { problem: 'A frame must be a JSON object.' };
}

/** A text of 1 to 10,000 code points that is not blank (protocol G5), or what is wrong with it. */
export function readText(text: unknown): { readonly text: string } | { readonly problem: string } {
  if (typeof text !== 'string' || text.trim() === '') return { problem: '"text" is missing or blank.' };
  if ([...text].length > MAX_TEXT) return { problem: `"text" is longer than ${MAX_TEXT} characters.` };
  return { text };
}

function parse(raw: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(raw);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
