import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DEMO_API_KEY, demoIds } from '../../demo/server/index.js';
import { createPlatformClient } from '../../src/platform.js';
import { closeConversation, readConversation } from '../../src/protocol/history/index.js';
import { postJson } from '../../src/protocol/http.js';
import {
  acknowledge,
  approval,
  createConversation,
  pollTurn,
  startSession,
  streamTurn,
} from '../../src/protocol/turns/encode.js';
import type { Target } from '../../src/protocol/surface.js';
import { Contract } from './contract.js';
import { Recorder } from './recorder.js';

const contract = new Contract('platform.json');
const { workspaceId, serviceId, entityId } = demoIds;
const KEY = '0b0f2b1e-6a51-4c3a-8d52-0d9a1f0c7e11';
let recorder: Recorder;
let target: Target;
let base: string;

beforeAll(async () => {
  recorder = await Recorder.open({ profile: 'openapi' });
  target = { baseUrl: recorder.baseUrl, workspaceId, serviceId, entityId, toolEvents: true };
  base = `${recorder.baseUrl}/v1/${workspaceId}`;
  await converse();
  await externalUser();
  await operate();
  await refuse();
});
afterAll(() => recorder.server.close());

/** What the widget asks for in the course of a conversation. */
async function converse(): Promise<void> {
  const { control } = recorder.server;
  await recorder.perform(startSession(target, entityId));
  const { id } = JSON.parse((await recorder.perform(createConversation(target))).body) as { id: string };
  await recorder.perform(streamTurn(target, id, '', undefined));
  await recorder.perform(streamTurn(target, id, 'check my insurance', undefined));
  await recorder.perform(
    postJson(`${base}/conversations/${id}/turns?include_tool_calls=true`, { message: 'hello' }),
  );
  control.set({ fault: 'error', code: 'upstream_error', at: 'mid-reply' });
  await recorder.perform(streamTurn(target, id, 'hello', undefined));
  control.set({ fault: 'delivery-protocol', version: '2' });
  control.set({ fault: 'background-work', polls: 2, provisional: true });
  await recorder.perform(streamTurn(target, id, 'hello', KEY));
  await recorder.perform(pollTurn(target, id, KEY));
  const polled = await recorder.perform(pollTurn(target, id, KEY.replace('0', '1')));
  const { delivery } = JSON.parse(polled.body) as { delivery: Parameters<typeof acknowledge>[2] };
  await recorder.perform(acknowledge(target, id, delivery));
  control.clear('delivery-protocol');
  await recorder.perform(readConversation(target, id));
  await recorder.perform(closeConversation(target, id));
  await recorder.perform(readConversation(target, id));
}

