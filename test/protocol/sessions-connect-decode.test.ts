import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '../../src/conversation/event.js';
import { MAX_JSON_DEPTH, MAX_JSON_LENGTH } from '../../src/lib/json.js';
import { decode } from '../../src/protocol/sessions-connect/decode.js';

const unknown: ServerEvent = { type: 'frame.dropped', kind: 'unknown' };
const malformed: ServerEvent = { type: 'frame.dropped', kind: 'malformed' };

type Fields = Readonly<Record<string, unknown>>;
const enveloped = (event: string, data: Fields): string => JSON.stringify({ event, data });
const beside = (event: string, data: Fields): string => JSON.stringify({ event, ...data });
const flat = (type: string, data: Fields): string => JSON.stringify({ type, ...data });

/** Every frame of protocol §a with what it means. */
type FrameCase = readonly [name: string, data: Fields, ...events: ServerEvent[]];

const frames: readonly FrameCase[] = [
  [
    'session.created',
    { conversation_id: 'c1', entity_id: 'e1', service_id: 's1' },
    { type: 'session.opened', conversationId: 'c1', entityId: 'e1' },
  ],
  ['session.created', {}, { type: 'session.opened' }],
  ['session.created', { conversation_id: null, entity_id: null }, { type: 'session.opened' }],
  ['token', { text: 'Hel' }, { type: 'agent.delta', text: 'Hel' }],
  ['token', { text: '\ud800' }, { type: 'agent.delta', text: '\ud800' }],
  ['thinking', { tier: 1, tier_name: 'fast' }, { type: 'agent.typing' }],
  [
    'tool_call_started',
    { tool_name: 'lookup', call_id: 'k1', input: '{"day":5}' },
    { type: 'tool.started', toolName: 'lookup', callId: 'k1', input: '{"day":5}' },
  ],
  // protocol C27: string, object, null and broken JSON all occur.
  [
    'tool_call_started',
    { tool_name: 'lookup', call_id: 'k1', input: { day: 5 } },
    { type: 'tool.started', toolName: 'lookup', callId: 'k1', input: '{\n  "day": 5\n}' },
  ],
  [
    'tool_call_started',
    { tool_name: 'lookup', call_id: 'k1', input: null },
    { type: 'tool.started', toolName: 'lookup', callId: 'k1' },
  ],
  [
    'tool_call_started',
    { tool_name: '', call_id: 'k1', input: '{"day":' },
    { type: 'tool.started', toolName: '', callId: 'k1', input: '{"day":' },
  ],
  [
    'tool_call_completed',
    { tool_name: 'lookup', call_id: 'k1', result: 'Fri', succeeded: true, duration_ms: 12 },
    {
      type: 'tool.completed',
      toolName: 'lookup',
      callId: 'k1',
      result: 'Fri',
      succeeded: true,
      durationMs: 12,
    },
  ],
  [
    'tool_call_completed',
    { tool_name: null, call_id: 'k1', result: '', succeeded: false, duration_ms: null },
    { type: 'tool.completed', toolName: '', callId: 'k1', succeeded: false },
  ],
  ['message', { role: 'agent', text: 'Hello' }, { type: 'agent.message', text: 'Hello' }],
  ['message', { text: 'Hello' }, { type: 'agent.message', text: 'Hello' }],
  ['message', { role: 'user', text: 'hi' }],
  ['message', { role: 'system', text: 'Be kind' }],
  [
    'done',
    { conversation_id: 'c1', status: 'active', turn_count: 0, turn_id: null },
    { type: 'turn.completed', turnCount: 0, conversationId: 'c1' },
  ],
  [
    'done',
    { turn_id: 't1', turn_count: 3, turn_index: 2 },
    { type: 'turn.completed', turnId: 't1', turnCount: 3 },
  ],
  ['done', { background_pending: true }, { type: 'turn.completed' }, { type: 'turn.pending' }],
  [
    'done',
    { background_pending: null, delivery_protocol_version: 2 },
    { type: 'turn.completed', receipts: true },
  ],
  ['ping', {}, { type: 'ping' }],
];

const cases = frames.map(([name, data, ...events]) => ({ name, data, events }));

describe('a frame of sessions/connect', () => {
  it.each(cases)(
    '$name $data means the same enveloped and with its fields beside the name',
    ({ name, data, events }) => {
      expect(decode(enveloped(name, data))).toEqual(events);
      expect(decode(beside(name, data))).toEqual(events);
    },
  );

  it.each(cases)('$name $data means the same where it is flat', ({ name, data, events }) => {
    expect(decode(flat(name, data))).toEqual(events);
  });

  it.each([
    [
      'session_started',
      { session_id: 'x', conversation_id: 'c1' },
      { type: 'session.opened', conversationId: 'c1' },
    ],
    ['typing', {}, { type: 'agent.typing' }],
    ['response_complete', { duplicate: true }, { type: 'turn.completed' }],
    ['session_ended', { reason: 'escalated' }, { type: 'session.ended', reason: 'escalated' }],
    ['session_ended', {}, { type: 'session.ended', reason: 'other' }],
    ['session_ended', { reason: 7 }, { type: 'session.ended', reason: 'other' }],
  ])('of the flat dialect has its own names: %s %j', (name, data, event) => {
    expect(decode(flat(name, data))).toEqual([event]);
  });

  it('ignores fields it does not know', () => {
    expect(decode(JSON.stringify({ event: 'token', data: { text: 'Hi', novel: [1] }, id: 7 }))).toEqual([
      { type: 'agent.delta', text: 'Hi' },
    ]);
  });

  it('that is empty says nothing', () => {
    expect(decode(enveloped('token', { text: '' }))).toEqual([]);
  });
});

