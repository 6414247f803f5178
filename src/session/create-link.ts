import type { HttpSurface, SocketSurface, Surface } from '../protocol/surface.js';
import type { WebSocketConstructor } from '../transport/reconnecting-socket.js';
import type { ConnectorOptions } from './connector.js';
import { DeferredLink } from './deferred-link.js';
import { HttpLink } from './http-link.js';
import type { Link, LinkObserver } from './link.js';
import { SocketLink } from './socket-link.js';
import type { SocketLinkOptions } from './socket-link.js';
import type { SurfaceInUse } from './surface-in-use.js';

/** A surface whose code is fetched when it is first needed. */
export interface OnDemandSurface {
  readonly carrier: 'on-demand';
  readonly name: Surface['name'];
  load(): Promise<Surface>;
}

export interface LinkContext extends ConnectorOptions {
  readonly WebSocket: WebSocketConstructor | undefined;
  readonly inUse: SurfaceInUse;
  /** Whether the server wants messages named. */
  readonly receipts: () => boolean;
}

/** Makes the link for a surface, by what carries it. */
export function createLink(
  surface: Surface | OnDemandSurface,
  context: LinkContext,
  observer: LinkObserver,
): Link {
  switch (surface.carrier) {
    case 'socket':
      return socketLink(surface, context, observer);
    case 'http':
      return httpLink(surface, context, observer);
    case 'on-demand':
      return new DeferredLink(surface, (loaded) => createLink(loaded, context, observer), observer);
  }
}

export function socketLink(
  surface: SocketSurface,
  context: LinkContext,
  observer: LinkObserver,
  handshakeFailed?: SocketLinkOptions['handshakeFailed'],
): SocketLink {
  const options = { ...context, ...common(surface, context), surface };
  return new SocketLink(handshakeFailed ? { ...options, handshakeFailed } : options, observer);
}

export function httpLink(surface: HttpSurface, context: LinkContext, observer: LinkObserver): HttpLink {
  const port = (signal: AbortSignal): ReturnType<SurfaceInUse['http']['until']> => context.inUse.http.until(signal);
  return new HttpLink({ ...context, ...common(surface, context), surface, port }, observer);
}

function common(
  surface: Surface,
  { inUse }: LinkContext,
): Pick<SocketLinkOptions, 'target' | 'finish'> {
  return { target: () => inUse.target(surface), finish: (id) => inUse.finish(id) };
}
