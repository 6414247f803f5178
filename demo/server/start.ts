import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createServer as createVite, type ViteDevServer } from 'vite';

import { PortalBackend } from '../backend/backend.js';
import { demoUser, signInDemoUser } from '../backend/demo-users.js';
import { createDevServer, DEMO_API_KEY, demoIds } from './index.js';
import { pageParts } from './page-parts.js';
import { exchangeKey, platformSettings, serveToken } from './platform-proxy.js';

const DEFAULT_PORT = 5173;
const HOST = '127.0.0.1';
const USAGE = 'Usage: npm start -- [--port 5173] [--platform]';

/** How the demo page learns what to put on the widget: from here, or from the portal's backend, by who is signed in. */
type DemoConfig =
  | { readonly mode: 'development' }
  | {
      readonly mode: 'platform';
      readonly baseUrl: string;
      readonly workspaceId: string;
      readonly serviceId: string;
      readonly entityId: string;
      readonly tokenUrl: string;
    };

/** What answers the widget: the development server in this process, or the real platform. */
interface Backend {
  readonly config: DemoConfig;
  readonly banner: string;
  /** A page is about to be served. */
  visit?(request: IncomingMessage, response: ServerResponse): void;
  handle(request: IncomingMessage, response: ServerResponse): Promise<boolean>;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): Promise<void>;
}

/** A portal with patients who sign in and out, and the development server as its platform. */
async function developmentBackend(): Promise<Backend> {
  // A patient who comes while the agent greets sees it greet.
  const server = createDevServer({ faults: [{ fault: 'running-turn', is: 'joined' }] });
  // The portal's backend reaches the platform as any backend does; browsers reach it through this host.
  const { url: baseUrl } = await server.listen();
  const { workspaceId, serviceId, organizationId } = demoIds;
  const portal = new PortalBackend({
    platform: { baseUrl, pageBaseUrl: '/', workspaceId, serviceId, apiKey: DEMO_API_KEY },
    classic: { baseUrl, organizationId, apiKey: DEMO_API_KEY, apiKeyId: 'demo' },
    signIn: signInDemoUser,
  });
  return {
    config: { mode: 'development' },
    banner: 'with the development server: nothing leaves this machine',
    visit(request, response) {
      // A demo begins with somebody signed in; who has signed out stays that.
      if (!request.url?.includes('signed-out')) portal.welcome(request, response, demoUser);
    },
    handle: async (request, response) =>
      (await portal.handle(request, response)) || server.handle(request, response),
    upgrade: (request, socket, head) => server.upgrade(request, socket, head),
    close: () => server.close(),
  };
}

async function platformBackend(): Promise<Backend> {
  const settings = platformSettings(process.env);
  await exchangeKey(settings); // A key that is refused should stop us here, not surprise us in the page.
  const { baseUrl, workspaceId, serviceId, entityId } = settings;
  return {
    config: { mode: 'platform', baseUrl, workspaceId, serviceId, entityId, tokenUrl: '/token' },
    banner: `with the platform at ${baseUrl}`,
    handle: async (request, response) => {
      if (pathOf(request) !== '/token') return false;
      await serveToken(settings, request, response);
      return true;
    },
    upgrade: () => false,
    close: () => Promise.resolve(),
  };
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?', 1)[0] ?? '/';
}

/** `GET /demo-config.json` */
function serveConfig({ config }: Backend, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(config));
}

const isVisit = ({ method, headers }: IncomingMessage): boolean =>
  method === 'GET' && (headers.accept ?? '').includes('text/html');

async function serve(
  backend: Backend,
  vite: ViteDevServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (isVisit(request)) backend.visit?.(request, response);
  if (pathOf(request) === '/demo-config.json') serveConfig(backend, response);
  else if (!(await backend.handle(request, response))) vite.middlewares(request, response);
}

/** Vite answers its own upgrades (hot updates) with a listener of its own; anything else is refused. */
function upgrade(backend: Backend, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (backend.upgrade(request, socket, head)) return;
  if (!request.headers['sec-websocket-protocol']?.startsWith('vite-')) socket.destroy();
}

async function createHost(backend: Backend): Promise<{ server: Server; vite: ViteDevServer }> {
  const server = createServer();
  const vite = await createVite({
    root: fileURLToPath(new URL('../..', import.meta.url)),
    configFile: false,
    appType: 'mpa',
    logLevel: 'warn',
    clearScreen: false,
    plugins: [pageParts],
    server: { middlewareMode: true, hmr: { server } },
  });
  server.on('request', (request, response) => {
    serve(backend, vite, request, response).catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
  });
  server.on('upgrade', (request, socket, head) => {
    upgrade(backend, request, socket, head);
  });
  return { server, vite };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Listens on the port asked for, or on any other where that one is taken. */
async function listenSomewhere(server: Server, port: number): Promise<number> {
  const bound = await listen(server, port).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    return listen(server, 0);
  });
  if (port !== 0 && bound !== port) console.log(`Port ${port} is taken; using ${bound} instead.`);
  return bound;
}

function stopOnSignal(stop: () => Promise<unknown>): void {
  let stopping = false;
  const onSignal = (): void => {
    if (stopping) process.exit(0); // A second Ctrl-C does not wait for anybody.
    stopping = true;
    void stop().finally(() => process.exit(0));
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, onSignal);
}

function readArguments(): { port: number; platform: boolean } {
  const { values } = parseArgs({ options: { port: { type: 'string' }, platform: { type: 'boolean' } } });
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port must be a number from 0 to 65535. ${USAGE}`);
  return { port, platform: values.platform ?? false };
}

async function main(): Promise<void> {
  const { port, platform } = readArguments();
  const backend = await (platform ? platformBackend() : developmentBackend());
  const { server, vite } = await createHost(backend);
  stopOnSignal(async () => {
    server.close();
    await Promise.all([backend.close(), vite.close()]);
    server.closeAllConnections();
  });
  const bound = await listenSomewhere(server, port);
  console.log(`\n  amigo-chat demo: http://${HOST}:${bound}/\n  ${backend.banner} (Ctrl-C stops it)\n`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
