import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const start = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));
const key = 'secret-key-of-the-clinic';
const ids = { AMIGO_WORKSPACE_ID: 'w1', AMIGO_SERVICE_ID: 's1', AMIGO_ENTITY_ID: 'e1' };

/** A platform that keeps the forms it was sent and answers as told. */
class FakePlatform {
  readonly forms: URLSearchParams[] = [];
  answer: { status: number; body: unknown } = {
    status: 200,
    body: { access_token: 'short.lived.jwt', expires_in: 900 },
  };
  private server?: Server;

  async listen(): Promise<string> {
    this.server = createServer((request, response) => {
      void this.keep(request).then(() => {
        response.writeHead(request.url === '/token' ? this.answer.status : 404);
        response.end(JSON.stringify(this.answer.body));
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }

  private async keep(request: IncomingMessage): Promise<void> {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    this.forms.push(new URLSearchParams(body));
  }
}

/** `npm start -- --platform` in a process of its own. */
class Demo {
  output = '';
  readonly exit: Promise<number | null>;
  private readonly child: ChildProcess;

  constructor(env: Record<string, string>) {
    const { PATH = '', HOME = '' } = process.env;
    this.child = spawn(process.execPath, [start, '--platform', '--port', '0'], {
      env: { PATH, HOME, ...env },
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.exit = new Promise((resolve) => this.child.once('close', resolve));
  }

  /** The address it prints once it listens. */
  async url(): Promise<string> {
    const address = () => /demo: (http:\/\/[\d.:]+)/.exec(this.output)?.[1];
    await expect.poll(address, { timeout: 20_000 }).toBeTruthy();
    return address() ?? '';
  }

  stop(): Promise<number | null> {
    this.child.kill('SIGINT');
    return this.exit;
  }
}

let platform: FakePlatform;
let baseUrl: string;
let demo: Demo | undefined;

beforeEach(async () => {
  platform = new FakePlatform();
  baseUrl = await platform.listen();
});

afterEach(async () => {
  await demo?.stop();
  demo = undefined;
  platform.close();
});

function startDemo(env: Record<string, string> = {}): Demo {
  demo = new Demo({ AMIGO_API_KEY: key, AMIGO_BASE_URL: baseUrl, ...ids, ...env });
  return demo;
}

describe('npm start -- --platform', () => {
  it('exchanges the key for a short-lived token and never shows the key', async () => {
    const url = await startDemo().url();
    const response = await fetch(`${url}/token`, { method: 'POST' });
    const text = await response.text();
    const body = JSON.parse(text) as { token: string; expires_at: string };

    expect(body.token).toBe('short.lived.jwt');
    expect(Date.parse(body.expires_at)).toBeGreaterThan(Date.now());
    expect(platform.forms.map((form) => Object.fromEntries(form))).toEqual([
      { grant_type: 'api_key', api_key: key },
      { grant_type: 'api_key', api_key: key },
    ]);
    expect(text + demo?.output).not.toContain(key);
  });

  it('tells the page what to put on the widget', async () => {
    const url = await startDemo().url();
    expect(await (await fetch(`${url}/demo-config.json`)).json()).toEqual({
      mode: 'platform',
      baseUrl,
      workspaceId: 'w1',
      serviceId: 's1',
      entityId: 'e1',
      tokenUrl: '/token',
    });
  });

  it('asks in the words that the environment gives', async () => {
    platform.answer.status = 401;
    await startDemo({ AMIGO_TOKEN_GRANT: 'key', AMIGO_TOKEN_KEY_FIELD: 'secret' }).exit;
    expect(platform.forms.map((form) => Object.fromEntries(form))).toEqual([
      { grant_type: 'key', secret: key },
    ]);
  });

  it('gives no token to a page of another origin', async () => {
    const url = await startDemo().url();
    const headers = { origin: 'https://elsewhere.example' };
    expect((await fetch(`${url}/token`, { method: 'POST', headers })).status).toBe(403);
    expect(platform.forms).toHaveLength(1);
  });

  it('stops with code 0 on Ctrl-C', async () => {
    const running = startDemo();
    await running.url();
    expect(await running.stop()).toBe(0);
  });

  it('stops in plain words where the exchange is refused', async () => {
    platform.answer = { status: 401, body: { detail: key } };
    expect(await startDemo().exit).toBe(1);
    expect(demo?.output).toMatch(
      /^The platform at \S+ refused to exchange AMIGO_API_KEY for a token \(HTTP 401\)\.\n$/,
    );
  });

  it('stops where the answer holds no token, or the key itself', async () => {
    platform.answer.body = { access_token: key };
    expect(await startDemo().exit).toBe(1);
    expect(demo?.output).toContain('answered without a token');
    expect(demo?.output).not.toContain(key);
  });

  it('names every missing variable in one line', async () => {
    expect(await startDemo({ AMIGO_API_KEY: '', AMIGO_ENTITY_ID: '' }).exit).toBe(1);
    expect(demo?.output).toBe('--platform needs AMIGO_API_KEY, AMIGO_ENTITY_ID in the environment.\n');
  });
});
