import type { HistoryTurn } from '../../src/conversation/event.js';
import type { Fetch } from '../../src/transport/http.js';
import type { WebSocketConstructor } from '../../src/transport/reconnecting-socket.js';

/** What the server does with a connection, from its handshake on. */
export type ConnectionBehaviour = (connection: FakeConnection) => void;
/** What the server does with something the person said. */
export type TurnBehaviour = (connection: FakeConnection, text: string) => void;

/** An event as browsers fire it on a socket. */
function socketEvent(type: string, fields: object = {}): Event {
  return Object.assign(new Event(type), fields);
}

/** The browser's end of a connection: as much of a `WebSocket` as anybody uses. */
class FakeSocket extends EventTarget {
  static readonly CONNECTING = 0;
  static readonly OPEN = 1;
  static readonly CLOSING = 2;
  static readonly CLOSED = 3;
  binaryType = 'blob';
  readyState = 0;
  private readonly connection: FakeConnection;

  constructor(
    server: FakeServer,
    readonly url: string,
    readonly protocols: readonly string[],
  ) {
    super();
    this.connection = new FakeConnection(server, this);
    server.connect(this.connection);
  }

  send(frame: string): void {
    this.connection.receive(frame);
  }

  close(code?: number): void {
    if (this.readyState >= FakeSocket.CLOSING) return;
    const connecting = this.readyState === FakeSocket.CONNECTING;
    this.readyState = FakeSocket.CLOSING;
    this.connection.closing(code, connecting);
  }
}

/** The server's end of a connection. */
export class FakeConnection {
  /** The code the page closed with; undefined while it has not. */
  closedByPage: number | undefined;
  /** False where the server leaves the page's close without an answer. */
  acknowledges = true;

  constructor(
    readonly server: FakeServer,
    private readonly socket: FakeSocket,
  ) {}

  get url(): URL {
    return new URL(this.socket.url);
  }

  get token(): string | undefined {
    return this.socket.protocols[1];
  }

  /** Neither side has closed it. */
  get live(): boolean {
    return this.socket.readyState <= FakeSocket.OPEN;
  }

  accept(): void {
    if (this.socket.readyState !== FakeSocket.CONNECTING) return;
    this.socket.readyState = FakeSocket.OPEN;
    this.socket.dispatchEvent(socketEvent('open'));
  }

  /** An enveloped frame (protocol §a). */
  send(event: string, data: object = {}): void {
    this.sendRaw(JSON.stringify({ event, data }));
  }

  /** Whatever it is, even on a socket that the page has given up: what is late arrives late. */
  sendRaw(data: unknown): void {
    if (this.socket.readyState === FakeSocket.OPEN) this.deliverLate(data);
  }

  deliverLate(data: unknown): void {
    this.socket.dispatchEvent(socketEvent('message', { data }));
  }

  error(): void {
    this.socket.dispatchEvent(socketEvent('error'));
  }

  close(code: number): void {
    if (this.socket.readyState === FakeSocket.CLOSED) return;
    this.socket.readyState = FakeSocket.CLOSED;
    this.socket.dispatchEvent(socketEvent('close', { code, wasClean: code !== 1006 }));
  }

  /** A frame of the page. The server sees it a moment later. */
  receive(frame: string): void {
    const { text } = JSON.parse(frame) as { text: string };
    this.server.handedOver.push(text);
    queueMicrotask(() => {
      if (this.live) this.server.hear(this, text);
    });
  }

  /** The page closes. */
  closing(code: number | undefined, connecting: boolean): void {
    this.closedByPage = code;
    if (!this.acknowledges) return;
    queueMicrotask(() => {
      if (connecting) this.error();
      this.close(connecting ? 1006 : (code ?? 1005));
    });
  }
}

/** One clinic in memory: a thread per conversation, a socket for live turns, HTTP for the history. */
export class FakeServer {
  readonly connections: FakeConnection[] = [];
  /** Every text that was handed to a socket, in order, whether the server saw it or not. */
  readonly handedOver: string[] = [];
  /** What the server keeps. */
  history: HistoryTurn[] = [];
  conversationId = 'c1';
  entityId = 'e1';
  /** What the agent says first; undefined: nothing. */
  greeting: string | undefined = 'Hello';
  /** Status of every answer over HTTP. */
  httpStatus = 200;
  /** The requests over HTTP so far. */
  readonly requests: string[] = [];
  /** What the history answers in place of `history`: a copy that lags behind. */
  staleHistory: readonly HistoryTurn[] | undefined;
  private readonly nextConnections: ConnectionBehaviour[] = [];
  private readonly nextTurns: TurnBehaviour[] = [];

  /** Behaviours of the next connections, one each; after those every connection is accepted. */
  onConnect(...behaviours: readonly ConnectionBehaviour[]): this {
    this.nextConnections.push(...behaviours);
    return this;
  }

  /** Behaviours of the next turns, one each; after those every turn is answered. */
  onTurn(...behaviours: readonly TurnBehaviour[]): this {
    this.nextTurns.push(...behaviours);
    return this;
  }

  /** Nothing goes wrong any more. */
  heal(): void {
    this.nextConnections.length = 0;
    this.nextTurns.length = 0;
    this.httpStatus = 200;
    this.staleHistory = undefined;
  }

  /** The newest connection. */
  get connection(): FakeConnection {
    const last = this.connections.at(-1);
    if (!last) throw new Error('nobody has connected');
    return last;
  }

  get live(): readonly FakeConnection[] {
    return this.connections.filter(({ live }) => live);
  }

  /** How often a text reached the server's books. */
  heard(text: string): number {
    return this.history.filter((turn) => turn.role === 'user' && turn.text === text).length;
  }

