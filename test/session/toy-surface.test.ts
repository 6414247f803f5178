import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.js';
import type { HttpSurface } from '../../src/protocol/surface.js';
import { routes } from '../../src/session/surfaces.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

/** A platform that nobody has: each request is a word, each answer is another. What a folder of the wire would hold. */
const toy: HttpSurface = {
  carrier: 'http',
  // Its name would stand in `SurfaceName`; nothing but types knows of that.
  name: 'toy' as HttpSurface['name'],
  attributes: { address: 'toy-url', ids: 'toy-id' },
  namesConversation: true,
  async *open(port) {
    const { body } = await port.request({ method: 'POST', url: 'https://toy.example/open' });
    yield { type: 'session.opened', conversationId: body ?? '' };
    yield { type: 'agent.message', text: 'Hello from the toy' };
    yield { type: 'turn.completed' };
    return undefined;
  },
  async *say(port, _target, conversationId, text) {
    const url = `https://toy.example/${conversationId}/${encodeURIComponent(text)}`;
    const { body } = await port.request({ method: 'POST', url });
    yield { type: 'agent.delta', text: body ?? '' };
    yield { type: 'turn.completed' };
    return undefined;
  },
  history: () => Promise.resolve([]),
  finish: async (port, _target, conversationId) => {
    await port.request({ method: 'DELETE', url: `https://toy.example/${conversationId}` });
    return undefined;
  },
};

/** The line of registration. */
const registered = { ...routes, toy: { surface: toy, withoutEntity: true } };

describe('a surface that is a folder and a line', () => {
  it('is what the attribute says, and asks for what it needs', () => {
    const raw = {
      ...{
        baseUrl: '',
        workspaceId: 'w1',
        serviceId: 's1',
        entityId: '',
        conversationId: '',
        transport: 'toy',
      },
      ...{ textStreamUrl: '', organizationId: '', classicBaseUrl: '', serviceVersionSet: '', finishAfter: 0 },
      ...{ history: 'server', tokenUrl: '', toolEvents: false },
    };
    const page = new URL('https://portal.example/');
    expect(readConfig(raw, page, registered)).toMatchObject({ config: { transport: 'toy' } });
    const unknown = readConfig(raw, page, routes);
    expect('errors' in unknown && unknown.errors.map(({ subject }) => subject)).toEqual([
      'entity-id',
      'transport',
    ]);
  });

  it('carries a conversation from its greeting to its end', async () => {
    const asked: string[] = [];
    const fetch = (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      const { pathname } = new URL(input instanceof Request ? input.url : input);
      asked.push(`${init?.method ?? 'GET'} ${decodeURIComponent(pathname)}`);
      return Promise.resolve(new Response(pathname === '/open' ? 'c1' : 'Indeed.'));
    };
    const bench = new SessionBench({ route: registered.toy, fetch });
    await bench.open();
    bench.say('Is it Friday?');
    await bench.pass(10);
    expect(bench.screen).toEqual([
      'agent: Hello from the toy',
      'you: Is it Friday? [delivered]',
      'agent: Indeed.',
    ]);
    expect(bench.state).toMatchObject({ connection: { surface: 'toy' }, turn: { phase: 'idle' } });
    bench.session.command({ type: 'end-conversation' });
    await bench.pass(10);
    expect(bench.screen.at(-1)).toBe('note: ended');
    expect(asked).toEqual(['POST /open', 'POST /c1/Is it Friday?', 'DELETE /c1']);
  });
});
