import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeliveryStatus, UserMessage } from '../../src/conversation/state.js';
import { deliveryView } from '../../src/elements/delivery-status.js';
import { en } from '../../src/i18n/locales/en.js';
import { classic } from '../../src/protocol/classic/index.js';
import { platformConversations } from '../../src/protocol/history/index.js';
import { sessionsConnect } from '../../src/protocol/sessions-connect/index.js';
import { textStream } from '../../src/protocol/text-stream/index.js';
import { turnEvents } from '../../src/protocol/turn-events.js';
import { turns } from '../../src/protocol/turns/index.js';
import { FakeServer, accepts, type FakeConnection } from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

/** What the server does with the next message. */
type Fate =
  | 'answers'
  /** Takes it, and says nothing. */
  | 'thinks'
  /** The wire breaks before the server has it, or after. */
  | 'lost'
  | 'kept'
  /** Keeps it; the reply fails. */
  | 'fails'
  /** Does not take it: never (`refuses`, `rolls back`), or not now. */
  | 'refuses'
  | 'rolls back'
  | 401
  | 409
  | 429;

/** One clinic, on one surface. */
interface Clinic {
  readonly bench: SessionBench;
  next(...fates: readonly Fate[]): void;
  /** Whether the history can be read. */
  history(readable: boolean): void;
  /** Every text that left the device. */
  readonly left: readonly string[];
}

const surfaces = ['sessions-connect', 'text-stream', 'turns', 'classic'] as const;
type SurfaceName = (typeof surfaces)[number];

const ERROR = { code: 'upstream_error', message: 'x', retryable: true };

function overSocket(name: 'sessions-connect' | 'text-stream'): Clinic {
  const server = new FakeServer();
  const dialect = (connection: FakeConnection): FakeConnection =>
    name === 'sessions-connect'
      ? connection
      : Object.assign(connection, {
          send: (type: string, data: object = {}) => {
            connection.sendRaw(JSON.stringify({ type, ...data }));
          },
        });
  server.onConnect(
    ...Array.from({ length: 20 }, () => (connection: FakeConnection) => accepts(dialect(connection))),
  );
  const surface =
    name === 'sessions-connect' ? sessionsConnect : textStream({ turnEvents, ...platformConversations });
  const bench = new SessionBench({ server, route: { surface }, conversationId: 'c1' });
  const live = (fate: Fate) => (connection: FakeConnection, text: string) => {
    const keeps = ['answers', 'thinks', 'kept', 'fails'].includes(String(fate));
    if (keeps) server.keep('user', text);
    if (fate === 'answers' || fate === 'kept') server.keep('agent', 'Yes.');
    if (fate === 'answers') {
      connection.send('message', { role: 'agent', text: 'Yes.' });
      connection.send('done', { turn_id: `t${String(server.history.length)}` });
    } else if (fate === 'fails') {
      connection.send('thinking');
      connection.send('error', ERROR);
    } else if (fate === 'refuses') connection.send('error', { ...ERROR, code: 'client_error' });
    else if (fate === 401) connection.close(4001);
    else if (fate !== 'thinks') connection.close(1006);
  };
  return {
    bench,
    left: server.handedOver,
    next: (...fates) => server.onTurn(...fates.map(live)),
    history: (readable) => {
      server.httpStatus = readable ? 200 : 500;
    },
  };
}

/** What a stream holds: server-sent events, or lines. */
const bodies = {
  turns: {
    answers: 'event: message\ndata: {"text":"Yes."}\n\nevent: done\ndata: {"turn_id":"t"}\n\n',
    kept: '',
    fails: `event: thinking\ndata: {}\n\nevent: error\ndata: ${JSON.stringify(ERROR)}\n\n`,
    refuses: '',
    'rolls back': '',
  },
  classic: {
    answers:
      '{"type":"user-message-available"}\n{"type":"new-message","message":"Yes."}\n{"type":"interaction-complete","interaction_id":"t","full_message":"Yes."}\n',
    kept: '',
    fails: '{"type":"user-message-available"}\n',
    refuses: '',
    'rolls back': '{"type":"user-message-available"}\n{"type":"error","code":503}\n',
  },
} as const;

