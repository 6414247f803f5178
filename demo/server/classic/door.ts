import { HttpError, type Exchange } from '../http/exchange.js';
import { strikeRequest, type RequestName, type Verdict } from '../http/request-faults.js';
import type { SurfaceParts } from '../surface.js';
import type { Thread } from '../threads/thread.js';
import type { ThreadKey } from '../threads/thread-world.js';
import { hexId, isHexId, requireHexId } from './ids.js';

/** A minute, in which some calls may be made only so often. */
const MINUTE_MS = 60_000;

/** Calls a minute (protocol §e). */
const LIMITS: Partial<Record<RequestName, number>> = {
  create: 5,
  interact: 15,
  finish: 5,
  list: 15,
  messages: 20,
  source: 30,
  starter: 10,
  recommend: 20,
  services: 50,
  signin: 5,
};

/** Who asks for what. */
export interface Visitor {
  readonly exchange: Exchange;
  readonly organization: string;
  readonly userId: string;
  readonly verdict: Verdict;
}

/** Lets signed-in users of an organization in: every classic request passes here. */
export class Door {
  private readonly calls = new Map<string, number[]>();

  constructor(private readonly parts: SurfaceParts) {}

  /**
   * @returns undefined where a fault says that the request must hang
   * @throws HttpError 401, 403, 429, or what a fault asks for
   */
  async admit(exchange: Exchange, name: RequestName, thread?: Thread): Promise<Visitor | undefined> {
    const userId = this.userOf(exchange);
    const verdict = await strikeRequest(exchange, this.parts, name, thread?.scopes ?? [userId, 'default']);
    if (verdict.hangs) return undefined;
    this.limit(name, userId);
    return { exchange, organization: organizationOf(exchange), userId, verdict };
  }

  /** The conversation of the path, with its visitor. @throws HttpError 404 unless it is theirs */
  async open(
    exchange: Exchange,
    name: RequestName,
  ): Promise<(Visitor & { readonly thread: Thread }) | undefined> {
    const id = requireHexId(exchange.path['conversation'], 'path', 'conversation_id');
    const thread = this.parts.threads.find(organizationOf(exchange), id);
    const visitor = await this.admit(exchange, name, thread);
    if (!visitor) return undefined;
    if (thread?.key.entityId !== visitor.userId) throw new HttpError(404, 'Conversation not found.');
    return { ...visitor, thread };
  }

  keyFor({ organization, userId }: Visitor, serviceId: string): ThreadKey {
    return { workspaceId: organization, serviceId, entityId: userId };
  }

  /** A key itself opens nothing here (protocol C35): it has to be traded for a user's token. */
  private userOf({ request, path }: Exchange): string {
    const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const verdict = this.parts.tokens.check(token);
    if (!verdict.valid || !verdict.claims) throw new HttpError(401, 'Not signed in.');
    const { sub, workspace_id: bound } = verdict.claims;
    if (bound && bound !== path['organization'])
      throw new HttpError(403, 'The token is of another organization.');
    return isHexId(sub) ? sub : hexId('user', sub);
  }

  private limit(name: RequestName, userId: string): void {
    const { board, clock } = this.parts;
    const most = LIMITS[name];
    if (!most || board.setting('classic-limits', 'are', ['default']) !== 'kept') return;
    const since = clock.now() - MINUTE_MS;
    const calls = (this.calls.get(`${userId} ${name}`) ?? []).filter((at) => at > since);
    const wait = Math.ceil(((calls[0] ?? 0) - since) / 1000);
    if (calls.length >= most) throw new HttpError(429, 'Too many requests.', { 'retry-after': String(wait) });
    this.calls.set(`${userId} ${name}`, [...calls, clock.now()]);
  }
}

/** In lower case, as conversations are kept. */
export function organizationOf({ path }: Exchange): string {
  return (path['organization'] ?? '').toLowerCase();
}