  readonly WebSocket: WebSocketConstructor = ((server: FakeServer) =>
    class extends FakeSocket {
      constructor(url: string, protocols?: string | string[]) {
        super(server, url, [protocols ?? []].flat());
      }
      // A test double: only what is used of a WebSocket is there.
    } as unknown as WebSocketConstructor)(this);

  readonly fetch: Fetch = async (input, init) => {
    const method = init?.method ?? 'GET';
    this.requests.push(method);
    await Promise.resolve();
    if (init?.signal?.aborted || this.httpStatus === 0) throw new TypeError('network');
    const address = input instanceof Request ? input.url : String(input);
    const known = address.endsWith(`/conversations/${this.conversationId}`);
    const status = this.httpStatus === 200 && !known ? 404 : this.httpStatus;
    if (method === 'DELETE') return new Response(null, { status: status === 200 ? 204 : status });
    return new Response(JSON.stringify({ turns: this.staleHistory ?? this.history }), { status });
  };

  connect(connection: FakeConnection): void {
    this.connections.push(connection);
    const behaviour = this.nextConnections.shift() ?? accepts;
    queueMicrotask(() => {
      behaviour(connection);
    });
  }

  hear(connection: FakeConnection, text: string): void {
    (this.nextTurns.shift() ?? answers)(connection, text);
  }

  keep(role: 'user' | 'agent', text: string): void {
    this.history = [...this.history, { role, text }];
  }
}

// Connections

/** Opens a session and greets. */
export const accepts: ConnectionBehaviour = (connection) => {
  const { server } = connection;
  connection.accept();
  connection.send('session.created', { conversation_id: server.conversationId, entity_id: server.entityId });
  if (server.greeting === undefined) return;
  connection.send('message', { role: 'agent', text: server.greeting });
  // The turns of the person, as the server counts them: none yet on a new thread.
  const count = server.history.filter(({ role }) => role === 'user').length;
  if (!server.history.some(({ text }) => text === server.greeting)) server.keep('agent', server.greeting);
  connection.send('done', { turn_id: null, turn_count: count });
};

/** Opens a session; no greeting comes. */
export const acceptsSilently: ConnectionBehaviour = (connection) => {
  const { conversationId, entityId } = connection.server;
  connection.accept();
  connection.send('session.created', { conversation_id: conversationId, entity_id: entityId });
};

/** Opens a session, and greets so late that something may have been said to it before. */
export const greetsLate: ConnectionBehaviour = (connection) => {
  acceptsSilently(connection);
  setTimeout(() => {
    connection.send('token', { text: 'Good ' });
    connection.send('message', { role: 'agent', text: 'Good morning' });
    connection.send('done', { turn_id: null, turn_count: 0 });
  }, 4_000);
};

/** Opens the socket, then closes it with this code. */
export const closesWith =
  (code: number): ConnectionBehaviour =>
  (connection) => {
    connection.accept();
    connection.close(code);
  };

/** The token is refused after the handshake. */
export const refusesAuth: ConnectionBehaviour = closesWith(4001);

/** The upgrade is refused: all that a browser shows is 1006. */
export const refusesHandshake: ConnectionBehaviour = (connection) => {
  connection.error();
  connection.close(1006);
};

/** The handshake never ends. */
export const hangs: ConnectionBehaviour = () => undefined;

/** What a browser fires where the page's policy blocks a socket: `error`, and no `close`. */
export const firesErrorOnly: ConnectionBehaviour = (connection) => {
  connection.error();
};

/** Works, but leaves the page's close without an answer. */
export const neverAcknowledgesClose: ConnectionBehaviour = (connection) => {
  connection.acknowledges = false;
  accepts(connection);
};

// Turns

export const replyTo = (text: string): string => `You said: ${text}`;

/** Keeps the turn, streams a reply, and ends it. */
export const answers: TurnBehaviour = (connection, text) => {
  const { server } = connection;
  server.keep('user', text);
  server.keep('agent', replyTo(text));
  connection.send('token', { text: 'You said' });
  connection.send('message', { role: 'agent', text: replyTo(text) });
  const count = server.history.filter(({ role }) => role === 'user').length;
  connection.send('done', { turn_id: `turn-${String(count)}`, turn_count: count });
};

/** Takes the text and works on it without a word; the test goes on from there. */
export const thinks: TurnBehaviour = (connection, text) => {
  connection.server.keep('user', text);
};

/** The text never gets to the books: the wire breaks before. */
export const diesBeforeTaking: TurnBehaviour = (connection) => {
  connection.close(1006);
};

/** The text is kept and answered, but the wire breaks before a frame says so. */
export const diesAfterTaking: TurnBehaviour = (connection, text) => {
  connection.server.keep('user', text);
  connection.server.keep('agent', replyTo(text));
  connection.close(1006);
};

/** The wire breaks in the middle of the reply, which the server has in full. */
export const diesMidReply: TurnBehaviour = (connection, text) => {
  connection.server.keep('user', text);
  connection.server.keep('agent', replyTo(text));
  connection.send('token', { text: 'You s' });
  connection.close(1006);
};

/** The whole reply comes, but not its end. */
export const diesBeforeDone: TurnBehaviour = (connection, text) => {
  connection.server.keep('user', text);
  connection.server.keep('agent', replyTo(text));
  connection.send('message', { role: 'agent', text: replyTo(text) });
  connection.close(1006);
};

/** A dead link: nothing arrives, nothing comes, nobody closes. */
export const fallsSilent: TurnBehaviour = () => undefined;

/** The turn fails with this code, before or after the server kept the text. */
export const failsWith =
  (code: string, kept = true): TurnBehaviour =>
  (connection, text) => {
    if (kept) connection.server.keep('user', text);
    connection.send('error', { code, message: 'something of the server' });
  };
