import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DEMO_API_KEY, demoIds } from '../../demo/server/index.js';
import { NOBODY } from '../../demo/server/demo-ids.js';
import { Stage } from './client.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const OTHER = '11111111-2222-4333-8444-555555555555';

describe('negotiation', () => {
  it('selects auth and never echoes the token', async () => {
    const client = stage.connect();
    expect(await client.outcome).toBe('open');
    expect(client.socket.protocol).toBe('auth');
  });

  it('accepts an API key', async () => {
    const client = stage.connect({ token: DEMO_API_KEY });
    expect((await client.next('session.created')).data['entity_id']).toBe(demoIds.entityId);
  });

  it.each([
    ['no token', { token: false }, 4001],
    ['a token nobody issued', { token: 'abc.def.ghi' }, 4001],
    ['three protocols', { protocols: ['auth', 'one', 'two'] }, 4001],
    ['the token first', { protocols: ['abc', 'auth'] }, 4001],
    ['a token in the query', { query: { token: 'abc' } }, 4001],
    ['no service_id', { query: { service_id: null } }, 4000],
    ['an entity_id that is no UUID', { query: { entity_id: 'maria' } }, 4000],
    ['a workspace that is no UUID', { workspaceId: 'clinic' }, 4000],
    ['an unknown entity', { query: { entity_id: NOBODY } }, 4004],
    ['a malformed conversation_id', { query: { conversation_id: 'x' } }, 4400],
    ['an unknown conversation_id', { query: { conversation_id: OTHER } }, 4404],
  ] as const)('refuses %s after accept', async (_what, options, code) => {
    const client = stage.connect({
      ...options,
      protocols: 'protocols' in options ? [...options.protocols] : undefined,
    } as object);
    expect((await client.closed).code).toBe(code);
    expect(client.frames).toEqual([]);
  });

  it('refuses an expired token and one of another workspace', async () => {
    const expired = stage.connect({ token: stage.server.issueToken({ ttlSeconds: -1 }) });
    expect(await expired.closed).toMatchObject({ code: 4001, reason: 'token expired' });
    const foreign = stage.connect({ token: stage.server.issueToken({ workspaceId: OTHER }) });
    expect((await foreign.closed).code).toBe(4003);
  });

  it('refuses at the upgrade where that is set', async () => {
    stage.control.set({ fault: 'refusals', where: 'at-upgrade' });
    expect(await stage.connect({ token: false }).outcome).toBe(401);
    expect(await stage.connect({ query: { service_id: null } }).outcome).toBe(400);
    expect(await stage.connect({ query: { entity_id: NOBODY } }).outcome).toBe(404);
  });

  it('answers 404 to an upgrade below /v1 that is no surface', async () => {
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(`${stage.url.replace('http', 'ws')}/v1/x/else`);
    const status = await new Promise((resolve) =>
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode)),
    );
    expect(status).toBe(404);
  });
});