async function externalUser(): Promise<void> {
  const form = {
    grant_type: 'external_user_session',
    client_secret: DEMO_API_KEY,
    workspace_id: workspaceId,
    external_subject_key: 'maria',
    subject_type: 'user',
    service_id: serviceId,
  };
  const body = new URLSearchParams(form);
  const answer = await fetch(`${recorder.baseUrl}/token`, { method: 'POST', body });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${token}` };
  const visitor = { baseUrl: target.baseUrl, workspaceId, serviceId, toolEvents: true };
  const created = await recorder.perform({ ...createConversation(visitor), headers });
  const { id } = JSON.parse(created.body) as { id: string };
  await recorder.perform({ ...streamTurn(visitor, id, 'hello', undefined), headers });
  await recorder.perform({ ...approval(visitor, id, { decision: 'approve', reason: 'fine' }), headers });
}

/** What a portal's backend and its operators ask for. */
async function operate(): Promise<void> {
  const { baseUrl, fetch } = recorder;
  const client = createPlatformClient({ baseUrl, workspaceId, token: recorder.server.issueToken(), fetch });
  await client.startSession({ serviceId, canonicalId: 'charmhealth:Patient:67890', greeting: 'Hello.' });
  const [call] = await client.listActiveSessions();
  await client.injectEvent({
    callSid: call!.callSid,
    message: 'Offer Friday.',
    sender: 'Nurse',
    eventType: 'guidance',
  });
  const { id } = await client.createConversation({ serviceId });
  await client.getConversation(id, { includeToolCalls: true });
  await client.closeConversation(id);
}

/** Every kind of refusal; the requests are wrong on purpose, so that only the answers are judged. */
const refused = new Set<unknown>();
async function refuse(): Promise<void> {
  const from = recorder.exchanges.length;
  const post = (path: string, body: object): Promise<unknown> =>
    recorder.perform(postJson(base + path, body));
  await post('/conversations', { service_id: 'x' });
  await post('/conversations', { service_id: serviceId, force_new: true });
  await post('/sessions/start', { service_id: serviceId, channel_kind: 'web' });
  await post('/sessions/start', { service_id: serviceId, entity_id: entityId });
  await post('/sessions/CA0/inject', { message: '' });
  await post('/sessions/CA0/inject', { message: 'hello' });
  await post(`/conversations/${entityId}/turns`, { message: 'hello' });
  await post('/conversations/x/turns', { message: 'hello' });
  const created = await recorder.perform(createConversation(target));
  const { id } = JSON.parse(created.body) as { id: string };
  await post(`/conversations/${id}/turns`, { message: 'x'.repeat(10_001) });
  await post(`/conversations/${id}/turns?poll=true`, { message: 'x' });
  await post(`/conversations/${id}/approval`, { decision: 'approve' });
  await recorder.perform(readConversation(target, 'x'));
  await recorder.perform(closeConversation(target, id));
  await recorder.perform(streamTurn(target, id, 'hello', undefined));
  for (const status of [401, 403, 404, 409, 429, 500, 503]) {
    recorder.server.control.set({ fault: 'request-fails', request: 'create', status });
    await recorder.perform(createConversation(target));
  }
  for (const exchange of recorder.exchanges.slice(from)) refused.add(exchange);
}

describe('the platform as it is described', () => {
  it('fits every answer of the development server', () => {
    const described = recorder.exchanges.filter((exchange) => !exchange.url.pathname.endsWith('/ack'));
    expect(described.flatMap((exchange) => contract.checkAnswer(exchange))).toEqual([]);
    expect(new Set(described.map(({ status }) => status))).toEqual(
      new Set([200, 201, 204, 401, 403, 404, 409, 422, 429, 500, 503]),
    );
  });

  it('fits every request of the widget and of amigo-chat/platform', () => {
    const ours = recorder.exchanges.filter(
      (exchange) => !refused.has(exchange) && !exchange.url.pathname.endsWith('/ack'),
    );
    expect(ours.flatMap((exchange) => contract.checkRequest(exchange))).toEqual([]);
    expect(ours.length).toBeGreaterThan(15);
  });

  it('is exercised whole, save what is not for a widget', () => {
    const met = new Set(recorder.exchanges.map((exchange) => contract.operationOf(exchange)));
    expect(contract.operations.filter((operation) => !met.has(operation))).toEqual([
      'POST /v1/{workspace_id}/conversations/{conversation_id}/channel',
      'GET /v1/{workspace_id}/sessions/fleet-status',
    ]);
  });

  it('notices what does not fit', () => {
    const good = recorder.exchanges.find(({ status, method }) => method === 'GET' && status === 200)!;
    const broken = { ...good, body: good.body.replace('"lifecycle":"active"', '"lifecycle":"asleep"') };
    expect(
      contract.checkAnswer(broken).length + contract.checkAnswer({ ...good, body: '{}' }).length,
    ).toBeGreaterThan(0);
    const turn = recorder.exchanges.find(({ url }) => url.pathname.endsWith('/stream'))!;
    expect(contract.checkRequest({ ...turn, requestBody: { message: 7 } })).toHaveLength(1);
    const queried = new URL(`${turn.url.href}&nonsense=1`);
    expect(contract.checkRequest({ ...turn, url: queried })).toHaveLength(1);
  });
});
