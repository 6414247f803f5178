import type { IncomingMessage, ServerResponse } from 'node:http';

// In a portal: from 'amigo-chat/platform'.
import { createPlatformClient, signInWithApiKey } from '../../src/platform.js';
import { mintPlatformToken, type MintedToken, type PlatformKey } from './platform-token.js';
import { PortalSessions, type PortalUser } from './sessions.js';

/** What the backend needs to know; the keys never leave it. */
export interface BackendSettings {
  readonly platform: PlatformKey & {
    readonly serviceId: string;
    /** Where browsers reach the platform, if elsewhere than this backend does. */
    readonly pageBaseUrl?: string;
  };
  readonly classic?: {
    readonly baseUrl: string;
    readonly organizationId: string;
    readonly apiKey: string;
    readonly apiKeyId: string;
  };
  /** Finds a user of the portal; undefined: wrong name or password. */
  readonly signIn: (name: string, password: string) => PortalUser | undefined;
}

/** An error that the page may know of. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const LARGEST_BODY = 10_000;

/**
 * The part of a portal's backend that the chat needs, in plain Node.
 *
 * | request | what |
 * |---|---|
 * | `POST /sign-in` `{name, password}` | opens the portal's own session: a cookie |
 * | `POST /sign-out` | ends it |
 * | `GET /chat` | who is signed in, and what the page puts on `<amigo-chat>` for them |
 * | `POST /token` | a platform token for them (`token-url`) |
 * | `POST /token/classic` | a user token for `transport="classic"` |
 *
 * Whom a token or an entity is for is decided by the cookie alone, never by what the page asks for.
 */
export class PortalBackend {
  private readonly sessions = new PortalSessions();
  private readonly entities = new Map<string, Promise<string>>();

  constructor(private readonly settings: BackendSettings) {}

  /** Answers a request. @returns false if the path is somebody else's; nothing was written then */
  async handle(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const path = (request.url ?? '/').split('?', 1)[0];
    const work = this.workOf(`${request.method} ${path}`);
    if (!work) return false;
    try {
      requireOwnPage(request);
      answer(response, 200, await work(request, response));
    } catch (error) {
      if (!(error instanceof Refusal)) console.error('The portal backend failed:', error);
      const { status, message } =
        error instanceof Refusal ? error : { status: 502, message: 'Please try again.' };
      answer(response, status, { error: message });
    }
    return true;
  }

  /**
   * Signs a visitor in who has proved elsewhere who they are, as single sign-on does. Whoever is signed in already stays
   * that.
   */
  welcome(request: IncomingMessage, response: ServerResponse, user: PortalUser): void {
    if (!this.sessions.userOf(request)) this.sessions.open(response, user);
  }

  private workOf(
    request: string,
  ): ((request: IncomingMessage, response: ServerResponse) => Promise<object>) | undefined {
    switch (request) {
      case 'POST /sign-in':
        return (from, to) => this.signIn(from, to);
      case 'POST /sign-out':
        return (from, to) => this.signOut(from, to);
      case 'GET /chat':
        return (from) => this.chat(this.requireUser(from));
      case 'POST /token':
        return (from) => this.token(this.requireUser(from));
      case 'POST /token/classic':
        return (from) => this.classicToken(this.requireUser(from));
      default:
        return undefined;
    }
  }

  private async signIn(request: IncomingMessage, response: ServerResponse): Promise<object> {
    const { name, password } = await readJson(request);
    const user = this.settings.signIn(String(name), String(password));
    if (!user) throw new Refusal(401, 'Wrong name or password.');
    this.sessions.open(response, user);
    return { name: user.name };
  }

  private signOut(request: IncomingMessage, response: ServerResponse): Promise<object> {
    this.sessions.close(request, response);
    return Promise.resolve({});
  }

  private async chat(user: PortalUser): Promise<object> {
    const { workspaceId, serviceId, baseUrl, pageBaseUrl = baseUrl } = this.settings.platform;
    const entityId = await this.entityOf(user);
    const { name, fullName } = user;
    return {
      person: { name, fullName },
      chat: { baseUrl: pageBaseUrl, workspaceId, serviceId, entityId, tokenUrl: '/token' },
    };
  }

  private token({ canonicalId }: PortalUser): Promise<MintedToken & { readonly subject: string }> {
    // `subject` lets the widget notice that somebody else has signed in, and wipe the screen.
    return mintPlatformToken(this.settings.platform).then((minted) => ({ ...minted, subject: canonicalId }));
  }

  private async classicToken({ classicUserId, canonicalId }: PortalUser): Promise<object> {
    const { classic } = this.settings;
    if (!classic) throw new Refusal(404, 'The classic platform is not set up.');
    const { token, expiresAt } = await signInWithApiKey({ ...classic, userId: classicUserId });
    return { token, expires_at: expiresAt, subject: canonicalId };
  }

  /** A patient's entity never changes, so that it is asked for once, and again only after a failure. */
  private entityOf({ canonicalId }: PortalUser): Promise<string> {
    const known = this.entities.get(canonicalId) ?? this.findEntity(canonicalId);
    this.entities.set(canonicalId, known);
    known.catch(() => this.entities.delete(canonicalId));
    return known;
  }

  /** The record system's id becomes an entity by starting a session (protocol §d). */
  private async findEntity(canonicalId: string): Promise<string> {
    const { platform } = this.settings;
    const client = createPlatformClient({
      baseUrl: platform.baseUrl,
      workspaceId: platform.workspaceId,
      getToken: async () => {
        const { token, expires_at: expiresAt } = await mintPlatformToken(platform);
        return { token, expiresAt };
      },
    });
    return (await client.startSession({ serviceId: platform.serviceId, canonicalId })).entityId;
  }

  private requireUser(request: IncomingMessage): PortalUser {
    const user = this.sessions.userOf(request);
    if (user) return user;
    throw new Refusal(401, 'Please sign in.');
  }
}

/** Browsers say where a request comes from; another site's page gets nothing. */
function requireOwnPage({ headers }: IncomingMessage): void {
  const { origin, host } = headers;
  const foreign = origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
  if (foreign) throw new Refusal(403, 'Only pages of this portal may ask.');
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > LARGEST_BODY) throw new Refusal(413, 'Too long.');
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Not JSON: the same answer as for JSON that is no object.
  }
  throw new Refusal(400, 'Expected a JSON object.');
}

/** Nothing here may be cached: it is personal. */
function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}
