import { isUuid, NOBODY } from '../demo-ids.js';
import { requireBearer, requireWorkspace } from '../http/bearer.js';
import { HttpError, readJsonObject, sendJson, type Exchange } from '../http/exchange.js';
import { strikeRequest } from '../http/request-faults.js';
import { Fields } from '../http/validation.js';
import type { SurfaceParts } from '../surface.js';
import { conversationDetail } from '../threads/conversation-detail.js';
import type { TokenClaims } from '../tokens.js';

/** POST `/conversations`: every web create is a new conversation (protocol §c). */
export async function createConversation(exchange: Exchange, parts: SurfaceParts): Promise<void> {
  const claims = requireBearer(exchange, parts.tokens);
  const workspaceId = requireWorkspace(exchange);
  const fields = new Fields(await readJsonObject(exchange));
  const serviceId = readUuid(fields, 'service_id') ?? fields.required('service_id');
  const entityId = entityOf(fields, claims);
  const channel = fields.choice('channel', ['web', 'sms', 'imessage', 'voice', 'email', 'whatsapp'], 'web');
  if (channel === 'web' && fields.flag('force_new'))
    throw fields.wrong('force_new', 'Not on the web channel');
  const verdict = await strikeRequest(exchange, parts, 'create', [entityId, 'default']);
  if (verdict.hangs) return;
  if (claims?.service_id && claims.service_id !== serviceId)
    throw new HttpError(403, 'The token is of another service.');
  if ([serviceId, entityId].includes(NOBODY)) throw new HttpError(404, 'Service or entity not found');
  const owner = claims?.external ? claims.sub : undefined;
  const thread = parts.threads.begin({ workspaceId, serviceId, entityId }, { owner });
  if (verdict.afterwards) verdict.afterwards(exchange);
  else sendJson(exchange, 201, conversationDetail(thread, false));
}

/** An external user's entity is in the token, and must not be asked for (protocol §f). */
function entityOf(fields: Fields, claims: TokenClaims | undefined): string {
  const asked = readUuid(fields, 'entity_id');
  if (!claims?.external) return asked ?? '';
  if (asked !== undefined) throw new HttpError(403, 'An external user must not name an entity.');
  return claims.entity_id ?? '';
}

/** A UUID in lower case, or undefined where it is absent. */
export function readUuid(fields: Fields, name: string): string | undefined {
  const value = fields.text(name);
  if (value === undefined || isUuid(value)) return value?.toLowerCase();
  throw fields.wrong(name, 'Input should be a valid UUID', 'uuid_parsing');
}
