import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  catalogue,
  closeCodes,
  errorCodes,
  demoIds,
  type FaultId,
  type FaultRequest,
} from '../../demo/server/index.js';
import { Stage, type RawClient, type Received } from './client.js';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

/** Faults that a test below has switched on; the last test compares them with the catalogue. */
const proven = new Set<string>();

function set(fault: FaultId, more: Omit<FaultRequest, 'fault'> = {}): void {
  proven.add(fault);
  stage.control.set({ ...more, fault });
}

const count = (client: RawClient, name: string): number => client.names.filter((one) => one === name).length;
const turnOf = (client: RawClient): Promise<Received[]> => client.ask('explain my lab results');
const conversationId = (client: RawClient): string => String(client.frames[0]?.data['conversation_id']);
const userTexts = (): (string | boolean | undefined)[][] =>
  stage.control
    .log()
    .filter((entry) => entry.kind === 'user-text')
    .map((entry) => [entry.text, entry.kept]);

describe('contradictions', () => {
  it('C1: unwrapped, flat with the other names, flat', async () => {
    set('wire', { style: 'unwrapped' });
    const unwrapped = await stage.greeted();
    expect(JSON.parse(unwrapped.frames[0]!.raw)).toMatchObject({
      event: 'session.created',
      conversation_id: expect.any(String),
    });
    set('wire', { style: 'flat-names' });
    const names = stage.connect();
    await names.until(() => names.frames.length > 0);
    expect(JSON.parse(names.frames[0]!.raw)).toMatchObject({
      type: 'session.created',
      conversation_id: expect.any(String),
    });
    set('wire', { style: 'flat' });
    set('opening', { frame: 'session_started' });
    const flat = stage.connect();
    await flat.next('session_started');
    const order = (await flat.ask('check my insurance')).map((frame) => frame.name);
    expect(order).toEqual([
      'typing',
      'tool_call_started',
      'tool_call_completed',
      'message',
      'tool_call_started',
      'tool_call_completed',
      'message',
      'response_complete',
    ]);
  });

  it('C2: either opening frame, both, or neither', async () => {
    set('greeting', { on: 'never' });
    set('opening', { frame: 'both' });
    const both = stage.connect();
    await both.next('session_started');
    expect(both.names).toEqual(['session.created', 'session_started']);
    set('opening', { frame: 'neither' });
    const neither = stage.connect();
    await neither.outcome;
    expect((await neither.ask('hello'))[0]?.name).toBe('thinking');
  });

  it('C3, C12: tools by default, unasked, after execution, orphaned', async () => {
    const calls = async (tool_events: string | null): Promise<string[]> => {
      const client = stage.connect({ query: { tool_events } });
      await client.next('session.created');
      return (await turnOf(client)).map((frame) => frame.name).filter((name) => name.startsWith('tool'));
    };
    set('greeting', { on: 'never' });
    set('tool-events', { absent: 'true' });
    expect(await calls(null)).toHaveLength(2);
    set('tool-events', { unasked: true });
    expect(await calls('false')).toHaveLength(2);
    set('tool-events', { pairing: 'post-hoc' });
    expect(await calls('true')).toEqual(['tool_call_started', 'tool_call_completed']);
    set('tool-events', { pairing: 'orphan-end' });
    expect(await calls('true')).toEqual(['tool_call_completed']);
    set('tool-events', { pairing: 'orphan-start' });
    expect(await calls('true')).toEqual(['tool_call_started']);
  });

  it('C4: a conversation_id is honoured, ignored or refused', async () => {
    const first = await stage.greeted();
    const conversation_id = conversationId(first);
    const honoured = stage.connect({ query: { conversation_id } });
    expect((await honoured.next('session.created')).data['conversation_id']).toBe(conversation_id);
    set('conversation-id', { is: 'ignored' });
    const ignored = stage.connect({ query: { conversation_id: 'not even a UUID' } });
    await ignored.next('session.created');
    set('conversation-id', { is: 'refused', code: 4000 });
    expect((await stage.connect({ query: { conversation_id } }).closed).code).toBe(4000);
  });

  it('C5, C30: errors without retryable, or with a message alone', async () => {
    set('error-style', { fields: 'message-only' });
    const bare = await stage.greeted();
    bare.socket.send('?');
    expect(Object.keys((await bare.next('error')).data)).toEqual(['message']);
    set('error-style', { fields: 'no-retryable' });
    const flagless = stage.connect();
    await flagless.next('session.created');
    flagless.socket.send('?');
    expect(Object.keys((await flagless.next('error')).data)).toEqual(['code', 'message']);
  });

  it('C6: greets always, or never; a repeated greeting is not kept twice', async () => {
    set('greeting', { on: 'always' });
    const first = await stage.greeted();
    const again = await stage.greeted();
    expect(count(again, 'message')).toBe(1);
    expect((await stage.history(conversationId(first))).body['turns']).toHaveLength(1);
    set('greeting', { on: 'never' });
    const silent = stage.connect();
    await silent.next('session.created');
    expect((await silent.ask('bye')).filter((frame) => frame.name === 'done')).toHaveLength(1);
    expect(count(silent, 'message')).toBe(1);
  });

  it('C7: credentials refused with another code', async () => {
    set('refusals', { credentials_code: 4100 });
    expect((await stage.connect({ token: 'abc' }).closed).code).toBe(4100);
  });

  it('C35: no API keys', async () => {
    set('api-key', { is: 'refused' });
    expect((await stage.connect({ token: 'amigo-demo-key' }).closed).code).toBe(4001);
  });

  it('a turn still running is joined by its patient', async () => {
    set('pace', { speed: 20 });
    set('running-turn', { is: 'joined' });
    const first = await stage.greeted();
    set('drop', { at: 'mid-reply', after: 1 });
    first.say('explain my lab results');
    await first.closed;
    const again = stage.connect();
    const done = await again.next('done');
    expect(done.data['turn_index']).toBe(0);
    expect(count(again, 'message')).toBe(1);
  });

  it('a second connection may share the thread', async () => {
    set('second-connection', { policy: 'shares' });
    const [first, second] = [await stage.greeted(), stage.connect()];
    await second.next('session.created');
    await first.ask('thanks');
    await second.next('done');
    expect(count(second, 'message')).toBe(1);
  });
});

