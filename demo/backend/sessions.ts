import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** A signed-in user of the portal. */
export interface PortalUser {
  /** What they sign in with. */
  readonly name: string;
  readonly fullName: string;
  /** Their id in the clinic's record system. */
  readonly canonicalId: string;
  /** Their id on the classic platform. */
  readonly classicUserId: string;
}

const COOKIE = 'portal_session';
const LIFETIME_SECONDS = 8 * 3_600;

/** Who is signed in, by a cookie that no script can read. Kept in memory: a demo forgets everybody when it stops. */
export class PortalSessions {
  private readonly users = new Map<string, PortalUser>();

  /** Signs a user in: the next requests of this browser are theirs. */
  open(response: ServerResponse, user: PortalUser): void {
    const id = randomBytes(24).toString('base64url');
    this.users.set(id, user);
    this.setCookie(response, id, LIFETIME_SECONDS);
  }

  /** Signs the user of a request out. */
  close(request: IncomingMessage, response: ServerResponse): void {
    this.users.delete(idOf(request));
    this.setCookie(response, '', 0);
  }

  userOf(request: IncomingMessage): PortalUser | undefined {
    return this.users.get(idOf(request));
  }

  /** `SameSite=Strict` keeps other sites from asking for a token in a visitor's name. */
  private setCookie(response: ServerResponse, id: string, seconds: number): void {
    response.setHeader(
      'set-cookie',
      `${COOKIE}=${id}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`,
    );
  }
}

function idOf({ headers }: IncomingMessage): string {
  const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
  return cookies.find((cookie) => cookie.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1) ?? '';
}
