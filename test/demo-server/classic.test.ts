import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DEMO_API_KEY, demoIds } from '../../demo/server/index.js';
import { Stage, type HttpAnswer } from './client.js';
import { Proof } from './proof.js';

let stage: Stage;
const proof = new Proof(() => stage);
const { set } = proof;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

type Line = Record<string, unknown> & { readonly type: string };

const BASE = `/v1/${demoIds.organizationId}`;
const CONVERSATION = `${BASE}/conversation/`;
const service_id = demoIds.classicServiceId;
const HEX = /^[a-f0-9]{24}$/;

interface Streamed {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly lines: readonly Line[];
  readonly types: readonly string[];
}

async function read(path: string, init: RequestInit): Promise<Streamed> {
  const headers = { authorization: `Bearer ${stage.server.issueToken()}`, ...(init.headers as object) };
  const response = await fetch(stage.url + path, { ...init, method: 'POST', headers });
  const text = await response.text();
  const isStream = response.headers.get('content-type') === 'application/x-ndjson';
  const lines = isStream ? text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Line] : [])) : [];
  const body = isStream || text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
  const types = lines.map(({ type }) => type).filter((type, at, all) => type !== all[at - 1]);
  return { status: response.status, body, lines, types };
}

const create = (
  body: object = {},
  query = 'response_format=text',
  headers: HeadersInit = {},
): Promise<Streamed> =>
  read(`${CONVERSATION}?${query}`, { body: JSON.stringify({ service_id, ...body }), headers });

function interact(
  id: string,
  text: string | Blob,
  fields: readonly (readonly [string, string])[] = [['initial_message_type', 'user-message']],
  query = 'request_format=text&response_format=text',
): Promise<Streamed> {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  if (typeof text === 'string') form.append('recorded_message', text);
  else form.append('recorded_message', text, 'recording');
  return read(`${CONVERSATION}${id}/interact?${query}`, { body: form });
}

const finish = (id: string): Promise<HttpAnswer> =>
  stage.fetch(`${CONVERSATION}${id}/finish/`, { method: 'POST', body: '{}' });
const messages = async (id: string, query = ''): Promise<Line[]> =>
  (await stage.fetch(`${CONVERSATION}${id}/messages/${query}`)).body['messages'] as Line[];
const begin = async (): Promise<string> => String((await create()).lines[0]!['conversation_id']);
const said = (lines: readonly Line[]): string =>
  lines.flatMap((line) => (line.type === 'new-message' ? [line['message']] : [])).join('');

