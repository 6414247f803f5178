/** Longest text, in code points (protocol G5). */
export const MAX_TEXT = 10_000;

/** A user's text, or what is wrong with the frame in words for `client_error`. */
export type ClientFrame = { readonly text: string } | { readonly problem: string };

/** Reads a client's frame: `{"type":"user_text","text":"…"}` is the only one there is (protocol §a). */
export function readClientFrame(raw: Buffer, isBinary: boolean): ClientFrame {
  if (isBinary) return { problem: 'Frames must be text.' };
  const frame = parse(raw.toString());
  if (!frame) return { problem: 'A frame must be a JSON object.' };
  if (frame['type'] !== 'user_text') return { problem: 'Unknown type; only "user_text" is known.' };
  const text = frame['text'];
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
