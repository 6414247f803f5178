import * as z from 'zod/mini';
import { parseJson } from '../../lib/json.js';

/** A token as a host may answer it. `subject` names the person it stands for. */
export interface Token {
  readonly token: string;
  /** ISO time. Without it a token is reused for HTTP calls for at most 5 minutes. */
  readonly expiresAt?: string;
  readonly subject?: string;
}

const optional = z.optional(z.nullable(z.string()));
const given = z.object({ token: z.string(), expiresAt: optional, expires_at: optional, subject: optional });

/**
 * What a host answered as a token: a string, or an object; undefined where it is neither. `token-url` spells
 * `expires_at`, `getToken` spells `expiresAt`; both are taken from both.
 */
export function readToken(answer: unknown): Token | undefined {
  const parsed = given.safeParse(typeof answer === 'string' ? { token: answer } : answer);
  if (!parsed.success || parsed.data.token === '') return undefined;
  const { token, expiresAt, expires_at: expires = expiresAt, subject } = parsed.data;
  return { token, ...(expires ? { expiresAt: expires } : {}), ...(subject ? { subject } : {}) };
}

/** The body that `token-url` answers with. */
export function decodeToken(body: string): Token | undefined {
  return readToken(parseJson(body));
}
