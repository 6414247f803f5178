import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { closeCodes, errorCodes } from '../../demo/server/index.js';
import { Stage } from './client.js';
import { conversationId, count, Proof } from './proof.js';

let stage: Stage;
const proof = new Proof(() => stage);
const { set } = proof;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

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
    if (at === 'received') expect(proof.userTexts()).toEqual([['hello', false]]);
    if (at === 'processed') expect(proof.userTexts()).toEqual([['hello', true]]);
  });

  it('gives the turn up, or forgets it, where asked to', async () => {
    const client = await stage.greeted();
    set('close', { at: 'mid-reply', server_turn: 'forgotten' });
    client.say('hello');
    await client.closed;
    expect((await stage.history(conversationId(client))).body.turns).toHaveLength(1);
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
    expect(proof.userTexts().map(([, kept]) => kept)).toEqual([false, true, true, true]);
  });

  it('closes after the error where asked to, and keeps the reply in the history', async () => {
    const client = await stage.greeted();
    set('error', { code: 'stream_interrupted', then: 'close', close_code: 1011, reply: 'kept' });
    const names = client.ask('hello');
    expect((await client.closed).code).toBe(1011);
    expect((await names).at(-1)?.name).toBe('error');
    await expect.poll(async () => (await stage.history(conversationId(client))).body.turns.length).toBe(3);
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

it('leaves out none of its faults', () => {
  proof.expectAll('closing', 'errors');
});
