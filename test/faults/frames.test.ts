import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeServer, replyTo, thinks } from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

/** A session in the middle of a turn: the server has heard "hi" and not yet answered. */
async function waiting(): Promise<SessionBench> {
  const bench = await new SessionBench({ server: new FakeServer().onTurn(thinks) }).open();
  bench.say('hi');
  await bench.pass();
  return bench;
}

/** Answers the turn under way, after all that was done to it. */
async function finish(bench: SessionBench): Promise<void> {
  const { server } = bench;
  server.keep('agent', replyTo('hi'));
  server.connection.send('message', { role: 'agent', text: replyTo('hi') });
  server.connection.send('done', { turn_id: 't1', turn_count: 1 });
  await bench.pass(20_000);
}

const answered = ['agent: Hello', 'you: hi [delivered]', `agent: ${replyTo('hi')}`];

describe('faults of frames', () => {
  it('D01: frames that come twice lead to one bubble and one end, and the whole text wins over doubled tokens', async () => {
    const bench = await waiting();
    const { server } = bench;
    server.keep('agent', replyTo('hi'));
    for (const token of ['You ', 'You ', 'said', 'said']) server.connection.send('token', { text: token });
    for (let time = 0; time < 2; time += 1) {
      server.connection.send('message', { role: 'agent', text: replyTo('hi') });
    }
    for (let time = 0; time < 2; time += 1) server.connection.send('done', { turn_id: 't1', turn_count: 1 });
    server.connection.send('session.created', { conversation_id: 'c1', entity_id: 'e1' });
    await bench.pass(20_000);
    expect(bench.screen).toEqual(answered);
    expect(bench.state.turn.phase).toBe('idle');
  });

  it.each([
    ['a token after the end', ['token', { text: ' and more' }]],
    ['a tool of a turn nobody knows', ['tool_call_started', { tool_name: 'x', call_id: 'y' }]],
    ['an end without a turn', ['done', { turn_id: 'foreign', turn_count: 9 }]],
  ] as const)(
    'D02: %s is dropped, and the history read before the view is trusted',
    async (_title, [event, data]) => {
      const bench = await waiting();
      await finish(bench);
      const reads = bench.server.requests.length;
      bench.server.connection.send(event, data);
      await bench.pass(20_000);
      expect(bench.screen).toEqual(answered);
      if (event !== 'done') expect(bench.server.requests.length).toBeGreaterThan(reads);
    },
  );

  it('D03: events, types and fields nobody knows are ignored and counted', async () => {
    const bench = await waiting();
    for (let time = 0; time < 25; time += 1) {
      bench.server.connection.send('agent.mood_changed', { mood: 'curious' });
      bench.server.connection.sendRaw(JSON.stringify({ type: 'from_the_future', event: 7 }));
    }
    await finish(bench);
    expect(bench.screen).toEqual(answered);
    expect(bench.state.dropped).toBeGreaterThanOrEqual(25);
    expect(bench.server.connections).toHaveLength(1);
  });

  it('D04: nine frames that are no JSON are dropped and the session survives; the tenth in a row ends it', async () => {
    const bench = await waiting();
    for (let time = 0; time < 9; time += 1) bench.server.connection.sendRaw('{"event":');
    bench.server.connection.send('token', { text: 'You' });
    for (let time = 0; time < 9; time += 1) bench.server.connection.sendRaw('not json');
    expect(bench.server.connection.live).toBe(true);
    bench.server.connection.sendRaw('not json');
    expect(bench.server.connections[0]?.closedByPage).toBe(4902);
    bench.server.keep('agent', replyTo('hi'));
    await bench.pass(20_000);
    expect(bench.screen).toEqual(answered);
  });

  it('D05: a frame of 10 MB is rejected before it is parsed', async () => {
    const bench = await waiting();
    const parsed: number[] = [];
    const { parse } = JSON;
    JSON.parse = (text: string): unknown => {
      parsed.push(text.length);
      return parse(text) as unknown;
    };
    try {
      bench.server.connection.send('token', { text: 'x'.repeat(10_000_000) });
    } finally {
      JSON.parse = parse;
    }
    expect(Math.max(0, ...parsed)).toBeLessThan(2_000_000);
    expect(bench.state.dropped).toBe(1);
    await finish(bench);
    expect(bench.screen).toEqual(answered);
  });

  it.each([65, 100_000, 1_000_000])('D06: nesting of %i levels overflows nothing', async (depth) => {
    const bench = await waiting();
    const nested = '['.repeat(depth) + ']'.repeat(depth);
    bench.server.connection.sendRaw(
      `{"event":"tool_call_started","data":{"tool_name":"t","call_id":"c","input":${nested}}}`,
    );
    expect(bench.state.dropped).toBe(1);
    await finish(bench);
    expect(bench.screen).toEqual(answered);
  });

  it('D07: keys that name prototypes change no prototype', async () => {
    const bench = await waiting();
    const poison = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';
    for (const frame of [
      `${poison},"event":"token","data":${poison},"text":""}}`,
      `{"event":"__proto__","data":${poison}}}`,
      `{"event":"constructor","data":{}}`,
      `{"type":"toString"}`,
      `{"event":"message","data":{"role":"__proto__","text":"x","__proto__":{"polluted":1}}}`,
    ]) {
      bench.server.connection.sendRaw(frame);
    }
    expect(Object.prototype).not.toHaveProperty('polluted');
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    await finish(bench);
    expect(bench.screen.at(-1)).toBe(answered.at(-1));
  });

  it('D08: binary frames are rejected, and count as unreadable', async () => {
    const bench = await waiting();
    const bytes = new TextEncoder().encode('{"event":"token","data":{"text":"x"}}');
    for (const data of [bytes.buffer, new Blob([bytes]), bytes]) bench.server.connection.sendRaw(data);
    expect(bench.state.dropped).toBe(3);
    await finish(bench);
    expect(bench.screen).toEqual(answered);
  });

  it('D10: known events with fields of every wrong type throw nothing, and the turn goes on', async () => {
    const names = [
      'token',
      'message',
      'thinking',
      'tool_call_started',
      'tool_call_completed',
      'session.created',
    ];
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom('\ud83d', '\udc00', -0, 1e308, null, [], {}),
    );
    const fields = [
      'text',
      'role',
      'tool_name',
      'call_id',
      'input',
      'result',
      'succeeded',
      'duration_ms',
      'tier',
    ];
    const data = fc.oneof(value, fc.dictionary(fc.constantFrom(...fields), value));
    const bench = await waiting();
    fc.assert(
      fc.property(fc.constantFrom(...names, '__proto__', ''), data, fc.boolean(), (event, fuzz, flat) => {
        const frame = flat
          ? { type: event, ...(typeof fuzz === 'object' ? fuzz : {}) }
          : { event, data: fuzz };
        bench.server.connection.sendRaw(JSON.stringify(frame));
      }),
      { numRuns: 500, seed: 10 },
    );
    bench.server.keep('agent', 'whole');
    await bench.pass(600_000);
    expect(bench.state.turn.phase).toBe('idle');
    expect(bench.message('m1')?.status).toBe('delivered');
  });

  it('D11: a reply without end is given up at 1 MiB, and nothing more of it is kept', async () => {
    const bench = await waiting();
    const [connection] = bench.server.connections;
    for (let sent = 0; sent < 3_000_000; sent += 1_000)
      connection?.send('token', { text: 'x'.repeat(1_000) });
    const kept = bench.state.items.reduce(
      (total, item) => total + ('text' in item ? item.text.length : 0),
      0,
    );
    expect(kept).toBeLessThan(1_100_000);
    expect(connection?.live).toBe(false);
    expect(bench.message('m1')).toMatchObject({ status: 'delivered', error: { code: 'reply-too-long' } });
    await bench.pass(60_000);
  });
});
