import type { IncomingMessage } from 'node:http';

import type { FaultBoard } from '../faults/fault-board.js';
import type { ServerLog } from '../server-log.js';
import type { TokenMint } from '../tokens.js';
import { Grants } from './grants.js';
import { HttpError, readBody, sendJson, sendRaw, type Exchange, type Route } from './exchange.js';

/** What `POST /token` needs to know. */
export interface TokenParts {
  readonly tokens: TokenMint;
  readonly board: FaultBoard;
  readonly log: ServerLog;
  /** Lifetime in seconds, unless the setting `token-ttl` says otherwise. */
  readonly ttlSeconds: number;
  /** Who is signed in, as the demo's backend knows it. */
  readonly subject: (request: IncomingMessage) => string | undefined;
}

const SCOPES = ['default'];

/**
 * `POST /token` (protocol §f, Development server): a form body gets the platform's shape
 * (`access_token`, `expires_in`, …), no body the `token-url` shape (`token`, `expires_at`).
 */
export function tokenRoute(parts: TokenParts): Route {
  const grants = new Grants(parts.tokens);
  return { method: 'POST', pattern: /^\/token$/, handle: (exchange) => answer(exchange, parts, grants) };
}

async function answer(exchange: Exchange, parts: TokenParts, grants: Grants): Promise<void> {
  const { board, log } = parts;
  log.add({ kind: 'http', detail: 'POST /token' });
  const body = await readBody(exchange);
  if (board.take('token-hangs', SCOPES)) return;
  const slow = board.take('token-slow', SCOPES);
  if (slow) await new Promise((resolve) => setTimeout(resolve, slow.number('ms')));
  const fails = board.take('token-fails', SCOPES);
  if (fails) throw new HttpError(fails.number('status'), 'Switched on by the control panel.');
  const junk = board.take('token-junk', SCOPES);
  if (junk) return sendJunk(exchange, junk.text('shape'));
  if (isForm(exchange.request))
    sendJson(exchange, 200, platformAnswer(exchange, new URLSearchParams(body), parts, grants));
  else sendJson(exchange, 200, tokenUrlAnswer(exchange.request, parts));
}

function platformAnswer(
  { request }: Exchange,
  form: URLSearchParams,
  parts: TokenParts,
  grants: Grants,
): object {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const grant = grants.read(form, bearer, String(parts.board.setting('scopes', 'turns', SCOPES)));
  const { subject, workspaceId, claims } = grant;
  const ttlSeconds = grant.ttlSeconds ?? lifetime(parts);
  const issued = parts.tokens.issue({ subject, workspaceId, ttlSeconds, claims });
  const refreshToken = grants.issueRefresh(grant);
  return {
    access_token: issued.token,
    token_type: 'Bearer',
    expires_in: issued.lifetime,
    scope: grant.scope,
    ...(refreshToken ? { refresh_token: refreshToken } : {}),
  };
}

function tokenUrlAnswer(request: IncomingMessage, parts: TokenParts): object {
  const named = parts.board.take('token-subject', SCOPES)?.text('subject');
  const subject = named ?? parts.subject(request);
  const { token, expiresAt } = parts.tokens.issue({ subject, ttlSeconds: lifetime(parts) });
  const hidden = parts.board.setting('token-ttl', 'hide', SCOPES) === true;
  return {
    token,
    ...(hidden ? {} : { expires_at: new Date(expiresAt).toISOString() }),
    ...(subject ? { subject } : {}),
  };
}

function lifetime(parts: TokenParts): number {
  const { board } = parts;
  if (board.take('token-stale', SCOPES)) return -60;
  const isSet = board.list().some((fault) => fault.id === 'token-ttl');
  return isSet ? Number(board.setting('token-ttl', 'seconds', SCOPES)) : parts.ttlSeconds;
}

function isForm(request: IncomingMessage): boolean {
  return (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
}

function sendJunk(exchange: Exchange, shape: string): void {
  const later = new Date(Date.now() + 900_000).toISOString();
  const answers: Record<string, unknown> = {
    array: [],
    'no-token': { expires_at: later },
    'empty-token': { token: '', expires_at: later },
    number: { token: 42, expires_at: later },
    'illegal-characters': { token: 'a/b=c d', expires_at: later },
  };
  if (shape === 'html') sendRaw(exchange, 200, 'text/html', '<!doctype html><title>Please sign in</title>');
  else if (shape === 'not-json') sendRaw(exchange, 200, 'application/json', '{"token": ');
  else sendJson(exchange, 200, answers[shape]);
}
