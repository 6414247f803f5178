import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { DEMO_API_KEY, demoIds } from '../../demo/server/index.js';
import { Stage, type HttpAnswer, type RawClient } from './client.js';
import { Proof } from './proof.js';

let stage: Stage;
const proof = new Proof(() => stage);
const { set } = proof;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

const BASE = `/v1/${demoIds.workspaceId}/conversations`;
const { serviceId: service_id, entityId: entity_id } = demoIds;

const post = (path: string, body: object = {}, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
  stage.fetch(path, { method: 'POST', body: JSON.stringify(body), headers });

async function begin(body: object = { service_id, entity_id }): Promise<string> {
  return String((await post(BASE, body)).body['id']);
}

interface Streamed {
  readonly text: string;
  readonly names: string[];
  readonly events: Record<string, unknown>[];
  /** The connection broke before the end of the answer. */
  readonly broken: boolean;
}

async function stream(id: string, message: string, query = ''): Promise<Streamed> {
  const response = await fetch(`${stage.url}${BASE}/${id}/turns/stream${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stage.server.issueToken()}` },
    body: JSON.stringify({ message }),
  });
  let text = '';
  let broken = false;
  try {
    const reader = response.body!.pipeThrough(new TextDecoderStream());
    for await (const chunk of reader) text += chunk;
  } catch {
    broken = true;
  }
  const lines = text.split(/\r?\n/);
  const data = lines.filter((line) => line.startsWith('data: ')).map((line) => line.slice(6));
  const events = data.flatMap((line) => {
    try {
      return [JSON.parse(line) as Record<string, unknown>];
    } catch {
      return [];
    }
  });
  const names = lines.filter((line) => line.startsWith('event: ')).map((line) => line.slice(7));
  return { text, names, events, broken };
}

