import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocketServer, type WebSocket } from 'ws';

import { isUuid, NOBODY } from '../demo-ids.js';
import { urlOf } from '../http/exchange.js';
import type { SurfaceParts } from '../surface.js';
import type { Thread } from '../threads/thread.js';
import type { ThreadKey } from '../threads/thread-world.js';
import type { TokenMint } from '../tokens.js';
import { Connection } from './connection.js';
import type { SocketRoute } from './route.js';
import { Wire } from './wire.js';

/** Why a connection does not come about: the close code after accept, the HTTP status before it. */
interface Refusal {
  readonly code: number;
  readonly status: number;
  readonly reason: string;
}

/** Largest frame a client may send, in bytes: far above 10,000 escaped code points. */
const MAX_PAYLOAD = 1_048_576;

/** Admits the sockets of every WebSocket surface (protocol §a and §b). */
export class SocketEndpoint {
  private readonly selected = new WeakMap<IncomingMessage, string | false>();
  private readonly sockets = new Set<Duplex>();
  private readonly webSockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: MAX_PAYLOAD,
    handleProtocols: (_offered, request) => this.selected.get(request) ?? false,
  });

  constructor(
    private readonly parts: SurfaceParts,
    private readonly routes: readonly SocketRoute[],
  ) {}

  /** @returns whether the path is a surface's; the socket is then taken care of */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const url = urlOf(request);
    const route = this.routes.find((one) => one.workspaceOf(url) !== undefined);
    if (!route) return false;
    const workspaceId = route.workspaceOf(url) ?? '';
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    this.handshake({ route, request, socket, head, query: url.searchParams, workspaceId });
    return true;
  }

  /** Destroys every socket, those still waiting for their handshake too. */
  destroy(): void {
    for (const socket of this.sockets) socket.destroy();
    this.webSockets.close();
  }

  /** Faults of the handshake come first: a server in trouble does not look at credentials. */
  private handshake(attempt: Attempt): void {
    const { board, log } = this.parts;
    log.add({
      kind: 'upgrade',
      entityId: lower(attempt.query, 'entity_id'),
      detail: withoutToken(attempt.query),
    });
    const scopes = [lower(attempt.query, 'entity_id'), 'default'];
    const http = board.take('http-status', scopes);
    if (http) return this.refuseUpgrade(attempt, http.number('status'), 'switched on by the control panel');
    if (board.take('hung-handshake', scopes)) return hang(attempt.socket);
    const slow = board.take('slow-handshake', scopes);
    if (slow) setTimeout(() => this.admit(attempt, scopes), slow.number('ms')).unref();
    else this.admit(attempt, scopes);
  }

  private admit(attempt: Attempt, scopes: readonly string[]): void {
    if (attempt.socket.destroyed) return;
    const offered = offeredProtocols(attempt.request);
    const refusal = this.refusal(attempt, offered, scopes);
    if (refusal) this.parts.log.add({ kind: 'refused', code: refusal.code, detail: refusal.reason });
    if (refusal && this.parts.board.setting('refusals', 'where', scopes) === 'at-upgrade') {
      return this.refuseUpgrade(attempt, refusal.status, refusal.reason);
    }
    this.selected.set(attempt.request, this.selection(offered, scopes));
    this.webSockets.handleUpgrade(attempt.request, attempt.socket, attempt.head, (webSocket) => {
      if (refusal) this.refuseAccepted(webSocket, attempt.socket, refusal);
      else this.open(webSocket, attempt);
    });
  }

  private refuseAccepted(webSocket: WebSocket, socket: Duplex, refusal: Refusal): void {
    new Wire(webSocket, socket).close(refusal.code, refusal.reason);
  }

  /** A browser sees a bare 1006 here, whatever the status (protocol §a, Refusals). */
  private refuseUpgrade({ socket, request }: Attempt, status: number, reason: string): void {
    this.parts.log.add({ kind: 'refused', code: status, detail: reason });
    const body = JSON.stringify({ detail: reason });
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
    ];
    socket.end(`${lines.join('\r\n')}\r\n\r\n${request.method === 'HEAD' ? '' : body}`);
  }

  /** `auth` where it was offered; the token itself is never selected, save by a fault. */
  private selection(offered: readonly string[], scopes: readonly string[]): string | false {
    const fault = this.parts.board.take('subprotocol', scopes);
    if (!fault) return offered.includes('auth') ? 'auth' : false;
    const select = fault.text('select');
    return select === 'none' ? false : select === 'token' ? (offered[1] ?? false) : 'not-offered';
  }

  /** The first thing that is wrong with an attempt, in the order of protocol §a. */
  private refusal(
    attempt: Attempt,
    offered: readonly string[],
    scopes: readonly string[],
  ): Refusal | undefined {
    const { query, workspaceId, route } = attempt;
    const entity = query.get('entity_id') ?? (route.needsEntity ? '' : undefined);
    const ids = [workspaceId, query.get('service_id'), ...(entity === undefined ? [] : [entity])];
    if (!ids.every(isUuid))
      return refuse(4000, 400, 'service_id and entity_id must be UUIDs, like the workspace');
    const credentials = Number(this.parts.board.setting('refusals', 'credentials_code', scopes));
    if (query.has('token') && !route.tokenInQuery)
      return refuse(credentials, 401, 'the token belongs in the subprotocol');
    const given = query.get('token');
    const token = this.checkToken(given === null ? offered : ['auth', given], scopes);
    if (!token.valid) return refuse(credentials, 401, `token ${token.why}`);
    const bound = token.claims?.workspace_id;
    if (bound && bound !== workspaceId) return refuse(4003, 403, 'token of another workspace');
    const forced = this.parts.board.take('refuse-token', scopes);
    if (forced)
      return refuse(forced.number('code'), forced.number('code') === 4003 ? 403 : 401, 'token refused');
    if (ids.includes(NOBODY)) return refuse(4004, 404, 'workspace, service or entity not found');
    return this.conversationRefusal(attempt, scopes);
  }

  private checkToken(offered: readonly string[], scopes: readonly string[]): ReturnType<TokenMint['check']> {
    const [scheme, token, ...rest] = offered;
    if (scheme !== 'auth' || rest.length > 0) return { valid: false, why: 'missing' };
    if (token && token.length > 4_096) return { valid: false, why: 'malformed' };
    const verdict = this.parts.tokens.check(token);
    const isKey = verdict.valid && !verdict.claims;
    const noKeys = this.parts.board.setting('api-key', 'is', scopes) === 'refused';
    return isKey && noKeys ? { valid: false, why: 'malformed' } : verdict;
  }

  /** A conversation can be resumed by the entity it belongs to, as long as it is open (protocol C4). */
  private conversationRefusal(
    { query, workspaceId, route }: Attempt,
    scopes: readonly string[],
  ): Refusal | undefined {
    const id = query.get('conversation_id');
    const policy = this.parts.board.setting('conversation-id', 'is', scopes);
    if (id === null || policy === 'ignored') return undefined;
    const forced = Number(this.parts.board.setting('conversation-id', 'code', scopes));
    if (policy === 'refused')
      return refuse(forced, forced % 1000 === 4 ? 404 : 400, 'conversation_id refused');
    if (!isUuid(id)) return refuse(4400, 400, 'conversation_id is not a UUID');
    const thread = this.parts.threads.find(workspaceId, id);
    const mine = !route.needsEntity || thread?.key.entityId === lower(query, 'entity_id');
    return thread && !thread.closed && mine ? undefined : refuse(4404, 404, 'conversation unknown');
  }

  private open(webSocket: WebSocket, attempt: Attempt): void {
    const thread = this.threadFor(attempt);
    const { board, log } = this.parts;
    const wire = new Wire(webSocket, attempt.socket);
    const others = [...this.parts.connections].filter(
      (other) => other.thread === thread && other instanceof Connection,
    );
    const policy = board.setting('second-connection', 'policy', thread.scopes);
    if (others.length > 0 && policy === 'is-refused') return wire.close(4409, 'open in another client');
    if (policy === 'takes-over') for (const other of others) other.close(4409, 'opened in another client');
    const toolEvents = attempt.query.get('tool_events');
    const dialect = attempt.route.dialect(board, thread);
    const connection = new Connection({ webSocket, wire, thread, board, log, toolEvents, dialect });
    this.parts.connections.add(connection);
    webSocket.once('close', () => this.parts.connections.delete(connection));
    connection.begin();
  }

  private threadFor({ query, workspaceId, route }: Attempt): Thread {
    const { board, threads } = this.parts;
    const key: ThreadKey = {
      workspaceId: workspaceId.toLowerCase(),
      serviceId: lower(query, 'service_id'),
      entityId: lower(query, 'entity_id'),
    };
    const asked = query.get('conversation_id');
    const honoured = board.setting('conversation-id', 'is', [key.entityId, 'default']) === 'honoured';
    const named = asked && honoured ? threads.find(workspaceId, asked) : undefined;
    return named ?? route.threadFor(key, threads);
  }
}

interface Attempt {
  readonly route: SocketRoute;
  readonly request: IncomingMessage;
  readonly socket: Duplex;
  readonly head: Buffer;
  readonly query: URLSearchParams;
  readonly workspaceId: string;
}

/** The query as it was asked for; a token that should not be there is left out. */
function withoutToken(query: URLSearchParams): string {
  const shown = new URLSearchParams(query);
  shown.delete('token');
  return shown.toString();
}

/** Says nothing, and notices when the client has given up. */
function hang(socket: Duplex): void {
  socket.once('end', () => socket.destroy());
  socket.resume();
}

function offeredProtocols(request: IncomingMessage): string[] {
  return (request.headers['sec-websocket-protocol'] ?? '').split(',').flatMap((one) => one.trim() || []);
}

function refuse(code: number, status: number, reason: string): Refusal {
  return { code, status, reason };
}

function lower(query: URLSearchParams, name: string): string {
  return (query.get(name) ?? '').toLowerCase();
}
