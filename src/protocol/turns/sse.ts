import { createParser } from 'eventsource-parser';
import type { ServerEvent } from '../../conversation/event.js';
import { MAX_JSON_LENGTH, isRecord, parseJson } from '../../lib/json.js';
import { turnEvents } from '../turn-events.js';

const malformed: ServerEvent = { type: 'frame.dropped', kind: 'malformed' };

/** The name stands in the `event:` line, or else in the body (protocol C26). */
function decode(line: string | undefined, data: string): readonly ServerEvent[] {
  const value = parseJson(data);
  if (!isRecord(value)) return [malformed];
  const name = line ?? value.event;
  return typeof name === 'string' ? turnEvents(name, value) : [malformed];
}

/** The events of a turn out of a stream of server-sent events, whose text may be cut anywhere (protocol §c). */
export async function* decodeSse(chunks: AsyncIterable<string>): AsyncGenerator<ServerEvent, undefined> {
  const ready: ServerEvent[] = [];
  let overflown = false;
  const parser = createParser({
    maxBufferSize: MAX_JSON_LENGTH,
    onEvent: ({ event, data }) => {
      ready.push(...decode(event, data));
    },
    onError: ({ type }) => {
      // An unknown field is the parser's to skip; a frame larger than any ends the stream.
      if (type !== 'max-buffer-size-exceeded') return;
      overflown = true;
      ready.push(malformed);
    },
  });
  for await (const chunk of chunks) {
    parser.feed(chunk);
    yield* ready.splice(0);
    if (overflown) return;
  }
}