describe('closing', () => {
  it.each(closeCodes.map((code) => [code] as const))(
    '%i before the session, and in the middle of a reply',
    async (code) => {
      set('close', { at: 'accept', code, turn: 'any' });
      const early = stage.connect();
      expect((await early.closed).code).toBe(code);
      expect(early.names).toEqual([]);
      const client = await stage.greeted();
      set('close', { at: 'mid-reply', code, after: 2 });
      const from = client.frames.length;
      client.say('hello');
      expect((await client.closed).code).toBe(code);
      expect(client.names.slice(from)).toEqual(['thinking', 'token', 'token']);
    },
  );

  it.each([
    ['created', ['session.created']],
    ['received', []],
    ['processed', []],
    ['before-done', ['thinking', 'token', 'message']],
    ['after-done', ['thinking', 'token', 'message', 'done']],
  ] as const)('at the moment "%s"', async (at, expected) => {
    if (at === 'created') set('close', { at, code: 4503 });
    const client = at === 'created' ? stage.connect() : await stage.greeted();
    const from = client.frames.length;
    if (at !== 'created') {
      set('close', { at, code: 4503 });
      client.say('hello');
    }
    expect((await client.closed).code).toBe(4503);
    expect([...new Set(client.names.slice(from))]).toEqual(expected);
    if (at === 'received') expect(userTexts()).toEqual([['hello', false]]);
    if (at === 'processed') expect(userTexts()).toEqual([['hello', true]]);
  });

  it('gives the turn up, or forgets it, where asked to', async () => {
    const client = await stage.greeted();
    set('close', { at: 'mid-reply', server_turn: 'forgotten' });
    client.say('hello');
    await client.closed;
    expect((await stage.history(conversationId(client))).body['turns']).toHaveLength(1);
    const again = stage.connect();
    await again.next('session.created');
    set('close', { at: 'mid-reply', server_turn: 'abandoned' });
    again.say('hello');
    await again.closed;
    await expect.poll(() => stage.control.conversations()[0]?.busy).toBe(false);
    const { turns } = (await stage.history(conversationId(client))).body;
    expect(turns.map((turn: { role: string }) => turn.role)).toEqual(['agent', 'user']);
  });

  it('idles now, or after a while', async () => {
    const client = await stage.greeted();
    set('idle', { code: 4001 });
    expect((await client.next('error')).data['code']).toBe('idle_timeout');
    expect((await client.closed).code).toBe(4001);
    set('idle-timeout', { ms: 10 });
    expect((await stage.connect().closed).code).toBe(1000);
  });
});

