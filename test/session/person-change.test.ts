import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { platformConversations } from '../../src/protocol/history/index.js';
import { textStream } from '../../src/protocol/text-stream/index.js';
import { turnEvents } from '../../src/protocol/turn-events.js';
import { turns } from '../../src/protocol/turns/index.js';
import { FakeServer } from '../support/fake-server.js';
import type { ConnectionBehaviour } from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';
import type { Fetch } from '../../src/transport/http.js';

beforeEach(stopTime);
afterEach(endSessions);

const json = (body: object, status = 200): Response => new Response(JSON.stringify(body), { status });

/** Answers that a test lets go when it likes, by conversation. */
class SlowHistory {
  private readonly waiting = new Map<string, (() => void)[]>();

  constructor(private readonly texts: Readonly<Record<string, string>>) {}

  readonly fetch: Fetch = async (input) => {
    const id = new URL(input instanceof Request ? input.url : input).pathname.split('/').at(-1) ?? '';
    await new Promise<void>((resolve) => {
      this.waiting.set(id, [...(this.waiting.get(id) ?? []), resolve]);
    });
    return json({ turns: [{ role: 'agent', text: this.texts[id] }] });
  };

  answer(id: string): void {
    for (const go of this.waiting.get(id)?.splice(0) ?? []) go();
  }
}

describe('a history that answers late', () => {
  const texts = { c1: 'Ann has an appointment', c2: 'Ben has an appointment' };

  it('is not shown to the person who came after', async () => {
    const server = new FakeServer();
    const history = new SlowHistory(texts);
    let subject = 'ann';
    const getToken = (): { token: string; subject: string } => ({ token: 't', subject });
    const bench = await new SessionBench({ server, fetch: history.fetch, getToken }).open();
    subject = 'ben';
    Object.assign(server, { conversationId: 'c2', entityId: 'e2' });
    server.connection.close(1006);
    await bench.pass(5_000);
    expect(bench.state.conversationId).toBe('c2');
    history.answer('c1');
    await bench.pass();
    expect(bench.screen.join()).not.toContain('Ann');
    history.answer('c2');
    await bench.pass();
    expect(bench.screen.join()).toContain('Ben');
    expect(bench.state.history).toBe('loaded');
  });

  it('does not come back into a conversation that was begun anew', async () => {
    const server = new FakeServer();
    const history = new SlowHistory(texts);
    const bench = await new SessionBench({ server, fetch: history.fetch }).open();
    bench.session.command({ type: 'new-conversation' });
    server.conversationId = 'c2';
    await bench.pass(10);
    history.answer('c1');
    await bench.pass(30_000);
    history.answer('c1');
    await bench.pass(30_000);
    expect(bench.screen.join()).not.toContain('Ann');
    history.answer('c2');
    await bench.pass(10);
  });
});

/** A clinic over HTTP whose answers a test holds back, by the end of their path. */
class HeldClinic {
  readonly posted: string[] = [];
  readonly ended: string[] = [];
  conversationId = 'c1';
  held: string | undefined;
  private go: (() => void)[] = [];
  /** Answers to the next calls that end so; after those the usual ones. */
  readonly refusals: { path: string; status: number; headers?: Record<string, string> }[] = [];

  readonly fetch: Fetch = async (input, init) => {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    const path = pathname + search;
    if (this.held !== undefined && path.includes(this.held))
      await new Promise<void>((resolve) => this.go.push(resolve));
    const token = new Headers(init?.headers).get('authorization') ?? '';
    if (init?.method === 'DELETE') {
      this.conversationId = 'c2';
      this.ended.push(path);
      return new Response(null, { status: 204 });
    }
    if (typeof init?.body === 'string') this.posted.push(`${token} ${init.body}`);
    const place = this.refusals.findIndex((refusal) => path.includes(refusal.path));
    const [refusal] = place < 0 ? [] : this.refusals.splice(place, 1);
    if (refusal) return new Response('', refusal);
    if (path.endsWith('/sessions/start'))
      return json({ conversation_id: this.conversationId, session_status: 'already_active' });
    if (path.endsWith('/approval')) return new Response(null, { status: 204 });
    if (path.endsWith('/turns/stream')) {
      return new Response(
        'event: message\ndata: {"role":"agent","text":"Let me look."}\n\n' +
          'event: done\ndata: {"turn_count":1,"background_pending":true}\n\n',
      );
    }
    if (search.includes('poll'))
      return json({ output: [{ role: 'agent', text: 'Ann has the flu' }], background_pending: false });
    return json({ status: 'active', turns: [] });
  };

