import { PlatformError } from './error.js';

/** A token, and its end where that is known. */
export interface PlatformToken {
  readonly token: string;
  /** ISO time, `Date`, or milliseconds since the epoch. */
  readonly expiresAt?: string | number | Date;
}

/** Gets a token. `rejected`: the last one was refused, so that a cached one will not do. */
export type GetPlatformToken = (request: {
  readonly reason: 'needed' | 'rejected';
}) => string | PlatformToken | Promise<string | PlatformToken>;

/** A token without an end is asked for anew after this long (milliseconds). */
const REUSE = 5 * 60_000;

/** Keeps the token in memory and renews it in time; whoever asks meanwhile shares one request. */
export class TokenKeeper {
  private kept: { readonly token: string; readonly until: number } | undefined;
  private pending: Promise<string> | undefined;

  /** @param renewBefore milliseconds before its end at which a token is renewed (protocol §f, When) */
  constructor(
    private readonly source: string | GetPlatformToken,
    private readonly renewBefore: number,
  ) {}

  /** Whether a refused token can be replaced. */
  get canRenew(): boolean {
    return typeof this.source === 'function';
  }

  /**
   * @param refused a token that was refused: anything but this one will do, also what another call has got meanwhile
   * @throws PlatformError `token` where the source gives none
   */
  async get(refused?: string): Promise<string> {
    const { source, kept } = this;
    if (typeof source === 'string') return source;
    if (kept && kept.until > Date.now() && kept.token !== refused) return kept.token;
    this.pending ??= this.ask(source, refused === undefined ? 'needed' : 'rejected').finally(
      () => (this.pending = undefined),
    );
    return this.pending;
  }

  private async ask(source: GetPlatformToken, reason: 'needed' | 'rejected'): Promise<string> {
    const answer = await source({ reason });
    const { token, expiresAt } =
      typeof answer === 'string' ? { token: answer, expiresAt: undefined } : answer;
    if (typeof token !== 'string' || token === '')
      throw new PlatformError('getToken gave no token.', { code: 'token' });
    const end =
      expiresAt === undefined ? Date.now() + REUSE : new Date(expiresAt).getTime() - this.renewBefore;
    this.kept = { token, until: end };
    return token;
  }
}