describe('errors', () => {
  it.each(errorCodes.map((code) => [code] as const))('%s, and the session goes on', async (code) => {
    const client = await stage.greeted();
    set('error', { code });
    const turn = await client.ask('hello');
    expect(turn.at(-1)?.data).toMatchObject({ code, retryable: expect.any(Boolean) });
    expect((await client.ask('hello')).at(-1)?.name).toBe('done');
  });

  it.each([
    ['true', true],
    ['false', false],
    ['absent', undefined],
  ] as const)('retryable %s wins over the code', async (retryable, expected) => {
    const client = await stage.greeted();
    set('error', { code: 'turn_timeout', retryable });
    expect((await client.ask('hello')).at(-1)?.data['retryable']).toBe(expected);
  });

  it('refuses before the text is kept, fails after it, and at the very end', async () => {
    const client = await stage.greeted();
    for (const at of ['received', 'processed', 'mid-reply', 'before-done'] as const)
      set('error', { at, fields: 'message-only' });
    const turns = [];
    for (const text of ['one', 'two', 'three', 'four'])
      turns.push((await client.ask(text)).map((frame) => frame.name));
    expect(turns.map((names) => [...new Set(names)])).toEqual([
      ['error'],
      ['error'],
      ['thinking', 'token', 'error'],
      ['thinking', 'token', 'message', 'error'],
    ]);
    expect(turns[2]?.filter((name) => name === 'token')).toHaveLength(3);
    expect(userTexts().map(([, kept]) => kept)).toEqual([false, true, true, true]);
  });

  it('closes after the error where asked to, and keeps the reply in the history', async () => {
    const client = await stage.greeted();
    set('error', { code: 'stream_interrupted', then: 'close', close_code: 1011, reply: 'kept' });
    const names = client.ask('hello');
    expect((await client.closed).code).toBe(1011);
    expect((await names).at(-1)?.name).toBe('error');
    await expect.poll(async () => (await stage.history(conversationId(client))).body['turns'].length).toBe(3);
  });

  it('C34: an error outside of any turn', async () => {
    set('error', { at: 'created' });
    const client = await stage.greeted();
    expect(client.names.slice(0, 2)).toEqual(['session.created', 'error']);
    set('error', { at: 'now', then: 'close', close_code: 1013 });
    expect((await client.closed).code).toBe(1013);
    expect(count(client, 'error')).toBe(2);
  });
});