function overHttp(name: 'turns' | 'classic'): Clinic {
  const left: string[] = [];
  const fates: Fate[] = [];
  const kept: { role: 'user' | 'agent'; text: string }[] = [{ role: 'agent', text: 'Hello' }];
  let readable = true;
  /** Reads that succeed all the same: turns opens again with one. */
  let spare = 0;
  const json = (body: object): Response => new Response(JSON.stringify(body));
  const say = (text: string, signal: AbortSignal | null | undefined): Promise<Response> => {
    left.push(text);
    const fate = fates.shift() ?? 'answers';
    if (typeof fate === 'number')
      return Promise.resolve(new Response('{"detail":"a turn is running"}', { status: fate }));
    if (fate === 'lost') return Promise.reject(new TypeError('network'));
    if (fate === 'refuses') return Promise.resolve(new Response('', { status: 422 }));
    if (fate !== 'rolls back') kept.push({ role: 'user', text });
    if (fate === 'answers' || fate === 'kept') kept.push({ role: 'agent', text: 'Yes.' });
    if (fate !== 'thinks') return Promise.resolve(new Response(bodies[name][fate]));
    return new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => {
        reject(new TypeError('aborted'));
      });
    });
  };
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    await Promise.resolve();
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (pathname.endsWith('/turns/stream'))
      return say((JSON.parse(init?.body as string) as { message: string }).message, init?.signal);
    if (pathname.endsWith('/interact'))
      return say((init?.body as FormData).get('recorded_message') as string, init?.signal);
    if (pathname.endsWith('/conversation/'))
      return json({ conversations: [{ id: 'c1', is_finished: false }] });
    if (!readable && (spare -= 1) < 0) return new Response('', { status: 500 });
    if (pathname.endsWith('/messages/'))
      return json({
        messages: kept.map(({ role, text }) => ({
          sender: role,
          message: text,
          message_type: `${role}-message`,
        })),
      });
    return json({ status: 'active', turns: kept });
  };
  const bench = new SessionBench({
    route: { surface: name === 'turns' ? turns : classic },
    fetch,
    conversationId: 'c1',
  });
  return {
    bench,
    left,
    next: (...more) => void fates.push(...more),
    history: (can) => {
      readable = can;
      spare = name === 'turns' ? 1 : 0;
    },
  };
}

const clinicOn = (name: SurfaceName): Clinic =>
  name === 'turns' || name === 'classic' ? overHttp(name) : overSocket(name);

interface Way {
  readonly status: DeliveryStatus;
  readonly how: string;
  /** What is done before and after it is said; the button is there then. */
  readonly before?: (clinic: Clinic) => unknown;
  readonly wait: number;
  /** Names of the buttons that are offered then. */
  readonly buttons: readonly string[];
  /** The button that is pressed, and what becomes of the message a minute later. */
  readonly press?: 'withdraw' | 'check' | 'confirm' | 'resend' | 'ask-again';
  /** What is seen to instead. */
  readonly mend?: (clinic: Clinic) => unknown;
  readonly then?: DeliveryStatus | 'gone';
  /** How often the text has left in the end. */
  readonly left: number;
  readonly on?: readonly SurfaceName[];
}

const MINUTE = 60_000;
const doubtful = [en.checkNow, en.sendAgain, en.itArrived];
const unreadable = (fate: Fate) => (clinic: Clinic) => {
  clinic.next(fate);
  clinic.history(false);
};
const http = ['turns', 'classic'] as const;

