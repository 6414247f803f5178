import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConversationError } from '../../src/conversation/error.js';
import { errorText } from '../../src/i18n/error-text.js';
import { en } from '../../src/i18n/locales/en.js';
import { systemClock } from '../../src/lib/clock.js';
import { classic } from '../../src/protocol/classic/index.js';
import { platformConversations } from '../../src/protocol/history/index.js';
import { sessionsConnect } from '../../src/protocol/sessions-connect/index.js';
import type { HttpSurface, SocketSurface } from '../../src/protocol/surface.js';
import { textStream } from '../../src/protocol/text-stream/index.js';
import { turnEvents } from '../../src/protocol/turn-events.js';
import { turns } from '../../src/protocol/turns/index.js';
import { TokenSource, tokenFromUrl } from '../../src/session/token-source.js';
import type { ConnectionBehaviour } from '../support/fake-server.js';
import { FakeServer, closesWith } from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const stream = textStream({ turnEvents, ...platformConversations });
const IDS = 'workspace-id, service-id, entity-id';

/** What the person reads, and whoever set up the page. */
const words = (error: ConversationError | undefined): string => {
  if (!error) return 'no error';
  const { what, action, look } = errorText(error, en);
  return [what, action, ...(look ? [`(${look})`] : [])].join(' ');
};

async function connect(bench: SessionBench): Promise<SessionBench> {
  bench.session.command({ type: 'connect' });
  await bench.pass(10);
  return bench;
}

/** Says a hundred lines that no surface knows. */
const babbles: ConnectionBehaviour = (connection) => {
  connection.accept();
  for (let line = 0; line < 100; line += 1) connection.sendRaw('<p>Welcome to our file server</p>');
};

describe('ids that the server does not know', () => {
  it.each<[number, SocketSurface, string]>([
    [4000, sessionsConnect, IDS],
    [4004, sessionsConnect, IDS],
    [4004, stream, IDS],
  ])('%i on a socket', async (code, surface, ids) => {
    const server = new FakeServer().onConnect(closesWith(code));
    const bench = await connect(new SessionBench({ server, route: { surface } }));
    expect(bench.state.connection.status).toBe('failed');
    expect(words(bench.state.error)).toContain(`(${ids})`);
  });

  it.each<[number, HttpSurface, string]>([
    [404, turns, IDS],
    [422, turns, IDS],
    [404, classic, 'organization-id, service-id'],
    [422, classic, 'organization-id, service-id'],
  ])('%i over HTTP', async (status, surface, ids) => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response('{"detail":"no"}', { status }));
    const bench = await connect(new SessionBench({ route: { surface }, fetch }));
    expect(bench.state.connection.status).toBe('failed');
    expect(words(bench.state.error)).toContain(`(${ids})`);
  });
});

describe('a server that speaks something else', () => {
  it.each<[string, HttpSurface, string]>([
    ['turns', turns, 'base-url'],
    ['classic', classic, 'classic-base-url'],
  ])('answers %s with a page', async (_name, surface, attribute) => {
    const page = '<!doctype html>\n<title>It works</title>\n';
    const bench = await connect(
      new SessionBench({ route: { surface }, fetch: () => Promise.resolve(new Response(page)) }),
    );
    expect(bench.state.connection.status).toBe('failed');
    expect(bench.state.error).toMatchObject({ code: 'invalid-attribute', subject: attribute });
    expect(words(bench.state.error)).toContain(`“${attribute}”`);
  });

  it('answers classic with another list of conversations', async () => {
    const fetch = (): Promise<Response> => Promise.resolve(new Response('{"items":[]}'));
    const named = { route: { surface: classic }, fetch, conversationId: '68a1c0de5e41f1ce00000009' };
    const bench = await connect(new SessionBench(named));
    expect(bench.state.error).toMatchObject({ code: 'invalid-attribute', subject: 'classic-base-url' });
  });

  it.each<[SocketSurface, string]>([
    [sessionsConnect, 'base-url'],
    [stream, 'text-stream-url'],
  ])('babbles on a socket: named, and tried again all the same (G1)', async (surface, attribute) => {
    const server = new FakeServer().onConnect(babbles, babbles);
    const bench = await connect(new SessionBench({ server, route: { surface } }));
    expect(bench.state.connection.status).not.toBe('failed');
    expect(words(bench.state.error)).toContain(`“${attribute}”`);
    await bench.pass(5_000);
    expect(server.connections.length).toBeGreaterThan(1);
  });
});

describe('an answer that holds no token', () => {
  it.each(['<!doctype html><title>Please sign in</title>', '{"access_token":"t"}', '[]', ''])(
    'from token-url is named: %s',
    async (body) => {
      const bench = new SessionBench({ getToken: null });
      const fetch = (): Promise<Response> => Promise.resolve(new Response(body));
      bench.tokens.use(tokenFromUrl('https://portal.example/token', fetch, systemClock), 'token-url');
      await connect(bench);
      expect(words(bench.state.error)).toBe(
        'The sign-in for this chat did not work. Reload the page, or call your clinic. (token-url)',
      );
    },
  );

  it.each([undefined, 7, { token: '' }])('from getToken is named: %j', async (answer) => {
    const bench = await connect(new SessionBench({ getToken: () => answer as unknown as string }));
    expect(words(bench.state.error)).toContain('(getToken)');
  });

  it('with characters that no handshake can carry is named, and the end', async () => {
    const bench = await connect(new SessionBench({ getToken: () => 'a/b c' }));
    expect(bench.state.connection.status).toBe('failed');
    expect(words(bench.state.error)).toContain('(getToken)');
  });

  it('is another thing than a network that fails, which names nothing', async () => {
    const tokens = new TokenSource(systemClock);
    const fetch = (): Promise<Response> => Promise.reject(new TypeError('network'));
    tokens.use(tokenFromUrl('https://portal.example/token', fetch, systemClock), 'token-url');
    const answer = await tokens.forConnect('connect');
    expect(!answer.ok && words(answer.error)).toBe(
      'We could not sign you in to the chat. Wait a moment, then try again.',
    );
  });
});