describe('network', () => {
  it('drops by FIN and by RST', async () => {
    const client = await stage.greeted();
    set('drop', { at: 'received' });
    client.say('hello');
    expect((await client.closed).code).toBe(1006);
    const second = stage.connect();
    await second.next('session.created');
    set('drop', { at: 'processed', reset: true });
    second.say('again');
    expect((await second.closed).code).toBe(1006);
    expect(await second.outcome).toBe('open');
    expect(userTexts()).toEqual([
      ['hello', false],
      ['again', true],
    ]);
  });

  it('stalls for good: what is sent is read, nothing comes back', async () => {
    const client = await stage.greeted();
    const from = client.frames.length;
    set('stall', { at: 'processed' });
    client.say('hello');
    await expect.poll(() => stage.control.conversations()[0]?.turns.length).toBe(3);
    expect(client.frames.length).toBe(from);
    expect(client.socket.readyState).toBe(1);
  });

  it('stalls for a while: the held frames come in order', async () => {
    const client = await stage.greeted();
    set('stall', { at: 'mid-reply', ms: 20 });
    const turn = await client.ask('hello');
    expect(turn.at(-2)?.data['text']).toBe(
      turn
        .filter((frame) => frame.name === 'token')
        .map((frame) => frame.data['text'])
        .join(''),
    );
  });

  it('goes half open: nothing is read, a close is not answered', async () => {
    const client = await stage.greeted();
    set('half-open', { at: 'now' });
    client.say('hello');
    client.socket.ping();
    client.socket.close(1000);
    await stage.history(conversationId(client));
    expect(client.socket.readyState).toBe(2);
    expect(userTexts()).toEqual([]);
  });

  it('comes back from half open, and reads what was sent meanwhile', async () => {
    const client = await stage.greeted();
    set('half-open', { at: 'now', ms: 20 });
    expect((await client.ask('hello')).at(-1)?.name).toBe('done');
  });

  it('pings', async () => {
    set('pings', { every_ms: 5 });
    const client = await stage.greeted();
    await client.until(() => count(client, 'ping') >= 2);
  });
});

