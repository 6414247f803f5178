import { describe, expect, it } from 'vitest';
import {
  SignedOutError,
  TokenSource,
  tokenFromUrl,
  type GetToken,
  type TokenReason,
} from '../../src/session/token-source.js';
import type { Fetch } from '../../src/transport/http.js';
import { FakeClock, settle } from '../support/fake-clock.js';

function source(getToken: GetToken): {
  readonly clock: FakeClock;
  readonly tokens: TokenSource;
  readonly reasons: TokenReason[];
} {
  const clock = new FakeClock();
  const tokens = new TokenSource(clock);
  const reasons: TokenReason[] = [];
  tokens.use((request) => {
    reasons.push(request.reason);
    return getToken(request);
  });
  return { clock, tokens, reasons };
}

/** A new token at each call. */
function counting(rest: { readonly expiresAt?: string } = {}): GetToken {
  let count = 0;
  return () => ({ token: `t${String((count += 1))}`, ...rest });
}

const inFuture = (clock: FakeClock, ms: number): string => new Date(clock.now() + ms).toISOString();

describe('what a host may answer', () => {
  it.each<[string, GetToken, object]>([
    ['a string', () => 't', { token: 't' }],
    ['a promise of a string', () => Promise.resolve('t'), { token: 't' }],
    [
      'a token',
      () => ({ token: 't', expiresAt: '2026-01-05', subject: 's' }),
      { token: 't', expiresAt: '2026-01-05', subject: 's' },
    ],
    ['a token without more', () => ({ token: 't' }), { token: 't' }],
  ])('%s is a token', async (_title, getToken, token) => {
    expect(await source(getToken).tokens.forConnect('connect')).toEqual({ ok: true, token });
  });

  // Hosts write plain JavaScript: what their types forbid arrives all the same.
  const junk =
    (value: unknown): GetToken =>
    () =>
      value as string;
  it.each<[string, GetToken, string]>([
    ['an empty string', junk(''), 'token-invalid'],
    ['nothing', junk(undefined), 'token-invalid'],
    ['null', junk(null), 'token-invalid'],
    ['a number', junk(7), 'token-invalid'],
    ['an empty token', junk({ token: '' }), 'token-invalid'],
    ['a token under another name', junk({ access_token: 't' }), 'token-invalid'],
    [
      'an exception',
      () => {
        throw new Error('secret-token');
      },
      'token-failed',
    ],
    ['a rejection', () => Promise.reject(new Error('secret-token')), 'token-failed'],
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a page's own code may do it
    ['a rejection with nothing', () => Promise.reject(undefined), 'token-failed'],
  ])('%s is a failure worth another try, and nothing of it is kept', async (_title, getToken, code) => {
    const answer = await source(getToken).tokens.forConnect('connect');
    expect(answer).toMatchObject({ ok: false, error: { origin: 'authentication', code, retryable: true } });
    expect(JSON.stringify(answer)).not.toContain('secret-token');
  });

  it('that the person is signed out is not worth another try', async () => {
    const { tokens } = source(() => {
      throw new SignedOutError();
    });
    expect(await tokens.forConnect('connect')).toMatchObject({
      error: { code: 'signed-out', retryable: false },
    });
  });

  it('nothing at all is given up after ten seconds, and the host is told', async () => {
    let told: AbortSignal | undefined;
    const { clock, tokens } = source(({ signal }) => {
      told = signal;
      return new Promise<string>(() => undefined);
    });
    const answer = tokens.forConnect('connect');
    await clock.pass(9_999);
    expect(told?.aborted).toBe(false);
    await clock.pass(1);
    expect(await answer).toMatchObject({ error: { code: 'token-timeout', retryable: true } });
    expect(told?.aborted).toBe(true);
  });

  it('leaves no timer behind once it has come', async () => {
    const { clock, tokens } = source(() => 't');
    await tokens.forConnect('connect');
    expect(clock.pending).toBe(0);
  });
});

