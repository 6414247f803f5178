import { describe, expect, it } from 'vitest';
import { requestHttp, type Fetch } from '../../src/transport/http.js';
import { FakeClock } from '../support/fake-clock.js';

const request = { method: 'GET', url: 'https://api.example/x' };

/** A request whose answer the test gives, or withholds. */
function asking(
  fetch: Fetch,
  signal?: AbortSignal,
): { readonly clock: FakeClock; readonly answer: ReturnType<typeof requestHttp> } {
  const clock = new FakeClock();
  return {
    clock,
    answer: requestHttp({ fetch, clock }, request, { timeout: 1_000, ...(signal ? { signal } : {}) }),
  };
}

const withholding: Fetch = (_input, init) =>
  new Promise((_resolve, reject) => {
    init?.signal?.addEventListener('abort', () => {
      reject(new DOMException('', 'AbortError'));
    });
  });

describe('a request', () => {
  it('answers status and body, and leaves no timer', async () => {
    const { answer, clock } = asking(() => Promise.resolve(new Response('body', { status: 418 })));
    expect(await answer).toEqual({ status: 418, body: 'body' });
    expect(clock.pending).toBe(0);
  });

  it('follows no redirect, and sends neither cookies nor the page’s address', async () => {
    const inits: (RequestInit | undefined)[] = [];
    const { answer } = asking((_input, init) => {
      inits.push(init);
      return Promise.resolve(new Response());
    });
    await answer;
    expect(inits).toEqual([
      expect.objectContaining({
        redirect: 'error',
        credentials: 'omit',
        referrerPolicy: 'no-referrer',
        cache: 'no-store',
      }),
    ]);
  });

  it.each([
    ['3', 3_000],
    // A server that says so means "soon"; a client that believes it asks without a pause.
    ['0', 1_000],
    ['2592000', 300_000],
    ['1e300', 300_000],
    ['-1', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ])('reads a Retry-After of %s', async (value, expected) => {
    const headers = { 'retry-after': value };
    const { answer } = asking(() => Promise.resolve(new Response('', { status: 429, headers })));
    expect(await answer).toEqual({
      status: 429,
      body: '',
      ...(expected === undefined ? {} : { retryAfter: expected }),
    });
  });

  it('is without an answer where the network fails', async () => {
    expect(await asking(() => Promise.reject(new TypeError('network'))).answer).toEqual({ status: 0 });
  });

  it('is given up when its time is over', async () => {
    const { answer, clock } = asking(withholding);
    await clock.pass(1_000);
    expect(await answer).toEqual({ status: 0 });
  });

  it('is given up when the caller gives up, and leaves no timer', async () => {
    const caller = new AbortController();
    const { answer, clock } = asking(withholding, caller.signal);
    caller.abort();
    expect(await answer).toEqual({ status: 0 });
    expect(clock.pending).toBe(0);
  });

  it('is never made where the caller gave up before', async () => {
    let calls = 0;
    const fetch: Fetch = () => {
      calls += 1;
      return Promise.resolve(new Response());
    };
    expect(await asking(fetch, AbortSignal.abort()).answer).toEqual({ status: 0 });
    expect(calls).toBe(0);
  });
});
