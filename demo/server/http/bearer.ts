import type { SurfaceParts } from '../surface.js';
import type { Thread } from '../threads/thread.js';
import type { TokenClaims, TokenMint } from '../tokens.js';
import { isUuid } from '../demo-ids.js';
import { HttpError, type Exchange } from './exchange.js';
import { invalid } from './validation.js';

/**
 * Lets only a valid bearer of the workspace pass (protocol §c).
 *
 * @returns what the token says; undefined for an API key
 * @throws HttpError 401 or 403
 */
export function requireBearer({ request, path }: Exchange, tokens: TokenMint): TokenClaims | undefined {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const verdict = tokens.check(token);
  if (!verdict.valid) throw new HttpError(401, `Token ${verdict.why}.`, { 'www-authenticate': 'Bearer' });
  const bound = verdict.claims?.workspace_id;
  if (bound && bound !== path['workspace']) throw new HttpError(403, 'The token is of another workspace.');
  return verdict.claims;
}

/** The workspace of the path. @throws HttpError 422 */
export function requireWorkspace({ path }: Exchange): string {
  const { workspace = '' } = path;
  if (!isUuid(workspace))
    throw invalid(['path', 'workspace_id'], 'Input should be a valid UUID', 'uuid_parsing');
  return workspace.toLowerCase();
}

/** Who asks, and the conversation of the path, if it exists and is theirs (protocol §f, External-user limits). */
export function openConversation(
  exchange: Exchange,
  parts: SurfaceParts,
): { claims: TokenClaims | undefined; thread: Thread | undefined } {
  const claims = requireBearer(exchange, parts.tokens);
  const workspace = requireWorkspace(exchange);
  const { conversation = '' } = exchange.path;
  if (!isUuid(conversation))
    throw invalid(['path', 'conversation_id'], 'Input should be a valid UUID', 'uuid_parsing');
  const thread = parts.threads.find(workspace, conversation);
  const foreign = claims?.external === true && thread?.owner !== claims.sub;
  return { claims, thread: foreign ? undefined : thread };
}

/** An external user must not ask for tool calls. @throws HttpError 403 */
export function wantsToolCalls({ url }: Exchange, claims: TokenClaims | undefined): boolean {
  const wanted = url.searchParams.get('include_tool_calls') === 'true';
  if (wanted && claims?.external) throw new HttpError(403, 'Tool calls are not for external users.');
  return wanted;
}
