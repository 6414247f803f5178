import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import {
  createDevServer,
  DEMO_API_KEY,
  demoIds,
  type ConversationView,
  type FaultDescription,
} from '../../demo/server/index.js';
import { Stage } from './client.js';

let stage: Stage;
let clock = Date.now();
beforeEach(async () => {
  clock = Date.now();
  stage = await Stage.open({ now: () => clock, tokenTtlSeconds: 60 });
});
afterEach(() => stage.close());

const form = (fields: Record<string, string>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(fields),
});
const path = (id: string): string => `/v1/${demoIds.workspaceId}/conversations/${id}`;

describe('POST /token', () => {
  it('without a body answers as a token-url does', async () => {
    const answer = await fetch(`${stage.url}/token`, { method: 'POST' });
    const { token, expires_at } = (await answer.json()) as Record<string, string>;
    expect(token).toMatch(/^[A-Za-z0-9._+-]{1,4096}$/);
    expect(Date.parse(expires_at!)).toBe(Math.floor(clock / 1000 + 60) * 1000);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it('with a form answers as the platform does, and its token works', async () => {
    const { status, body } = await stage.fetch(
      '/token',
      form({ grant_type: 'api_key', api_key: DEMO_API_KEY }),
    );
    expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'Bearer', 60]);
    await stage.connect({ token: String(body['access_token']) }).next('session.created');
    expect((await stage.fetch('/token', form({ grant_type: 'api_key', api_key: 'wrong' }))).status).toBe(401);
    expect((await stage.fetch('/token', form({ grant_type: 'password' }))).status).toBe(400);
  });

  it('gives tokens that really expire, for sockets and for requests', async () => {
    const token = stage.server.issueToken();
    const id = String((await stage.greeted({ token })).frames[0]?.data['conversation_id']);
    const read = (): Promise<Response> =>
      fetch(stage.url + path(id), { headers: { authorization: `Bearer ${token}` } });
    expect((await read()).status).toBe(200);
    clock += 61_000;
    expect((await read()).status).toBe(401);
    expect((await stage.connect({ token }).closed).reason).toBe('token expired');
  });

  it('ends every token at once, and the connections where asked to', async () => {
    const token = stage.server.issueToken();
    const client = await stage.greeted({ token });
    stage.control.expireTokens(4001);
    expect((await client.closed).code).toBe(4001);
    expect((await stage.connect({ token }).closed).code).toBe(4001);
    await stage.connect().next('session.created');
  });

  it('refuses a token that was tampered with', async () => {
    const [header, claims, signature] = stage.server.issueToken().split('.');
    const forged = Buffer.from(claims!, 'base64url')
      .toString()
      .replace(/"exp":\d+/, '"exp":9999999999');
    const token = [header, Buffer.from(forged).toString('base64url'), signature].join('.');
    expect((await stage.connect({ token }).closed).code).toBe(4001);
  });
});