  release(): void {
    this.held = undefined;
    for (const go of this.go.splice(0)) go();
  }
}

describe('an answer that the agent worked out in the background', () => {
  it('is not shown in a conversation that was begun meanwhile', async () => {
    const clinic = new HeldClinic();
    const bench = await new SessionBench({ route: { surface: turns }, fetch: clinic.fetch }).open();
    bench.say('Hi');
    await bench.pass(10);
    expect(bench.state.turn.phase).toBe('background');
    clinic.held = 'poll';
    await bench.pass(5_100);
    bench.session.command({ type: 'new-conversation' });
    await bench.pass(10);
    clinic.release();
    await bench.pass(10_000);
    expect(bench.screen.join()).not.toContain('flu');
  });
});

describe('a decision that is answered late', () => {
  it('is not noted in a conversation that was begun meanwhile', async () => {
    const clinic = new HeldClinic();
    const bench = await new SessionBench({ route: { surface: turns }, fetch: clinic.fetch }).open();
    bench.session.command({ type: 'request-approval', id: 'a1', summary: 'Cancel the visit' });
    clinic.held = '/approval';
    bench.session.command({ type: 'decide', id: 'a1', decision: 'approve' });
    await bench.pass(10);
    bench.session.command({ type: 'new-conversation' });
    await bench.pass(10);
    clinic.release();
    await bench.pass(10);
    expect(bench.screen.join()).not.toContain('approved');
  });
});

describe('whoever comes after', () => {
  it('is not led into the conversation of the last person', async () => {
    const flat: ConnectionBehaviour = (connection) => {
      connection.accept();
      connection.sendRaw('{"type":"session_started","conversation_id":"c1"}');
    };
    const server = new FakeServer().onConnect(flat, flat, flat);
    let subject = 'ann';
    const getToken = (): { token: string; subject: string } => ({ token: 't', subject });
    const route = { surface: textStream({ ...platformConversations, turnEvents }) };
    const bench = await new SessionBench({ server, route, getToken }).open();
    server.connection.close(1006);
    await bench.pass(5_000);
    subject = 'ben';
    server.connection.close(1006);
    await bench.pass(5_000);
    const named = server.connections.map(({ url }) => url.searchParams.get('conversation_id'));
    expect(named).toEqual([null, 'c1', null]);
  });
});

describe('a message whose token was refused', () => {
  it('does not leave with the token of the person who came after', async () => {
    const clinic = new HeldClinic();
    let subject = 'ann';
    const getToken = (): { token: string; subject: string } => ({ token: `token-of-${subject}`, subject });
    const bench = await new SessionBench({ route: { surface: turns }, fetch: clinic.fetch, getToken }).open();
    clinic.refusals.push({ path: '/turns/stream', status: 401 });
    subject = 'ben';
    bench.say('words of ann');
    await bench.pass(10_000);
    expect(clinic.posted.filter((call) => call.includes('token-of-ben')).join()).not.toContain(
      'words of ann',
    );
    expect(bench.screen.join()).not.toContain('words of ann');
  });
});

describe('"New conversation", pressed twice', () => {
  it('begins once, and not before the old one has ended', async () => {
    const clinic = new HeldClinic();
    const bench = await new SessionBench({ fetch: clinic.fetch }).open();
    clinic.held = '/conversations/c1';
    bench.session.command({ type: 'new-conversation' });
    await bench.pass(10);
    bench.session.command({ type: 'new-conversation' });
    await bench.pass(10);
    expect(bench.server.connections).toHaveLength(1);
    clinic.release();
    await bench.pass(10);
    expect(bench.server.connections).toHaveLength(2);
  });
});

describe('a server that asks to be left alone', () => {
  it.each(['2592000', '1e300', '0'])('for "%s" seconds is not asked again and again', async (seconds) => {
    const clinic = new HeldClinic();
    const bench = await new SessionBench({ route: { surface: turns }, fetch: clinic.fetch }).open();
    const refusals = 40;
    for (let count = 0; count < refusals; count += 1)
      clinic.refusals.push({ path: '/turns/stream', status: 429, headers: { 'retry-after': seconds } });
    bench.say('hi');
    await bench.pass(3_000);
    expect(clinic.refusals.length).toBeGreaterThan(refusals - 6);
    clinic.refusals.length = 0;
    await bench.pass(300_000);
    expect(bench.messages).toMatchObject([{ text: 'hi', status: 'delivered' }]);
  });
});
