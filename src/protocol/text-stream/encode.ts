import type { Target } from '../surface.js';

/** Address of a connect (protocol §b): the one given, or the usual path under the base URL. */
export function streamUrl(target: Target): string {
  const url = new URL(target.textStreamUrl ?? `${target.baseUrl}/agent/text-stream`);
  url.protocol = url.protocol === 'http:' || url.protocol === 'ws:' ? 'ws:' : 'wss:';
  url.searchParams.set('workspace_id', target.workspaceId);
  url.searchParams.set('service_id', target.serviceId);
  if (target.conversationId !== undefined) url.searchParams.set('conversation_id', target.conversationId);
  if (target.entityId !== undefined) url.searchParams.set('entity_id', target.entityId);
  // `true` or nothing (protocol C3).
  if (target.toolEvents) url.searchParams.set('tool_events', 'true');
  return url.href;
}

/** Satisfies the strict parsers of both dialects (protocol C10). */
export function message(text: string): string {
  return JSON.stringify({ type: 'message', text });
}

/** Ends the session. */
export const stop = JSON.stringify({ type: 'stop' });
