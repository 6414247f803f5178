import { NOBODY } from '../demo-ids.js';
import { requireBearer, requireWorkspace } from '../http/bearer.js';
import { HttpError, readJsonObject, sendJson, type Exchange, type Route } from '../http/exchange.js';
import { strikeRequest, type RequestName } from '../http/request-faults.js';
import { Fields, invalid } from '../http/validation.js';
import type { SurfaceParts } from '../surface.js';
import { readUuid } from '../turns/create.js';
import { entityOf } from './entities.js';

const BASE = '^/v1/(?<workspace>[^/]+)/sessions';
const CANONICAL = /^[A-Za-z0-9._-]+:[A-Za-z0-9._-]+:[A-Za-z0-9._-]+$/;

/** Calls that are always going on; nobody listens for guidance in the second. */
const CALLS = [
  { call_sid: 'CA00000000000000000000000000000001', listens: true, since: 95 },
  { call_sid: 'CA00000000000000000000000000000002', listens: false, since: 12 },
] as const;

/** Starts a session, and serves the operators of voice calls (protocol §d). */
export function sessionRoutes(parts: SurfaceParts): readonly Route[] {
  const route = (method: string, path: string, handle: Route['handle']): Route => ({
    method,
    pattern: new RegExp(`${BASE}/${path}$`),
    handle,
  });
  return [
    route('POST', 'start', (exchange) => start(exchange, parts)),
    route('GET', 'active', (exchange) => listCalls(exchange, parts)),
    route('POST', '(?<call>[^/]+)/inject', (exchange) => inject(exchange, parts)),
    route('GET', 'fleet-status', (exchange) => fleetStatus(exchange, parts)),
  ];
}

async function start(exchange: Exchange, parts: SurfaceParts): Promise<void> {
  requireBearer(exchange, parts.tokens);
  const workspaceId = requireWorkspace(exchange);
  const fields = new Fields(await readJsonObject(exchange));
  const serviceId = readUuid(fields, 'service_id') ?? fields.required('service_id');
  fields.choice('channel_kind', ['web']);
  const greeting = fields.text('greeting', { max: 2_000 });
  const asked = whom(fields);
  const verdict = await strikeRequest(exchange, parts, 'start', [asked ?? '', 'default']);
  if (verdict.hangs) return;
  if (!asked || [serviceId, asked].includes(NOBODY)) throw new HttpError(404, 'Service or entity not found');
  const key = { workspaceId, serviceId, entityId: asked };
  const active = parts.threads.current(key);
  const thread = active ?? parts.threads.begin(key);
  if (!active) thread.greet(undefined, true, greeting);
  if (verdict.afterwards) return verdict.afterwards(exchange);
  sendJson(exchange, 201, {
    conversation_id: thread.id,
    session_status: active ? 'already_active' : 'created',
    channel_kind: 'web',
    entity_id: asked,
    service_id: serviceId,
    created_at: thread.createdAt,
  });
}

/** Exactly one of the two ids says whom the session is for. @throws HttpError 422 */
function whom(fields: Fields): string | undefined {
  const entityId = readUuid(fields, 'entity_id');
  const canonicalId = fields.text('canonical_id', { min: 3, max: 256, pattern: CANONICAL });
  if ((entityId === undefined) === (canonicalId === undefined))
    throw invalid(['body'], 'Exactly one of entity_id and canonical_id is required');
  return entityId ?? entityOf(canonicalId ?? '');
}

async function listCalls(exchange: Exchange, parts: SurfaceParts): Promise<void> {
  if (!(await admit(exchange, parts, 'active'))) return;
  const workspace_id = requireWorkspace(exchange);
  const calls = CALLS.map(({ call_sid, since }) => ({
    call_sid,
    caller_id: '+15550100123',
    direction: 'inbound',
    duration_seconds: since,
    service_id: null,
    workspace_id,
    current_state: 'verify_identity',
    scenario: 'refill',
  }));
  sendJson(exchange, 200, calls);
}

async function inject(exchange: Exchange, parts: SurfaceParts): Promise<void> {
  if (!(await admit(exchange, parts, 'inject'))) return;
  const fields = new Fields(await readJsonObject(exchange));
  fields.required('message', { min: 1, max: 5_000 });
  fields.text('sender', { max: 200 });
  fields.choice('event_type', ['external_event', 'guidance'], 'external_event');
  const call = CALLS.find(({ call_sid }) => call_sid === exchange.path['call']);
  if (!call) throw new HttpError(404, 'Call not found');
  const status = call.listens ? 'delivered' : 'queued_no_subscriber';
  sendJson(exchange, 200, { status, call_sid: call.call_sid });
}

async function fleetStatus(exchange: Exchange, parts: SurfaceParts): Promise<void> {
  if (await admit(exchange, parts, 'any')) throw new HttpError(403, 'For operators only.');
}

/** Lets a full bearer pass: an external user must not see the calls of others (protocol §f). */
async function admit(exchange: Exchange, parts: SurfaceParts, name: RequestName): Promise<boolean> {
  const claims = requireBearer(exchange, parts.tokens);
  requireWorkspace(exchange);
  if (claims?.external) throw new HttpError(403, 'Not for external users.');
  return !(await strikeRequest(exchange, parts, name)).hangs;
}
