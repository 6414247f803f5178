import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { createDevServer, DEMO_API_KEY, demoIds, type DevServer } from '../../demo/server/index.js';
import {
  createClassicClient,
  createPlatformClient,
  PlatformError,
  signInWithApiKey,
  type PlatformClient,
} from '../../src/platform.js';

let server: DevServer;
let baseUrl: string;
beforeEach(async () => {
  server = createDevServer({ speed: 0 });
  baseUrl = (await server.listen()).url;
});
afterEach(async () => {
  vi.useRealTimers();
  await server.close();
});

const { workspaceId, serviceId, entityId } = demoIds;
const client = (options: { timeout?: number; token?: string } = {}): PlatformClient =>
  createPlatformClient({ baseUrl, workspaceId, token: server.issueToken(), ...options });

const failureOf = (promise: Promise<unknown>): Promise<PlatformError> =>
  promise.then(
    () => expect.fail('the call succeeded'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(PlatformError);
      return error as PlatformError;
    },
  );
const requests = (): string[] =>
  server.control.log().flatMap(({ kind, detail }) => (kind === 'http' && detail ? [detail] : []));

describe('a session', () => {
  it('is started by the id of a record system, once', async () => {
    const request = { serviceId, canonicalId: 'charmhealth:Patient:67890', greeting: 'Hello Maria.' };
    const one = await client().startSession(request);
    expect(one).toMatchObject({ entityId, serviceId, sessionStatus: 'created' });
    const two = await client().startSession({ serviceId, entityId });
    expect(two).toMatchObject({ conversationId: one.conversationId, sessionStatus: 'already_active' });
    const { turns, status } = await client().getConversation(one.conversationId);
    expect([status, turns.map(({ role, text }) => [role, text])]).toEqual([
      'active',
      [['agent', 'Hello Maria.']],
    ]);
  });

  it.each([
    ['neither id', {}],
    ['both ids', { entityId, canonicalId: 'a:b:c' }],
    ['a bad entity', { entityId: 'maria' }],
    ['a bad canonical id', { canonicalId: 'charmhealth:67890' }],
    ['a long greeting', { entityId, greeting: 'x'.repeat(2_001) }],
  ])('with %s is refused before anything is sent', async (_what, rest) => {
    await expect(client().startSession({ serviceId, ...rest } as never)).rejects.toThrow(TypeError);
    expect(requests()).toEqual([]);
  });

  it('is created, read with its tools, and closed', async () => {
    const { id, turnCount } = await client().createConversation({ serviceId, entityId });
    expect(turnCount).toBe(0);
    const path = `${baseUrl}/v1/${workspaceId}/conversations/${id}/turns`;
    const headers = { authorization: `Bearer ${server.issueToken()}` };
    await fetch(path, { method: 'POST', headers, body: '{"message":"check my insurance"}' });
    const bare = await client().getConversation(id);
    expect(bare.turns.flatMap(({ toolCalls }) => toolCalls)).toEqual([]);
    const full = await client().getConversation(id, { includeToolCalls: true });
    expect(full.turns.flatMap(({ toolCalls }) => toolCalls.map(({ succeeded }) => succeeded))).toEqual([
      false,
      true,
    ]);
    await client().closeConversation(id);
    expect(await client().getConversation(id)).toMatchObject({ status: 'closed', lifecycle: 'closed' });
  });

  it('by voice is listed and told something', async () => {
    const [first, second] = await client().listActiveSessions();
    expect(first).toMatchObject({ direction: 'inbound', workspaceId, currentState: 'verify_identity' });
    const tell = (callSid: string, message = 'Offer Friday.'): Promise<unknown> =>
      client().injectEvent({ callSid, message, eventType: 'guidance' });
    expect(await tell(first!.callSid)).toEqual({ status: 'delivered', callSid: first!.callSid });
    expect(await tell(second!.callSid)).toMatchObject({ status: 'queued_no_subscriber' });
    await expect(tell(first!.callSid, '')).rejects.toThrow('message must be 1 to 5000 characters long');
  });
});

