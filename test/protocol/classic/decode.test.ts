import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../../../src/conversation/event.js';
import { ClassicDecoder, type DecoderOptions } from '../../../src/protocol/classic/decode.js';
import { splitLines } from '../../../src/protocol/classic/ndjson.js';

function decodeAll(lines: readonly object[], options: DecoderOptions = {}): readonly ServerEvent[] {
  let count = 0;
  const decoder = new ClassicDecoder({ createId: () => `c${String((count += 1))}`, ...options });
  return lines.flatMap((line) => decoder.decode(JSON.stringify(line)));
}

const completion = { type: 'interaction-complete', interaction_id: 'i1', full_message: 'Hello.' };
const whole = { type: 'agent.message', text: 'Hello.' };
const done = { type: 'turn.completed', turnId: 'i1' };
const over = { type: 'session.ended', reason: 'completed' };
const error = (type: string, rest: object): object => ({ type, ...rest });

describe('the lines of a classic stream', () => {
  it.each<[string, readonly object[], readonly object[]]>([
    [
      'begin a conversation',
      [{ type: 'conversation-created', conversation_id: 'x' }],
      [{ type: 'session.opened', conversationId: 'x', greets: true }],
    ],
    [
      'prove that the message arrived',
      [{ type: 'user-message-available', message_id: 'm', user_message: 'hi' }],
      [{ type: 'agent.typing' }],
    ],
    [
      'are pieces, whatever `stop` says',
      [
        { type: 'new-message', message: 'He', stop: false },
        { type: 'new-message', message: 'y', stop: true },
      ],
      [
        { type: 'agent.delta', text: 'He' },
        { type: 'agent.delta', text: 'y' },
      ],
    ],
    ['may be empty pieces', [{ type: 'new-message', message: '' }], []],
    ['end in the whole text (C15, full)', [completion], [whole, done]],
    ['end bare (C15)', [{ type: 'interaction-complete' }], [{ type: 'turn.completed' }]],
    ['end once, whatever is repeated', [completion, completion], [whole, done]],
    [
      'end the conversation with the interaction (C14)',
      [{ ...completion, conversation_completed: true }],
      [whole, done, over],
    ],
    ['end the conversation on their own (C14)', [completion, { type: 'end-session' }], [whole, done, over]],
    [
      'end the conversation once (C14, both)',
      [{ ...completion, conversation_completed: true }, { type: 'end-session' }],
      [whole, done, over],
    ],
    ['end a turn that they did not complete', [{ type: 'end-session' }], [{ type: 'turn.completed' }, over]],
    [
      'name what the agent does (C21, string)',
      [{ type: 'current-agent-action', action: 'navigate-state-machine' }],
      [{ type: 'agent.typing' }],
    ],
    [
      'name what the agent does (C21, object)',
      [{ type: 'current-agent-action', action: { type: 'engage-user' } }],
      [{ type: 'agent.typing' }],
    ],
    [
      'pass the time (C22, top)',
      [{ type: 'action-too-long', filler: 'One moment.' }],
      [{ type: 'agent.notice', text: 'One moment.' }],
    ],
    [
      'pass the time (C22, inside)',
      [{ type: 'current-agent-action', action: { type: 'action-too-long', filler: 'One moment.' } }],
      [{ type: 'agent.notice', text: 'One moment.' }],
    ],
    ['of no known type are dropped', [{ type: 'novelty' }], [{ type: 'frame.dropped', kind: 'unknown' }]],
    [
      'of a wrong shape are dropped',
      [{ type: 'new-message', message: 7 }, []],
      [
        { type: 'frame.dropped', kind: 'malformed' },
        { type: 'frame.dropped', kind: 'malformed' },
      ],
    ],
  ])('%s', (_, lines, events) => {
    expect(decodeAll(lines)).toEqual(events);
  });

  it('let nobody be greeted who spoke first', () => {
    const lines = [{ type: 'conversation-created', conversation_id: 'x' }];
    expect(decodeAll(lines, { creates: true, answers: true })).toMatchObject([{ greets: false }]);
  });

  it.each<[object, DecoderOptions, object]>([
    [{ http_error_code: 500, error_description: 'x' }, {}, { detail: '500', retryable: true }],
    [{ code: 'internal', message: 'x' }, {}, { detail: 'internal', retryable: true }],
    [{ http_error_code: 422 }, {}, { detail: '422', retryable: false }],
    [{}, {}, { detail: 'unknown', retryable: true }],
  ])('%j before completion rolls the turn back (C16)', (fields, options, told) => {
    expect(decodeAll([error('error', fields), completion], options)).toMatchObject([
      { type: 'turn.failed', rolledBack: true, error: { code: 'reply-failed', ...told } },
    ]);
  });

  it('an error takes the conversation along that it began', () => {
    expect(decodeAll([{ type: 'error' }], { creates: true })).toMatchObject([
      { type: 'turn.failed', discarded: true },
    ]);
    expect(decodeAll([{ type: 'error' }])[0]).not.toHaveProperty('discarded');
  });

  it('an error after completion keeps the turn', () => {
    const decoder = new ClassicDecoder();
    decoder.decode(JSON.stringify(completion));
    expect(decoder.brokeAfterwards).toBe(false);
    expect(decoder.decode('{"type":"error"}')).toMatchObject([{ type: 'session.notice' }]);
    expect(decoder.brokeAfterwards).toBe(true);
  });
});

