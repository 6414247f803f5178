import * as z from 'zod/mini';
import type { HistoryTool, HistoryTurn } from '../../conversation/event.js';
import { parseJson } from '../../lib/json.js';
import { asText } from '../as-text.js';
import { isRefusal, pathSegment, refusalOf, unreadable } from '../http.js';
import type { HttpPort, Refusal, RequestDescription } from '../http.js';
import type { Target } from '../surface.js';

const optionalText = z.optional(z.nullable(z.string()));

/** The part of a conversation's detail that the widget reads (protocol §c, GET `/conversations/{id}`). */
const detail = z.object({ turns: z.array(z.unknown()), status: optionalText, lifecycle: optionalText });
const toolCalls = z.optional(z.nullable(z.array(z.unknown())));
const turn = z.object({
  role: z.string(),
  text: optionalText,
  timestamp: optionalText,
  turn_id: optionalText,
  tool_calls: toolCalls,
});
const toolCall = z.object({
  tool_name: z.string(),
  call_id: z.string(),
  input: z.optional(z.unknown()),
  result: z.optional(z.unknown()),
  succeeded: z.optional(z.nullable(z.boolean())),
  duration_ms: z.optional(z.nullable(z.number())),
});

/** A long conversation is larger than any frame; 16 MiB is some 100,000 short turns. */
const MAX_HISTORY_LENGTH = 16 * 1_048_576;

/** `status` or `lifecycle` of a conversation that takes no more turns. */
const OVER = new Set(['closed', 'completed', 'failed']);

type Workspace = Pick<Target, 'baseUrl' | 'workspaceId'>;

/** `/v1/{workspace}/…` under the base URL. */
export function workspaceUrl({ baseUrl, workspaceId }: Workspace, path: string): string {
  return `${baseUrl}/v1/${pathSegment(workspaceId)}/${path}`;
}

export function conversationUrl(workspace: Workspace, conversationId: string): string {
  return workspaceUrl(workspace, `conversations/${pathSegment(conversationId)}`);
}

/** Reads what was said so far. */
export function readConversation(
  workspace: Workspace & Partial<Pick<Target, 'toolEvents' | 'entityId'>>,
  conversationId: string,
): RequestDescription {
  const query = asksForTools(workspace) ? '?include_tool_calls=true' : '';
  return { method: 'GET', url: `${conversationUrl(workspace, conversationId)}${query}` };
}

/** Ends a conversation: 204, and it stays closed. */
export function closeConversation(workspace: Workspace, conversationId: string): RequestDescription {
  return { method: 'DELETE', url: conversationUrl(workspace, conversationId) };
}

/** Tokens of an external user, who names no entity, may not ask for tool calls (protocol §f). */
export function asksForTools(target: Partial<Pick<Target, 'toolEvents' | 'entityId'>>): boolean {
  return target.toolEvents === true && target.entityId !== undefined;
}

const roles: Readonly<Record<string, HistoryTurn['role']>> = {
  user: 'user',
  agent: 'agent',
  system: 'system',
};

/** The tool calls of a turn or of an answer. Misshapen ones are left out. */
export function decodeToolCalls(calls: z.infer<typeof toolCalls>): readonly HistoryTool[] {
  return (calls ?? []).flatMap((candidate) => {
    const read = toolCall.safeParse(candidate);
    if (!read.success) return [];
    const { call_id: callId, tool_name: toolName, succeeded, duration_ms: durationMs } = read.data;
    const input = asText(read.data.input);
    const result = asText(read.data.result);
    return [
      {
        callId,
        toolName,
        ...(input === undefined ? {} : { input }),
        ...(result === undefined ? {} : { result }),
        ...(typeof succeeded === 'boolean' ? { succeeded } : {}),
        ...(typeof durationMs === 'number' ? { durationMs } : {}),
      },
    ];
  });
}

function decodeTurn(candidate: unknown): HistoryTurn | undefined {
  const read = turn.safeParse(candidate);
  const role = read.success && Object.hasOwn(roles, read.data.role) ? roles[read.data.role] : undefined;
  if (!read.success || role === undefined) return undefined;
  const at = Date.parse(read.data.timestamp ?? '');
  const tools = decodeToolCalls(read.data.tool_calls);
  return {
    role,
    text: read.data.text ?? '',
    ...(Number.isNaN(at) ? {} : { at }),
    ...(read.data.turn_id ? { turnId: read.data.turn_id } : {}),
    ...(tools.length > 0 ? { tools } : {}),
  };
}

export interface StoredConversation {
  readonly turns: readonly HistoryTurn[];
  /** It takes no more turns. */
  readonly over: boolean;
}

/** A conversation's detail; undefined where the answer is not one. Single misshapen turns are left out. */
export function decodeConversation(body: string): StoredConversation | undefined {
  const parsed = detail.safeParse(parseJson(body, MAX_HISTORY_LENGTH));
  if (!parsed.success) return undefined;
  const { status, lifecycle } = parsed.data;
  const turns = parsed.data.turns.map(decodeTurn).filter((read) => read !== undefined);
  return { turns, over: OVER.has(status ?? '') || lifecycle === 'closed' };
}

/** The turns of a history answer; undefined where the answer is not one. */
export function decodeHistory(body: string): readonly HistoryTurn[] | undefined {
  return decodeConversation(body)?.turns;
}

/** Reads a conversation. */
export async function fetchConversation(
  port: HttpPort,
  target: Target,
  conversationId: string,
): Promise<StoredConversation | Refusal> {
  const answer = await port.request(readConversation(target, conversationId));
  return refusalOf(answer) ?? decodeConversation(answer.body) ?? unreadable;
}

/** The attributes that name the platform and a conversation on it. */
export const platformAttributes = { address: 'base-url', ids: 'workspace-id, service-id, entity-id' };

/** The history and the end of a conversation, the same for every surface of the platform (protocol §c). */
export const platformConversations = {
  async history(
    port: HttpPort,
    target: Target,
    conversationId: string,
  ): Promise<readonly HistoryTurn[] | Refusal> {
    const read = await fetchConversation(port, target, conversationId);
    return isRefusal(read) ? read : read.turns;
  },
  async finish(port: HttpPort, target: Target, conversationId: string): Promise<Refusal | undefined> {
    return refusalOf(await port.request(closeConversation(target, conversationId)));
  },
};
