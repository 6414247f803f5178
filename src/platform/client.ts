import * as z from 'zod/mini';
import { pathSegment } from '../protocol/http.js';
import { conversationDetail, toConversation, type Conversation } from './conversation.js';
import { decode } from './decode.js';
import { send, type Call, type Connection } from './request.js';
import { TokenKeeper, type GetPlatformToken } from './token.js';
import { requireCanonicalId, requireLength, requireUrl, requireUuid } from './validate.js';

/** Exactly one of `token` and `getToken`. */
export type Credentials =
  | { readonly token: string; readonly getToken?: never }
  | { readonly getToken: GetPlatformToken; readonly token?: never };

/** What both clients can be given. */
export interface ClientSettings {
  /** Milliseconds that one attempt may take; 30,000 by default. */
  readonly timeout?: number;
  /** Makes the requests; the global `fetch` by default. */
  readonly fetch?: typeof globalThis.fetch;
}

/** How to reach a workspace. */
export type PlatformClientOptions = ClientSettings &
  Credentials & {
    /** `https://api.platform.amigo.ai` by default. */
    readonly baseUrl?: string;
    readonly workspaceId: string;
  };

/** Every call can be aborted; it then rejects with the signal's reason. */
export interface CallOptions {
  readonly signal?: AbortSignal;
}

/** Whom a session is for: exactly one of the two ids. */
export type StartSessionRequest = {
  readonly serviceId: string;
  /** What the agent says first, up to 2,000 characters; left out, it greets by itself. */
  readonly greeting?: string;
} & (
  | { readonly entityId: string; readonly canonicalId?: never }
  /** The id in a record system: `source:type:id`. */
  | { readonly canonicalId: string; readonly entityId?: never }
);

/** A session that was started, or found running. */
export interface StartedSession {
  readonly conversationId: string;
  readonly entityId: string;
  readonly serviceId: string;
  /** `created`, or `already_active`. */
  readonly sessionStatus: string;
  /** ISO time. */
  readonly createdAt: string;
}

/** A voice call that is going on. */
export interface ActiveSession {
  readonly callSid: string;
  readonly callerId: string;
  readonly direction: string;
  readonly durationSeconds: number;
  readonly serviceId: string | undefined;
  readonly workspaceId: string | undefined;
  readonly currentState: string;
  readonly scenario: string;
}

/** Something for the agent of a voice call to know. */
export interface InjectRequest {
  readonly callSid: string;
  /** 1 to 5,000 characters. */
  readonly message: string;
  /** Up to 200 characters; `System` by default. */
  readonly sender?: string;
  /** `external_event` by default. */
  readonly eventType?: 'external_event' | 'guidance';
}

/** The platform's REST calls for a portal's backend and for operators (protocol §c and §d). */
export interface PlatformClient {
  /** Starts a session, or finds the one that runs: gives the entity and the conversation of a patient. */
  startSession(request: StartSessionRequest, options?: CallOptions): Promise<StartedSession>;
  /** Voice calls that are going on. */
  listActiveSessions(options?: CallOptions): Promise<readonly ActiveSession[]>;
  /** Tells the agent of a voice call something. `status`: `delivered`, `queued_no_subscriber`, or a later word. */
  injectEvent(
    request: InjectRequest,
    options?: CallOptions,
  ): Promise<{ readonly status: string; readonly callSid: string }>;
  /** Begins a conversation on the web; every call begins a new one. */
  createConversation(
    request: { readonly serviceId: string; readonly entityId?: string },
    options?: CallOptions,
  ): Promise<Conversation>;
  getConversation(
    conversationId: string,
    options?: CallOptions & { readonly includeToolCalls?: boolean },
  ): Promise<Conversation>;
  /** Ends a conversation for good. */
  closeConversation(conversationId: string, options?: CallOptions): Promise<void>;
}

const DEFAULT_BASE_URL = 'https://api.platform.amigo.ai';
const DEFAULT_TIMEOUT = 30_000;
/** A token this near its end is renewed before a call (protocol §f). */
const RENEW_BEFORE = 60_000;

const optionalText = z.optional(z.nullable(z.string()));
const started = z.object({
  conversation_id: z.string(),
  entity_id: z.string(),
  service_id: z.string(),
  session_status: z.string(),
  created_at: z.string(),
});
const activeSessions = z.array(
  z.object({
    call_sid: z.string(),
    caller_id: z.string(),
    direction: z.string(),
    duration_seconds: z.number(),
    service_id: optionalText,
    workspace_id: optionalText,
    current_state: optionalText,
    scenario: optionalText,
  }),
);
const injected = z.object({ status: z.string(), call_sid: z.string() });