describe('tools', () => {
  const started = (round: number, id: string): object => ({
    type: 'current-agent-action',
    action: { type: 'tool-call-started', tool_round_index: round, tool_id: id, input_params: { a: 1 } },
  });
  const ended = (round: number, id: string): object => ({
    type: 'current-agent-action',
    action: { type: 'tool-call-ended', tool_round_index: round, tool_id: id, result: 'ok', duration: 0.25 },
  });
  const calls = (lines: readonly object[]): readonly string[] =>
    decodeAll(lines).map((event) =>
      'callId' in event ? `${event.type} ${event.callId} ${event.toolName}` : event.type,
    );

  it('pair by round and tool, in order', () => {
    expect(calls([started(1, 'find'), started(2, 'find'), ended(2, 'find'), ended(1, 'find')])).toEqual([
      'tool.started c1 find',
      'tool.started c2 find',
      'tool.completed c2 find',
      'tool.completed c1 find',
    ]);
  });

  it('may run twice in a round, or end without a start', () => {
    expect(
      calls([started(1, 'find'), started(1, 'find'), ended(1, 'find'), ended(1, 'find'), ended(3, 'book')]),
    ).toEqual([
      'tool.started c1 find',
      'tool.started c2 find',
      'tool.completed c1 find',
      'tool.completed c2 find',
      'tool.completed c3 book',
    ]);
  });

  it('say how long they took, and never whether they succeeded', () => {
    expect(decodeAll([ended(1, 'find')])).toEqual([
      { type: 'tool.completed', callId: 'c1', toolName: 'find', result: 'ok', durationMs: 250 },
    ]);
  });

  it('have no name where only an id is given', () => {
    expect(calls([started(1, '68a1c0de5e41f1ce00000004')])).toEqual(['tool.started c1 ']);
  });
});

describe('the text of a stream', () => {
  const lines = [
    { type: 'conversation-created', conversation_id: 'x' },
    { type: 'new-message', message: 'Grüße 👩‍⚕️, ' },
    { type: 'new-message', message: 'ﷺ\n"…"' },
    completion,
  ].map((line) => JSON.stringify(line));
  const expected = [...lines];

  async function split(text: string, cuts: readonly number[]): Promise<readonly string[]> {
    const bytes = new TextEncoder().encode(text);
    const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort(
      (one, other) => one - other,
    );
    async function* chunks(): AsyncGenerator<string> {
      const decoder = new TextDecoder();
      let from = 0;
      for (const to of [...places, bytes.length]) {
        yield decoder.decode(bytes.subarray(from, to), { stream: true });
        from = to;
      }
      yield await Promise.resolve(decoder.decode());
    }
    const read: string[] = [];
    for await (const line of splitLines(chunks())) read.push(line);
    return read;
  }

  const forms: readonly [string, string][] = [
    ['with a last line feed', `${lines.join('\n')}\n`],
    ['without one', lines.join('\n')],
    ['with CRLF', lines.join('\r\n')],
    ['with empty lines to keep it alive', `\n\n${lines.join('\n \n\n')}\n\n`],
  ];

  it.each(forms)('%s is the same, cut at every byte', async (_, text) => {
    const length = new TextEncoder().encode(text).length;
    for (let cut = 0; cut <= length; cut += 1) expect(await split(text, [cut])).toEqual(expected);
    expect(
      await split(
        text,
        Array.from({ length }, (__, index) => index),
      ),
    ).toEqual(expected);
  });

  it('is the same in chunks of any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...forms), fc.array(fc.nat(400)), async ([, text], cuts) => {
        expect(await split(text, cuts)).toEqual(expected);
      }),
    );
  });

  it('ends with a line that is longer than any', async () => {
    const long = 'x'.repeat(1_100_000);
    expect((await split(long, [500_000])).length).toBe(1);
    expect(new ClassicDecoder().decode(long)).toEqual([{ type: 'frame.dropped', kind: 'malformed' }]);
  });
});
