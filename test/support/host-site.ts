import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDevServer, type DevServer, type DevServerOptions } from '../../demo/server/index.js';

interface PublishedPage {
  readonly content: string;
  readonly type: string;
  readonly csp: string | undefined;
}

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const installed = fileURLToPath(new URL('../../node_modules/', import.meta.url));

/** A portal's origin for one test worker: published pages, the built files and the development server. */
export class HostSite {
  private readonly pages = new Map<string, PublishedPage>();

  private constructor(
    readonly devServer: DevServer,
    private readonly server: Server,
  ) {}

  /** Listens on a free port of this machine. */
  static async open(options: DevServerOptions): Promise<HostSite> {
    const devServer = createDevServer(options);
    const server = createServer();
    const site = new HostSite(devServer, server);
    server.on('request', (request, response) => void site.serve(request, response));
    server.on('upgrade', (request, socket, head) => {
      if (!devServer.upgrade(request, socket, head)) socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Serves a page from now on. @returns its path */
  publish(html: string, csp?: string): string {
    return this.add({ content: html, type: 'text/html', csp });
  }

  /** Serves a script or style sheet of the host page from now on. @returns its path */
  publishFile(content: string, type: 'text/javascript' | 'text/css'): string {
    return this.add({ content, type, csp: undefined });
  }

  private add(page: PublishedPage): string {
    const path = `/pages/${this.pages.size + 1}`;
    this.pages.set(path, page);
    return path;
  }

  async close(): Promise<void> {
    await this.devServer.close();
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(request.url ?? '/', this.origin).pathname;
    const page = this.pages.get(path);
    if (page) servePage(page, response);
    else if (path.startsWith('/dist/')) await serveFile(dist, path.slice('/dist/'.length), response);
    else if (path.startsWith('/vendor/')) await serveFile(installed, path.slice('/vendor/'.length), response);
    else if (path === '/favicon.ico') response.writeHead(204).end();
    else if (!(await this.devServer.handle(request, response))) response.writeHead(404).end();
  }
}

function servePage({ content, type, csp }: PublishedPage, response: ServerResponse): void {
  response.writeHead(200, {
    'content-type': `${type}; charset=utf-8`,
    ...(csp ? { 'content-security-policy': csp } : {}),
  });
  response.end(content);
}

const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.css': 'text/css' };

/** Any origin may load them, as from a CDN: a sandboxed frame has none of its own. */
async function serveFile(folder: string, file: string, response: ServerResponse): Promise<void> {
  const safe = /^[\w@./-]+$/.test(file) && !file.includes('..');
  const body = safe ? await readFile(folder + file).catch(() => undefined) : undefined;
  const type = TYPES[extname(file)] ?? 'application/json';
  response
    .writeHead(body ? 200 : 404, { 'content-type': type, 'access-control-allow-origin': '*' })
    .end(body);
}