describe('a conversation', () => {
  it('agent first: created, pieces, complete', async () => {
    const { status, lines, types } = await create();
    expect([status, types]).toEqual([201, ['conversation-created', 'new-message', 'interaction-complete']]);
    expect(lines[0]!['conversation_id']).toMatch(HEX);
    expect(lines.at(-1)).toMatchObject({
      message_id: expect.stringMatching(HEX),
      interaction_id: expect.stringMatching(HEX),
      full_message: said(lines),
      conversation_completed: false,
    });
    expect(lines.filter((line) => line['stop'] === true)).toEqual([]);
  });

  it('user first and event first have no greeting', async () => {
    const user = await create({ initial_message: 'hello', initial_message_type: 'user-message' });
    expect(user.types).not.toContain('user-message-available');
    const id = String(user.lines[0]!['conversation_id']);
    expect((await messages(id)).map((one) => one['message_type'])).toEqual(['user-message', 'agent-message']);
    await finish(id);
    const event = await create({
      initial_message: 'A fall was seen.',
      initial_message_type: 'external-event',
    });
    const kinds = (await messages(String(event.lines[0]!['conversation_id']))).map(
      (one) => one['message_type'],
    );
    expect(kinds).toEqual(['external-event', 'agent-message']);
  });

  it('interacts: transcript, actions, pieces over several messages, one message in the end', async () => {
    const id = await begin();
    const { status, lines, types } = await interact(id, 'check my insurance');
    expect([status, types[0], types.at(-1)]).toEqual([200, 'user-message-available', 'interaction-complete']);
    const actions = lines
      .filter((line) => line.type === 'current-agent-action')
      .map((line) => line['action'] as Line);
    expect(actions.map(({ type }) => type)).toEqual([
      'check-if-active-memory-needed-completed',
      'tool-call-started',
      'tool-call-ended',
      'tool-call-started',
      'tool-call-ended',
    ]);
    expect(actions.map((action) => action['tool_round_index'])).toEqual([undefined, 1, 1, 2, 2]);
    const full = String(lines.at(-1)!['full_message']);
    expect([said(lines), full.split('\n\n').length > 2]).toEqual([full, true]);
    const last = (await messages(id)).at(-1)!;
    expect([last['id'], last['message']]).toEqual([lines.at(-1)!['message_id'], full]);
  });

  it('takes events of the world with their times, and goes on when there is nothing to say', async () => {
    const id = await begin();
    const type = ['initial_message_type', 'user-message'] as const;
    const event = (content: string, at: string): (readonly [string, string])[] => [
      ['external_event_message_content', content],
      ['external_event_message_timestamp', at],
    ];
    const told = [type, ...event('one', '2026-01-01T10:00:00Z'), ...event('two', '2026-01-01T11:00:00Z')];
    expect((await interact(id, 'hello', told)).status).toBe(200);
    const wrong = [type, ...event('one', '2026-01-01T11:00:00Z'), ...event('two', '2026-01-01T10:00:00Z')];
    expect((await interact(id, 'hello', wrong)).status).toBe(400);
    const skipped = await interact(id, '', [['initial_message_type', 'skip']]);
    expect(skipped.types).toEqual(['new-message', 'interaction-complete']);
    const kinds = (await messages(id)).map((one) => one['message_type']);
    expect(kinds.filter((kind) => kind === 'external-event')).toHaveLength(2);
    expect(kinds.at(-1)).toBe('agent-message');
  });

  it('one at a time: continue or finish', async () => {
    const id = await begin();
    expect((await create()).status).toBe(400);
    const listed = await stage.fetch(`${CONVERSATION}?is_finished=false`);
    expect(listed.body['conversations']).toMatchObject([
      { id, is_finished: false, num_messages: 1, service_id },
    ]);
    await interact(id, 'hello');
    expect((await finish(id)).status).toBe(204);
    expect((await finish(id)).status).toBe(409);
    expect((await interact(id, 'hello')).status).toBe(409);
    expect((await create()).status).toBe(201);
  });

  it('lists messages by pages, in either order, and thoughts only if asked for', async () => {
    const id = await begin();
    await interact(id, 'check my insurance');
    const first = await stage.fetch(`${CONVERSATION}${id}/messages/?limit=2`);
    expect(first.body).toMatchObject({ has_more: true, continuation_token: 2 });
    const second = await stage.fetch(`${CONVERSATION}${id}/messages/?limit=2&continuation_token=2`);
    expect(second.body).toMatchObject({ has_more: false, continuation_token: null });
    const all = await messages(id);
    expect((await messages(id, '?sort_by=-created_at')).map((one) => one['id'])).toEqual(
      all.map((one) => one['id']).reverse(),
    );
    expect(await messages(id, '?message_type=agent-inner-thought')).toHaveLength(2);
    expect((await stage.fetch(`${CONVERSATION}${id}/messages/?message_type=gossip`)).status).toBe(422);
    expect((await stage.fetch(`${CONVERSATION}${id}/messages/${String(all[0]!['id'])}/source`)).status).toBe(
      400,
    );
  });
});