describe('a failure', () => {
  it('has status, detail, request id, and no token', async () => {
    const token = server.issueToken();
    const { createConversation } = client({ token });
    server.control.set({ fault: 'request-fails', request: 'create', status: 422, body: 'rich' });
    const error = await failureOf(createConversation({ serviceId }));
    expect(error).toMatchObject({
      code: 'http',
      status: 422,
      retryable: false,
      requestId: 'req_development',
    });
    expect(error.detail).toContain('Switched on');
    expect(JSON.stringify({ ...error, message: error.message, stack: error.stack })).not.toContain(token);
  });

  it('of a GET is tried again, of a POST only where a 429 says when', async () => {
    const { id } = await client().createConversation({ serviceId, entityId });
    vi.spyOn(Math, 'random').mockReturnValue(0);
    server.control.set({ fault: 'history-fails', status: 503, times: 2 });
    expect((await client().getConversation(id)).id).toBe(id);
    server.control.set({ fault: 'history-fails', status: 503, times: 3 });
    expect(await failureOf(client().getConversation(id))).toMatchObject({ status: 503, retryable: true });
    const before = requests().length;
    server.control.set({ fault: 'request-fails', request: 'create', status: 503 });
    expect((await failureOf(client().createConversation({ serviceId }))).status).toBe(503);
    server.control.set({ fault: 'request-fails', request: 'create', status: 429 });
    expect((await failureOf(client().createConversation({ serviceId }))).status).toBe(429);
    server.control.set({ fault: 'request-fails', request: 'create', status: 429, retry_after: 0 });
    await client().createConversation({ serviceId });
    expect(requests().slice(before)).toEqual(Array(4).fill('POST create'));
    server.control.set({ fault: 'request-fails', request: 'create', status: 429, retry_after: 3_600 });
    expect(await failureOf(client().createConversation({ serviceId }))).toMatchObject({ retryAfter: 3_600 });
    vi.restoreAllMocks();
  });

  it.each(['html', 'array', 'no-turns', 'wrong-types'])('is named where the answer is %s', async (shape) => {
    const { id } = await client().createConversation({ serviceId, entityId });
    server.control.set({ fault: 'history-junk', shape });
    expect(await failureOf(client().getConversation(id))).toMatchObject({
      code: 'malformed',
      retryable: false,
    });
  });

  it('is a timeout, an abort, or a network that is not there', async () => {
    server.control.set({ fault: 'request-hangs', request: 'create', times: 2 });
    const late = await failureOf(client({ timeout: 20 }).createConversation({ serviceId }));
    expect(late).toMatchObject({ code: 'timeout', status: 0, retryable: true });
    const abort = new AbortController();
    const asked = client().createConversation({ serviceId }, { signal: abort.signal });
    abort.abort(new Error('changed my mind'));
    await expect(asked).rejects.toThrow('changed my mind');
    const nobody = createPlatformClient({ baseUrl: 'http://127.0.0.1:1', workspaceId, token: 'x' });
    expect(await failureOf(nobody.listActiveSessions())).toMatchObject({ code: 'network', retryable: true });
  });
});

describe('a token', () => {
  it('is got when needed, shared, and replaced once when it is refused', async () => {
    const reasons: string[] = [];
    let token = server.issueToken({ ttlSeconds: -1 });
    const getToken = ({ reason }: { reason: string }): { token: string; expiresAt: number } => {
      reasons.push(reason);
      const given = { token, expiresAt: Date.now() + 900_000 };
      token = server.issueToken();
      return given;
    };
    const shared = createPlatformClient({ baseUrl, workspaceId, getToken });
    await Promise.all([shared.listActiveSessions(), shared.listActiveSessions()]);
    await shared.listActiveSessions();
    expect(reasons).toEqual(['needed', 'rejected']);
    server.control.expireTokens();
    token = server.issueToken();
    await shared.listActiveSessions();
    expect(reasons).toEqual(['needed', 'rejected', 'rejected']);
  });

  it('that is refused twice, or missing, is an error', async () => {
    const stale = server.issueToken({ ttlSeconds: -1 });
    const refused = createPlatformClient({ baseUrl, workspaceId, getToken: () => stale });
    expect((await failureOf(refused.listActiveSessions())).status).toBe(401);
    const empty = createPlatformClient({ baseUrl, workspaceId, getToken: () => '' });
    expect((await failureOf(empty.listActiveSessions())).code).toBe('token');
  });

  it.each([
    ['no token', { workspaceId }],
    ['both', { workspaceId, token: 'a', getToken: () => 'b' }],
    ['a workspace that is no UUID', { workspaceId: 'clinic', token: 'a' }],
    ['a base URL that is none', { workspaceId, token: 'a', baseUrl: 'ftp://x' }],
    ['no time at all', { workspaceId, token: 'a', timeout: 0 }],
  ])('options with %s are refused', (_what, options) => {
    expect(() => createPlatformClient(options as never)).toThrow(TypeError);
  });
});

describe('classic', () => {
  const organizationId = demoIds.organizationId;
  const userId = 'a'.repeat(24);

  it('signs a user in, evaluates metrics, and lists versions', async () => {
    const key = { baseUrl, organizationId, apiKey: DEMO_API_KEY, apiKeyId: 'k1', userId };
    const getToken = (): Promise<{ token: string; expiresAt: string }> => signInWithApiKey(key);
    const { token } = await getToken();
    const created = await fetch(`${baseUrl}/v1/${organizationId}/conversation/?response_format=text`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ service_id: demoIds.classicServiceId }),
    });
    const first = JSON.parse((await created.text()).split('\n')[0]!) as { conversation_id: string };
    const classic = createClassicClient({ baseUrl, organizationId, getToken });
    const metricIds = ['b'.repeat(24)];
    const metrics = await classic.evaluateMetrics({ metricIds, conversationId: first.conversation_id });
    expect(metrics).toMatchObject([{ metricId: metricIds[0], value: 1, justification: expect.any(String) }]);
    const dynamicBehaviorSetId = 'c'.repeat(24);
    const page = await classic.getDynamicBehaviorSetVersions({
      dynamicBehaviorSetId,
      limit: 2,
      sortBy: '-version',
    });
    expect([page.versions.map(({ version }) => version), page.hasMore, page.continuationToken]).toEqual([
      [3, 2],
      true,
      2,
    ]);
    expect(page.versions[0]?.actions).toHaveLength(1);
    const latest = await classic.getDynamicBehaviorSetVersions({ dynamicBehaviorSetId, version: 'latest' });
    expect(latest.versions.map(({ version }) => version)).toEqual([3]);
    await expect(classic.evaluateMetrics({ metricIds: ['x'], conversationId: 'y' })).rejects.toThrow(
      TypeError,
    );
    expect((await failureOf(signInWithApiKey({ ...key, apiKey: 'wrong' }))).status).toBe(401);
  });
});