describe('a token for a connect', () => {
  it('is fetched anew each time, with the reason', async () => {
    const { tokens, reasons } = source(counting());
    await tokens.forConnect('connect');
    expect(await tokens.forConnect('rejected')).toMatchObject({ token: { token: 't2' } });
    expect(reasons).toEqual(['connect', 'rejected']);
  });

  it('is fetched once for all who ask meanwhile', async () => {
    const { tokens, reasons } = source(counting());
    const answers = await Promise.all([
      tokens.forConnect('connect'),
      tokens.forRequest(),
      tokens.forConnect('connect'),
    ]);
    expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    expect(reasons).toEqual(['connect']);
  });

  it('is fetched again for one whose token was refused meanwhile, once', async () => {
    const { tokens, reasons } = source(counting());
    const plain = tokens.forConnect('connect');
    const better = await Promise.all([tokens.forRequest('rejected'), tokens.forConnect('rejected')]);
    expect(await plain).toMatchObject({ token: { token: 't1' } });
    expect(better).toMatchObject([{ token: { token: 't2' } }, { token: { token: 't2' } }]);
    expect(reasons).toEqual(['connect', 'rejected']);
  });
});

describe('a token for a request', () => {
  it('is the one at hand, for five minutes where nobody said how long it lives', async () => {
    const { clock, tokens, reasons } = source(counting());
    await tokens.forConnect('connect');
    clock.advance(5 * 60_000 - 1);
    expect(await tokens.forRequest()).toMatchObject({ token: { token: 't1' } });
    clock.advance(1);
    expect(await tokens.forRequest()).toMatchObject({ token: { token: 't2' } });
    expect(reasons).toEqual(['connect', 'expired']);
  });

  it('is renewed a minute before it expires', async () => {
    const clock = new FakeClock();
    const { tokens, clock: own } = source(counting({ expiresAt: inFuture(clock, 30 * 60_000) }));
    await tokens.forRequest();
    own.advance(29 * 60_000 - 1);
    expect(await tokens.forRequest()).toMatchObject({ token: { token: 't1' } });
    own.advance(1);
    expect(await tokens.forRequest()).toMatchObject({ token: { token: 't2' } });
  });

  it('is never one that has expired already', async () => {
    const { tokens } = source(counting({ expiresAt: '2020-01-01T00:00:00Z' }));
    await tokens.forRequest();
    expect(await tokens.forRequest()).toMatchObject({ token: { token: 't2' } });
  });

  it('is another one where the last was refused', async () => {
    const { tokens } = source(counting());
    await tokens.forRequest();
    expect(await tokens.forRequest('rejected')).toMatchObject({ token: { token: 't2' } });
    expect(await tokens.forRequest()).toMatchObject({ token: { token: 't2' } });
  });

  it('is another one once the last was forgotten', async () => {
    const { tokens } = source(counting());
    await tokens.forRequest();
    tokens.forget();
    expect(await tokens.forRequest()).toMatchObject({ token: { token: 't2' } });
  });

  it('is never one of a provider that was replaced, not even one that comes late', async () => {
    let give: (token: string) => void = () => undefined;
    const { clock, tokens } = source(
      () =>
        new Promise<string>((resolve) => {
          give = resolve;
        }),
    );
    const late = tokens.forConnect('connect');
    tokens.use(() => 'of the next person');
    give('of the last person');
    expect(await late).toMatchObject({ ok: false });
    expect(await tokens.forRequest()).toMatchObject({ token: { token: 'of the next person' } });
    expect(clock.pending).toBe(0);
  });
});

