import { asksForTools, conversationUrl, workspaceUrl } from '../history/index.js';
import { pathSegment, postJson } from '../http.js';
import type { RequestDescription } from '../http.js';
import type { Decision, Target } from '../surface.js';

/** The header by which version 2 of the delivery protocol names a turn or a poll (protocol §c). */
function named(key: string | undefined): Readonly<Record<string, string>> {
  return key === undefined ? {} : { 'idempotency-key': key };
}

/** Takes up the person's conversation, or begins it (protocol §d). */
export function startSession(target: Target, entityId: string): RequestDescription {
  const body = { service_id: target.serviceId, channel_kind: 'web', entity_id: entityId };
  return postJson(workspaceUrl(target, 'sessions/start'), body);
}

/** Begins a conversation. An external user's token says who they are, so `entity_id` is left out (protocol §f). */
export function createConversation({ serviceId, entityId, ...target }: Target): RequestDescription {
  const who = entityId === undefined ? {} : { entity_id: entityId };
  return postJson(workspaceUrl(target, 'conversations'), { service_id: serviceId, ...who });
}

/** One turn, streamed. An empty message on a fresh conversation asks for the greeting. */
export function streamTurn(
  target: Target,
  conversationId: string,
  message: string,
  key: string | undefined,
): RequestDescription {
  const query = asksForTools(target) ? '?include_tool_calls=true' : '';
  const url = `${conversationUrl(target, conversationId)}/turns/stream${query}`;
  return postJson(url, { message }, { accept: 'text/event-stream', ...named(key) });
}

/** Asks for what was worked out in the background. */
export function pollTurn(
  target: Target,
  conversationId: string,
  key: string | undefined,
): RequestDescription {
  return postJson(`${conversationUrl(target, conversationId)}/turns?poll=true`, {}, named(key));
}

/** Confirms that what a poll brought is on screen. */
export function acknowledge(
  target: Target,
  conversationId: string,
  { delivery_id: id, ...receipt }: { delivery_id: string; request_id: string; receipt: string },
): RequestDescription {
  return postJson(`${conversationUrl(target, conversationId)}/turns/${pathSegment(id)}/ack`, receipt);
}

export function approval(target: Target, conversationId: string, decision: Decision): RequestDescription {
  return postJson(`${conversationUrl(target, conversationId)}/approval`, decision);
}
