import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { demoIds } from '../../demo/server/index.js';
import { Stage, type ConnectOptions, type RawClient } from './client.js';
import { Proof } from './proof.js';

let stage: Stage;
const proof = new Proof(() => stage);
const { set } = proof;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const open = (query: Record<string, string | null> = {}, options: ConnectOptions = {}): RawClient =>
  stage.connect({
    path: '/agent/text-stream',
    query: { workspace_id: demoIds.workspaceId, entity_id: null, ...query },
    ...options,
  });
const send = (client: RawClient, frame: object): void => client.socket.send(JSON.stringify(frame));
const idOf = (client: RawClient): string => String(client.frames[0]?.data['conversation_id']);

async function turn(client: RawClient, frame: object): Promise<string[]> {
  const from = client.frames.length;
  send(client, frame);
  await client.until((frames) =>
    frames.slice(from).some(({ name }) => ['response_complete', 'error'].includes(name)),
  );
  return client.names.slice(from);
}

describe('a conversation', () => {
  it('opens with session_started, waits for the client, and answers in flat frames', async () => {
    const client = open();
    const started = await client.next('session_started');
    expect(started.data).toMatchObject({ type: 'session_started', session_id: expect.any(String) });
    const names = await turn(client, { type: 'message', text: 'check my insurance' });
    expect(names[0]).toBe('typing');
    expect(names.at(-1)).toBe('response_complete');
    expect(client.frames.every(({ raw }) => !raw.includes('"event"'))).toBe(true);
    expect(names.filter((name) => name === 'tool_call_started')).toHaveLength(2);
  });

  it('shows the two frames of a tool call together, after its execution', async () => {
    const client = open();
    await client.next('session_started');
    const names = await turn(client, { text: 'check my insurance' });
    for (const [at, name] of names.entries())
      if (name === 'tool_call_started') expect(names[at + 1]).toBe('tool_call_completed');
    const input = client.frames.find(({ name }) => name === 'tool_call_started')?.data['input'];
    expect(input).toEqual({ member: 'on file', service: 'office visit' });
  });

  it('is resumed by its id and shared with the other surfaces', async () => {
    const client = open({ entity_id: demoIds.entityId });
    await client.next('session_started');
    await turn(client, { text: 'hello' });
    const id = idOf(client);
    client.socket.close();
    await client.closed;
    const again = open({ conversation_id: id });
    await again.next('session_started');
    expect(idOf(again)).toBe(id);
    await turn(again, { text: 'hello again' });
    expect(again.names.filter((name) => name === 'message')).toHaveLength(1);
    const elsewhere = stage.connect({ query: { conversation_id: id } });
    expect((await elsewhere.next('session.created')).data['conversation_id']).toBe(id);
    expect((await stage.history(id)).body.turns.map(({ role }) => role)).toEqual([
      'user',
      'agent',
      'user',
      'agent',
    ]);
  });

  it('without an id is a new conversation every time', async () => {
    const [one, two] = [open({ entity_id: demoIds.entityId }), open({ entity_id: demoIds.entityId })];
    await Promise.all([one.next('session_started'), two.next('session_started')]);
    expect(idOf(one)).not.toBe(idOf(two));
  });

  it('ends when the client says stop', async () => {
    const client = open();
    await client.next('session_started');
    send(client, { type: 'stop' });
    expect((await client.next('session_ended')).data).toEqual({ type: 'session_ended', reason: 'stopped' });
    expect((await client.closed).code).toBe(1000);
  });
});

describe('negotiation', () => {
  it('takes the token by subprotocol or in the address, on both paths', async () => {
    const token = stage.server.issueToken();
    const inAddress = open({ token }, { protocols: [], path: '/voice-agent/agent/text-stream' });
    await inAddress.next('session_started');
    expect(JSON.stringify(stage.control.log())).not.toContain(token);
  });

  it.each([
    ['no workspace', { workspace_id: null }, 4000],
    ['no service', { service_id: null }, 4000],
    ['a malformed conversation', { conversation_id: 'x' }, 4400],
    ['an unknown conversation', { conversation_id: demoIds.serviceId }, 4404],
  ])('refuses %s', async (_what, query: Record<string, string | null>, code) => {
    expect((await open(query).closed).code).toBe(code);
  });

  it('answers nonsense with an error and stays', async () => {
    const client = open();
    await client.next('session_started');
    expect(await turn(client, { type: 'user_text', text: 'hi' })).toEqual(['error']);
    expect(await turn(client, { text: ' ' })).toEqual(['error']);
    expect((await turn(client, { text: 'hello' })).at(-1)).toBe('response_complete');
  });
});

describe('what the sources disagree about', () => {
  it('C10: strict servers understand one form of message', async () => {
    set('client-frames', { understood: 'typed' });
    const typed = open();
    await typed.next('session_started');
    expect(await turn(typed, { text: 'hello' })).toEqual(['error']);
    stage.control.set({ fault: 'client-frames', understood: 'bare' });
    const bare = open();
    await bare.next('session_started');
    const both = await turn(bare, { type: 'message', text: 'hello' });
    expect(both.at(-1)).toBe('response_complete');
  });

  it('C11: a turn may end without response_complete, and pings may come', async () => {
    set('turn-end', { is: 'nothing' });
    stage.control.set({ fault: 'pings', every_ms: 5 });
    const client = open();
    await client.next('session_started');
    send(client, { text: 'hello' });
    await client.next('message');
    await client.next('ping', client.frames.length);
    expect(client.names).not.toContain('response_complete');
  });

  it('a message taken for a repeat is not answered and not kept', async () => {
    set('suppressed-repeat');
    const client = open();
    await client.next('session_started');
    expect(await turn(client, { text: 'hello' })).toEqual(['typing', 'response_complete']);
    expect(client.frames.at(-1)?.data['duplicate']).toBe(true);
    expect(proof.userTexts()).toEqual([['hello', false]]);
  });

  it.each(['completed', 'escalated', 'disconnected', 'other', 'reason_from_the_future'])(
    'the session ends with %s',
    async (reason) => {
      set('session-ended', { reason });
      const client = open();
      await client.next('session_started');
      send(client, { text: 'hello' });
      expect((await client.next('session_ended')).data['reason']).toBe(reason);
      expect((await client.closed).code).toBe(1000);
    },
  );

  it('leaves out none of its faults', () => proof.expectAll('text-stream'));
});
