import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

import { classicRoutes } from './classic/routes.js';
import { createClock } from './clock.js';
import { Control } from './control/control.js';
import { controlRoutes } from './control/routes.js';
import { FaultBoard, type FaultRequest } from './faults/fault-board.js';
import { profileSettings, type Profile } from './faults/profiles.js';
import { conversationRoutes } from './http/conversations.js';
import { Router } from './http/router.js';
import { tokenRoute } from './http/token.js';
import { ServerLog } from './server-log.js';
import { sessionRoutes } from './sessions-rest/routes.js';
import { sessionsConnect } from './sessions-connect/route.js';
import { SocketEndpoint } from './sockets/endpoint.js';
import type { OpenConnection } from './surface.js';
import { textStream } from './text-stream/route.js';
import { turnRoutes } from './turns/routes.js';
import { ThreadStore } from './threads/thread-store.js';
import { TokenMint } from './tokens.js';

export { Control, type ConversationView } from './control/control.js';
export { demoIds } from './demo-ids.js';
export { stages, type FaultDescription, type FaultParameter, type Stage } from './faults/fault.js';
export { catalogue, FaultRequestError, type FaultId, type FaultRequest } from './faults/fault-board.js';
export { profiles, type Profile } from './faults/profiles.js';
export { closeCodes, errorCodes } from './faults/wire-faults.js';
export type { LogEntry } from './server-log.js';
export type { StoredToolCall, StoredTurn } from './threads/stored-turn.js';

/** Key that the development server accepts as credential; it opens nothing else. */
export const DEMO_API_KEY = 'amigo-demo-key';

/** How a development server is set up; everything has a default that suits a demo. */
export interface DevServerOptions {
  /** Whether `/control/…` answers; true by default, and only to this machine. */
  readonly control?: boolean;
  /** Lifetime of tokens in seconds; 900 by default. */
  readonly tokenTtlSeconds?: number;
  /** Long-lived keys accepted as credentials; {@link DEMO_API_KEY} by default. */
  readonly apiKeys?: readonly string[];
  /** Names the signed-in person of a `POST /token`; nobody by default. */
  readonly subject?: (request: IncomingMessage) => string | undefined;
  /** Close after this much silence from the client, in milliseconds; 900,000 by default. */
  readonly idleTimeoutMs?: number;
  /** How many times as fast as natural the agent is; 1 by default, 0 does not wait at all. */
  readonly speed?: number;
  /** Which reading of the platform is followed where the sources disagree; `openapi` by default. */
  readonly profile?: Profile;
  /** Faults and settings that are on from the start, and again after a reset. */
  readonly faults?: readonly FaultRequest[];
  /** Seed of the chances and of the pace; 1 by default. */
  readonly seed?: number;
  /** Milliseconds since the epoch; `Date.now` by default. */
  readonly now?: () => number;
}

/** A development server: alone with `listen`, or inside another HTTP server with `handle` and `upgrade`. */
export interface DevServer {
  /** Its switches, and what it saw. */
  readonly control: Control;
  /** Mints a token as `POST /token` would. A negative lifetime gives one that has expired. */
  issueToken(options?: { subject?: string; workspaceId?: string; ttlSeconds?: number }): string;
  /**
   * Listens by itself.
   *
   * @param port 0 (the default) takes a free one; a taken port rejects with `EADDRINUSE`
   * @param host loopback by default
   */
  listen(port?: number, host?: string): Promise<{ url: string; port: number }>;
  /** Serves a request if its path is `/v1/…`, `/token` or `/control/…`; false: it is somebody else's. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  /** Takes an upgrade if its path is `/v1/…`; false: it is somebody else's. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Ends every turn and connection, and stops listening if it was. */
  close(): Promise<void>;
}

/** Creates an Amigo-compatible development server: sessions/connect, the history, tokens, and every fault. */
export function createDevServer(options: DevServerOptions = {}): DevServer {
  const parts = assemble(options);
  const { surface, control, threads, tokens, router } = parts;
  let server: Server | undefined;

  const devServer: DevServer = {
    control,
    issueToken: (request) => tokens.issue({ ttlSeconds: options.tokenTtlSeconds, ...request }).token,
    handle: (request, response) => router.handle(request, response),
    upgrade: (request, socket, head) =>
      surface.upgrade(request, socket, head) || refuseUnknown(request, socket),
    async listen(port = 0, host = '127.0.0.1') {
      server = createServer((request, response) => void serveAlone(devServer, request, response));
      server.on('upgrade', (request, socket, head) => {
        if (!devServer.upgrade(request, socket, head)) socket.destroy();
      });
      await listening(server, port, host);
      const bound = (server.address() as AddressInfo).port;
      return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`, port: bound };
    },
    async close() {
      threads.reset();
      surface.destroy();
      const closing = server;
      server = undefined;
      if (!closing) return;
      const closed = new Promise((resolve) => closing.close(resolve));
      closing.closeAllConnections();
      await closed;
    },
  };
  return devServer;
}

function assemble(options: DevServerOptions): {
  surface: SocketEndpoint;
  control: Control;
  threads: ThreadStore;
  tokens: TokenMint;
  router: Router;
} {
  const clock = createClock(options.now, options.seed);
  const log = new ServerLog(clock.now);
  let sequence = 0;
  const board = new FaultBoard(clock, () => sequence, initialFaults(options));
  const threads = new ThreadStore({ clock, board, log, nextSequence: () => ++sequence });
  const tokens = new TokenMint(options.apiKeys ?? [DEMO_API_KEY], clock.now);
  const shared = { clock, threads, board, tokens, log, connections: new Set<OpenConnection>() };
  const surface = new SocketEndpoint(shared, [sessionsConnect, textStream]);
  const control = new Control(shared);
  const ttlSeconds = options.tokenTtlSeconds ?? 900;
  const routes = [
    ...conversationRoutes(shared),
    ...turnRoutes(shared),
    ...sessionRoutes(shared),
    ...classicRoutes(shared, ttlSeconds),
    tokenRoute({ tokens, board, log, ttlSeconds, subject: options.subject ?? (() => undefined) }),
    ...(options.control === false ? [] : controlRoutes(control)),
  ];
  return { surface, control, threads, tokens, router: new Router(routes, isOurs) };
}

function initialFaults({
  speed,
  idleTimeoutMs,
  profile = 'openapi',
  faults = [],
}: DevServerOptions): FaultRequest[] {
  return [
    ...profileSettings(profile),
    ...(speed === undefined ? [] : [{ fault: 'pace', speed } as const]),
    ...(idleTimeoutMs === undefined ? [] : [{ fault: 'idle-timeout', ms: idleTimeoutMs } as const]),
    ...faults,
  ];
}

function isOurs(path: string): boolean {
  return path === '/token' || path.startsWith('/v1/') || path.startsWith('/control/');
}

/** A WebSocket path below `/v1/` that no surface knows. */
function refuseUnknown(request: IncomingMessage, socket: Duplex): boolean {
  if (!request.url?.startsWith('/v1/')) return false;
  socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  return true;
}

async function serveAlone(
  devServer: DevServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const served = await devServer.handle(request, response);
  if (!served) response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n');
}

function listening(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
