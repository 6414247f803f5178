import type { IncomingMessage, ServerResponse } from 'node:http';

import { allowCrossOrigin, HttpError, sendJson, urlOf, type Exchange, type Route } from './exchange.js';

/** Finds the route of a request and turns what it throws into an answer. */
export class Router {
  /** @param isOurs whether a path belongs here even if no route fits it (it then gets 404 or 405) */
  constructor(
    private readonly routes: readonly Route[],
    private readonly isOurs: (path: string) => boolean,
  ) {}

  /** @returns false if the path is somebody else's; nothing was written then */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const url = urlOf(request);
    if (!this.isOurs(url.pathname)) return false;
    const matching = this.routes.filter((route) => route.pattern.test(url.pathname));
    const route = matching.find((one) => one.method === request.method);
    const path = route?.pattern.exec(url.pathname)?.groups ?? {};
    const exchange: Exchange = { request, response, url, path };
    allowCrossOrigin(exchange);
    if (request.method === 'OPTIONS') response.writeHead(204).end();
    else if (route) await serve(route, exchange);
    else sendJson(exchange, matching.length > 0 ? 405 : 404, { detail: 'Not found' });
    return true;
  }
}

async function serve(route: Route, exchange: Exchange): Promise<void> {
  try {
    await route.handle(exchange);
  } catch (error) {
    if (exchange.response.headersSent) return void exchange.response.destroy();
    if (!(error instanceof HttpError)) return fail(exchange, error);
    for (const [name, value] of Object.entries(error.headers)) exchange.response.setHeader(name, value);
    sendJson(exchange, error.status, { detail: error.detail, ...error.more });
  }
}

/** A mistake of the server itself: said in its own terminal, so that nobody looks for it in the widget. */
function fail(exchange: Exchange, error: unknown): void {
  console.error('The development server failed:', error);
  sendJson(exchange, 500, { detail: 'The development server failed; its terminal says why.' });
}
