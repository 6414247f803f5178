import { MAX_JSON_LENGTH } from '../../lib/json.js';

/**
 * The lines of a text that arrives cut anywhere: trimmed, without the empty ones that keep a stream alive, and
 * with the last one whether or not a line feed ends it (protocol §e, Parsing). A line longer than any that is
 * parsed comes cut short, which makes it unreadable, and is the last.
 */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const trimmed = line.trim();
      if (trimmed !== '') yield trimmed;
    }
    if (rest.length > MAX_JSON_LENGTH) break;
  }
  const last = rest.trim();
  if (last !== '') yield last;
}
