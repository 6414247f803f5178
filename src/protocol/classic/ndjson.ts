import { MAX_JSON_LENGTH } from '../../lib/json.js';

/**
 * The lines of a text that arrives cut anywhere: trimmed, without the empty ones that keep a stream alive, and
 * with the last one whether or not a line feed ends it (protocol §e, Parsing). A line longer than any that is
 * parsed comes cut short, which makes it unreadable, and is the last.
 */
export async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string, undefined> {
  let rest = '';
  for await (const chunk of chunks) {
    // Only what is new is looked through: a long line in small pieces costs no more than in one.
    const lines = chunk.split('\n');
    for (const line of lines.splice(0, lines.length - 1)) {
      const trimmed = (rest + line).trim();
      rest = '';
      if (trimmed !== '') yield trimmed;
    }
    rest += lines.join('');
    if (rest.length > MAX_JSON_LENGTH) break;
  }
  const last = rest.trim();
  if (last !== '') yield last;
}