describe('the history', () => {
  it('has the fields of a ConversationDetail, and tool calls only if asked for', async () => {
    const client = await stage.greeted();
    await client.ask('check my insurance');
    const id = String(client.frames[0]?.data['conversation_id']);
    const { body } = await stage.history(id);
    expect(body).toMatchObject({
      id,
      channel_kind: 'web',
      status: 'active',
      lifecycle: 'active',
      turn_count: 1,
    });
    const roles = body.turns.map((turn) => [turn.role, turn.turn_index]);
    expect(roles).toEqual([
      ['agent', null],
      ['user', 0],
      ['agent', 0],
      ['agent', 0],
    ]);
    expect(body.turns.flatMap((turn) => turn.tool_calls)).toEqual([]);
    const full = await stage.history(id, '?include_tool_calls=true');
    const calls = full.body.turns.flatMap((turn) => turn.tool_calls);
    expect(calls.map((call) => call.succeeded)).toEqual([false, true]);
    expect(calls[0]).toMatchObject({
      tool_name: 'check_insurance',
      error_message: expect.stringContaining('timeout'),
    });
  });

  it('has the words of a turn as soon as its first frame has come', async () => {
    const client = await stage.greeted();
    client.say('hello there');
    await client.next('thinking');
    const { body } = await stage.history(String(client.frames[0]?.data['conversation_id']));
    expect(body.turns[1]).toMatchObject({ role: 'user', text: 'hello there', turn_index: 0 });
  });

  it('needs a bearer, UUIDs and a conversation of the workspace', async () => {
    const id = String((await stage.greeted()).frames[0]?.data['conversation_id']);
    const bare = await fetch(stage.url + path(id));
    expect([bare.status, Object.keys((await bare.json()) as object)]).toEqual([401, ['detail']]);
    expect((await stage.history('abc')).status).toBe(422);
    expect((await stage.history(demoIds.serviceId)).status).toBe(404);
    expect((await stage.fetch(path(id).replace(demoIds.workspaceId, demoIds.serviceId))).status).toBe(404);
    expect((await stage.fetch(path(id), { method: 'PATCH' })).status).toBe(405);
  });

  it('DELETE closes the conversation and its connections; the next one is new', async () => {
    const client = await stage.greeted();
    const id = String(client.frames[0]?.data['conversation_id']);
    expect((await stage.fetch(path(id), { method: 'DELETE' })).status).toBe(204);
    expect((await client.closed).code).toBe(1000);
    expect((await stage.history(id)).body).toMatchObject({ status: 'closed', lifecycle: 'closed' });
    const next = await stage.greeted();
    expect(next.frames[0]?.data['conversation_id']).not.toBe(id);
  });

  it('may be read from another origin', async () => {
    const preflight = await fetch(stage.url + path('x'), {
      method: 'OPTIONS',
      headers: { origin: 'http://portal.test' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('http://portal.test');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('authorization');
  });
});

describe('the control endpoint', () => {
  const control = (
    method: string,
    name: string,
    body?: object,
    headers: HeadersInit = {},
  ): Promise<Response> =>
    fetch(`${stage.url}/control/${name}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });

  it('lists every fault as data that a panel can be drawn from', async () => {
    const { faults, active } = (await (await control('GET', 'faults')).json()) as {
      faults: FaultDescription[];
      active: object[];
    };
    expect(active).toEqual([
      { fault: 'pace', scope: 'default', times: null, chance: 1, speed: 0, first_token_ms: 0 },
    ]);
    for (const fault of faults) {
      expect(fault).toMatchObject({
        id: expect.stringMatching(/^[a-z-]+$/),
        title: expect.any(String),
        group: expect.any(String),
      });
      for (const parameter of fault.parameters)
        if (parameter.type === 'choice') expect(parameter.values).toContain(parameter.default);
    }
    expect(new Set(faults.map((fault) => fault.id)).size).toBe(faults.length);
  });

  it('switches a fault on for one entity, for a number of times, and off', async () => {
    const scope = demoIds.serviceId;
    expect(
      (await control('POST', 'faults', { fault: 'http-status', scope, times: 2, status: 503 })).status,
    ).toBe(201);
    expect(await stage.connect().outcome).toBe('open');
    const refused = { query: { entity_id: scope } };
    expect(await stage.connect(refused).outcome).toBe(503);
    expect((await control('DELETE', `faults?fault=http-status&scope=${scope}`)).status).toBe(204);
    expect(await stage.connect(refused).outcome).toBe('open');
  });

  it('names what is wrong with a request', async () => {
    const detail = async (body: object): Promise<string> => {
      const answer = await control('POST', 'faults', body);
      expect(answer.status).toBe(422);
      return ((await answer.json()) as { detail: string }).detail;
    };
    expect(await detail({ fault: 'clsoe' })).toContain('"clsoe"');
    expect(await detail({ fault: 'close', kode: 4000 })).toContain('"kode"');
    expect(await detail({ fault: 'close', code: '4000' })).toContain('"code" must be a number');
    expect(await detail({ fault: 'wire', style: 'round' })).toContain('enveloped');
    expect(await detail({ fault: 'close', times: 0 })).toContain('"times"');
    expect((await control('POST', 'say', {})).status).toBe(422);
  });

  it('a chance of 0.5 strikes now and then, the same for the same seed', async () => {
    const run = async (): Promise<unknown[]> => {
      const other = await Stage.open({
        seed: 7,
        faults: [{ fault: 'http-status', times: 1_000, chance: 0.5, status: 503 }],
      });
      const outcomes = [];
      for (let attempt = 0; attempt < 20; attempt += 1) outcomes.push(await other.connect().outcome);
      await other.close();
      return outcomes;
    };
    const first = await run();
    expect(new Set(first)).toEqual(new Set(['open', 503]));
    expect(await run()).toEqual(first);
  });

  it('says, drops, shows the log without tokens, and resets', async () => {
    const token = stage.server.issueToken();
    const client = await stage.greeted({ token });
    expect((await control('POST', 'say', { text: 'Good news.' })).status).toBe(204);
    await client.until((frames) => frames.filter((frame) => frame.name === 'done').length === 2);
    await client.ask('hello');
    await stage.connect({ query: { token: 'secret-in-the-query', entity_id: demoIds.serviceId } }).closed;
    await control('POST', 'drop', {});
    expect((await client.closed).code).toBe(1006);
    const log = await (await control('GET', 'log')).text();
    expect(log).toContain('"kind":"user-text"');
    expect(log).toMatch(/"kind":"upgrade"[^}]*tool_events=true/);
    expect(log).not.toContain(token);
    expect(log).not.toContain('secret-in-the-query');
    const { conversations } = (await (await control('GET', 'conversations')).json()) as {
      conversations: ConversationView[];
    };
    expect(conversations[0]).toMatchObject({
      entityId: demoIds.entityId,
      busy: false,
      turns: expect.any(Array),
    });
    expect((await control('POST', 'reset')).status).toBe(204);
    expect(stage.control.conversations()).toEqual([]);
    expect(stage.control.active()).toHaveLength(1);
  });

  it('is for pages of this machine only, and can be left out', async () => {
    expect((await control('POST', 'reset', {}, { origin: 'https://elsewhere.example' })).status).toBe(403);
    expect((await control('POST', 'reset', {}, { origin: 'null' })).status).toBe(403);
    expect((await control('POST', 'reset', {}, { origin: 'http://localhost:3000' })).status).toBe(204);
    const closed = await Stage.open({ control: false });
    expect((await fetch(`${closed.url}/control/faults`)).status).toBe(404);
    await closed.close();
  });
});

it('shares an HTTP server with other pages', async () => {
  const devServer = createDevServer({ speed: 0 });
  const server = createServer((request, response) => {
    void devServer.handle(request, response).then((ours) => ours || response.end('a page'));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await (await fetch(`${url}/index.html`)).text()).toBe('a page');
  expect((await (await fetch(`${url}/token`, { method: 'POST' })).json()) as object).toHaveProperty('token');
  await devServer.close();
  await new Promise((resolve) => server.close(resolve));
});

it('rejects listening on a port that is taken', async () => {
  const port = Number(new URL(stage.url).port);
  await expect(createDevServer().listen(port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
