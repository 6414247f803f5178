import { createDevServer, type DevServer, type DevServerOptions } from '../../demo/server/index.js';
import type { RequestDescription } from '../../src/protocol/http.js';
import type { Recorded } from './contract.js';

/** A development server, and a `fetch` that writes down what passes. */
export class Recorder {
  readonly exchanges: Recorded[] = [];

  private constructor(
    readonly server: DevServer,
    readonly baseUrl: string,
  ) {}

  static async open(options: DevServerOptions = {}): Promise<Recorder> {
    const server = createDevServer({ speed: 0, ...options });
    return new Recorder(server, (await server.listen()).url);
  }

  /** The global `fetch`, recorded. */
  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const response = await fetch(input, init);
    const body = await response.clone().text();
    const contentType = (response.headers.get('content-type') ?? '').split(';', 1)[0] ?? '';
    const { method = 'GET' } = init;
    const { status } = response;
    this.exchanges.push({ method, url, requestBody: readBody(init.body), status, contentType, body });
    return response;
  };

  /** Carries out a request of a surface, with a token. */
  async perform({ method, url, headers = {}, body }: RequestDescription): Promise<Recorded> {
    const authorization = `Bearer ${this.server.issueToken()}`;
    await this.fetch(url, {
      method,
      headers: { authorization, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return this.exchanges.at(-1)!;
  }
}

/** JSON as it is; a form as an object, its repeatable fields as lists. */
function readBody(body: RequestInit['body']): unknown {
  if (body instanceof FormData) {
    const fields: Record<string, unknown> = Object.fromEntries(body);
    for (const name of ['external_event_message_content', 'external_event_message_timestamp'])
      if (body.has(name)) fields[name] = body.getAll(name);
    return fields;
  }
  return typeof body === 'string' ? JSON.parse(body) : undefined;
}
