import { Readable } from 'node:stream';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoIds } from '../../demo/server/index.js';
import { decodeSse } from '../../src/protocol/turns/sse.js';
import { createConversation, streamTurn } from '../../src/protocol/turns/encode.js';
import { Recorder } from './recorder.js';

/** Real streams of the development server, in every framing, as bytes. */
const streams = new Map<string, Uint8Array>();
let recorder: Recorder;

beforeAll(async () => {
  recorder = await Recorder.open();
  const { workspaceId, serviceId, entityId } = demoIds;
  const target = { baseUrl: recorder.baseUrl, workspaceId, serviceId, entityId, toolEvents: true };
  for (const line_end of ['lf', 'crlf']) {
    for (const comments of [false, true]) {
      recorder.server.control.set({ fault: 'sse-framing', line_end, comments });
      const { id } = JSON.parse((await recorder.perform(createConversation(target))).body) as { id: string };
      const { body } = await recorder.perform(streamTurn(target, id, 'check my insurance', undefined));
      // Characters of two to four bytes, so that cuts fall inside of them too.
      const widened = thinned(body).replaceAll('insurance', 'ïnsürance 🩺 保険');
      streams.set(`${line_end}${comments ? ' with comments' : ''}`, new TextEncoder().encode(widened));
    }
  }
});
afterAll(() => recorder.server.close());

/** Fewer tokens and every other frame: short enough to be cut at each of its bytes. */
function thinned(body: string): string {
  const end = body.includes('\r\n') ? '\r\n\r\n' : '\n\n';
  let tokens = 0;
  const kept = (frame: string): boolean => !frame.includes('event: token') || tokens++ % 12 === 0;
  return body.split(end).filter(kept).join(end);
}

/** The text of the pieces, as a page reads a body. */
function* textOf(pieces: readonly Uint8Array[]): Generator<string> {
  const decoder = new TextDecoder();
  for (const piece of pieces) yield decoder.decode(piece, { stream: true });
  yield decoder.decode();
}

function eventsOf(pieces: readonly Uint8Array[]): Promise<unknown[]> {
  return collect(decodeSse(Readable.from(textOf(pieces)) as AsyncIterable<string>));
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all = [];
  for await (const item of items) all.push(item);
  return all;
}

function cutAt(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...new Set([...places.map((place) => place % bytes.length), bytes.length])].sort(
    (a, b) => a - b,
  );
  return ends.map((end, at) => bytes.subarray(ends[at - 1] ?? 0, end));
}

describe.each(['lf', 'crlf', 'lf with comments', 'crlf with comments'])('a streamed turn in %s', (name) => {
  it('gives the same events wherever it is cut in two', async () => {
    const bytes = streams.get(name)!;
    const whole = await eventsOf([bytes]);
    expect(whole.length).toBeGreaterThan(10);
    const wanted = JSON.stringify(whole);
    const wrong: number[] = [];
    for (let place = 1; place < bytes.length; place += 1)
      if (JSON.stringify(await eventsOf(cutAt(bytes, [place]))) !== wanted) wrong.push(place);
    expect(wrong).toEqual([]);
  });

  it('gives the same events byte by byte, and in pieces of any size', async () => {
    const bytes = streams.get(name)!;
    const whole = await eventsOf([bytes]);
    expect(await eventsOf(Array.from(bytes, (_, at) => bytes.subarray(at, at + 1)))).toEqual(whole);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat({ max: 1_000_000 }), { maxLength: 40 }), async (places) => {
        expect(await eventsOf(cutAt(bytes, places))).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });
});
