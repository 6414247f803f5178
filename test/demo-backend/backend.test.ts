import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { PortalBackend } from '../../demo/backend/backend.js';
import { signInDemoUser } from '../../demo/backend/demo-users.js';
import { createDevServer, DEMO_API_KEY, demoIds, type DevServer } from '../../demo/server/index.js';

let platform: DevServer;
let portal: Server;
let url: string;
let baseUrl: string;
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  platform = createDevServer({ speed: 0 });
  baseUrl = (await platform.listen()).url;
  const { workspaceId, serviceId, organizationId } = demoIds;
  const backend = new PortalBackend({
    platform: { baseUrl, workspaceId, serviceId, apiKey: DEMO_API_KEY },
    classic: { baseUrl, organizationId, apiKey: DEMO_API_KEY, apiKeyId: 'k1' },
    signIn: signInDemoUser,
  });
  portal = createServer((request, response) => {
    void backend.handle(request, response).then((ours) => ours || response.writeHead(404).end());
  });
  await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(portal.address() as AddressInfo).port}`;
});
afterEach(async () => {
  vi.restoreAllMocks();
  portal.closeAllConnections();
  await new Promise((resolve) => portal.close(resolve));
  await platform.close();
});

type Answer = Readonly<Record<string, string>>;
interface Visit {
  readonly person: Answer;
  readonly chat: Answer;
}
async function ask<Body = Answer>(
  path: string,
  cookie = '',
  init: RequestInit = { method: 'POST' },
): Promise<[number, Body]> {
  const response = await fetch(url + path, { ...init, headers: { cookie, ...(init.headers as object) } });
  return [response.status, (await response.json()) as Body];
}

async function signIn(password = 'demo', name = 'maria'): Promise<Response> {
  const body = JSON.stringify({ name, password });
  return fetch(`${url}/sign-in`, { method: 'POST', body });
}
async function cookie(name = 'maria'): Promise<string> {
  return (await signIn('demo', name)).headers.get('set-cookie')!.split(';', 1)[0]!;
}

describe('the portal backend', () => {
  it('signs in by a cookie that no script and no other site can use', async () => {
    const set = (await signIn()).headers.get('set-cookie')!;
    expect(set).toContain('HttpOnly');
    expect(set).toContain('SameSite=Strict');
    expect((await signIn('wrong')).status).toBe(401);
    expect((await ask('/token'))[0]).toBe(401);
    const foreign = { method: 'POST', headers: { origin: 'https://elsewhere.example' } };
    expect((await ask('/token', await cookie(), foreign))[0]).toBe(403);
  });

  it('turns the id of the record system into an entity, once', async () => {
    const session = await cookie();
    const [status, { chat, person }] = await ask<Visit>('/chat', session, {});
    expect([status, chat.entityId, chat.tokenUrl]).toEqual([200, demoIds.entityId, '/token']);
    expect(person).toEqual({ name: 'maria', fullName: 'Maria Alvarez' });
    await ask('/chat', session, {});
    const starts = platform.control.log().filter(({ detail }) => detail === 'POST start');
    expect(starts).toHaveLength(1);
    platform.control.reset();
  });

  it('gives every patient an entity and a subject of their own', async () => {
    const [maria, james] = [await cookie(), await cookie('james')];
    const chats = await Promise.all([maria, james].map((who) => ask<Visit>('/chat', who, {})));
    expect(new Set(chats.map(([, { chat }]) => chat['entityId'])).size).toBe(2);
    const tokens = await Promise.all([maria, james].map((who) => ask('/token', who)));
    expect(tokens.map(([, { subject }]) => subject)).toEqual([
      'charmhealth:Patient:67890',
      'charmhealth:Patient:24680',
    ]);
  });

  it('asks again for an entity that was not found in time', async () => {
    platform.control.set({ fault: 'request-fails', request: 'start', status: 404 });
    const session = await cookie();
    expect((await ask('/chat', session, {}))[0]).toBe(502);
    expect((await ask<Visit>('/chat', session, {}))[1].chat.entityId).toBe(demoIds.entityId);
  });

  it('mints tokens that open the platform, and never shows its key', async () => {
    const session = await cookie();
    const [, minted] = await ask('/token', session);
    expect(Date.parse(minted['expires_at']!)).toBeGreaterThan(Date.now());
    expect(minted['subject']).toBe('charmhealth:Patient:67890');
    const headers = { authorization: `Bearer ${minted['token']}` };
    const list = await fetch(`${baseUrl}/v1/${demoIds.workspaceId}/sessions/active`, { headers });
    expect([list.status, JSON.stringify(minted).includes(DEMO_API_KEY)]).toEqual([200, false]);
    const other = await fetch(`${baseUrl}/v1/${demoIds.serviceId}/sessions/active`, { headers });
    expect(other.status).toBe(403);
  });

  it('mints user tokens of the classic platform', async () => {
    const [status, minted] = await ask('/token/classic', await cookie());
    const headers = { authorization: `Bearer ${minted['token']}` };
    const services = await fetch(`${baseUrl}/v1/${demoIds.organizationId}/service/`, { headers });
    expect([status, services.status]).toEqual([200, 200]);
  });

  it('says nothing of what went wrong behind it', async () => {
    const session = await cookie();
    platform.control.set({ fault: 'token-fails', status: 500 });
    expect(await ask('/token', session)).toEqual([502, { error: 'Please try again.' }]);
    expect((await ask('/token', session))[0]).toBe(200);
    expect((await fetch(`${url}/elsewhere`)).status).toBe(404);
  });

  it('signs out for good', async () => {
    const session = await cookie();
    expect((await ask('/sign-out', session))[0]).toBe(200);
    expect((await ask('/token', session))[0]).toBe(401);
  });
});