describe('frames', () => {
  const extras = async (fault: FaultId, more: Omit<FaultRequest, 'fault'> = {}): Promise<Received[]> => {
    const client = await stage.greeted({ query: { entity_id: randomUUID() } });
    const from = client.frames.length;
    set(fault, more);
    await client.ask('hello');
    if (client.names.at(-1) !== 'done')
      await client.until((frames) => frames.slice(from).some((frame) => frame.name === 'done'));
    const known = new Set(['thinking', 'token', 'message', 'done']);
    return client.frames.slice(from).filter((frame) => !known.has(frame.name));
  };

  it.each(['malformed', 'truncated', 'empty', 'number', 'null', 'string', 'array', 'no-name'])(
    '%s',
    async (shape) => {
      const [frame, ...rest] = await extras('bad-frame', { shape });
      expect(frame).toMatchObject({ binary: false, name: '' });
      expect(rest).toEqual([]);
    },
  );

  it('binary, ten in a row, prototype keys', async () => {
    const frames = await extras('bad-frame', { shape: 'binary', count: 10 });
    expect(frames.map((frame) => frame.binary)).toEqual(Array(10).fill(true));
    expect((await extras('bad-frame', { shape: 'prototype-keys' }))[0]?.raw).toContain(
      '"__proto__":{"polluted":true}',
    );
  });

  it('a huge one is one frame of that size', async () => {
    const [frame] = await extras('huge-frame', { bytes: 2_000_000, inside: 'unknown' });
    expect(frame?.raw.length).toBeGreaterThan(2_000_000);
    expect(JSON.parse(frame!.raw)).toHaveProperty('event');
  });

  it('a deep one is as deep as asked', async () => {
    const [frame] = await extras('deep-frame', { depth: 5_000 });
    expect(frame?.raw.split('[').length).toBe(5_001);
  });

  it('unknown events, wrong types, any text', async () => {
    expect((await extras('unknown-event', { count: 3 })).map((frame) => frame.name)).toEqual(
      Array(3).fill('agent.mood_changed'),
    );
    const client = await stage.greeted();
    set('wrong-types');
    client.say('hello');
    await client.until((frames) => frames.filter((frame) => frame.name === 'done').length === 3);
    expect(client.frames.some((frame) => frame.raw.includes('"text":null'))).toBe(true);
    expect((await extras('raw-frame', { frame: '{"event":"x"}' })).map((frame) => frame.raw)).toEqual([
      '{"event":"x"}',
    ]);
  });

  it('floods with as many frames as it says', async () => {
    const client = await stage.greeted();
    set('flood', { per_second: 2_000, seconds: 0.1, at: 'now' });
    await client.until(
      () => client.frames.filter((frame) => String(frame.data['text']).startsWith('flood')).length === 200,
    );
  });

  it('never ends a reply, until its reader leaves', async () => {
    const client = await stage.greeted();
    set('endless', { per_second: 0 });
    client.say('hello');
    await client.until(() => count(client, 'token') > 500);
    client.socket.close(1000);
    await expect.poll(() => stage.control.conversations()[0]?.busy).toBe(false);
  });

  it('leaves out done', async () => {
    const client = await stage.greeted();
    set('no-done');
    client.say('hello');
    await client.until(() => count(client, 'message') === 2);
    await client.ask('thanks');
    expect(count(client, 'done')).toBe(2);
  });

  it('sends every frame twice', async () => {
    const client = await stage.greeted();
    set('duplicate-frames');
    client.say('hello');
    await client.until(() => count(client, 'done') === 3);
    expect(count(client, 'message')).toBe(3);
    const tokens = client.frames.filter((frame) => frame.name === 'token').map((frame) => frame.raw);
    expect(tokens.at(-1)).toBe(tokens.at(-2));
  });

  it.each([
    ['delta-after-done', ['done', 'token']],
    ['message-after-done', ['done', 'message']],
  ] as const)('%s', async (how, last) => {
    const client = await stage.greeted();
    set('out-of-order', { how });
    const from = client.frames.length;
    client.say('hello');
    await client.until((frames) =>
      frames
        .slice(from)
        .map((frame) => frame.name)
        .join()
        .endsWith(last.join()),
    );
  });

  it('done before the start, a foreign turn, swapped tokens', async () => {
    const client = await stage.greeted();
    const turn = async (how: string): Promise<Received[]> => {
      const from = client.frames.length;
      set('out-of-order', { how });
      client.say('hello');
      await client.until((frames) =>
        frames.slice(from).some((frame, index) => index > 3 && frame.name === 'done'),
      );
      return client.frames.slice(from);
    };
    expect((await turn('done-before-start'))[0]?.name).toBe('done');
    const foreign = await turn('foreign-turn');
    expect(foreign[1]?.data).toMatchObject({ turn_index: 99 });
    expect(foreign[1]?.data['conversation_id']).not.toBe(conversationId(client));
    const swapped = await turn('swapped-tokens');
    const joined = swapped
      .filter((frame) => frame.name === 'token')
      .map((frame) => frame.data['text'])
      .join('');
    const text = String(swapped.find((frame) => frame.name === 'message')?.data['text']);
    expect(joined).not.toBe(text);
    expect([...joined].sort()).toEqual([...text].sort());
  });
});

describe('handshake', () => {
  it.each([401, 403, 404, 429, 500, 502, 503])('HTTP %i', async (status) => {
    set('http-status', { status });
    expect(await stage.connect().outcome).toBe(status);
    expect(await stage.connect().outcome).toBe('open');
  });

  it('slow, and a late session', async () => {
    set('slow-handshake', { ms: 10 });
    set('slow-session', { ms: 10 });
    const client = await stage.greeted();
    expect(client.names[0]).toBe('session.created');
  });

  it('never answered', async () => {
    set('hung-handshake');
    const client = stage.connect();
    await stage.greeted({ query: { entity_id: '11111111-2222-4333-8444-555555555555' } });
    expect(client.socket.readyState).toBe(0);
  });

  it('no subprotocol, the token as one, one that was not offered', async () => {
    set('subprotocol', { select: 'none' });
    expect(await stage.connect().outcome).toBe('Server sent no subprotocol');
    set('subprotocol', { select: 'other' });
    expect(await stage.connect().outcome).toBe('Server sent an invalid subprotocol');
    set('subprotocol', { select: 'token' });
    const token = stage.server.issueToken();
    const client = stage.connect({ token });
    expect(await client.outcome).toBe('open');
    expect(client.socket.protocol).toBe(token);
  });

  it.each([4001, 4003, 4100, 4403])('a valid token refused with %i', async (code) => {
    set('refuse-token', { code });
    expect((await stage.connect().closed).code).toBe(code);
  });
});

