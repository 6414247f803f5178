import { conversationError } from './conversation/error.js';
import type { ConversationError } from './conversation/error.js';

/** The attributes of `<amigo-chat>` that decide whom it talks to, as the page wrote them. */
export interface RawConfig {
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly serviceId: string;
  readonly entityId: string;
  readonly conversationId: string;
  readonly transport: string;
  readonly textStreamUrl: string;
  readonly history: string;
  readonly tokenUrl: string;
  readonly toolEvents: boolean;
}

export type Transport = 'auto' | 'sessions-connect' | 'text-stream' | 'turns';
export type HistoryMode = 'server' | 'memory';

/** The same, checked. */
export interface Config {
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly serviceId: string;
  readonly entityId?: string;
  readonly conversationId?: string;
  readonly transport: Transport;
  readonly textStreamUrl?: string;
  readonly history: HistoryMode;
  readonly tokenUrl?: string;
  readonly toolEvents: boolean;
}

export const DEFAULT_BASE_URL = 'https://api.platform.amigo.ai';

const TRANSPORTS: readonly string[] = [
  'auto',
  'sessions-connect',
  'text-stream',
  'turns',
] satisfies readonly Transport[];
/** An external user's token says whom the conversation is about (protocol §f); text-stream takes it as optional. */
const WITHOUT_ENTITY: readonly string[] = ['text-stream', 'turns'] satisfies readonly Transport[];
const HISTORIES: readonly string[] = ['server', 'memory'] satisfies readonly HistoryMode[];

/** Ids are opaque (protocol G2): only what no id of any surface holds is refused. */
const ID = /^[\w.:~-]{1,128}$/;

const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/;

function refused(attribute: string, code: 'missing-attribute' | 'invalid-attribute'): ConversationError {
  return conversationError('configuration', code, { severity: 'fatal', retryable: false, subject: attribute });
}

function parseUrl(value: string, base: string): URL | undefined {
  try {
    const url = new URL(value, base);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url : undefined;
  } catch {
    return undefined;
  }
}

/** Plain http is refused from a secure page: the browser would block it, and it would carry health data in the clear. */
function isInsecure(url: URL, page: URL): boolean {
  const plain = url.protocol === 'http:' || url.protocol === 'ws:';
  return plain && page.protocol === 'https:' && !LOCAL_HOST.test(url.hostname);
}

/** The address of a WebSocket, in either notation, without credentials. */
function socketUrl(value: string, page: URL): string | undefined {
  const url = parseUrl(value.replace(/^ws/i, 'http'), page.href);
  return !url || url.username !== '' || url.password !== '' || isInsecure(url, page) ? undefined : url.href;
}

/**
 * The origin that requests go to. A path, a query or credentials of the caller's are no part of it (protocol
 * §a, URL).
 */
function origin(value: string, page: URL): string | undefined {
  const url = parseUrl(value === '' ? DEFAULT_BASE_URL : value, page.href);
  if (!url || url.username !== '' || url.password !== '') return undefined;
  return isInsecure(url, page) ? undefined : url.origin;
}

function tokenUrl(value: string, page: URL): string | undefined {
  const url = parseUrl(value, page.href);
  return url?.origin === page.origin ? url.href : undefined;
}

/** What is wrong with the attributes: at most one error for each, the first of them first. */
function problems(raw: RawConfig, page: URL): ConversationError[] {
  const required = [
    ['workspace-id', raw.workspaceId],
    ['service-id', raw.serviceId],
    ['entity-id', raw.entityId],
  ] as const;
  const optional = (name: string): boolean => name === 'entity-id' && WITHOUT_ENTITY.includes(raw.transport);
  const missing = required.filter(([name, value]) => value === '' && !optional(name)).map(([name]) => refused(name, 'missing-attribute'));
  const ids = [...required, ['conversation-id', raw.conversationId] as const];
  const invalid = [
    ...ids.filter(([, value]) => value !== '' && !ID.test(value)).map(([name]) => name),
    ...(origin(raw.baseUrl, page) === undefined ? ['base-url'] : []),
    ...(TRANSPORTS.includes(raw.transport) ? [] : ['transport']),
    ...(raw.textStreamUrl === '' || socketUrl(raw.textStreamUrl, page) ? [] : ['text-stream-url']),
    ...(HISTORIES.includes(raw.history) ? [] : ['history']),
    ...(raw.tokenUrl === '' || tokenUrl(raw.tokenUrl, page) ? [] : ['token-url']),
  ].map((name) => refused(name, 'invalid-attribute'));
  return [...missing, ...invalid];
}

/**
 * Checks the attributes. `page` is the address that relative ones are read against (`document.baseURI`).
 * Answers either a configuration or what is wrong, one plain error for each bad value.
 */
export function readConfig(
  raw: RawConfig,
  page: URL,
): { readonly config: Config } | { readonly errors: readonly [ConversationError, ...ConversationError[]] } {
  const [first, ...others] = problems(raw, page);
  if (first) return { errors: [first, ...others] };
  const url = raw.tokenUrl === '' ? undefined : tokenUrl(raw.tokenUrl, page);
  const stream = raw.textStreamUrl === '' ? undefined : socketUrl(raw.textStreamUrl, page);
  return {
    config: {
      baseUrl: origin(raw.baseUrl, page) ?? DEFAULT_BASE_URL,
      workspaceId: raw.workspaceId,
      serviceId: raw.serviceId,
      ...(raw.entityId === '' ? {} : { entityId: raw.entityId }),
      ...(raw.conversationId === '' ? {} : { conversationId: raw.conversationId }),
      transport: raw.transport as Transport,
      ...(stream === undefined ? {} : { textStreamUrl: stream }),
      history: raw.history as HistoryMode,
      ...(url === undefined ? {} : { tokenUrl: url }),
      toolEvents: raw.toolEvents,
    },
  };
}

/** What a change of which means another conversation: the old one is closed and cleared first. */
export function identityOf(config: Config): string {
  const { baseUrl, workspaceId, serviceId, entityId = '', transport, conversationId = '', textStreamUrl = '' } = config;
  return JSON.stringify([baseUrl, workspaceId, serviceId, entityId, transport, conversationId, textStreamUrl]);
}
