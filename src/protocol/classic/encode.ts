import type { StarterWishes } from '../../conversation/command.js';
import { pathSegment, postJson } from '../http.js';
import type { RequestDescription } from '../http.js';
import type { Saying, Target } from '../surface.js';

/** Where classic lives unless another region is named (protocol §e). */
const BASE_URL = 'https://api.amigo.ai';
const VERSION_SET = 'release';
/** Nothing of what the agent does, or the tools it uses (protocol C21). */
const SILENT = '^$';
const TOOLS = '^(tool-call-(started|ended)|action-too-long)$';
/** Most messages of one page. */
const PAGE = 500;

const stream = { accept: 'application/x-ndjson' } as const;

/** `/v1/{organization}/…` under the region's host. */
function url(target: Target, path: string, query: Readonly<Record<string, string>> = {}): string {
  const organization = pathSegment(target.organizationId ?? '');
  const address = new URL(`${target.classicBaseUrl ?? BASE_URL}/v1/${organization}/${path}`);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  return address.href;
}

function conversation(
  target: Target,
  id: string,
  path: string,
  query?: Readonly<Record<string, string>>,
): string {
  return url(target, `conversation/${pathSegment(id)}/${path}`, query);
}

const shown = ({ toolEvents }: Target): { readonly current_agent_action_type: string } => ({
  current_agent_action_type: toolEvents ? TOOLS : SILENT,
});

const kind = ({ event }: Saying): string => (event ? 'external-event' : 'user-message');

const service = ({ serviceId, serviceVersionSet = VERSION_SET }: Target): object => ({
  service_id: serviceId,
  service_version_set_name: serviceVersionSet,
});

/** Begins a conversation: the agent speaks first, or answers the first words. */
export function create(target: Target, first: Saying | undefined): RequestDescription {
  const words = first ? { initial_message: first.text, initial_message_type: kind(first) } : {};
  const address = url(target, 'conversation/', { response_format: 'text', ...shown(target) });
  return postJson(address, { ...service(target), ...words }, stream);
}

/** One interaction. The type comes before the text, and the browser sets the boundary (protocol C17). */
export function interact(target: Target, id: string, saying: Saying): RequestDescription {
  const body = new FormData();
  body.append('initial_message_type', kind(saying));
  body.append('recorded_message', saying.text);
  const query = { request_format: 'text', response_format: 'text', ...shown(target) };
  return { method: 'POST', url: conversation(target, id, 'interact', query), headers: stream, body };
}

export function finish(target: Target, id: string): RequestDescription {
  return postJson(conversation(target, id, 'finish/'), {});
}

/** What is known of one conversation. */
export function lookUp(target: Target, id: string): RequestDescription {
  return { method: 'GET', url: url(target, 'conversation/', { id }) };
}

/** The person's unfinished conversations with this service, newest first. */
export function unfinished(target: Target): RequestDescription {
  const query = { is_finished: 'false', service_id: target.serviceId, sort_by: '-created_at', limit: '1' };
  return { method: 'GET', url: url(target, 'conversation/', query) };
}

/** One page of what was said, oldest first; the first without a token. */
export function messages(target: Target, id: string, token: string | undefined): RequestDescription {
  const from = token === undefined ? {} : { continuation_token: token };
  const query = { limit: String(PAGE), sort_by: '+created_at', ...from };
  return { method: 'GET', url: conversation(target, id, 'messages/', query) };
}

export function starters(
  target: Target,
  { facets, instructions, min, max }: StarterWishes,
): RequestDescription {
  const wishes = { facets, generation_instructions: instructions, min_count: min, max_count: max };
  return postJson(url(target, 'conversation/conversation_starter'), { ...service(target), ...wishes });
}

/** What the person may want to answer to the latest interaction. */
export function recommend(target: Target, id: string, interactionId: string): RequestDescription {
  const path = `interaction/${pathSegment(interactionId)}/recommend_responses`;
  return postJson(conversation(target, id, path), {});
}
