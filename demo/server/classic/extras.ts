import { HttpError, readJsonObject, sendJson, type Exchange } from '../http/exchange.js';
import { strikeRequest } from '../http/request-faults.js';
import { Fields, invalid } from '../http/validation.js';
import type { SurfaceParts } from '../surface.js';
import { demoIds } from '../demo-ids.js';
import { organizationOf, type Door } from './door.js';
import { hexId, isHexId, requireHexId } from './ids.js';
import { interactionId, messagesOf } from './messages.js';
import { readPage } from './page.js';
import { answer } from './reading.js';

/** What a patient may want to begin with. */
const STARTERS = [
  'I want to move my visit',
  'Can you refill my lisinopril?',
  'What does my last lab result mean?',
  'Does my insurance cover a visit?',
  'When are you open?',
  'I want to cancel my visit',
  'Give me a guide to healthy blood pressure',
  'When is my next visit?',
  'I have a question about my medicine',
  'I would like to speak to a person',
];

/** Quick answers, by what the agent said last. */
const RESPONSES: readonly (readonly [RegExp, readonly string[]])[] = [
  [/slot|time|visit/i, ['The first one', 'Do you have something later?', 'Keep my visit as it is']],
  [/refill|pharmacy|medicine/i, ['Yes, please', 'A different pharmacy', 'No, thanks']],
  [/./s, ['Yes, please', 'No, thanks', 'Can you explain that?']],
];

const VERSIONS = 3;
const FIRST_VERSION = '2026-01-12T09:00:00.000Z';

/** What classic offers beside conversations: starters, quick replies, services, sign-in, monitoring (protocol §e). */
export class Extras {
  constructor(
    private readonly parts: SurfaceParts,
    private readonly door: Door,
    private readonly tokenTtlSeconds: number,
  ) {}

  async starters(exchange: Exchange): Promise<void> {
    const visitor = await this.door.admit(exchange, 'starter');
    if (!visitor) return;
    const fields = new Fields(await readJsonObject(exchange));
    requireHexId(fields.text('service_id'), 'body', 'service_id');
    fields.required('generation_instructions', { min: 1 });
    const facets = fields.list('facets', 100).map(String);
    if (facets.length === 0) throw fields.wrong('facets', 'At least 1 item', 'too_short');
    const least = fields.integer('min_count', 1, 10);
    const most = fields.integer('max_count', 1, 10);
    if (least === undefined || most === undefined || least > most)
      throw fields.wrong('max_count', 'min_count and max_count are required, in this order');
    const prompts = STARTERS.slice(0, most).map((prompt, at) => ({
      prompt,
      facets: [facets[at % facets.length]],
    }));
    answer(exchange, visitor.verdict.afterwards, { prompts });
  }

  /** Only for the latest interaction of an open conversation. */
  async recommendations(exchange: Exchange): Promise<void> {
    const visitor = await this.door.open(exchange, 'recommend');
    if (!visitor) return;
    const { thread, verdict } = visitor;
    const fields = new Fields(await readJsonObject(exchange));
    fields.text('context', { min: 1 });
    const latest = messagesOf(thread).findLast(({ sender }) => sender === 'agent');
    const isLatest = latest?.interaction_id === exchange.path['interaction'];
    if (!latest || !isLatest || thread.closed || thread.isBusy)
      throw new HttpError(400, 'Not the latest completed interaction of an open conversation.');
    const found = RESPONSES.find(([pattern]) => pattern.test(latest.message));
    answer(exchange, verdict.afterwards, { recommended_responses: found?.[1] ?? [] });
  }

  async services(exchange: Exchange): Promise<void> {
    const visitor = await this.door.admit(exchange, 'services');
    if (!visitor) return;
    const isActive = exchange.url.searchParams.get('is_active') !== 'false';
    const page = readPage(exchange, isActive ? [serviceOf(visitor.organization)] : [], 20);
    answer(exchange, visitor.verdict.afterwards, {
      services: page.items,
      has_more: page.hasMore,
      continuation_token: page.next,
      filter_values: null,
    });
  }

  /** Trades a key for a user's token: for backends, never for a browser (protocol §f). */
  async signInWithKey(exchange: Exchange): Promise<void> {
    const verdict = await strikeRequest(exchange, this.parts, 'signin');
    if (verdict.hangs) return;
    const header = (name: string): string => {
      const value = exchange.request.headers[name];
      if (typeof value === 'string' && value !== '') return value;
      throw invalid(['header', name], 'Field required', 'missing');
    };
    const [key, userId] = [header('x-api-key'), header('x-user-id')];
    header('x-api-key-id');
    const known = this.parts.tokens.check(key);
    if (!known.valid || known.claims) throw new HttpError(401, 'Unknown API key.');
    const subject = isHexId(userId) ? userId : hexId('user', userId);
    const workspaceId = exchange.path['organization'];
    const issued = this.parts.tokens.issue({ subject, workspaceId, ttlSeconds: this.tokenTtlSeconds });
    const expires_at = new Date(issued.expiresAt).toISOString();
    answer(exchange, verdict.afterwards, { id_token: issued.token, expires_at });
  }

