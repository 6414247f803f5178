import { WebSocket } from 'ws';

import { createDevServer, demoIds, type DevServer, type DevServerOptions } from '../../demo/server/index.js';

/** A frame as it came: parsed where it is a JSON object, with its raw text. */
export interface Received {
  readonly raw: string;
  readonly binary: boolean;
  /** `event` or `type`; empty where there is none. */
  readonly name: string;
  readonly data: Record<string, unknown>;
}

export interface ConnectOptions {
  /** False: offers no token at all. */
  readonly token?: string | false;
  readonly protocols?: string[];
  /** Overrides of the query; null leaves a parameter out. */
  readonly query?: Record<string, string | null>;
  readonly workspaceId?: string;
  /** Another path than that of sessions/connect. */
  readonly path?: string;
}

/** A raw client: it knows the socket and JSON, and nothing of the widget. */
export class RawClient {
  readonly frames: Received[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** Resolves with the status of a refused upgrade, or `open`. */
  readonly outcome: Promise<number | string>;
  private waiting: (() => void)[] = [];

  constructor(readonly socket: WebSocket) {
    socket.on('message', (data: Buffer, binary) => this.receive(data, binary));
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        resolve({ code, reason: reason.toString() });
        this.wake();
      });
    });
    this.outcome = new Promise((resolve) => {
      socket.once('open', () => resolve('open'));
      socket.once('unexpected-response', (request, response) => {
        resolve(response.statusCode ?? 0);
        request.destroy();
      });
      socket.on('error', (error) => resolve(error.message));
    });
  }

  get names(): string[] {
    return this.frames.map((frame) => frame.name);
  }

  say(text: string): void {
    this.socket.send(JSON.stringify({ type: 'user_text', text }));
  }

  /** Resolves once the frames fulfil the condition; rejects when the socket closes before. */
  async until(condition: (frames: readonly Received[]) => boolean): Promise<void> {
    while (!condition(this.frames)) {
      if (this.socket.readyState >= WebSocket.CLOSING) throw new Error(`closed with ${this.names.join(' ')}`);
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  /** The first frame of that name, once it has come. */
  async next(name: string, from = 0): Promise<Received> {
    const find = (): Received | undefined => this.frames.slice(from).find((frame) => frame.name === name);
    await this.until(() => find() !== undefined);
    return find()!;
  }

  /** Sends a text and resolves with the frames of its turn, `done` or `error` included. */
  async ask(text: string): Promise<Received[]> {
    const from = this.frames.length;
    this.say(text);
    await this.until((frames) => frames.slice(from).some(isLast));
    return this.frames.slice(from);
  }

  private receive(data: Buffer, binary: boolean): void {
    this.frames.push(read(data.toString(), binary));
    this.wake();
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}

function isLast(frame: Received): boolean {
  return ['done', 'error', 'response_complete'].includes(frame.name);
}

function read(raw: string, binary: boolean): Received {
  try {
    const value = JSON.parse(raw) as Record<string, unknown> | null;
    const name = value?.['event'] ?? value?.['type'];
    const data = (value?.['data'] ?? value ?? {}) as Record<string, unknown>;
    return { raw, binary, name: typeof name === 'string' ? name : '', data };
  } catch {
    return { raw, binary, name: '', data: {} };
  }
}

/** A turn as the history tells it. */
export interface HistoryTurn {
  readonly role: string;
  readonly text: string;
  readonly turn_index: number | null;
  readonly tool_calls: readonly { readonly succeeded: boolean }[];
}

/** The answer to a request; `turns` is there where the answer is a history. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { readonly turns: readonly HistoryTurn[] };
}

/** A development server on a free port whose agent does not wait, and ways to reach it. */
export class Stage {
  private readonly clients: RawClient[] = [];

  private constructor(
    readonly server: DevServer,
    readonly url: string,
  ) {}

  static async open(options: DevServerOptions = {}): Promise<Stage> {
    const server = createDevServer({ speed: 0, ...options });
    return new Stage(server, (await server.listen()).url);
  }

  get control(): DevServer['control'] {
    return this.server.control;
  }

  connect(options: ConnectOptions = {}): RawClient {
    const { workspaceId = demoIds.workspaceId, token = this.server.issueToken() } = options;
    const query = new URLSearchParams();
    const wanted = {
      service_id: demoIds.serviceId,
      entity_id: demoIds.entityId,
      tool_events: 'true',
      ...options.query,
    };
    for (const [name, value] of Object.entries(wanted)) if (value !== null) query.set(name, value);
    const path = options.path ?? `/v1/${workspaceId}/sessions/connect`;
    const address = `${this.url.replace('http', 'ws')}${path}?${query}`;
    const protocols = options.protocols ?? (token === false ? ['auth'] : ['auth', token]);
    const client = new RawClient(new WebSocket(address, protocols, { maxPayload: 0 }));
    this.clients.push(client);
    return client;
  }

  /** Connects and waits for the end of the greeting. */
  async greeted(options: ConnectOptions = {}): Promise<RawClient> {
    const client = this.connect(options);
    await client.next('done');
    return client;
  }

  /** An authorised request; the answer's status and JSON. */
  async fetch(path: string, init: RequestInit = {}): Promise<HttpAnswer> {
    const headers = {
      authorization: `Bearer ${this.server.issueToken()}`,
      ...(init.headers as Record<string, string>),
    };
    const response = await fetch(this.url + path, { ...init, headers });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && text ? JSON.parse(text) : {},
    };
  }

  history(id: string, query = ''): Promise<HttpAnswer> {
    return this.fetch(`/v1/${demoIds.workspaceId}/conversations/${id}${query}`);
  }

  async close(): Promise<void> {
    for (const client of this.clients) client.socket.terminate();
    await this.server.close();
  }
}
