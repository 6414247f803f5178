import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Stage } from './client.js';
import { conversationId, count, Proof } from './proof.js';

let stage: Stage;
const proof = new Proof(() => stage);
const { set } = proof;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

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
      return (await client.ask('explain my lab results'))
        .map((frame) => frame.name)
        .filter((name) => name.startsWith('tool'));
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
    expect((await stage.history(conversationId(first))).body.turns).toHaveLength(1);
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

it('leaves out none of its faults', () => {
  proof.expectAll('contradictions', 'pace');
});
