import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { classic } from '../../src/protocol/classic/index.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const OLD = '68a1c0de5e41f1ce00000001';
const NEW = '68a1c0de5e41f1ce00000002';

const lines = (...all: readonly object[]): Response =>
  new Response(all.map((line) => `${JSON.stringify(line)}\n`).join(''));
const json = (body: object, status = 200): Response => new Response(JSON.stringify(body), { status });

/** A clinic where an unfinished conversation waits. */
class Clinic {
  unfinished: string | undefined = OLD;
  /** What "finish" answers; 204 unless a test says otherwise. */
  finishStatus = 204;
  /** Held back answers to "finish". */
  holdFinish: Promise<void> = Promise.resolve();
  readonly calls: string[] = [];

  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const { pathname, searchParams } = new URL(input instanceof Request ? input.url : input);
    const path = pathname.replace(/^\/v1\/[^/]+\/conversation\//, '');
    this.calls.push(`${init?.method ?? 'GET'} ${path}`);
    if (path.endsWith('/finish/')) return this.finish();
    if (path.endsWith('/interact')) return lines({ type: 'interaction-complete', full_message: 'Yes.' });
    if (path.endsWith('/messages/')) return json({ messages: [], has_more: false });
    if (init?.method === 'POST') return this.create();
    const id = searchParams.get('id') ?? this.unfinished;
    return json({ conversations: id === undefined ? [] : [{ id, is_finished: false }] });
  };

  private create(): Response {
    if (this.unfinished !== undefined) return json({ detail: 'unfinished conversation' }, 400);
    return lines(
      { type: 'conversation-created', conversation_id: NEW },
      { type: 'interaction-complete', full_message: 'Hello.' },
    );
  }

  private async finish(): Promise<Response> {
    await this.holdFinish;
    if (this.finishStatus === 204) this.unfinished = undefined;
    return new Response(null, { status: this.finishStatus });
  }
}

async function meet(clinic: Clinic): Promise<SessionBench> {
  const bench = new SessionBench({ route: { surface: classic }, fetch: clinic.fetch });
  bench.session.command({ type: 'connect' });
  await bench.pass(10);
  return bench;
}

const started = (calls: readonly string[], what: string): number =>
  calls.filter((call) => call.startsWith(what)).length;

describe('an unfinished conversation', () => {
  it('is a question, and nothing goes on until it is answered', async () => {
    const clinic = new Clinic();
    const bench = await meet(clinic);
    expect(bench.state.conflict).toEqual({ conversationId: OLD });
    expect(bench.state.connection.status).toBe('idle');
    expect(bench.state.error).toBeUndefined();
    const asked = clinic.calls.length;
    bench.say('Hi');
    bench.do('connect');
    bench.do('reconnect');
    await bench.pass(60_000);
    expect(clinic.calls).toHaveLength(asked);
    expect(bench.screen).toEqual(['you: Hi [queued]']);
  });

  it('goes on with what was typed meanwhile', async () => {
    const clinic = new Clinic();
    const bench = await meet(clinic);
    bench.say('Hi');
    bench.session.command({ type: 'continue-conversation' });
    await bench.pass(10);
    expect(bench.state).toMatchObject({ conversationId: OLD, connection: { status: 'open' } });
    expect(bench.state.conflict).toBeUndefined();
    expect(clinic.calls).toContain(`POST ${OLD}/interact`);
    expect(started(clinic.calls, `POST ${OLD}/finish/`)).toBe(0);
    expect(bench.screen).toEqual(['you: Hi [delivered]', 'agent: Yes.']);
  });

  it('is finished, and only then another begins', async () => {
    const clinic = new Clinic();
    let finish = (): void => undefined;
    clinic.holdFinish = new Promise((resolve) => {
      finish = resolve;
    });
    const bench = await meet(clinic);
    bench.session.command({ type: 'start-over' });
    bench.session.command({ type: 'connect' });
    await bench.pass(10);
    expect(clinic.calls.at(-1)).toBe(`POST ${OLD}/finish/`);
    finish();
    await bench.pass(10);
    expect(clinic.calls.slice(clinic.calls.indexOf(`POST ${OLD}/finish/`))).toEqual([
      `POST ${OLD}/finish/`,
      'POST ',
      `GET ${NEW}/messages/`,
    ]);
    expect(bench.state).toMatchObject({ conversationId: NEW, connection: { status: 'open' } });
    expect(bench.screen).toEqual(['agent: Hello.']);
  });

  it('is a question once more where it could not be finished', async () => {
    const clinic = new Clinic();
    clinic.finishStatus = 503;
    const bench = await meet(clinic);
    bench.session.command({ type: 'start-over' });
    await bench.pass(10);
    expect(bench.state.conflict).toEqual({ conversationId: OLD });
    expect(started(clinic.calls, `POST ${OLD}/finish/`)).toBe(1);
  });

  it('is settled once, however often the person presses', async () => {
    const clinic = new Clinic();
    const bench = await meet(clinic);
    for (let press = 0; press < 3; press += 1) bench.session.command({ type: 'start-over' });
    bench.session.command({ type: 'continue-conversation' });
    await bench.pass(10);
    expect(started(clinic.calls, `POST ${OLD}/finish/`)).toBe(1);
    expect(bench.state.conversationId).toBe(NEW);
    expect(bench.seen('conflict.settled')).toHaveLength(1);
  });

  it('is nobody’s business once the session is over', async () => {
    const clinic = new Clinic();
    const bench = await meet(clinic);
    const asked = clinic.calls.length;
    bench.session.command({ type: 'start-over' });
    bench.session.dispose();
    await bench.pass(60_000);
    expect(clinic.calls).toHaveLength(asked);
  });

  it('is left by “New conversation” too', async () => {
    const clinic = new Clinic();
    const bench = await meet(clinic);
    bench.session.command({ type: 'new-conversation' });
    await bench.pass(10);
    expect(started(clinic.calls, `POST ${OLD}/finish/`)).toBe(1);
    expect(bench.state.conversationId).toBe(NEW);
  });
});

it('without a question there is nothing to choose', async () => {
  const clinic = new Clinic();
  clinic.unfinished = undefined;
  const bench = await meet(clinic);
  const asked = clinic.calls.length;
  bench.session.command({ type: 'start-over' });
  bench.session.command({ type: 'continue-conversation' });
  await bench.pass(1_000);
  expect(clinic.calls).toHaveLength(asked);
  expect(bench.state.conversationId).toBe(NEW);
});

it('a conversation that has ended does so once, however many tabs ask', async () => {
  const clinic = new Clinic();
  clinic.unfinished = undefined;
  const bench = await meet(clinic);
  bench.session.command({ type: 'end-conversation' });
  bench.session.command({ type: 'end-conversation' });
  await bench.pass(10);
  bench.session.command({ type: 'end-conversation' });
  await bench.pass(10);
  expect(bench.screen).toEqual(['agent: Hello.', 'note: ended']);
  expect(started(clinic.calls, `POST ${NEW}/finish/`)).toBe(1);
});
