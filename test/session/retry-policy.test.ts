import { describe, expect, it } from 'vitest';
import { conversationError } from '../../src/conversation/error.js';
import { RetryPolicy, type Decision } from '../../src/session/retry-policy.js';
import { seeded } from '../support/seeded.js';

const HALF = (): number => 0.5;

/** What is decided after each of these closes of an open socket, in a row. */
function decisions(
  codes: readonly number[],
  { named = false, policy = new RetryPolicy(HALF) } = {},
): readonly Decision[] {
  return codes.map((code) => policy.closed(code, true, named));
}

const next = (codes: readonly number[], named = false): readonly string[] =>
  decisions(codes, { named }).map((decision) => decision.next);

describe('closes in a row', () => {
  it.each<[string, readonly number[], readonly string[]]>([
    ['1000 ends', [1000], ['end']],
    ['what retries never gives up', Array<number>(50).fill(1006), Array<string>(50).fill('retry')],
    ['what is slow never gives up', Array<number>(50).fill(4029), Array<string>(50).fill('retry')],
    ['4200 is tried once more', [4200, 4200], ['retry', 'fail']],
    ['1011 is tried twice more', [1011, 1011, 1011], ['retry', 'retry', 'fail']],
    ['4001 asks for one better token', [4001, 4001], ['retry', 'reauthenticate']],
    ['4001 and 4100 are one refusal', [4001, 4100], ['retry', 'reauthenticate']],
    ['4403 twice blames the origin', [4403, 4403], ['retry', 'fail']],
    ['another loss between does not renew a limit', [4001, 1006, 4001], ['retry', 'retry', 'reauthenticate']],
    ['4003 fails', [4003], ['fail']],
    ['4004 without an id fails', [4004], ['fail']],
  ])('%s', (_title, codes, expected) => {
    expect(next(codes)).toEqual(expected);
  });

  it.each([4004, 4400, 4404])('%i with an id forgets it, once', (code) => {
    const [first, second] = decisions([code, code], { named: true });
    expect(first).toMatchObject({ next: 'retry', forgetConversation: true });
    expect(second?.next).toBe('fail');
  });

  it('forget no id where none is at fault', () => {
    expect(decisions([1006, 4503], { named: true })).toMatchObject([
      { forgetConversation: false },
      { forgetConversation: false },
    ]);
  });

  it.each([
    [4200, true],
    [4003, false],
    [4403, false],
  ])('%i, once it fails, offers "Try again": %s', (code, retryable) => {
    const last = decisions([code, code, code]).at(-1);
    expect(last).toMatchObject({ next: 'fail', error: { severity: 'fatal', retryable } });
  });
});

describe('the wait', () => {
  const delays = (codes: readonly number[]): readonly (number | undefined)[] =>
    decisions(codes).map((decision) => (decision.next === 'retry' ? decision.delay : undefined));

  it('doubles with each failure, up to its cap', () => {
    expect(delays(Array<number>(7).fill(1006))).toEqual([750, 1_250, 2_250, 4_250, 8_250, 15_250, 15_250]);
  });

  it('is never under 5 s where the server asked for patience, whatever the dice say', () => {
    const policy = new RetryPolicy(seeded(7));
    const slow = decisions(Array<number>(1_000).fill(1013), { policy });
    const waits = slow.map((decision) => (decision.next === 'retry' ? decision.delay : 0));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(5_000);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30_250);
  });

  it('starts anew once a session was healthy, and so do the limits', () => {
    const policy = new RetryPolicy(HALF);
    decisions([4200, 1006, 1006], { policy });
    policy.startAnew();
    expect(policy.attempt).toBe(0);
    expect(decisions([4200], { policy })).toMatchObject([{ next: 'retry', delay: 750 }]);
  });
});

describe('a token', () => {
  it('is suspected once a server refused it, until a session is healthy', () => {
    const policy = new RetryPolicy(HALF);
    expect(policy.suspectsToken).toBe(false);
    policy.closed(4100, true, false);
    expect(policy.suspectsToken).toBe(true);
    policy.startAnew();
    expect(policy.suspectsToken).toBe(false);
  });

  it('is suspected from the second handshake in a row that failed', () => {
    const policy = new RetryPolicy(HALF);
    const suspected = [1, 2, 3].map(() => {
      policy.closed(1006, false, false);
      return policy.suspectsToken;
    });
    expect(suspected).toEqual([false, true, true]);
    policy.closed(1006, true, false);
    expect(policy.suspectsToken).toBe(false);
  });

  it('that could not be had is tried for again, unless the person is signed out', () => {
    const policy = new RetryPolicy(HALF);
    const failed = conversationError('authentication', 'token-failed');
    const signedOut = conversationError('authentication', 'signed-out', { retryable: false });
    expect(policy.tokenFailed(failed)).toMatchObject({
      next: 'retry',
      delay: 750,
      error: { severity: 'warning' },
    });
    expect(policy.tokenFailed(signedOut)).toEqual({ next: 'reauthenticate', error: signedOut });
  });
});

describe('what the person is told', () => {
  const told = (count: number, wasOpen: boolean, code = 1006): readonly string[] => {
    const policy = new RetryPolicy(HALF);
    return Array.from({ length: count }, () => {
      const decision = policy.closed(code, wasOpen, false);
      return 'error' in decision ? `${decision.error.code} ${decision.error.severity}` : decision.next;
    });
  };

  it('is a passing warning for nine losses, and plain from the tenth on', () => {
    const tries = told(11, true);
    expect(new Set(tries.slice(0, 9))).toEqual(new Set(['connection-lost warning']));
    expect(tries.slice(9)).toEqual(['could-not-connect error', 'could-not-connect error']);
  });

  it('is plain from the third handshake on', () => {
    expect(told(4, false)).toEqual([
      'connection-lost warning',
      'connection-lost warning',
      'could-not-connect error',
      'could-not-connect error',
    ]);
  });

  it('keeps the reason where the server gave one', () => {
    expect(told(10, true, 4503).at(-1)).toBe('server-unavailable error');
  });
});
