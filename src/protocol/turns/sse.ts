import type { ServerEvent } from '../../conversation/event.js';
import { MAX_JSON_LENGTH, isRecord, parseJson } from '../../lib/json.js';
import { turnEvents } from '../turn-events.js';
import { EventStream, type StreamedEvent } from './event-stream.js';

const malformed: readonly ServerEvent[] = [{ type: 'frame.dropped', kind: 'malformed' }];

/** The name stands in the `event:` line, or else in the body (protocol C26). */
function decode({ name, data }: StreamedEvent): readonly ServerEvent[] {
  const value = parseJson(data);
  if (!isRecord(value)) return malformed;
  const event = name || value.event;
  return typeof event === 'string' ? turnEvents(event, value) : malformed;
}

/**
 * The events of a turn out of a stream of server-sent events, whose text may be cut anywhere (protocol §c). A frame
 * larger than any ends the stream.
 */
export async function* decodeSse(chunks: AsyncIterable<string>): AsyncGenerator<ServerEvent, undefined> {
  const stream = new EventStream();
  for await (const chunk of chunks) {
    yield* stream.feed(chunk).flatMap(decode);
    if (stream.pending <= MAX_JSON_LENGTH) continue;
    yield* malformed;
    return;
  }
}
