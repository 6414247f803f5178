import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ReconnectingSocket } from '../../src/transport/reconnecting-socket.js';
import {
  FakeServer,
  acceptsSilently,
  closesWith,
  firesErrorOnly,
  hangs,
  neverAcknowledgesClose,
  refusesHandshake,
  type ConnectionBehaviour,
} from '../support/fake-server.js';
import { stopTime } from '../support/session-bench.js';

beforeEach(stopTime);
afterEach(() => {
  vi.useRealTimers();
});

/** A socket and what it tells, in words. The server greets nobody. */
function connect(...behaviours: readonly ConnectionBehaviour[]): {
  readonly server: FakeServer;
  readonly socket: ReconnectingSocket;
  readonly told: string[];
} {
  const server = new FakeServer().onConnect(...behaviours);
  server.greeting = undefined;
  const told: string[] = [];
  let attempts = 0;
  const socket = new ReconnectingSocket(
    {
      prepare: () => {
        attempts += 1;
        // One attempt is enough for a test; the next waits for good.
        return attempts > behaviours.length + 1
          ? new Promise(() => undefined)
          : Promise.resolve({ url: 'wss://api.example/', protocols: ['auth', `t${String(attempts)}`] });
      },
      opened: () => told.push('opened'),
      frame: (data) => told.push(`frame ${String(data)}`),
      closed: (code, wasOpen) => told.push(`closed ${String(code)} ${wasOpen ? 'open' : 'unopened'}`),
    },
    server.WebSocket,
  );
  return { server, socket, told };
}

const pass = (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

describe('a socket', () => {
  it('opens, with the subprotocols of its attempt', async () => {
    const { server, socket, told } = connect();
    await pass(1);
    expect(told[0]).toBe('opened');
    expect(server.connection.token).toBe('t1');
    expect(socket.ready).toBe(true);
    socket.close(1000);
  });

  it.each([1000, 1001, 1011, 4001, 4503])(
    'tells the true code of a close, %i, once, and tries again',
    async (code) => {
      const { server, socket, told } = connect(closesWith(code));
      await pass(1);
      expect(told.slice(0, 2)).toEqual(['opened', `closed ${String(code)} open`]);
      expect(told.filter((line) => line.startsWith('closed'))).toHaveLength(1);
      expect(server.connections.map(({ token }) => token)).toEqual(['t1', 't2']);
      socket.close(1000);
    },
  );

  it.each([
    ['refused', refusesHandshake],
    ['blocked, which fires no close', firesErrorOnly],
  ])('whose handshake is %s counts as 1006, once', async (_title, behaviour) => {
    const { socket, told } = connect(behaviour);
    await pass(1);
    expect(told.filter((line) => line.startsWith('closed'))).toEqual(['closed 1006 unopened']);
    expect(told.at(-1)).toContain('frame');
    socket.close(1000);
  });

  it('whose handshake hangs is given up after 15 s', async () => {
    const { server, socket, told } = connect(hangs);
    await pass(14_990);
    expect(told).toEqual([]);
    await pass(20);
    expect(told[0]).toBe('closed 1006 unopened');
    expect(server.live).toHaveLength(1);
    socket.close(1000);
  });

  it('given up goes on to the next without waiting for the other side', async () => {
    const { server, socket, told } = connect(neverAcknowledgesClose);
    await pass(1);
    const [first] = server.connections;
    socket.abandon(4900);
    expect(told.at(-1)).toBe('closed 4900 open');
    expect(socket.ready).toBe(false);
    await pass(1);
    expect(first?.closedByPage).toBe(4900);
    expect(server.connections).toHaveLength(2);
    expect(socket.ready).toBe(true);
    socket.close(1000);
  });

  it('given up says nothing any more', async () => {
    const { server, socket, told } = connect(acceptsSilently);
    await pass(1);
    const [first] = server.connections;
    socket.abandon(4900);
    await pass(1);
    const before = [...told];
    first?.deliverLate('late');
    first?.close(1006);
    await pass(60_000);
    expect(told).toEqual(before);
    socket.close(1000);
  });

  it('closed says nothing any more, and leaves no timer', async () => {
    const { server, socket, told } = connect();
    await pass(1);
    const before = [...told];
    socket.close(1000);
    server.connection.deliverLate('late');
    await pass(60_000);
    expect(told).toEqual(before);
    expect(server.connection.closedByPage).toBe(1000);
    expect(server.connections).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closed before it began never begins', async () => {
    const { server, socket } = connect();
    socket.close(1000);
    await pass(60_000);
    expect(server.connections).toHaveLength(0);
  });

  it('closed in its handshake tells nobody', async () => {
    const { socket, told } = connect(hangs);
    await pass(1);
    socket.close(1000);
    await pass(60_000);
    expect(told).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('closed while it is told of a close stays closed', async () => {
    const server = new FakeServer().onConnect(closesWith(4000));
    let attempts = 0;
    const socket: ReconnectingSocket = new ReconnectingSocket(
      {
        prepare: () => {
          attempts += 1;
          return Promise.resolve({ url: 'wss://api.example/', protocols: ['auth'] });
        },
        opened: () => undefined,
        frame: () => undefined,
        closed: () => {
          socket.close(1000);
        },
      },
      server.WebSocket,
    );
    await pass(60_000);
    expect(attempts).toBe(1);
  });
});

describe('a frame to send', () => {
  const frame = JSON.stringify({ text: 'hi' });

  it('is handed over while the socket is open', async () => {
    const { server, socket } = connect();
    await pass(1);
    expect(socket.send(frame)).toBe(true);
    expect(server.handedOver).toEqual(['hi']);
    socket.close(1000);
  });

  it('is neither handed over nor kept for later while it is not', async () => {
    const { server, socket } = connect(hangs);
    expect(socket.send(frame)).toBe(false);
    await pass(1);
    expect(socket.send(frame)).toBe(false);
    await pass(20_000);
    expect(socket.ready).toBe(true);
    expect(server.handedOver).toEqual([]);
    socket.close(1000);
    expect(socket.send(frame)).toBe(false);
  });
});
