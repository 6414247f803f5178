import * as z from 'zod/mini';
import { pathSegment } from '../protocol/http.js';
import { connectionOf, type CallOptions, type ClientSettings, type Credentials } from './client.js';
import { decode } from './decode.js';
import { send } from './request.js';
import { requireHexId, requireUrl } from './validate.js';

/** How to reach an organization of the classic platform. */
export type ClassicClientOptions = ClientSettings &
  Credentials & {
    /** `https://api.amigo.ai` by default; each region has its own host. */
    readonly baseUrl?: string;
    readonly organizationId: string;
  };

/** Metrics to evaluate on a conversation. */
export interface EvaluateMetricsRequest {
  /** 1 to 10 ids. */
  readonly metricIds: readonly string[];
  readonly conversationId: string;
  /** Looks no further than this interaction; left out, at all of them. */
  readonly evaluateToInteractionId?: string;
}

/** What a metric says of a conversation. */
export interface MetricResult {
  readonly metricId: string;
  /** Some servers do not say. */
  readonly name: string | undefined;
  readonly value: number | boolean | string | null;
  /** Ids or passages that the value rests on. */
  readonly references: readonly string[];
  readonly justification: string;
}

/** Which versions of a dynamic behaviour set to list. */
export interface BehaviorVersionsRequest {
  readonly dynamicBehaviorSetId: string;
  /** A number, `latest`, or a range such as `2-5`; left out, all. */
  readonly version?: number | 'latest' | `${number}-${number}`;
  /** 1 to 10; 10 by default. */
  readonly limit?: number;
  /** From the page before. */
  readonly continuationToken?: number;
  readonly sortBy?: '+version' | '-version';
}

/** One version of a dynamic behaviour set. */
export interface BehaviorVersion {
  readonly id: string;
  readonly organizationId: string;
  readonly dynamicBehaviorSetId: string;
  readonly version: number;
  readonly createdAt: string | undefined;
  readonly updatedAt: string | undefined;
  readonly conversationTriggers: readonly string[];
  /** As the platform describes them; their kinds differ. */
  readonly actions: readonly unknown[];
}

/** A page of versions. */
export interface BehaviorVersionsPage {
  readonly versions: readonly BehaviorVersion[];
  readonly hasMore: boolean;
  /** Undefined at the end. */
  readonly continuationToken: number | undefined;
}

/** The monitoring calls of the classic platform (protocol §e). */
export interface ClassicClient {
  /** Needs `Metric:EvaluateMetric` and `Metric:GetMetricEvaluationResult`. */
  evaluateMetrics(request: EvaluateMetricsRequest, options?: CallOptions): Promise<readonly MetricResult[]>;
  getDynamicBehaviorSetVersions(
    request: BehaviorVersionsRequest,
    options?: CallOptions,
  ): Promise<BehaviorVersionsPage>;
}

/** A key that a backend trades for a user's token. It must never reach a browser. */
export type ClassicSignInRequest = ClientSettings & {
  readonly baseUrl?: string;
  readonly organizationId: string;
  readonly apiKey: string;
  readonly apiKeyId: string;
  readonly userId: string;
};

const DEFAULT_BASE_URL = 'https://api.amigo.ai';
const DEFAULT_TIMEOUT = 30_000;
/** A token this near its end is renewed before a call (protocol §f). */
const RENEW_BEFORE = 5 * 60_000;

const optionalText = z.optional(z.nullable(z.string()));
const metrics = z.object({
  metrics: z.array(
    z.object({
      metric_id: z.string(),
      name: optionalText,
      value: z.union([z.number(), z.boolean(), z.string(), z.null()]),
      references: z.array(z.string()),
      justification: z.string(),
    }),
  ),
});
const version = z.object({
  _id: z.string(),
  org_id: z.string(),
  dynamic_behavior_set_id: z.string(),
  version: z.number(),
  created_at: optionalText,
  updated_at: optionalText,
  conversation_triggers: z.array(z.string()),
  // The guide has one action, the schema a list.
  action: z.optional(z.unknown()),
  actions: z.optional(z.array(z.unknown())),
});
const versions = z.object({
  dynamic_behavior_set_versions: z.array(version),
  has_more: z.boolean(),
  continuation_token: z.optional(z.nullable(z.number())),
});
const signedIn = z.object({ id_token: z.string(), expires_at: z.string() });

