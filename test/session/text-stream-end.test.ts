import { afterEach, beforeEach, expect, it } from 'vitest';
import { platformConversations } from '../../src/protocol/history/index.js';
import { textStream } from '../../src/protocol/text-stream/index.js';
import { turnEvents } from '../../src/protocol/turn-events.js';
import { FakeServer, type ConnectionBehaviour } from '../support/fake-server.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(endSessions);

const opens: ConnectionBehaviour = (connection) => {
  connection.accept();
  connection.sendRaw(JSON.stringify({ type: 'session_started', session_id: 's', conversation_id: 'c1' }));
};

const endsWith =
  (reason: string, code: number): ConnectionBehaviour =>
  (connection) => {
    opens(connection);
    connection.sendRaw(JSON.stringify({ type: 'session_ended', reason }));
    connection.close(code);
  };

async function meet(reason: string, code: number): Promise<SessionBench> {
  const server = new FakeServer().onConnect(endsWith(reason, code), opens);
  const surface = textStream({ turnEvents, ...platformConversations });
  const bench = new SessionBench({ server, route: { surface } });
  bench.session.command({ type: 'connect' });
  await bench.pass(5_000);
  return bench;
}

it.each([1000, 1001, 1006])(
  'a session that is only disconnected is taken up again, closed with %i',
  async (code) => {
    const bench = await meet('disconnected', code);
    expect(bench.server.connections).toHaveLength(2);
    expect(bench.state.connection.status).toBe('open');
    expect(bench.server.connection.url.searchParams.get('conversation_id')).toBe('c1');
    expect(bench.screen).toEqual([]);
  },
);

it.each(['completed', 'stopped', 'other', 'reason_from_the_future'])(
  'one that ends with "%s" has ended',
  async (reason) => {
    const bench = await meet(reason, 1000);
    expect(bench.server.connections).toHaveLength(1);
    expect(bench.state.connection.status).toBe('closed');
    expect(bench.screen).toEqual(['note: ended']);
  },
);