describe('tokens', () => {
  const post = (init: RequestInit = {}): Promise<Response> =>
    fetch(`${stage.url}/token`, { method: 'POST', ...init });

  it('fail, are late, are junk, are stale', async () => {
    set('token-fails', { status: 503 });
    expect((await post()).status).toBe(503);
    set('token-slow', { ms: 5 });
    expect((await post()).status).toBe(200);
    const texts: string[] = [];
    for (const shape of [
      'html',
      'not-json',
      'array',
      'no-token',
      'empty-token',
      'number',
      'illegal-characters',
    ]) {
      set('token-junk', { shape });
      texts.push(await (await post()).text());
    }
    expect(new Set(texts).size).toBe(7);
    expect(texts[6]).toContain('a/b=c d');
    set('token-stale');
    const { token, expires_at } = (await (await post()).json()) as { token: string; expires_at: string };
    expect(Date.parse(expires_at)).toBeLessThan(Date.now());
    expect((await stage.connect({ token }).closed).reason).toBe('token expired');
  });

  it('never come', async () => {
    set('token-hangs');
    const answer = post({ signal: AbortSignal.timeout(50) });
    await expect(answer).rejects.toThrow(/timeout/);
  });

  it('live as long as set, with a subject if set', async () => {
    set('token-ttl', { seconds: 1, hide: true });
    set('token-subject', { subject: 'maria' });
    const answer = (await (await post()).json()) as Record<string, string>;
    expect(Object.keys(answer)).toEqual(['token', 'subject']);
    expect(answer['subject']).toBe('maria');
    const claims = JSON.parse(Buffer.from(answer['token']!.split('.')[1]!, 'base64url').toString()) as {
      iat: number;
      exp: number;
    };
    expect(claims.exp - claims.iat).toBe(1);
  });
});

describe('history', () => {
  it('fails with Retry-After, is slow, is junk', async () => {
    const id = conversationId(await stage.greeted());
    set('history-fails', { status: 429, retry_after: 7 });
    const failed = await stage.history(id);
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([429, '7']);
    set('history-slow', { ms: 5 });
    expect((await stage.history(id)).body['turns']).toHaveLength(1);
    for (const shape of ['html', 'array', 'no-turns', 'wrong-types']) {
      set('history-junk', { shape });
      expect((await stage.history(id)).body['turn_count']).not.toBe(0);
    }
  });

  it('never comes', async () => {
    const id = conversationId(await stage.greeted());
    set('history-hangs');
    const path = `/v1/${demoIds.workspaceId}/conversations/${id}`;
    await expect(stage.fetch(path, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/);
  });

  it('is stale for as many reads as set', async () => {
    const client = await stage.greeted();
    set('history-stale', { times: 2 });
    await client.ask('hello');
    const lengths = [];
    for (let read = 0; read < 3; read += 1)
      lengths.push((await stage.history(conversationId(client))).body['turns'].length);
    expect(lengths).toEqual([1, 1, 3]);
  });

  it('cannot be ended', async () => {
    const id = conversationId(await stage.greeted());
    set('delete-fails', { status: 503 });
    const path = `/v1/${demoIds.workspaceId}/conversations/${id}`;
    expect((await stage.fetch(path, { method: 'DELETE' })).status).toBe(503);
    expect((await stage.fetch(path, { method: 'DELETE' })).status).toBe(204);
  });
});

it('every fault of the catalogue was switched on by a test above', () => {
  expect([...proven].sort()).toEqual(catalogue.map((one) => one.id).sort());
});