const ways: readonly Way[] = [
  { status: 'queued', how: 'while a turn is running', before: ({ bench, next }) => { next('thinks'); bench.say('First'); }, wait: 10, buttons: [en.dontSend], press: 'withdraw', then: 'gone', left: 0 },
  { status: 'queued', how: '401 twice, then signed in', before: ({ next }) => { next(401, 401); }, wait: 10, buttons: [en.dontSend], mend: ({ bench }) => { bench.do('connect'); }, then: 'delivered', left: 3, on: http },
  { status: 'queued', how: '409, a turn is running', before: ({ next }) => { next(409); }, wait: 10, buttons: [en.dontSend], then: 'delivered', left: 2, on: http },
  { status: 'queued', how: '429', before: ({ next }) => { next(429); }, wait: 10, buttons: [en.dontSend], then: 'delivered', left: 2, on: http },
  { status: 'sent', how: 'no sign of it yet', before: ({ next }) => { next('thinks'); }, wait: 10, buttons: [], left: 1 },
  { status: 'delivered', how: 'its turn spoke', wait: 10, buttons: [], left: 1 },
  { status: 'delivered', how: 'found in the history', before: ({ next }) => { next('kept'); }, wait: MINUTE, buttons: [], left: 1 },
  { status: 'delivered', how: 'its reply failed', before: ({ next }) => { next('fails'); }, wait: MINUTE, buttons: [en.askAgain], press: 'ask-again', then: 'delivered', left: 2, on: ['sessions-connect', 'text-stream', 'turns'] },
  { status: 'unconfirmed', how: 'history unreadable, looked up', before: unreadable('kept'), wait: MINUTE, buttons: doubtful, press: 'check', then: 'delivered', left: 1 },
  { status: 'unconfirmed', how: 'history unreadable, sent again', before: unreadable('lost'), wait: MINUTE, buttons: doubtful, press: 'resend', then: 'delivered', left: 2 },
  { status: 'unconfirmed', how: 'history unreadable, vouched for', before: unreadable('kept'), wait: MINUTE, buttons: doubtful, press: 'confirm', then: 'delivered', left: 1 },
  { status: 'not-sent', how: 'absent from the history twice', before: ({ next }) => { next('lost'); }, wait: MINUTE, buttons: [en.sendAgain], press: 'resend', then: 'delivered', left: 2 },
  { status: 'not-sent', how: 'refused', before: ({ next }) => { next('refuses'); }, wait: 10, buttons: [en.edit], left: 1 },
  { status: 'not-sent', how: 'rolled back', before: ({ next }) => { next('rolls back'); }, wait: 10, buttons: [en.sendAgain], press: 'resend', then: 'delivered', left: 2, on: ['classic'] },
]; // prettier-ignore

function press(bench: SessionBench, { id }: UserMessage, button: NonNullable<Way['press']>): void {
  if (button === 'resend') bench.sendAgain(id);
  else if (button === 'ask-again') bench.askAgain(id);
  else bench.press(button, id);
}

const table = new Map<string, Map<SurfaceName, string>>();

describe.each(surfaces)('over %s', (surface) => {
  const here = ways.filter(({ on }) => !on || on.includes(surface));

  it.each(here.map((way) => [way.status, way.how, way] as const))('%s: %s', async (status, how, way) => {
    const clinic = clinicOn(surface);
    const { bench } = clinic;
    await bench.open();
    await bench.pass(4_000);
    way.before?.(clinic);
    const id = bench.say('One refill, please');
    await bench.pass(way.wait);
    const message = bench.message(id);
    expect(message?.status).toBe(status);
    expect(message && deliveryView(message, en).actions.map(({ label }) => label)).toEqual(way.buttons);
    if (way.press === 'check' || way.press === 'resend') clinic.history(true);
    way.mend?.(clinic);
    if (message && way.press) press(bench, message, way.press);
    if (way.press || way.then) await bench.pass(MINUTE);
    if (way.then) expect(bench.message(id)?.status ?? 'gone').toBe(way.then);
    if (way.press === 'ask-again') expect(bench.messages.at(-1)?.status).toBe('delivered');
    expect(clinic.left.filter((text) => text === 'One refill, please')).toHaveLength(way.left);
    const row = `${status}: ${how}`;
    table.set(row, (table.get(row) ?? new Map<SurfaceName, string>()).set(surface, 'passed'));
  });
});

afterAll(() => {
  const rows = ways.map(({ status, how, buttons, on }) => {
    const reached = surfaces.map(
      (surface) => table.get(`${status}: ${how}`)?.get(surface) ?? (on ? '—' : 'FAILED'),
    );
    return `| ${[`\`${status}\``, how, buttons.join(', ') || '—', ...reached].join(' | ')} |`;
  });
  console.log(['| status | how | buttons | ' + surfaces.join(' | ') + ' |', ...rows].join('\n'));
});
