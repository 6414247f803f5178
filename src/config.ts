import { conversationError } from './conversation/error.js';
import type { ConversationError } from './conversation/error.js';
import type { SurfaceName } from './conversation/state.js';

/** The attributes of `<amigo-chat>` that decide whom it talks to, as the page wrote them. */
export interface RawConfig {
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly serviceId: string;
  readonly entityId: string;
  readonly conversationId: string;
  readonly transport: string;
  readonly textStreamUrl: string;
  readonly organizationId: string;
  readonly classicBaseUrl: string;
  readonly serviceVersionSet: string;
  readonly finishAfter: number;
  readonly history: string;
  readonly tokenUrl: string;
  readonly toolEvents: boolean;
}

export type Transport = 'auto' | SurfaceName;
/** The values of `transport`: what `session/surfaces.ts` lists. */
type Transports = Readonly<Record<string, { readonly surface: unknown; readonly withoutEntity?: boolean }>>;
export type HistoryMode = 'server' | 'memory' | 'session';

/** The same, checked. */
export interface Config {
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly serviceId: string;
  readonly entityId?: string;
  readonly conversationId?: string;
  readonly transport: Transport;
  readonly textStreamUrl?: string;
  readonly organizationId?: string;
  readonly classicBaseUrl?: string;
  readonly serviceVersionSet?: string;
  /** Minutes after which a conversation left alone is finished. */
  readonly finishAfter?: number;
  readonly history: HistoryMode;
  readonly tokenUrl?: string;
  readonly toolEvents: boolean;
}

export const DEFAULT_BASE_URL = 'https://api.platform.amigo.ai';

const HISTORIES: readonly string[] = ['server', 'memory', 'session'] satisfies readonly HistoryMode[];

/** Ids are opaque (protocol G2): only what no id of any surface holds, or can stand in an address, is refused. */
const ID = /^(?!\.{1,2}$)[\w.:~-]{1,128}$/;

/** Classic ids that the widget sends: 24 hexadecimal digits (protocol §e). */
const CLASSIC_ID = /^[a-f0-9]{24}$/;

const LOCAL_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|.*\.localhost)$/;

function refused(attribute: string, code: 'missing-attribute' | 'invalid-attribute'): ConversationError {
  return conversationError('configuration', code, {
    severity: 'fatal',
    retryable: false,
    subject: attribute,
  });
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
function problems(raw: RawConfig, page: URL, transports: Transports): ConversationError[] {
  const classic = raw.transport === 'classic';
  const whose = classic
    ? (['organization-id', raw.organizationId] as const)
    : (['workspace-id', raw.workspaceId] as const);
  const service = ['service-id', raw.serviceId] as const;
  const entity = ['entity-id', raw.entityId] as const;
  const required = transports[raw.transport]?.withoutEntity ? [whose, service] : [whose, service, entity];
  const missing = required
    .filter(([, value]) => value === '')
    .map(([name]) => refused(name, 'missing-attribute'));
  const conversation = ['conversation-id', raw.conversationId] as const;
  const versions = ['service-version-set', raw.serviceVersionSet] as const;
  const ids = [whose, service, entity, conversation, versions];
  const valid = (name: string, value: string): boolean =>
    (classic && (name === 'service-id' || name === 'conversation-id') ? CLASSIC_ID : ID).test(value);
  const invalid = [
    ...ids.filter(([name, value]) => value !== '' && !valid(name, value)).map(([name]) => name),
    ...(origin(raw.baseUrl, page) === undefined ? ['base-url'] : []),
    ...(origin(raw.classicBaseUrl, page) === undefined ? ['classic-base-url'] : []),
    ...(Object.keys(transports).includes(raw.transport) ? [] : ['transport']),
    ...(raw.textStreamUrl === '' || socketUrl(raw.textStreamUrl, page) ? [] : ['text-stream-url']),
    ...(raw.finishAfter >= 0 ? [] : ['finish-after']),
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
  transports: Transports,
): { readonly config: Config } | { readonly errors: readonly [ConversationError, ...ConversationError[]] } {
  const [first, ...others] = problems(raw, page, transports);
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
      ...classicConfig(raw, page),
      history: raw.history as HistoryMode,
      ...(url === undefined ? {} : { tokenUrl: url }),
      toolEvents: raw.toolEvents,
    },
  };
}

/** What classic needs. Its conversations alone never end by themselves (protocol §e, One active). */
function classicConfig(
  { transport, organizationId, classicBaseUrl, serviceVersionSet, finishAfter }: RawConfig,
  page: URL,
): Pick<Config, 'organizationId' | 'classicBaseUrl' | 'serviceVersionSet' | 'finishAfter'> {
  const base = classicBaseUrl === '' ? undefined : origin(classicBaseUrl, page);
  return {
    ...(organizationId === '' ? {} : { organizationId }),
    ...(base === undefined ? {} : { classicBaseUrl: base }),
    ...(serviceVersionSet === '' ? {} : { serviceVersionSet }),
    ...(transport === 'classic' && finishAfter > 0 ? { finishAfter } : {}),
  };
}

/** What a change of which means another conversation: the old one is closed and cleared first. */
export function identityOf(config: Config): string {
  const {
    baseUrl,
    workspaceId,
    serviceId,
    entityId = '',
    transport,
    conversationId = '',
    textStreamUrl = '',
  } = config;
  const { organizationId = '', classicBaseUrl = '', serviceVersionSet = '' } = config;
  const classic = transport === 'classic' ? [organizationId, classicBaseUrl, serviceVersionSet] : [];
  return JSON.stringify([
    baseUrl,
    workspaceId,
    serviceId,
    entityId,
    transport,
    conversationId,
    textStreamUrl,
    ...classic,
  ]);
}
