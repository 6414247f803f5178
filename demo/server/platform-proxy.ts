import type { IncomingMessage, ServerResponse } from 'node:http';

/** Where the platform is, who is talking, and how its token endpoint wants to be asked. */
export interface PlatformSettings {
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly serviceId: string;
  readonly entityId: string;
  readonly apiKey: string;
  /** The token request's details are unpublished, so each can be set from the environment. */
  readonly token: { readonly path: string; readonly grant: string; readonly keyField: string };
}

/** A short-lived token in the shape of the `token-url` attribute. */
export interface ShortLivedToken {
  readonly token: string;
  /** ISO time. */
  readonly expires_at?: string;
}

/** The exchange failed; the message is for the person who started the demo and never holds the key. */
export class TokenExchangeError extends Error {}

const DEFAULT_BASE_URL = 'https://api.platform.amigo.ai';
const REQUIRED = ['AMIGO_API_KEY', 'AMIGO_WORKSPACE_ID', 'AMIGO_SERVICE_ID', 'AMIGO_ENTITY_ID'] as const;
const PATIENCE_MS = 15_000;

/** Reads the settings from the environment. Throws a one-line error that names what is missing. */
export function platformSettings(env: NodeJS.ProcessEnv): PlatformSettings {
  const missing = REQUIRED.filter((name) => !env[name]);
  if (missing.length > 0) throw new Error(`--platform needs ${missing.join(', ')} in the environment.`);
  const value = (name: string, fallback = ''): string => env[name] || fallback;
  return {
    baseUrl: origin(value('AMIGO_BASE_URL', DEFAULT_BASE_URL)),
    workspaceId: value('AMIGO_WORKSPACE_ID'),
    serviceId: value('AMIGO_SERVICE_ID'),
    entityId: value('AMIGO_ENTITY_ID'),
    apiKey: value('AMIGO_API_KEY'),
    token: {
      path: value('AMIGO_TOKEN_PATH', '/token'),
      grant: value('AMIGO_TOKEN_GRANT', 'api_key'),
      keyField: value('AMIGO_TOKEN_KEY_FIELD', 'api_key'),
    },
  };
}

/** Trades the key for a short-lived token (protocol §f). Rejects with a {@link TokenExchangeError}. */
export async function exchangeKey(settings: PlatformSettings): Promise<ShortLivedToken> {
  const response = await ask(settings).catch((error: unknown) => {
    const why =
      error instanceof Error && error.name === 'TimeoutError' ? 'did not answer' : 'cannot be reached';
    throw new TokenExchangeError(`The platform at ${settings.baseUrl} ${why}.`);
  });
  if (!response.ok)
    throw new TokenExchangeError(
      `The platform at ${settings.baseUrl} refused to exchange AMIGO_API_KEY for a token (HTTP ${response.status}).`,
    );
  const body: unknown = await response.json().catch(() => undefined);
  const token = shortLivedToken(body, Date.now());
  if (token && token.token !== settings.apiKey) return token;
  throw new TokenExchangeError(`The platform at ${settings.baseUrl} answered without a token.`);
}

/** Serves `POST /token` to the demo page. The key never leaves this process. */
export async function serveToken(
  settings: PlatformSettings,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') return answer(response, 405, { error: 'POST only' });
  if (!fromOurPage(request)) return answer(response, 403, { error: 'Only the demo page may ask' });
  try {
    answer(response, 200, await exchangeKey(settings));
  } catch (error) {
    if (!(error instanceof TokenExchangeError)) throw error;
    console.error(error.message);
    answer(response, 502, { error: error.message });
  }
}

function origin(url: string): string {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new Error('AMIGO_BASE_URL must be a full http or https address.');
  return url.replace(/\/+$/, '');
}

function ask({ baseUrl, apiKey, token }: PlatformSettings): Promise<Response> {
  return fetch(baseUrl + token.path, {
    method: 'POST',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({ grant_type: token.grant, [token.keyField]: apiKey }),
    redirect: 'error', // A redirect would carry the key to somewhere nobody named.
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

function shortLivedToken(body: unknown, now: number): ShortLivedToken | undefined {
  const { access_token: token, expires_in: seconds } = (body ?? {}) as Record<string, unknown>;
  if (typeof token !== 'string' || token === '') return undefined;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return { token };
  return { token, expires_at: new Date(now + seconds * 1000).toISOString() };
}

/** Other sites must not spend the key, also not by a name of theirs that points at this machine. */
function fromOurPage({ headers }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  const loopback = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/.test(host);
  return loopback && (headers.origin === undefined || headers.origin === `http://${host}`);
}

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