describe('what is refused', () => {
  it('a key, a stranger, a malformed id, a token of another organization', async () => {
    const id = await begin();
    const as = (token: string): RequestInit => ({ headers: { authorization: `Bearer ${token}` } });
    const path = `${CONVERSATION}${id}/messages/`;
    expect((await stage.fetch(path, as(DEMO_API_KEY))).status).toBe(401);
    expect((await stage.fetch(path, as(stage.server.issueToken({ subject: 'other' })))).status).toBe(404);
    expect((await stage.fetch(path, as(stage.server.issueToken({ workspaceId: 'other' })))).status).toBe(403);
    expect((await stage.fetch(`${CONVERSATION}xyz/messages/`)).status).toBe(422);
    expect((await create({ service_id: 'xyz' })).status).toBe(422);
    expect((await create({ initial_message: 'hello' })).status).toBe(422);
    expect((await interact(id, ' ')).status).toBe(400);
    expect((await interact(id, 'x', [['initial_message_type', 'skip']])).status).toBe(422);
  });

  it('voice, another Accept, another Content-Type', async () => {
    expect((await create({}, 'response_format=voice')).status).toBe(400);
    expect((await create({}, 'response_format=text', { accept: 'audio/wav' })).status).toBe(406);
    expect((await create({}, '')).status).toBe(422);
    const id = await begin();
    const query = 'request_format=voice&response_format=text';
    expect((await interact(id, new Blob(['x'], { type: 'audio/wav' }), [], query)).status).toBe(400);
    const json = await read(`${CONVERSATION}${id}/interact?request_format=text&response_format=text`, {
      body: '{}',
    });
    expect(json.status).toBe(415);
  });

  it('an error takes everything back, in a create the conversation too', async () => {
    const id = await begin();
    stage.control.set({ fault: 'error', at: 'mid-reply', after: 3 });
    const { types } = await interact(id, 'hello');
    expect(types.at(-1)).toBe('error');
    expect(await messages(id)).toHaveLength(1);
    await interact(id, 'hello');
    await finish(id);
    stage.control.set({ fault: 'error', at: 'mid-reply' });
    const failed = await create({ initial_message: 'hello', initial_message_type: 'user-message' });
    expect(failed.types.at(-1)).toBe('error');
    expect((await stage.fetch(`${CONVERSATION}?is_finished=false`)).body['conversations']).toEqual([]);
  });
});

describe('beside conversations', () => {
  it('starters and recommended responses', async () => {
    const starter = (body: object): Promise<HttpAnswer> =>
      stage.fetch(`${CONVERSATION}conversation_starter`, { method: 'POST', body: JSON.stringify(body) });
    const asked = {
      service_id,
      facets: ['visits'],
      min_count: 2,
      max_count: 3,
      generation_instructions: 'Short.',
    };
    expect((await starter(asked)).body['prompts']).toHaveLength(3);
    expect((await starter({ ...asked, facets: [] })).status).toBe(422);
    const id = await begin();
    const { lines } = await interact(id, 'hello');
    const recommend = (interaction: unknown): Promise<HttpAnswer> =>
      stage.fetch(`${CONVERSATION}${id}/interaction/${String(interaction)}/recommend_responses`, {
        method: 'POST',
      });
    const latest = await recommend(lines.at(-1)!['interaction_id']);
    expect(latest.body['recommended_responses']).toHaveLength(3);
    expect((await recommend('0'.repeat(24))).status).toBe(400);
  });

  it('a key is traded for a token that works', async () => {
    const signIn = (key: string): Promise<HttpAnswer> =>
      stage.fetch(`${BASE}/user/signin_with_api_key`, {
        method: 'POST',
        headers: { 'x-api-key': key, 'x-api-key-id': 'k1', 'x-user-id': 'a'.repeat(24) },
      });
    expect((await signIn('wrong')).status).toBe(401);
    const { body } = await signIn(DEMO_API_KEY);
    expect(Date.parse(String(body['expires_at']))).toBeGreaterThan(Date.now());
    const headers = { authorization: `Bearer ${String(body['id_token'])}` };
    const services = await stage.fetch(`${BASE}/service/`, { headers });
    expect(services.body['services']).toMatchObject([{ id: service_id, is_active: true }]);
    const created = await create({}, 'response_format=text', headers);
    expect(created.status).toBe(201);
  });

  it('metrics and versions of dynamic behaviour', async () => {
    const conversation_id = await begin();
    await interact(conversation_id, 'hello');
    const metric_ids = ['b'.repeat(24)];
    const body = JSON.stringify({ metric_ids, conversation_id });
    const { body: found } = await stage.fetch(`${BASE}/metric/evaluate`, { method: 'POST', body });
    expect(found['metrics']).toMatchObject([{ metric_id: metric_ids[0], value: 2 }]);
    const versions = async (query: string): Promise<unknown[]> => {
      const path = `${BASE}/dynamic_behavior_set/${'c'.repeat(24)}/version/${query}`;
      const list = (await stage.fetch(path)).body['dynamic_behavior_set_versions'] as Line[];
      return list.map((one) => one['version']);
    };
    expect(await versions('?sort_by=-version')).toEqual([3, 2, 1]);
    expect(await versions('?version=latest')).toEqual([3]);
    expect(await versions('?version=1-2')).toEqual([1, 2]);
  });
});

