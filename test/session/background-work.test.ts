import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { turns } from '../../src/protocol/turns/index.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const json = (body: object): Response => new Response(JSON.stringify(body), { status: 200 });

const acknowledged =
  'event: message\ndata: {"role":"agent","text":"Let me look."}\n\n' +
  'event: done\ndata: {"turn_id":"t1","turn_count":1,"background_pending":true}\n\n';

/** A clinic whose answers take long. */
class SlowClinic {
  /** When it was asked for the rest. */
  readonly polls: number[] = [];
  readonly decisions: number[] = [];
  pending = true;
  /** Statuses of the next decisions; after those 204. */
  readonly refusals: number[] = [];

  readonly fetch = async (input: string | URL | Request): Promise<Response> => {
    await Promise.resolve();
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    if (pathname.endsWith('/sessions/start')) {
      return json({ conversation_id: 'c1', session_status: 'already_active' });
    }
    if (pathname.endsWith('/approval')) {
      const status = this.refusals.shift() ?? 204;
      this.decisions.push(status);
      return new Response(null, { status });
    }
    if (pathname.endsWith('/turns/stream')) return new Response(acknowledged);
    if (search.includes('poll')) {
      this.polls.push(Date.now());
      const output = this.pending ? [] : [{ role: 'agent', text: 'Here it is.' }];
      return json({ turn_id: 't1', output, background_pending: this.pending });
    }
    return json({ status: 'active', turns: [{ role: 'agent', text: 'Hello' }] });
  };
}

async function ask(clinic: SlowClinic): Promise<SessionBench> {
  const bench = new SessionBench({ route: { surface: turns }, fetch: clinic.fetch });
  await bench.open();
  bench.say('Hi');
  await bench.pass(10);
  expect(bench.state.turn.phase).toBe('background');
  return bench;
}

describe('work in the background', () => {
  it('is asked for every five seconds at most, and shown when it is done', async () => {
    const clinic = new SlowClinic();
    const bench = await ask(clinic);
    await bench.pass(16_000);
    clinic.pending = false;
    await bench.pass(16_000);
    expect(clinic.polls).toHaveLength(4);
    expect(
      clinic.polls.every((at, index) => index === 0 || at - (clinic.polls[index - 1] ?? 0) >= 5_000),
    ).toBe(true);
    expect(bench.screen.at(-1)).toBe('agent: Here it is.');
    expect(bench.state.turn.phase).toBe('idle');
  });

  it('is given five minutes; then the person may ask again', async () => {
    const clinic = new SlowClinic();
    const bench = await ask(clinic);
    await bench.pass(6 * 60_000);
    const asked = clinic.polls.length;
    expect(bench.state.error).toMatchObject({ code: 'reply-delayed', severity: 'warning' });
    await bench.pass(10 * 60_000);
    expect(clinic.polls).toHaveLength(asked);
    clinic.pending = false;
    bench.session.command({ type: 'collect' });
    await bench.pass(6_000);
    expect(bench.state.error).toBeUndefined();
    expect(bench.screen.at(-1)).toBe('agent: Here it is.');
  });
});

describe('a decision', () => {
  it('is passed on again where the server was not ready for it', async () => {
    const clinic = new SlowClinic();
    clinic.refusals.push(503);
    const bench = await ask(clinic);
    bench.session.command({ type: 'request-approval', id: 'a1', summary: 'Cancel the visit' });
    bench.session.command({ type: 'decide', id: 'a1', decision: 'reject' });
    await bench.pass(3_000);
    expect(clinic.decisions).toEqual([503, 204]);
    expect(bench.seen('approval.decided')).toMatchObject([{ approvalId: 'a1', decision: 'reject' }]);
    expect(bench.state.approvals).toEqual([]);
    expect(bench.screen).toContain('note: rejected');
  });

  it('stays open where it is refused, and the person is told', async () => {
    const clinic = new SlowClinic();
    clinic.refusals.push(403);
    const bench = await ask(clinic);
    bench.session.command({ type: 'request-approval', id: 'a1', summary: 'Cancel the visit' });
    bench.session.command({ type: 'decide', id: 'a1', decision: 'approve' });
    await bench.pass(10);
    expect(bench.state.approvals).toEqual([{ id: 'a1', summary: 'Cancel the visit', deciding: false }]);
    expect(bench.state.error?.code).toBe('approval-failed');
  });
});