describe('a conversation', () => {
  it('opens, greets as a turn stream, and counts the greeting as no turn', async () => {
    const client = await stage.greeted();
    expect(client.names[0]).toBe('session.created');
    expect(client.names.slice(1, -2).every((name) => name === 'token')).toBe(true);
    const text = client.frames
      .filter((frame) => frame.name === 'token')
      .map((frame) => frame.data['text'])
      .join('');
    expect(client.frames.at(-2)?.data).toEqual({ role: 'agent', text });
    expect(client.frames.at(-1)?.data).toMatchObject({
      status: 'active',
      turn_count: 0,
      turn_id: null,
      turn_index: null,
    });
  });

  it('streams thinking, tools, tokens, the message and done', async () => {
    const client = await stage.greeted();
    const turn = await client.ask('Please move my appointment to Thursday');
    const order = [...new Set(turn.map((frame) => frame.name))];
    expect(order).toEqual([
      'thinking',
      'tool_call_started',
      'tool_call_completed',
      'token',
      'message',
      'done',
    ]);
    const [started, completed] = ['tool_call_started', 'tool_call_completed'].map((name) =>
      turn.find((frame) => frame.name === name),
    );
    expect(started?.data['call_id']).toBe(completed?.data['call_id']);
    expect(JSON.parse(String(started?.data['input']))).toHaveProperty('date');
    expect(turn.at(-1)?.data).toMatchObject({ turn_count: 1, turn_index: 0, turn_id: expect.any(String) });
  });

  it.each([
    ['false', false],
    ['true', true],
    [null, false],
  ])('with tool_events=%s sends tool frames: %s', async (tool_events, expected) => {
    const client = await stage.greeted({ query: { tool_events } });
    const turn = await client.ask('check my insurance');
    expect(turn.some((frame) => frame.name.startsWith('tool_call'))).toBe(expected);
  });

  it('answers bad frames with client_error and stays open', async () => {
    const client = await stage.greeted();
    const bad = [
      '{',
      '[]',
      '{"type":"ping"}',
      '{"type":"user_text"}',
      '{"type":"user_text","text":"  "}',
      JSON.stringify({ type: 'user_text', text: 'x'.repeat(10_001) }),
    ];
    for (const frame of bad) client.socket.send(frame);
    client.socket.send(Buffer.from('{"type":"user_text","text":"binary"}'));
    await client.until((frames) => frames.filter((frame) => frame.name === 'error').length === 7);
    expect(client.frames.at(-1)?.data).toMatchObject({ code: 'client_error', retryable: false });
    expect((await client.ask('😀'.repeat(10_000))).at(-1)?.name).toBe('done');
    expect(stage.control.conversations()[0]?.turns.filter((turn) => turn.role === 'user')).toHaveLength(1);
  });

  it('lets a text that comes during a turn wait for it', async () => {
    const client = await stage.greeted();
    client.say('tell me about healthy blood pressure');
    client.say('thanks');
    await client.until((frames) => frames.filter((frame) => frame.name === 'done').length === 3);
    const roles = stage.control.conversations()[0]?.turns.map((turn) => [turn.role, turn.turnIndex]);
    expect(roles).toEqual([
      ['agent', null],
      ['user', 0],
      ['agent', 0],
      ['user', 1],
      ['agent', 1],
    ]);
  });

  it('continues the thread of the entity and service, without a second greeting', async () => {
    const first = await stage.greeted();
    const { conversation_id } = first.frames[0]!.data;
    await first.ask('hello');
    first.socket.close(1000);
    await first.closed;
    const again = stage.connect();
    expect((await again.next('session.created')).data['conversation_id']).toBe(conversation_id);
    const turn = await again.ask('thanks');
    expect(again.names[1]).toBe(turn[0]?.name);
    expect(turn.at(-1)?.data['turn_count']).toBe(2);
    const other = await stage.greeted({ query: { entity_id: OTHER } });
    expect(other.frames[0]?.data['conversation_id']).not.toBe(conversation_id);
  });

  it('keeps a turn going when its connection drops, and its reply reaches the history', async () => {
    const client = await stage.greeted();
    stage.control.set({ fault: 'drop', at: 'mid-reply', after: 2 });
    client.say('explain my lab results');
    expect((await client.closed).code).toBe(1006);
    const id = String(client.frames[0]?.data['conversation_id']);
    await expect.poll(async () => (await stage.history(id)).body.turns.length).toBe(3);
    const { body } = await stage.history(id);
    expect(body.turns[2]?.text).toContain('| Test | Your result |');
  });

  it('closes the older of two connections with 4409, or the newer, or neither', async () => {
    const older = await stage.greeted();
    const newer = stage.connect();
    expect((await older.closed).code).toBe(4409);
    await newer.next('session.created');
    stage.control.set({ fault: 'second-connection', policy: 'is-refused' });
    expect((await stage.connect().closed).code).toBe(4409);
    stage.control.set({ fault: 'second-connection', policy: 'shares' });
    const third = stage.connect();
    await third.next('session.created');
    newer.say('hello');
    expect((await third.next('message')).data['text']).toContain('Hello');
  });

  it('goes idle with an error and a close', async () => {
    stage.control.set({ fault: 'idle-timeout', ms: 30, code: 1001 });
    const client = await stage.greeted();
    expect((await client.next('error')).data).toMatchObject({ code: 'idle_timeout', retryable: true });
    expect((await client.closed).code).toBe(1001);
  });

  it('says something unprompted to everybody connected', async () => {
    const client = await stage.greeted();
    stage.control.say('Your results are in.');
    await client.until((frames) => frames.filter((frame) => frame.name === 'done').length === 2);
    expect(client.frames.at(-2)?.data['text']).toBe('Your results are in.');
    expect(client.frames.at(-1)?.data['turn_id']).toBeNull();
  });
});
