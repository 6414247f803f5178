import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { demoIds } from '../../demo/server/index.js';
import { Stage } from './client.js';
import { conversationId, Proof } from './proof.js';

let stage: Stage;
const proof = new Proof(() => stage);
const { set } = proof;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(() => stage.close());

describe('tokens', () => {
  const post = (init: RequestInit = {}): Promise<Response> =>
    fetch(`${stage.url}/token`, { method: 'POST', ...init });

  it('fail, are late, are junk, are stale', async () => {
    set('token-fails', { status: 503 });
    expect((await post()).status).toBe(503);
    set('token-slow', { ms: 5 });
    expect((await post()).status).toBe(200);
    const texts: string[] = [];
    for (const shape of [
      'html',
      'not-json',
      'array',
      'no-token',
      'empty-token',
      'number',
      'illegal-characters',
    ]) {
      set('token-junk', { shape });
      texts.push(await (await post()).text());
    }
    expect(new Set(texts).size).toBe(7);
    expect(texts[6]).toContain('a/b=c d');
    set('token-stale');
    const { token, expires_at } = (await (await post()).json()) as { token: string; expires_at: string };
    expect(Date.parse(expires_at)).toBeLessThan(Date.now());
    expect((await stage.connect({ token }).closed).reason).toBe('token expired');
  });

  it('never come', async () => {
    set('token-hangs');
    const answer = post({ signal: AbortSignal.timeout(50) });
    await expect(answer).rejects.toThrow(/timeout/);
  });

  it.each([4001, 4003, 4100, 4403])('a valid token refused with %i', async (code) => {
    set('refuse-token', { code });
    expect((await stage.connect().closed).code).toBe(code);
  });

  it('live as long as set, with a subject if set', async () => {
    set('token-ttl', { seconds: 1, hide: true });
    set('token-subject', { subject: 'maria' });
    const answer = (await (await post()).json()) as Record<string, string>;
    expect(Object.keys(answer)).toEqual(['token', 'subject']);
    expect(answer['subject']).toBe('maria');
    const claims = JSON.parse(Buffer.from(answer['token']!.split('.')[1]!, 'base64url').toString()) as {
      iat: number;
      exp: number;
    };
    expect(claims.exp - claims.iat).toBe(1);
  });
});

describe('history', () => {
  it('fails with Retry-After, is slow, is junk', async () => {
    const id = conversationId(await stage.greeted());
    set('history-fails', { status: 429, retry_after: 7 });
    const failed = await stage.history(id);
    expect([failed.status, failed.headers.get('retry-after')]).toEqual([429, '7']);
    set('history-slow', { ms: 5 });
    expect((await stage.history(id)).body.turns).toHaveLength(1);
    for (const shape of ['html', 'array', 'no-turns', 'wrong-types']) {
      set('history-junk', { shape });
      expect((await stage.history(id)).body['turn_count']).not.toBe(0);
    }
  });

  it('never comes', async () => {
    const id = conversationId(await stage.greeted());
    set('history-hangs');
    const path = `/v1/${demoIds.workspaceId}/conversations/${id}`;
    await expect(stage.fetch(path, { signal: AbortSignal.timeout(50) })).rejects.toThrow(/timeout/);
  });

  it('is stale for as many reads as set', async () => {
    const client = await stage.greeted();
    set('history-stale', { times: 2 });
    await client.ask('hello');
    const lengths = [];
    for (let read = 0; read < 3; read += 1)
      lengths.push((await stage.history(conversationId(client))).body.turns.length);
    expect(lengths).toEqual([1, 1, 3]);
  });

  it('cannot be ended', async () => {
    const id = conversationId(await stage.greeted());
    set('delete-fails', { status: 503 });
    const path = `/v1/${demoIds.workspaceId}/conversations/${id}`;
    expect((await stage.fetch(path, { method: 'DELETE' })).status).toBe(503);
    expect((await stage.fetch(path, { method: 'DELETE' })).status).toBe(204);
  });
});

it('leaves out none of its faults', () => {
  proof.expectAll('history', 'token');
});
