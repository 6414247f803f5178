/** A frame that no client should accept, by the name of its shape. */
export function badFrame(shape: string): string | Buffer {
  return BAD_FRAMES[shape] ?? '{';
}

const BAD_FRAMES: Readonly<Record<string, string | Buffer>> = {
  malformed: '{"event":"token","data":{"text":',
  truncated: '{"event":"token","da',
  empty: '',
  binary: Buffer.from([0x00, 0xff, 0x7b, 0x22]),
  array: '[{"event":"token","data":{"text":"array"}}]',
  number: '42',
  null: 'null',
  string: '"token"',
  'no-name': '{"data":{"text":"no name"}}',
  'prototype-keys':
    '{"event":"__proto__","data":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}},"__proto__":{"polluted":true}}',
};

/** Known events whose fields have types that the protocol does not allow; half of a surrogate pair among them. */
export const wrongTypes: readonly string[] = [
  '{"event":"token","data":{"text":null}}',
  '{"event":"token","data":{"text":42}}',
  '{"event":"token","data":{"text":["a"]}}',
  '{"event":"token","data":null}',
  '{"event":"token"}',
  '{"event":"token","data":{"text":"\\ud83d"}}',
  '{"event":42,"data":{"text":"number as a name"}}',
  '{"event":null,"data":{}}',
  '{"event":"thinking","data":{"tier":"one","tier_name":7}}',
  '{"event":"tool_call_started","data":{"tool_name":{},"call_id":null,"input":[]}}',
  '{"event":"tool_call_completed","data":{"tool_name":"x","call_id":7,"succeeded":"yes","duration_ms":-1}}',
  '{"event":"message","data":{"role":"agent","text":{"html":"<b>no</b>"}}}',
  '{"event":"done","data":{"conversation_id":1,"status":[],"turn_count":"many"}}',
  '{"event":"error","data":{"message":null,"code":false,"retryable":"perhaps"}}',
  '{"event":"session.created","data":{"conversation_id":12}}',
];

/** Events of a later version, with fields of a later version. */
export function unknownEvent(number: number): string {
  return JSON.stringify({
    event: 'agent.mood_changed',
    data: { mood: 'curious', intensity: number, nested: { anything: [1, null, { goes: true }] } },
    trace_id: 'from-the-future',
  });
}

/** One valid JSON frame of at least `bytes`, as an unknown event or inside a field that is shown. */
export function hugeFrame(inside: string, bytes: number): string {
  const filler = 'x'.repeat(bytes);
  if (inside === 'token') return JSON.stringify({ event: 'token', data: { text: filler } });
  if (inside === 'message')
    return JSON.stringify({ event: 'message', data: { role: 'agent', text: filler } });
  if (inside === 'tool') {
    return JSON.stringify({
      event: 'tool_call_completed',
      data: { tool_name: 'export_chart', call_id: 'call_huge', result: filler, succeeded: true },
    });
  }
  return JSON.stringify({ event: 'blob', data: { filler } });
}

/** Written by hand, because `JSON.stringify` itself gives up at such a depth. */
export function deepFrame(depth: number): string {
  return `{"event":"tool_call_started","data":{"tool_name":"deep","call_id":"call_deep","input":${'['.repeat(depth)}${']'.repeat(depth)}}}`;
}
