import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a token says about its bearer. */
export interface TokenClaims {
  /** Serial number; {@link TokenMint.expireAll} ends every serial so far. */
  readonly jti: number;
  /** Whom the token speaks for. */
  readonly sub: string;
  /** Issued at, seconds. */
  readonly iat: number;
  /** Expires at, seconds. */
  readonly exp: number;
  /** The only workspace it opens; absent: any. */
  readonly workspace_id?: string;
  /** An external user's token: bound to its subject and service, with the limits of protocol §f. */
  readonly external?: boolean;
  readonly service_id?: string;
  /** The entity that an external user's conversations are kept for. */
  readonly entity_id?: string;
  /** What the token may be used for; absent: everything. */
  readonly scope?: string;
}

/** What a token should say. */
export interface TokenRequest {
  readonly subject?: string | undefined;
  readonly workspaceId?: string | undefined;
  /** Lifetime; a negative one makes a token that has expired already. */
  readonly ttlSeconds?: number | undefined;
  /** Further claims. */
  readonly claims?: Pick<TokenClaims, 'external' | 'service_id' | 'entity_id' | 'scope'> | undefined;
}

/** Whether a token opens anything; an API key does, without claims. */
export type TokenVerdict =
  | { readonly valid: true; readonly claims?: TokenClaims }
  | { readonly valid: false; readonly why: 'missing' | 'malformed' | 'expired' };

/**
 * Issues and checks short-lived signed tokens (JWT, HS256). Their characters are those of the subprotocol
 * grammar (`A-Za-z0-9 . _ -`), so that every one can be offered in a WebSocket handshake (protocol §a).
 */
export class TokenMint {
  private serial = 0;
  private expiredUpTo = 0;

  /**
   * @param apiKeys long-lived keys that are accepted as they are (protocol C35)
   * @param now milliseconds since the epoch
   */
  constructor(
    private readonly apiKeys: readonly string[],
    private readonly now: () => number,
    private readonly secret: string | Buffer = randomBytes(32),
  ) {}

  /** @returns the token and its end in milliseconds since the epoch */
  issue(request: TokenRequest = {}): { token: string; expiresAt: number; lifetime: number } {
    const iat = Math.floor(this.now() / 1000);
    const lifetime = request.ttlSeconds ?? 900;
    const claims: TokenClaims = {
      jti: ++this.serial,
      sub: request.subject ?? 'demo-patient',
      iat,
      exp: iat + lifetime,
      ...request.claims,
      ...(request.workspaceId ? { workspace_id: request.workspaceId } : {}),
    };
    const body = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
    return { token: `${body}.${this.sign(body)}`, expiresAt: claims.exp * 1000, lifetime };
  }

  /** Never throws, whatever the token holds. */
  check(token: string | undefined): TokenVerdict {
    if (!token) return { valid: false, why: 'missing' };
    if (this.apiKeys.includes(token)) return { valid: true };
    const claims = this.open(token);
    if (!claims) return { valid: false, why: 'malformed' };
    const over = claims.exp * 1000 <= this.now() || claims.jti <= this.expiredUpTo;
    return over ? { valid: false, why: 'expired' } : { valid: true, claims };
  }

  /** From now on every token issued before counts as expired. */
  expireAll(): void {
    this.expiredUpTo = this.serial;
  }

  private open(token: string): TokenClaims | undefined {
    const cut = token.lastIndexOf('.');
    const body = token.slice(0, Math.max(cut, 0));
    const expected = Buffer.from(this.sign(body));
    const given = Buffer.from(token.slice(cut + 1));
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
    return JSON.parse(Buffer.from(body.split('.')[1] ?? '', 'base64url').toString()) as TokenClaims;
  }

  private sign(body: string): string {
    return createHmac('sha256', this.secret).update(body).digest('base64url');
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
