import type { IncomingMessage, ServerResponse } from 'node:http';

/** One HTTP request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** What the route's path caught. */
  readonly path: Readonly<Record<string, string>>;
}

/** What answers one method on one kind of path. */
export interface Route {
  readonly method: string;
  /** Named groups become {@link Exchange.path}. */
  readonly pattern: RegExp;
  handle(exchange: Exchange): Promise<void> | void;
}

/** A request that cannot be served. */
export class HttpError extends Error {
  /**
   * @param detail what the answer's `detail` says: a text, an object or a list (protocol §c, Errors)
   * @param more fields of the answer beside `detail`
   */
  constructor(
    readonly status: number,
    readonly detail: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly more: Readonly<Record<string, unknown>> = {},
  ) {
    super(typeof detail === 'string' ? detail : JSON.stringify(detail));
  }
}

const LARGEST_BODY = 1_048_576;

/** The address of a request; one that cannot be read counts as `/`. */
export function urlOf({ url = '/' }: IncomingMessage): URL {
  const address = `http://localhost${url}`;
  return new URL(URL.canParse(address) ? address : 'http://localhost/');
}

/** Answers with JSON. Nothing here may be cached: histories and tokens are personal. */
export function sendJson({ response }: Exchange, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

/** Answers with any text, for the faults that are not JSON. */
export function sendRaw({ response }: Exchange, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

/** @throws HttpError 413 above 1 MiB */
export async function readBody({ request }: Exchange): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    size += (chunk as Buffer).length;
    if (size > LARGEST_BODY) throw new HttpError(413, 'The body is larger than 1 MiB.');
  }
  return Buffer.concat(chunks).toString();
}

/** The body as a JSON object; an empty body is an empty object. @throws HttpError 400 */
export async function readJsonObject(exchange: Exchange): Promise<Record<string, unknown>> {
  const body = await readBody(exchange);
  if (body.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Record<string, unknown>;
  } catch {
    // Not JSON: the same answer as for JSON that is no object.
  }
  throw new HttpError(400, 'The body must be a JSON object.');
}

/** Any origin may call the development server; credentials are allowed so that a demo cookie can travel. */
export function allowCrossOrigin({ request, response }: Exchange): void {
  response.setHeader('access-control-allow-origin', request.headers.origin ?? '*');
  response.setHeader('access-control-allow-credentials', 'true');
  response.setHeader('access-control-allow-methods', 'GET, POST, DELETE, OPTIONS');
  response.setHeader('access-control-allow-headers', 'authorization, content-type, accept, idempotency-key');
  response.setHeader('access-control-expose-headers', 'retry-after');
  response.setHeader('vary', 'origin');
}
