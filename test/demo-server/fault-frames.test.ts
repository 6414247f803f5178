import { randomUUID } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { FaultId, FaultRequest } from '../../demo/server/index.js';
import { Stage, type Received } from './client.js';
import { conversationId, count, Proof } from './proof.js';

let stage: Stage;
const proof = new Proof(() => stage);
const { set } = proof;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

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

it('leaves out none of its faults', () => {
  proof.expectAll('frames');
});