  /** Would mail a link; the demo has nobody to mail to. */
  async signIn(exchange: Exchange): Promise<void> {
    const verdict = await strikeRequest(exchange, this.parts, 'signin');
    if (verdict.hangs) return;
    const fields = new Fields(await readJsonObject(exchange));
    fields.required('email', { pattern: /^\S+@\S+$/ });
    fields.required('redirect_link', { min: 1 });
    answer(exchange, verdict.afterwards, {});
  }

  /** Scores that follow from the conversation alone, so that they can be checked. */
  async metrics(exchange: Exchange): Promise<void> {
    const visitor = await this.door.admit(exchange, 'metrics');
    if (!visitor) return;
    const fields = new Fields(await readJsonObject(exchange));
    const conversation = requireHexId(fields.text('conversation_id'), 'body', 'conversation_id');
    const until = fields.text('evaluate_to_interaction_id');
    if (until !== undefined) requireHexId(until, 'body', 'evaluate_to_interaction_id');
    const ids = fields.list('metric_ids', 10).map((id) => requireHexId(id, 'body', 'metric_ids'));
    if (ids.length === 0) throw fields.wrong('metric_ids', 'At least 1 item', 'too_short');
    const thread = this.parts.threads.find(organizationOf(exchange), conversation);
    if (!thread) throw new HttpError(404, 'Conversation not found.');
    const last = thread.turns.findIndex((turn) => interactionId(thread, turn.turnId) === until);
    const agents = thread.turns
      .slice(0, last < 0 ? undefined : last + 1)
      .filter(({ role }) => role === 'agent');
    const metrics = ids.map((metric_id, at) => ({
      metric_id,
      name: `Agent messages ${at + 1}`,
      value: agents.length,
      references: agents.slice(-1).map(({ text }) => text),
      justification: 'The number of messages of the agent.',
    }));
    sendJson(exchange, 200, { metrics });
  }

  async behaviorVersions(exchange: Exchange): Promise<void> {
    const visitor = await this.door.admit(exchange, 'behavior-versions');
    if (!visitor) return;
    const setId = requireHexId(exchange.path['set'], 'path', 'dynamic_behavior_set_id');
    const { searchParams } = exchange.url;
    const [from, to] = rangeOf(searchParams.get('version'));
    const all = Array.from({ length: VERSIONS }, (_, at) => at + 1).filter((one) => one >= from && one <= to);
    const page = readPage(exchange, searchParams.get('sort_by') === '-version' ? all.reverse() : all, 10);
    answer(exchange, visitor.verdict.afterwards, {
      dynamic_behavior_set_versions: page.items.map((one) =>
        behaviorVersion(setId, visitor.organization, one),
      ),
      has_more: page.hasMore,
      continuation_token: page.next,
    });
  }
}

/** A number, `latest`, or a range `a-b`. @throws HttpError 422 */
function rangeOf(version: string | null): readonly [number, number] {
  if (version === null) return [1, VERSIONS];
  if (version === 'latest') return [VERSIONS, VERSIONS];
  const found = /^(\d+)(?:-(\d+))?$/.exec(version);
  if (!found) throw invalid(['query', 'version'], 'Input should be a number, latest, or a range');
  return [Number(found[1]), Number(found[2] ?? found[1])];
}

function behaviorVersion(setId: string, organization: string, version: number): object {
  const action = {
    type: 'inject-instruction',
    instruction: 'Offer a call back.',
    overrides_instructions: false,
  };
  return {
    _id: hexId(setId, String(version)),
    org_id: organization,
    created_at: FIRST_VERSION,
    updated_at: FIRST_VERSION,
    dynamic_behavior_set_id: setId,
    version,
    conversation_triggers: ['The patient is upset'],
    action,
    actions: [action],
    creator: { org_id: organization, user_id: hexId('creator') },
  };
}

function serviceOf(organization: string): object {
  const who = { org_id: organization, user_id: hexId('creator') };
  return {
    id: demoIds.classicServiceId,
    name: 'Patient portal',
    description: 'The scripted clinic agent.',
    is_active: true,
    agent_id: hexId('agent'),
    service_hierarchical_state_machine_id: hexId('state machine'),
    version_sets: {},
    tags: [],
    keyterms: [],
    creator: who,
    updated_by: who,
  };
}