describe('an error frame', () => {
  const failure = (data: Fields): unknown => decode(enveloped('error', data))[0];
  it.each([
    [{ message: 'x' }, 'unknown', 'reply-failed', false],
    [{ code: null, message: 'x', retryable: null, status_code: null }, 'unknown', 'reply-failed', false],
    [{ code: 'unknown', retryable: true }, 'unknown', 'reply-failed', true],
    [{ code: 'a_new_code' }, 'a_new_code', 'reply-failed', false],
    [{ code: 'upstream_error' }, 'upstream_error', 'reply-failed', false],
    [{ code: 'upstream_error', status_code: 400 }, 'upstream_error', 'reply-failed', false],
    [{ code: 'upstream_error', status_code: 408 }, 'upstream_error', 'reply-failed', true],
    [{ code: 'upstream_error', status_code: 429 }, 'upstream_error', 'reply-failed', true],
    [{ code: 'upstream_error', status_code: 503 }, 'upstream_error', 'reply-failed', true],
    [{ code: 'upstream_error', status_code: 503, retryable: false }, 'upstream_error', 'reply-failed', false],
    [{ code: 'stream_interrupted' }, 'stream_interrupted', 'reply-interrupted', true],
    [{ code: 'turn_timeout' }, 'turn_timeout', 'reply-timeout', true],
    [{ code: 'turn_timeout', retryable: false }, 'turn_timeout', 'reply-timeout', false],
    [{ code: 'constructor' }, 'constructor', 'reply-failed', false],
  ])('%j fails the turn', (data, detail, code, retryable) => {
    expect(failure(data)).toMatchObject({
      type: 'turn.failed',
      rolledBack: false,
      error: { origin: 'server', code, retryable, detail },
    });
  });

  it('of the client’s own making was refused before anything was kept, and is never worth a repeat', () => {
    expect(failure({ code: 'client_error', retryable: true })).toMatchObject({
      type: 'turn.failed',
      rolledBack: true,
      error: { origin: 'send', code: 'message-refused', retryable: false },
    });
  });

  it('that announces the idle close fails no turn', () => {
    expect(decode(enveloped('error', { code: 'idle_timeout', retryable: true }))).toEqual([
      { type: 'session.idle' },
    ]);
  });

  it('never brings the server’s own words along', () => {
    expect(JSON.stringify(failure({ code: 'unknown', message: 'SELECT * FROM patients' }))).not.toContain(
      'SELECT',
    );
  });
});

describe('a frame that is none', () => {
  it.each<[string, unknown]>([
    ['an unknown event', enveloped('novel', {})],
    ['an unknown type', flat('novel', {})],
    ['an event called __proto__', '{"event":"__proto__","data":{}}'],
    ['an event called constructor', enveloped('constructor', {})],
    ['a type called toString', flat('toString', {})],
  ])('%s is unknown', (_title, frame) => {
    expect(decode(frame)).toEqual([unknown]);
  });

  it.each<[string, unknown]>([
    ['no JSON', '{"event":'],
    ['nothing', ''],
    ['an array', '[{"event":"ping"}]'],
    ['a number', '7'],
    ['null', 'null'],
    ['a string', '"ping"'],
    ['an object without a name', '{"data":{}}'],
    ['a name that is no string', '{"event":7,"data":{}}'],
    ['a binary frame', new Uint8Array([123, 125]).buffer],
    ['undefined', undefined],
    ['data that is no object', '{"event":"token","data":"Hello"}'],
    ['a field of the wrong type', enveloped('token', { text: 7 })],
    ['a missing field', enveloped('tool_call_started', { tool_name: 'lookup' })],
    ['ids that are no strings', enveloped('session.created', { conversation_id: 7 })],
    [
      'nesting that is too deep',
      `{"event":"token","data":{"text":"x","deep":${'['.repeat(MAX_JSON_DEPTH)}${']'.repeat(MAX_JSON_DEPTH)}}}`,
    ],
    ['nesting of a million levels', '['.repeat(1_000_000)],
    ['a frame of more than 1 MiB', enveloped('token', { text: 'x'.repeat(MAX_JSON_LENGTH) })],
  ])('%s is malformed', (_title, frame) => {
    expect(decode(frame)).toEqual([malformed]);
  });

  it('cannot reach the prototype of anything', () => {
    const keys = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}';
    decode(`{"event":"token","data":{"text":"x",${keys}},${keys}}`);
    decode(`{"type":"session_started",${keys}}`);
    expect({}).not.toHaveProperty('polluted');
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('whatever a server sends', () => {
  const known = new Set<ServerEvent['type']>([
    'session.opened',
    'agent.typing',
    'agent.delta',
    'agent.message',
    'tool.started',
    'tool.completed',
    'turn.completed',
    'turn.pending',
    'turn.failed',
    'session.idle',
    'session.ended',
    'ping',
    'frame.dropped',
  ]);
  const names = fc.constantFrom(
    ...new Set(frames.map(([name]) => name)),
    'error',
    'session_ended',
    'typing',
    '__proto__',
  );
  const fields = fc.dictionary(
    fc.constantFrom(
      'text',
      'role',
      'call_id',
      'tool_name',
      'code',
      'turn_id',
      'input',
      'reason',
      '__proto__',
    ),
    fc.jsonValue(),
  );
  const frame = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.tuple(names, fields).map(([name, data]) => enveloped(name, data)),
    fc.tuple(names, fields).map(([name, data]) => flat(name, data)),
    fc.tuple(names, fc.jsonValue()).map(([event, data]) => JSON.stringify({ event, data })),
    fc.anything(),
  );

  it('comes out as events that we know, never as an exception', () => {
    fc.assert(
      fc.property(frame, (received) => {
        const unheardOf = decode(received).filter(({ type }) => !known.has(type));
        expect(unheardOf).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