/**
 * A client for one workspace, without a DOM: for Node 20 and edge runtimes. Ids are checked before anything is sent.
 *
 * @throws TypeError that names the option that is wrong
 */
export function createPlatformClient(options: PlatformClientOptions): PlatformClient {
  const connection = connectionOf(options, options.baseUrl ?? DEFAULT_BASE_URL, RENEW_BEFORE);
  const base = `/v1/${requireUuid('workspaceId', options.workspaceId)}`;
  const call = (method: Call['method'], path: string, rest: Omit<Call, 'method' | 'path'>): Promise<string> =>
    send(connection, { method, path: base + path, ...rest });

  return {
    async startSession(request, { signal } = {}) {
      const text = await call('POST', '/sessions/start', { body: sessionBody(request), signal });
      const answer = decode(started, text, 'startSession');
      return {
        conversationId: answer.conversation_id,
        entityId: answer.entity_id,
        serviceId: answer.service_id,
        sessionStatus: answer.session_status,
        createdAt: answer.created_at,
      };
    },
    async listActiveSessions({ signal } = {}) {
      const text = await call('GET', '/sessions/active', { signal });
      return decode(activeSessions, text, 'listActiveSessions').map(toActiveSession);
    },
    async injectEvent(request, { signal } = {}) {
      const path = `/sessions/${pathSegment(request.callSid)}/inject`;
      const answer = decode(
        injected,
        await call('POST', path, { body: eventBody(request), signal }),
        'injectEvent',
      );
      return { status: answer.status, callSid: answer.call_sid };
    },
    async createConversation({ serviceId, entityId }, { signal } = {}) {
      const body = {
        service_id: requireUuid('serviceId', serviceId),
        ...(entityId === undefined ? {} : { entity_id: requireUuid('entityId', entityId) }),
      };
      const text = await call('POST', '/conversations', { body, signal });
      return toConversation(decode(conversationDetail, text, 'createConversation'));
    },
    async getConversation(conversationId, { signal, includeToolCalls = false } = {}) {
      const path = `/conversations/${requireUuid('conversationId', conversationId)}`;
      const text = await call('GET', includeToolCalls ? `${path}?include_tool_calls=true` : path, { signal });
      return toConversation(decode(conversationDetail, text, 'getConversation'));
    },
    async closeConversation(conversationId, { signal } = {}) {
      await call('DELETE', `/conversations/${requireUuid('conversationId', conversationId)}`, { signal });
    },
  };
}

/** The connection that the options describe. @throws TypeError */
export function connectionOf(
  { token, getToken, timeout = DEFAULT_TIMEOUT, fetch = globalThis.fetch }: ClientSettings & Credentials,
  baseUrl: string,
  renewBefore: number,
): Connection {
  const source = token ?? getToken;
  if (!source || (token !== undefined && getToken !== undefined))
    throw new TypeError('Give exactly one of token and getToken.');
  if (!(timeout > 0)) throw new TypeError('timeout must be a number of milliseconds above 0.');
  const tokens = new TokenKeeper(source, renewBefore);
  return { baseUrl: requireUrl('baseUrl', baseUrl), tokens, fetch: (...call) => fetch(...call), timeout };
}

function sessionBody({ serviceId, entityId, canonicalId, greeting }: StartSessionRequest): object {
  if ((entityId === undefined) === (canonicalId === undefined))
    throw new TypeError('Give exactly one of entityId and canonicalId.');
  return {
    service_id: requireUuid('serviceId', serviceId),
    channel_kind: 'web', // Leaving out the constant is invalid (protocol §d).
    ...(entityId === undefined ? {} : { entity_id: requireUuid('entityId', entityId) }),
    ...(canonicalId === undefined ? {} : { canonical_id: requireCanonicalId(canonicalId) }),
    ...(greeting === undefined ? {} : { greeting: requireLength('greeting', greeting, 0, 2_000) }),
  };
}

function eventBody({ message, sender, eventType }: InjectRequest): object {
  return {
    message: requireLength('message', message, 1, 5_000),
    ...(sender === undefined ? {} : { sender: requireLength('sender', sender, 0, 200) }),
    ...(eventType === undefined ? {} : { event_type: eventType }),
  };
}

function toActiveSession(one: z.infer<typeof activeSessions>[number]): ActiveSession {
  return {
    callSid: one.call_sid,
    callerId: one.caller_id,
    direction: one.direction,
    durationSeconds: one.duration_seconds,
    serviceId: one.service_id ?? undefined,
    workspaceId: one.workspace_id ?? undefined,
    currentState: one.current_state ?? '',
    scenario: one.scenario ?? '',
  };
}