describe('a conversation over HTTP', () => {
  it('begins, greets on an empty message, streams turns, and ends', async () => {
    const created = await post(BASE, { service_id, entity_id });
    expect([created.status, created.body['turn_count'], created.body.turns]).toEqual([201, 0, []]);
    const id = String(created.body['id']);
    const greeting = await stream(id, '');
    expect(greeting.names.at(-1)).toBe('done');
    expect(greeting.events.at(-1)).toMatchObject({ conversation_id: id, turn_count: 0, turn_id: null });
    const { names } = await stream(id, 'check my insurance', '?include_tool_calls=true');
    expect(names.filter((name) => name.startsWith('tool_call'))).toHaveLength(4);
    expect((await stream(id, 'hello')).names.filter((name) => name.startsWith('tool'))).toEqual([]);
    expect((await stage.history(id)).body['turn_count']).toBe(2);
    expect((await stage.fetch(`${BASE}/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await post(`${BASE}/${id}/turns/stream`, { message: 'hello' })).status).toBe(409);
  });

  it('answers in JSON, or streams where the client accepts that', async () => {
    const id = await begin();
    const { status, body } = await post(`${BASE}/${id}/turns?include_tool_calls=true`, {
      message: 'check my insurance',
    });
    expect([status, body['background_pending']]).toEqual([200, false]);
    expect(body).toMatchObject({
      input: { role: 'user', text: 'check my insurance' },
      output: [{ role: 'agent' }, { role: 'agent' }],
      tool_calls: [{ succeeded: false }, { succeeded: true }],
      conversation: { id, status: 'active', turn_count: 1 },
    });
    const accepts = { accept: 'text/event-stream' };
    const streamed = await post(`${BASE}/${id}/turns`, { message: 'hello' }, accepts);
    expect(streamed.headers.get('content-type')).toBe('text/event-stream');
  });

  it('is continued on sessions/connect, where the greeting is not said again', async () => {
    const id = await begin();
    await stream(id, '');
    const client = stage.connect();
    expect((await client.next('session.created')).data['conversation_id']).toBe(id);
    await client.ask('hello');
    expect((await stage.history(id)).body.turns.map(({ role }) => role)).toEqual(['agent', 'user', 'agent']);
  });

  it.each([
    ['a message that is too long', { message: 'x'.repeat(10_001) }],
    ['a message that is no text', { message: 12 }],
    ['too many parts', { message: 'a', content: Array(21).fill({}) }],
    ['a narrow viewport', { message: 'a', viewport_width: 5 }],
  ])('refuses %s with the place of the mistake', async (_what, body) => {
    const { status, body: answer } = await post(`${BASE}/${await begin()}/turns`, body);
    expect(status).toBe(422);
    expect(answer['detail']).toMatchObject([{ loc: ['body', expect.any(String)], type: expect.any(String) }]);
  });

  it('refuses a create that is not for the web', async () => {
    expect((await post(BASE, { service_id, force_new: true })).status).toBe(422);
    expect((await post(BASE, {})).status).toBe(422);
    expect((await post(BASE, { service_id: demoIds.serviceId, entity_id: 'maria' })).status).toBe(422);
  });
});

describe('background work', () => {
  const poll = (id: string, headers: Record<string, string> = {}): Promise<HttpAnswer> =>
    post(`${BASE}/${id}/turns?poll=true`, {}, headers);

  it('is collected by polling', async () => {
    const id = await begin();
    set('background-work', { polls: 2 });
    expect((await stream(id, 'hello')).events.at(-1)).toMatchObject({ background_pending: true });
    expect((await poll(id)).body).toMatchObject({ background_pending: true, output: [] });
    const { body } = await poll(id);
    expect(body).toMatchObject({ background_pending: false, output: [{ role: 'agent' }] });
    expect((await stage.history(id)).body.turns.map(({ turn_index }) => turn_index)).toEqual([0, 0, 0]);
    expect((await post(`${BASE}/${id}/turns?poll=true`, { message: 'x' })).status).toBe(422);
  });

  it('may be in the history only, be provisional, or be drained by the next turn', async () => {
    const id = await begin();
    set('background-work', { polls: 2, empty: true, provisional: true });
    await stream(id, 'hello');
    expect((await poll(id)).body).toMatchObject({ background_pending: true, output: [{}] });
    expect((await poll(id)).body).toMatchObject({ background_pending: false, output: [] });
    expect((await stage.history(id)).body.turns).toHaveLength(3);
    set('background-work', { polls: 9 });
    await stream(id, 'what are your hours');
    const next = await stream(id, 'thanks');
    expect(next.names.filter((name) => name === 'message')).toHaveLength(2);
    expect(next.events.at(-1)).toMatchObject({ background_pending: false });
  });

  it('version 2: the same key gets the same answer until its receipt is acknowledged', async () => {
    set('delivery-protocol', { version: '2' });
    const id = await begin();
    set('background-work', { polls: 1 });
    const first = await post(`${BASE}/${id}/turns`, { message: 'hello' });
    expect(first.body).toMatchObject({ background_pending: true, delivery_protocol_version: 2 });
    const key = '0b0f2b1e-6a51-4c3a-8d52-0d9a1f0c7e11';
    const one = await poll(id, { 'idempotency-key': key });
    expect(await poll(id, { 'idempotency-key': key })).toMatchObject({ body: one.body });
    const delivery = one.body['delivery'] as Record<string, string>;
    expect(delivery['request_id']).toBe(key);
    const other = await poll(id, { 'idempotency-key': '1b0f2b1e-6a51-4c3a-8d52-0d9a1f0c7e11' });
    expect(other.body['output']).toEqual(one.body['output']);
    const ack = (receipt: string): Promise<HttpAnswer> =>
      post(`${BASE}/${id}/turns/${delivery['delivery_id']}/ack`, { request_id: key, receipt });
    expect((await ack('1b0f2b1e-6a51-4c3a-8d52-0d9a1f0c7e11')).status).toBe(422);
    expect((await ack(delivery['receipt']!)).status).toBe(204);
    expect((await ack(delivery['receipt']!)).status).toBe(204);
    const late = await poll(id, { 'idempotency-key': '2b0f2b1e-6a51-4c3a-8d52-0d9a1f0c7e11' });
    expect(late.body['output']).toEqual([]);
  });

  it('a downgraded server promises receipts and gives none', async () => {
    set('delivery-protocol', { version: 'downgrade' });
    const id = await begin();
    set('background-work', { polls: 1 });
    expect((await stream(id, 'hello')).events.at(-1)).toMatchObject({ delivery_protocol_version: 2 });
    const { body } = await poll(id, { 'idempotency-key': '0b0f2b1e-6a51-4c3a-8d52-0d9a1f0c7e11' });
    expect(Object.keys(body)).not.toContain('delivery');
    expect(Object.keys(body)).not.toContain('delivery_protocol_version');
  });
});

describe('external users', () => {
  const form = (fields: Record<string, string>, token?: string): Promise<HttpAnswer> =>
    stage.fetch('/token', {
      method: 'POST',
      body: new URLSearchParams(fields),
      ...(token ? { headers: { authorization: `Bearer ${token}` } } : { headers: { authorization: '' } }),
    });

  async function visitor(key: string): Promise<Record<string, string>> {
    const parent = await form({ grant_type: 'client_credentials', client_secret: DEMO_API_KEY });
    const { body } = await form(
      {
        grant_type: 'external_user_session',
        workspace_id: demoIds.workspaceId,
        external_subject_key: key,
        subject_type: 'user',
        service_id,
        consumer_entity_id: entity_id,
      },
      String(parent.body['access_token']),
    );
    return { authorization: `Bearer ${String(body['access_token'])}` };
  }

  it('create without an entity, see their own conversations, and no tool calls', async () => {
    const [maria, other] = [await visitor('maria'), await visitor('other')];
    expect((await post(BASE, { service_id, entity_id }, maria)).status).toBe(403);
    const created = await post(BASE, { service_id }, maria);
    const id = String(created.body['id']);
    expect(created.body['entity_id']).toBe(entity_id);
    expect((await stage.fetch(`${BASE}/${id}`, { headers: maria })).status).toBe(200);
    expect((await stage.fetch(`${BASE}/${id}?include_tool_calls=true`, { headers: maria })).status).toBe(403);
    expect((await stage.fetch(`${BASE}/${id}`, { headers: other })).status).toBe(404);
    expect((await post(BASE, { service_id: entity_id }, maria)).status).toBe(403);
  });

  it('approve and reject in their own conversations; nobody else does', async () => {
    const maria = await visitor('maria');
    const id = String((await post(BASE, { service_id }, maria)).body['id']);
    const decide = (body: object, headers = maria): Promise<HttpAnswer> =>
      post(`${BASE}/${id}/approval`, body, headers);
    expect((await decide({ decision: 'approve', reason: 'fine' })).status).toBe(204);
    expect((await decide({ decision: 'reject' })).status).toBe(204);
    expect((await decide({ decision: 'maybe' })).status).toBe(422);
    expect((await decide({ decision: 'approve', by: 'maria' })).status).toBe(422);
    expect((await decide({ decision: 'approve' }, {})).status).toBe(403);
    expect((await decide({ decision: 'approve' }, await visitor('other'))).status).toBe(404);
  });

  it('a refresh token is good once; grants ask for what they need', async () => {
    const key = await form({ grant_type: 'api_key', api_key: DEMO_API_KEY });
    const refresh = { grant_type: 'refresh_token', refresh_token: String(key.body['refresh_token']) };
    expect((await form(refresh)).body['refresh_token']).not.toBe(refresh.refresh_token);
    expect((await form(refresh)).body).toMatchObject({ error: 'invalid_grant' });
    expect((await form({ grant_type: 'external_user_session' })).status).toBe(401);
    set('scopes', { turns: 'conversations:turns:create' });
    const scoped = await form({ grant_type: 'api_key', api_key: DEMO_API_KEY });
    expect(scoped.body['scope']).toContain('conversations:turns:create');
  });
});

describe('what goes wrong', () => {
  it('any request fails with any status, before or after its work', async () => {
    const id = await begin();
    set('request-fails', { request: 'turn', status: 429, retry_after: 7, body: 'rich' });
    const limited = await post(`${BASE}/${id}/turns`, { message: 'hello' });
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(limited.body).toMatchObject({ detail: expect.any(String), request_id: expect.any(String) });
    expect((await stage.history(id)).body.turns).toEqual([]);
    set('request-fails', { request: 'turn', status: 502, work: 'done', body: 'object' });
    expect((await post(`${BASE}/${id}/turns/stream`, { message: 'hello' })).status).toBe(502);
    expect((await stage.history(id)).body.turns).toHaveLength(2);
  });

  it('is slow, or never answers', async () => {
    set('request-slow', { request: 'create', ms: 5 });
    const id = await begin();
    set('request-hangs', { request: 'turn' });
    const asked = stage.fetch(`${BASE}/${id}/turns`, {
      method: 'POST',
      body: '{"message":"hello"}',
      signal: AbortSignal.timeout(50),
    });
    await expect(asked).rejects.toThrow(/timeout/);
  });

  it.each(['end', 'fin', 'rst'])('a stream is cut at a byte, by %s; the turn goes on', async (how) => {
    const id = await begin();
    set('cut-stream', { bytes: 100, how });
    const { text, broken } = await stream(id, 'hello');
    expect(broken || text.length === 100).toBe(true);
    expect(text.length).toBeLessThanOrEqual(100);
    await expect.poll(async () => (await stage.history(id)).body.turns.length).toBe(2);
  });

  it('faults of sockets strike streams too', async () => {
    const id = await begin();
    stage.control.set({ fault: 'drop', at: 'mid-reply' });
    const dropped = await stream(id, 'hello');
    expect([dropped.broken, dropped.names.includes('done')]).toEqual([true, false]);
    stage.control.set({ fault: 'drop', at: 'received' });
    expect(await post(`${BASE}/${id}/turns`, { message: 'lost' }).catch(() => 'cut')).toBe('cut');
    expect(proof.userTexts()).toContainEqual(['lost', false]);
    stage.control.set({ fault: 'error', code: 'turn_timeout', at: 'mid-reply' });
    expect((await stream(id, 'hello')).names.at(-1)).toBe('error');
    stage.control.set({ fault: 'error', code: 'upstream_error', status_code: 503, at: 'mid-reply' });
    expect((await post(`${BASE}/${id}/turns`, { message: 'hello' })).status).toBe(503);
    stage.control.set({ fault: 'no-done' });
    expect((await stream(id, 'hello')).names.at(-1)).toBe('message');
  });
});

describe('what the sources disagree about', () => {
  it('C26: the event is named by its line, its body, or both', async () => {
    const id = await begin();
    const shapes = new Set<string>();
    for (const where of ['both', 'line', 'body']) {
      set('sse-event', { in: where });
      const { names, events } = await stream(id, 'hello');
      shapes.add(`${names.length > 0} ${events[0]?.['event'] !== undefined}`);
    }
    expect([...shapes]).toEqual(['true true', 'true false', 'false true']);
  });

  it('the framing is LF or CRLF, with comments, in chunks of any size', async () => {
    const id = await begin();
    set('sse-framing', { line_end: 'crlf', comments: true, chunk: 1 });
    const { text, names } = await stream(id, 'hello');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(text).toContain(': keep-alive');
    expect(names.at(-1)).toBe('done');
  });

  it('C27: input is a string, an object, null, or bad JSON; C28: old words for the status', async () => {
    const id = await begin();
    const inputs: unknown[] = [];
    for (const shape of ['documented', 'object', 'null', 'bad-json']) {
      set('tool-input', { shape });
      const { events } = await stream(id, 'check my insurance', '?include_tool_calls=true');
      inputs.push(events.find((event) => event['event'] === 'tool_call_started')?.['input']);
    }
    expect(inputs.map((input) => (input === null ? 'null' : typeof input))).toEqual([
      'string',
      'object',
      'null',
      'string',
    ]);
    set('conversation-status', { words: 'old' });
    expect((await stage.history(id)).body['status']).toBe('resumed');
  });

  it('leaves out none of its faults', () => proof.expectAll('requests'));
});

describe('sessions REST', () => {
  const start = (body: object): Promise<HttpAnswer> =>
    post(`/v1/${demoIds.workspaceId}/sessions/start`, body);
  const web = { service_id, channel_kind: 'web' };

  it('starts a session once per entity and service, by either id', async () => {
    const one = await start({ ...web, canonical_id: 'charmhealth:Patient:67890', greeting: 'Hello Maria.' });
    expect([one.status, one.body['session_status'], one.body['entity_id']]).toEqual([
      201,
      'created',
      entity_id,
    ]);
    const two = await start({ ...web, entity_id, canonical_id: null });
    expect(two.body).toMatchObject({
      session_status: 'already_active',
      conversation_id: one.body['conversation_id'],
    });
    const { body } = await stage.history(String(one.body['conversation_id']));
    expect(body.turns.map(({ text }) => text)).toEqual(['Hello Maria.']);
  });

  it('a greeting that is being said is whole for whoever connects meanwhile', async () => {
    // So slow that it is not over before the test is.
    set('pace', { speed: 0.1 });
    set('second-connection', { policy: 'shares' });
    await start({ ...web, entity_id });
    const said = (client: RawClient): string[] =>
      client.frames.flatMap(({ name, data }) => (name === 'token' ? [String(data['text'])] : []));
    const first = stage.connect();
    await first.until(() => said(first).length > 2);
    const heard = said(first).join('');
    const late = stage.connect();
    await late.until(() => said(late).length > 1);
    expect(late.names[0]).toBe('session.created');
    expect(said(late)[0]).toMatch(new RegExp(`^${heard}`));
    await first.until(() => said(first).join('').length >= said(late).join('').length);
    expect(said(first).join('')).toMatch(new RegExp(`^${said(late).join('')}`));
  });

  it.each([
    ['neither id', web],
    ['both ids', { ...web, entity_id, canonical_id: 'a:b:c' }],
    ['no channel', { service_id, entity_id }],
    ['a canonical id of two parts', { ...web, canonical_id: 'a:b' }],
  ])('refuses %s', async (_what, body) => {
    expect((await start(body)).status).toBe(422);
  });

  it('knows no entity that is unknown', async () => {
    expect((await start({ ...web, canonical_id: 'charmhealth:Patient:unknown' })).status).toBe(404);
  });

  it('lists calls, and takes guidance for them', async () => {
    const calls = await stage.fetch(`/v1/${demoIds.workspaceId}/sessions/active`);
    const [first, second] = calls.body as unknown as Record<string, string>[];
    const inject = (sid: string, body: object): Promise<HttpAnswer> =>
      post(`/v1/${demoIds.workspaceId}/sessions/${sid}/inject`, body);
    const told = { message: 'Offer Friday.', event_type: 'guidance' };
    expect((await inject(first!['call_sid']!, told)).body['status']).toBe('delivered');
    expect((await inject(second!['call_sid']!, told)).body['status']).toBe('queued_no_subscriber');
    expect((await inject('CA0', told)).status).toBe(404);
    expect((await inject(first!['call_sid']!, { message: '' })).status).toBe(422);
  });
});
