import { createParser } from 'eventsource-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventStream, type StreamedEvent } from '../../src/protocol/turns/event-stream.js';

function ours(pieces: readonly string[]): readonly StreamedEvent[] {
  const stream = new EventStream();
  return pieces.flatMap((piece) => stream.feed(piece));
}

/** What a parser that others wrote makes of the same text in one piece. */
function theirs(text: string): readonly StreamedEvent[] {
  const events: StreamedEvent[] = [];
  const parser = createParser({ onEvent: ({ event = '', data }) => events.push({ name: event, data }) });
  parser.feed(text);
  return events;
}

const token = fc.constantFrom(
  ...['data', 'event', 'id', 'retry', 'dat', 'other', ':', ': ', ' ', '{"a":1}', 'ö🌞', '\t'],
  ...['\n', '\n', '\n\n', '\r', '\r\n', '\r\n\r\n', 'data: ', 'event: ', 'data: one\ndata: two\n\n'],
);
/** It ends with a line, because a CR at the very end may be half of a CR LF: either parser waits for what follows. */
const text = fc.array(token, { maxLength: 40 }).map((tokens) => `${tokens.join('')}end\n`);

describe('an event stream', () => {
  it('holds the events that eventsource-parser finds in it, however it is cut', () => {
    let found = 0;
    fc.assert(
      fc.property(text, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), (whole, sizes) => {
        const pieces: string[] = [];
        for (let at = 0, turn = 0; at < whole.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          pieces.push(whole.slice(at, at + size));
          at += size;
        }
        const expected = theirs(whole);
        found += expected.length;
        expect(ours([whole])).toEqual(expected);
        expect(ours(pieces)).toEqual(expected);
      }),
      { numRuns: 2_000 },
    );
    expect(found).toBeGreaterThan(500);
  });
});
