import type { TokenMint } from '../tokens.js';
import { HttpError, type Exchange } from './exchange.js';

/** Lets only a valid bearer of the workspace pass (protocol §c). @throws HttpError 401 or 403 */
export function requireBearer({ request, path }: Exchange, tokens: TokenMint): void {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const verdict = tokens.check(token);
  if (!verdict.valid) throw new HttpError(401, `Token ${verdict.why}.`, { 'www-authenticate': 'Bearer' });
  const bound = verdict.claims?.workspace_id;
  if (bound && bound !== path['workspace']) throw new HttpError(403, 'The token is of another workspace.');
}
