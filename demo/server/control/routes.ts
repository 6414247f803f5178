import { FaultRequestError, type FaultRequest } from '../faults/fault-board.js';
import { HttpError, readJsonObject, sendJson, type Exchange, type Route } from '../http/exchange.js';
import type { Control } from './control.js';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);

/** {@link Control} over HTTP: JSON, from this machine only. */
export function controlRoutes(control: Control): readonly Route[] {
  return [
    route('GET', 'faults', (exchange) => {
      sendJson(exchange, 200, { faults: control.catalogue(), active: control.active() });
    }),
    route('POST', 'faults', async (exchange) => {
      sendJson(exchange, 201, setFault(control, await readJsonObject(exchange)));
    }),
    route('DELETE', 'faults', ({ response, url }) => {
      control.clear(url.searchParams.get('fault') ?? undefined, url.searchParams.get('scope') ?? undefined);
      response.writeHead(204).end();
    }),
    route('GET', 'log', (exchange) => {
      sendJson(exchange, 200, { log: control.log(Number(exchange.url.searchParams.get('after') ?? 0)) });
    }),
    route('GET', 'conversations', (exchange) => {
      const scope = exchange.url.searchParams.get('scope') ?? undefined;
      sendJson(exchange, 200, { conversations: control.conversations(scope) });
    }),
    action('say', (body) => control.say(requireText(body, 'text'), scopeOf(body))),
    action('drop', (body) => void control.drop(scopeOf(body), body['reset'] === true)),
    action('expire-tokens', (body) => control.expireTokens(numberOf(body, 'close_code'))),
    action('reset', () => control.reset()),
  ];
}

function route(method: string, name: string, handle: Route['handle']): Route {
  return {
    method,
    pattern: new RegExp(`^/control/${name}$`),
    handle: (exchange) => {
      requireThisMachine(exchange);
      return handle(exchange);
    },
  };
}

function action(name: string, work: (body: Record<string, unknown>) => void): Route {
  return route('POST', name, async (exchange) => {
    work(await readJsonObject(exchange));
    exchange.response.writeHead(204).end();
  });
}

function setFault(control: Control, body: Record<string, unknown>): object {
  try {
    return control.set(body as unknown as FaultRequest);
  } catch (error) {
    if (error instanceof FaultRequestError) throw new HttpError(422, error.message);
    throw error;
  }
}

/** A page of another site must not reach the switches through its visitor's browser either. */
function requireThisMachine({ request }: Exchange): void {
  const { origin } = request.headers;
  const host = !origin ? 'localhost' : URL.canParse(origin) ? new URL(origin).hostname : '';
  const isLocalPage = host === 'localhost' || host === '[::1]' || host.startsWith('127.');
  if (isLocalPage && LOOPBACK.has(request.socket.remoteAddress ?? '')) return;
  throw new HttpError(403, 'The controls can be used from this machine only.');
}

function scopeOf(body: Record<string, unknown>): string {
  return typeof body['scope'] === 'string' ? body['scope'] : 'default';
}

function numberOf(body: Record<string, unknown>, name: string): number | undefined {
  const value = body[name];
  if (value === undefined || typeof value === 'number') return value;
  throw new HttpError(422, `"${name}" must be a number.`);
}

function requireText(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new HttpError(422, `"${name}" must be a text.`);
}