describe('a provider', () => {
  it('that is missing is a matter of configuration', async () => {
    const tokens = new TokenSource(new FakeClock());
    expect(tokens.available).toBe(false);
    expect(await tokens.forConnect('connect')).toMatchObject({
      error: { code: 'missing-token-source', retryable: false },
    });
  });

  it('that comes late is told to whoever waits, once', () => {
    const tokens = new TokenSource(new FakeClock());
    let told = 0;
    const resume = (): void => {
      told += 1;
    };
    tokens.whenAvailable(resume);
    tokens.whenAvailable(() => {
      told += 10;
    })();
    tokens.use(undefined);
    expect(told).toBe(0);
    tokens.use(() => 't');
    tokens.use(() => 'u');
    expect(told).toBe(1);
    tokens.whenAvailable(resume);
    expect(told).toBe(2);
  });

  it('set again changes nothing', async () => {
    const tokens = new TokenSource(new FakeClock());
    const getToken = counting();
    tokens.use(getToken);
    await tokens.forRequest();
    tokens.use(getToken);
    expect(await tokens.forRequest()).toMatchObject({ token: { token: 't1' } });
  });
});

describe('token-url', () => {
  async function answer(
    status: number,
    body: string,
  ): Promise<{ result: unknown; calls: [unknown, RequestInit | undefined][]; timers: number }> {
    const calls: [unknown, RequestInit | undefined][] = [];
    const fetch: Fetch = (input, init) => {
      calls.push([input, init]);
      return status === 0
        ? Promise.reject(new TypeError('network'))
        : Promise.resolve(new Response(body, { status }));
    };
    const clock = new FakeClock();
    const tokens = new TokenSource(clock);
    tokens.use(tokenFromUrl('https://portal.example/token', fetch, clock));
    return { result: await tokens.forConnect('connect'), calls, timers: clock.pending };
  }

  it('is asked with POST and the page’s cookies, and never from a cache', async () => {
    const { calls, timers } = await answer(200, '{"token":"t"}');
    expect(calls).toEqual([
      [
        'https://portal.example/token',
        expect.objectContaining({
          method: 'POST',
          credentials: 'same-origin',
          cache: 'no-store',
          referrerPolicy: 'no-referrer',
        }),
      ],
    ]);
    expect(timers).toBe(0);
  });

  it.each([
    ['{"token":"t"}', { token: 't' }],
    [
      '{"token":"t","expires_at":"2026-01-05T10:00:00Z","subject":"s"}',
      { token: 't', expiresAt: '2026-01-05T10:00:00Z', subject: 's' },
    ],
    ['{"token":"t","expires_at":null,"subject":null,"more":1}', { token: 't' }],
  ])('may answer %s', async (body, token) => {
    expect((await answer(200, body)).result).toEqual({ ok: true, token });
  });

  it.each([
    [401, '', 'signed-out', false],
    [403, '{"token":"t"}', 'signed-out', false],
    [200, '', 'token-invalid', true],
    [200, '<html>secret-token</html>', 'token-invalid', true],
    [200, '{"access_token":"secret-token"}', 'token-invalid', true],
    [200, '{"token":7}', 'token-invalid', true],
    [204, '', 'token-failed', true],
    [500, '{"token":"secret-token"}', 'token-failed', true],
    [0, '', 'token-failed', true],
  ])('answering %i %j is %s', async (status, body, code, retryable) => {
    // A 204 may have no body at all.
    const { result } = await answer(status, status === 204 ? (null as unknown as string) : body);
    expect(result).toMatchObject({ ok: false, error: { code, retryable } });
    expect(JSON.stringify(result)).not.toContain('secret-token');
  });

  it('that hangs is given up after ten seconds', async () => {
    const clock = new FakeClock();
    const tokens = new TokenSource(clock);
    let signal: AbortSignal | null | undefined;
    const fetch: Fetch = (_input, init) => {
      signal = init?.signal;
      return new Promise(() => undefined);
    };
    tokens.use(tokenFromUrl('https://portal.example/token', fetch, clock));
    const pending = tokens.forConnect('connect');
    await clock.pass(10_000);
    expect(await pending).toMatchObject({ error: { code: 'token-timeout' } });
    await settle();
    expect(signal?.aborted).toBe(true);
  });
});
