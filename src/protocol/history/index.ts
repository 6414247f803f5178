import * as z from 'zod/mini';
import type { HistoryTurn } from '../../conversation/event.js';
import { parseJson } from '../../lib/json.js';

/** The part of a conversation's detail that the widget reads (protocol §c, GET `/conversations/{id}`). */
const detail = z.object({ turns: z.array(z.unknown()) });
const turn = z.object({
  role: z.string(),
  text: z.optional(z.nullable(z.string())),
  timestamp: z.optional(z.nullable(z.string())),
  turn_id: z.optional(z.nullable(z.string())),
});

/** A long conversation is larger than any frame; 16 MiB is some 100,000 short turns. */
const MAX_HISTORY_LENGTH = 16 * 1_048_576;

/** An HTTP request in words, for whoever carries it out. Never holds a credential. */
export interface RequestDescription {
  readonly method: 'GET' | 'DELETE';
  readonly url: string;
}

type Workspace = { readonly baseUrl: string; readonly workspaceId: string };

function conversationUrl({ baseUrl, workspaceId }: Workspace, conversationId: string): string {
  return `${baseUrl}/v1/${encodeURIComponent(workspaceId)}/conversations/${encodeURIComponent(conversationId)}`;
}

/** Reads what was said so far. */
export function readConversation(workspace: Workspace, conversationId: string): RequestDescription {
  return { method: 'GET', url: conversationUrl(workspace, conversationId) };
}

/** Ends a conversation: 204, and it stays closed. */
export function closeConversation(workspace: Workspace, conversationId: string): RequestDescription {
  return { method: 'DELETE', url: conversationUrl(workspace, conversationId) };
}

const roles: Readonly<Record<string, HistoryTurn['role']>> = { user: 'user', agent: 'agent', system: 'system' };

/** The turns of a history answer; undefined where the answer is not one. Single misshapen turns are left out. */
export function decodeHistory(body: string): readonly HistoryTurn[] | undefined {
  const parsed = detail.safeParse(parseJson(body, MAX_HISTORY_LENGTH));
  if (!parsed.success) return undefined;
  return parsed.data.turns.flatMap((candidate) => {
    const read = turn.safeParse(candidate);
    const role = read.success && Object.hasOwn(roles, read.data.role) ? roles[read.data.role] : undefined;
    if (!read.success || role === undefined) return [];
    const at = Date.parse(read.data.timestamp ?? '');
    return [
      {
        role,
        text: read.data.text ?? '',
        ...(Number.isNaN(at) ? {} : { at }),
        ...(read.data.turn_id ? { turnId: read.data.turn_id } : {}),
      },
    ];
  });
}