/**
 * A client for one organization of the classic platform, without a DOM.
 *
 * @throws TypeError that names the option that is wrong
 */
export function createClassicClient(options: ClassicClientOptions): ClassicClient {
  const connection = connectionOf(options, options.baseUrl ?? DEFAULT_BASE_URL, RENEW_BEFORE);
  const base = `/v1/${organizationOf(options.organizationId)}`;
  return {
    async evaluateMetrics(request, { signal } = {}) {
      const call = {
        method: 'POST',
        path: `${base}/metric/evaluate`,
        body: metricsBody(request),
        signal,
      } as const;
      return decode(metrics, await send(connection, call), 'evaluateMetrics').metrics.map(toMetric);
    },
    async getDynamicBehaviorSetVersions(request, { signal } = {}) {
      const id = requireHexId('dynamicBehaviorSetId', request.dynamicBehaviorSetId);
      const path = `${base}/dynamic_behavior_set/${id}/version/${queryOf(request)}`;
      const text = await send(connection, { method: 'GET', path, signal });
      const page = decode(versions, text, 'getDynamicBehaviorSetVersions');
      return {
        versions: page.dynamic_behavior_set_versions.map(toVersion),
        hasMore: page.has_more,
        continuationToken: page.continuation_token ?? undefined,
      };
    },
  };
}

/**
 * Trades a key for the token of a user (`signin_with_api_key`), in the shape that `getToken` and `token-url` want.
 *
 * @throws PlatformError, 401 for a key that is refused
 */
export async function signInWithApiKey(
  request: ClassicSignInRequest,
  { signal }: CallOptions = {},
): Promise<{ readonly token: string; readonly expiresAt: string }> {
  const { fetch = globalThis.fetch, timeout = DEFAULT_TIMEOUT, baseUrl = DEFAULT_BASE_URL } = request;
  const origin = requireUrl('baseUrl', baseUrl);
  const connection = { baseUrl: origin, tokens: undefined, fetch: fetch.bind(globalThis), timeout };
  const headers = {
    'x-api-key': request.apiKey,
    'x-api-key-id': request.apiKeyId,
    'x-user-id': request.userId,
  };
  const path = `/v1/${organizationOf(request.organizationId)}/user/signin_with_api_key`;
  const text = await send(connection, { method: 'POST', path, headers, signal });
  const answer = decode(signedIn, text, 'signInWithApiKey');
  return { token: answer.id_token, expiresAt: answer.expires_at };
}

function organizationOf(id: string): string {
  if (id === '') throw new TypeError('organizationId must not be empty.');
  return pathSegment(id);
}

function metricsBody({ metricIds, conversationId, evaluateToInteractionId }: EvaluateMetricsRequest): object {
  if (metricIds.length < 1 || metricIds.length > 10) throw new TypeError('metricIds must be 1 to 10 ids.');
  return {
    metric_ids: metricIds.map((id) => requireHexId('metricIds', id)),
    conversation_id: requireHexId('conversationId', conversationId),
    ...(evaluateToInteractionId === undefined
      ? {}
      : { evaluate_to_interaction_id: requireHexId('evaluateToInteractionId', evaluateToInteractionId) }),
  };
}

function queryOf({ version: which, limit, continuationToken, sortBy }: BehaviorVersionsRequest): string {
  if (limit !== undefined && !(limit >= 1 && limit <= 10)) throw new TypeError('limit must be 1 to 10.');
  const query = new URLSearchParams();
  if (which !== undefined) query.set('version', String(which));
  if (limit !== undefined) query.set('limit', String(limit));
  if (continuationToken !== undefined) query.set('continuation_token', String(continuationToken));
  if (sortBy !== undefined) query.set('sort_by', sortBy);
  return query.size > 0 ? `?${query}` : '';
}

function toMetric(one: z.infer<typeof metrics>['metrics'][number]): MetricResult {
  const { metric_id: metricId, name, value, references, justification } = one;
  return { metricId, name: name ?? undefined, value, references, justification };
}

function toVersion(one: z.infer<typeof version>): BehaviorVersion {
  return {
    id: one._id,
    organizationId: one.org_id,
    dynamicBehaviorSetId: one.dynamic_behavior_set_id,
    version: one.version,
    createdAt: one.created_at ?? undefined,
    updatedAt: one.updated_at ?? undefined,
    conversationTriggers: one.conversation_triggers,
    actions: one.actions ?? (one.action === undefined ? [] : [one.action]),
  };
}
