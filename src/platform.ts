/**
 * The platform's REST calls for a portal's backend and for operators, typed and checked. No DOM: Node 20 and edge
 * runtimes. The keys and tokens it is given belong on a server.
 */
export { createPlatformClient } from './platform/client.js';
export type {
  ActiveSession,
  CallOptions,
  ClientSettings,
  Credentials,
  InjectRequest,
  PlatformClient,
  PlatformClientOptions,
  StartedSession,
  StartSessionRequest,
} from './platform/client.js';
export { createClassicClient, signInWithApiKey } from './platform/classic-client.js';
export type {
  BehaviorVersion,
  BehaviorVersionsPage,
  BehaviorVersionsRequest,
  ClassicClient,
  ClassicClientOptions,
  ClassicSignInRequest,
  EvaluateMetricsRequest,
  MetricResult,
} from './platform/classic-client.js';
export type { Conversation, ConversationTurn, ToolCall } from './platform/conversation.js';
export { PlatformError } from './platform/error.js';
export type { PlatformErrorCode, PlatformFailure } from './platform/error.js';
export type { GetPlatformToken, PlatformToken } from './platform/token.js';
