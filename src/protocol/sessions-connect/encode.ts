import { pathSegment } from '../http.js';
import type { Target } from '../surface.js';

/** Address of a connect (protocol §a): origin from the base URL, http→ws, ids and flags as query. */
export function connectUrl(target: Target): string {
  const url = new URL(`${target.baseUrl}/v1/${pathSegment(target.workspaceId)}/sessions/connect`);
  url.protocol = url.protocol === 'http:' ? 'ws:' : 'wss:';
  url.searchParams.set('service_id', target.serviceId);
  if (target.entityId !== undefined) url.searchParams.set('entity_id', target.entityId);
  if (target.conversationId !== undefined) url.searchParams.set('conversation_id', target.conversationId);
  // The default is disputed (protocol C3), so it is always said.
  url.searchParams.set('tool_events', String(target.toolEvents));
  return url.href;
}

/** The only client frame of this surface. */
export function userText(text: string): string {
  return JSON.stringify({ type: 'user_text', text });
}