describe('what the sources disagree about', () => {
  const turn = async (): Promise<Streamed> => interact(await begin(), 'check my insurance');

  it('C13: the stream stays open, and the next operation is refused until it closes', async () => {
    const id = await begin();
    set('classic-close', { when: 'never' });
    const abort = new AbortController();
    const form = new FormData();
    form.append('recorded_message', 'hello');
    const path = `${stage.url}${CONVERSATION}${id}/interact?request_format=text&response_format=text`;
    const headers = { authorization: `Bearer ${stage.server.issueToken()}` };
    const response = await fetch(path, { method: 'POST', body: form, headers, signal: abort.signal });
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      if (text.includes('interaction-complete')) break;
    }
    stage.control.set({ fault: 'classic-close', when: 'late', ms: 5 });
    await expect.poll(async () => (await interact(id, 'hello')).status).toBe(200);
    abort.abort();
  });

  it('C14: the end has two signs, C15: completion two forms, C16: errors two shapes', async () => {
    set('classic-completion', { fields: 'bare' });
    expect((await turn()).lines.at(-1)).toEqual({ type: 'interaction-complete' });
    for (const sign of ['completed', 'end-session', 'both']) {
      stage.control.reset();
      const id = await begin();
      set('classic-end', { sign });
      const { lines } = await interact(id, 'bye');
      const complete = lines.find(({ type }) => type === 'interaction-complete')!;
      expect([complete['conversation_completed'] === true, lines.at(-1)!.type === 'end-session']).toEqual([
        sign !== 'end-session',
        sign !== 'completed',
      ]);
      expect((await interact(id, 'hello')).status).toBe(409);
    }
    stage.control.reset();
    set('classic-errors', { fields: 'code-message' });
    set('late-error');
    const id = await begin();
    expect(Object.keys((await messages(id))[0]!)).toContain('interaction_id');
    stage.control.set({ fault: 'late-error' });
    expect((await interact(id, 'hello')).lines.at(-1)).toMatchObject({ type: 'error', code: 500 });
    expect(await messages(id)).toHaveLength(3);
  });

  it('C17: the type of a message is optional, required or refused', async () => {
    const id = await begin();
    set('classic-fields', { are: 'type-required' });
    expect((await interact(id, 'hello', [])).status).toBe(422);
    stage.control.set({ fault: 'classic-fields', are: 'no-type' });
    expect((await interact(id, 'hello')).status).toBe(422);
    expect((await interact(id, 'hello', [])).status).toBe(200);
  });

  it('C18 to C20: recordings by form or as bytes, replies in three formats, FLAC by nobody', async () => {
    set('classic-voice', { is: 'supported', body: 'multipart' });
    set('classic-accept', { audio: 'accepted' });
    const created = await create({}, 'response_format=voice', { accept: 'audio/*' });
    const id = String(created.lines[0]!['conversation_id']);
    const head = (lines: readonly Line[]): string => {
      const piece = lines.find(({ type }) => type === 'new-message')!;
      return Buffer.from(String(piece['message']), 'base64').subarray(0, 4).toString('latin1');
    };
    expect(head(created.lines)).toBe('RIFF');
    const query = 'request_format=voice&response_format=voice';
    const wav = new Blob(['RIFF'], { type: 'audio/wav' });
    const raw = (type: string): Promise<Streamed> =>
      read(`${CONVERSATION}${id}/interact?${query}`, { body: 'RIFF', headers: { 'content-type': type } });
    const heard = await interact(id, wav, [['initial_message_type', 'user-message']], query);
    expect(heard.lines[0]).toMatchObject({
      type: 'user-message-available',
      user_message: expect.any(String),
    });
    expect((await raw('audio/wav')).status).toBe(422);
    stage.control.set({ fault: 'classic-voice', is: 'supported', body: 'raw', reply: 'mp3' });
    expect(head((await raw('audio/wav')).lines)).toMatch(/^\u00ff\u00fb/);
    expect((await raw('audio/flac')).status).toBe(415);
    expect((await interact(id, wav, [], query)).status).toBe(422);
  });

  it('C21: actions are objects, words, unasked for, or none', async () => {
    const id = await begin();
    const actions = async (query: string): Promise<unknown[]> => {
      const path = `request_format=text&response_format=text${query}`;
      const { lines } = await interact(id, 'check my insurance', [], path);
      return lines.flatMap((line) => (line.type === 'current-agent-action' ? [typeof line['action']] : []));
    };
    const silence = `&current_agent_action_type=${encodeURIComponent('^$')}`;
    expect(await actions(silence)).toEqual([]);
    expect(await actions('&current_agent_action_type=tool-call-started')).toEqual(['object', 'object']);
    set('classic-actions', { shape: 'unasked' });
    expect(await actions(silence)).toHaveLength(5);
    set('classic-actions', { shape: 'string' });
    expect(await actions('')).toEqual([]);
    expect((await actions('&current_agent_action_type=.*'))[0]).toBe('string');
    expect(
      (await interact(id, 'x', [], 'request_format=text&response_format=text&current_agent_action_type=('))
        .status,
    ).toBe(422);
  });

  it('C22: a filler is at the top, inside an action, or both; C32: pairs in either order', async () => {
    const id = await begin();
    const fillers: unknown[] = [];
    for (const where of ['top', 'inside', 'both']) {
      set('action-too-long', { where });
      const { lines } = await interact(id, 'check my insurance');
      fillers.push(
        lines.filter((line) => JSON.stringify(line).includes('action-too-long')).map(({ type }) => type),
      );
    }
    expect(fillers).toEqual([
      ['action-too-long'],
      ['current-agent-action'],
      ['action-too-long', 'current-agent-action'],
    ]);
    const pairs: unknown[] = [];
    for (const style of ['text', 'schema']) {
      set('classic-alignment', { pairs: style });
      const { lines } = await interact(id, 'hello');
      const first = lines.find(({ type }) => type === 'new-message')!['transcript_alignment'] as unknown[][];
      pairs.push(first[0]!.map((one) => typeof one));
    }
    expect(pairs).toEqual([
      ['string', 'number'],
      ['number', 'string'],
    ]);
  });

  it('C23: a transcript at create; C24: what a second conversation gets; C25: an empty finish', async () => {
    set('classic-transcript', { at_create: 'with' });
    const first = await create({ initial_message: 'hello', initial_message_type: 'user-message' });
    expect(first.types[1]).toBe('user-message-available');
    set('classic-active', { second: '409' });
    expect((await create()).status).toBe(409);
    set('classic-active', { second: 'allowed' });
    const second = String((await create()).lines[0]!['conversation_id']);
    set('classic-empty-finish', { status: '400' });
    expect((await finish(second)).status).toBe(400);
    expect((await finish(second)).status).toBe(404);
  });

  it('limits are kept where that is set', async () => {
    set('classic-limits', { are: 'kept' });
    const id = await begin();
    const statuses = [];
    for (let call = 0; call < 6; call += 1) statuses.push((await finish(id)).status);
    expect(statuses.at(-1)).toBe(429);
  });

  it('leaves out none of its faults', () => proof.expectAll('classic'));
});
