import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../../src/conversation/event.js';
import { decodeSse } from '../../src/protocol/turns/sse.js';

async function decode(pieces: Iterable<string>): Promise<readonly ServerEvent[]> {
  const events: ServerEvent[] = [];
  async function* chunks(): AsyncGenerator<string> {
    for (const piece of pieces) yield await Promise.resolve(piece);
  }
  for await (const event of decodeSse(chunks())) events.push(event);
  return events;
}

/** A turn as the platform streams it: names in both places, comments, a frame over two lines, an unknown one. */
const turn = [
  ': keep-alive',
  '',
  'event: thinking',
  'data: {"tier":1,"tier_name":"fast"}',
  '',
  'event: token',
  'data: {"event":"token","text":"Good "}',
  '',
  'data: {"event":"token","text":"mörning 🌞"}',
  '',
  'event: tool_call_started',
  'data: {"tool_name":"lookup","call_id":"k1",',
  'data: "input":"{}"}',
  '',
  'event: from_the_future',
  'data: {}',
  '',
  'event: message',
  'data: {"role":"agent","text":"Good mörning 🌞"}',
  '',
  'event: done',
  'data: {"conversation_id":"c1","status":"active","turn_count":1,"turn_id":"t1","delivery_protocol_version":2}',
  '',
  '',
];

const expected: readonly ServerEvent[] = [
  { type: 'agent.typing' },
  { type: 'agent.delta', text: 'Good ' },
  { type: 'agent.delta', text: 'mörning 🌞' },
  { type: 'tool.started', callId: 'k1', toolName: 'lookup', input: '{}' },
  { type: 'frame.dropped', kind: 'unknown' },
  { type: 'agent.message', text: 'Good mörning 🌞' },
  { type: 'turn.completed', conversationId: 'c1', turnId: 't1', turnCount: 1, receipts: true },
];

describe.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('server-sent events with %s', (_name, newline) => {
  const text = turn.join(newline);

  it('mean the same in one piece, and one character at a time', async () => {
    expect(await decode([text])).toEqual(expected);
    expect(await decode(text)).toEqual(expected);
  });

  it('mean the same wherever they are cut in two', async () => {
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(await decode([text.slice(0, cut), text.slice(cut)])).toEqual(expected);
    }
  });

  it('mean the same in pieces of any sizes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), async (sizes) => {
        const pieces: string[] = [];
        for (let at = 0, turnOf = 0; at < text.length; turnOf += 1) {
          const size = sizes[turnOf % sizes.length] ?? 1;
          pieces.push(text.slice(at, at + size));
          at += size;
        }
        expect(await decode(pieces)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a stream that is none', () => {
  it('drops what is no JSON and goes on', async () => {
    const text = 'event: token\ndata: {oops\n\nevent: token\ndata: {"text":"a"}\n\n';
    expect(await decode([text])).toEqual([
      { type: 'frame.dropped', kind: 'malformed' },
      { type: 'agent.delta', text: 'a' },
    ]);
  });

  it('ends at a frame larger than any', async () => {
    const text = `event: token\ndata: ${'x'.repeat(1_100_000)}`;
    expect(await decode([text, '\n\nevent: token\ndata: {"text":"a"}\n\n'])).toEqual([
      { type: 'frame.dropped', kind: 'malformed' },
    ]);
  });
});
