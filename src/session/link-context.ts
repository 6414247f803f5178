import type { HttpSurface, Saying, SocketSurface, Surface } from '../protocol/surface.js';
import type { WebSocketConstructor } from '../transport/reconnecting-socket.js';
import type { ConnectorOptions } from './connector.js';
import { HttpLink } from './http-link.js';
import type { LinkObserver } from './link.js';
import { SocketLink } from './socket-link.js';
import type { SocketLinkOptions } from './socket-link.js';
import type { SurfaceInUse } from './surface-in-use.js';

/** What links get from their session, whatever they carry. */
export interface LinkContext extends ConnectorOptions {
  readonly WebSocket: WebSocketConstructor | undefined;
  readonly inUse: SurfaceInUse;
  /** Whether the server wants messages named. */
  readonly receipts: () => boolean;
  /** Hands over what a new conversation may begin with, if there is something. */
  readonly firstWords: () => Saying | undefined;
  /** Base URLs that sockets did not get through to, for as long as the page lives. */
  readonly socketless: Set<string>;
}

export function socketLink(
  surface: SocketSurface,
  context: LinkContext,
  observer: LinkObserver,
  handshake?: SocketLinkOptions['handshake'],
): SocketLink {
  const options = { ...context, ...common(surface, context), surface };
  return new SocketLink(handshake ? { ...options, handshake } : options, observer);
}

export function httpLink(surface: HttpSurface, context: LinkContext, observer: LinkObserver): HttpLink {
  const port = (signal: AbortSignal): ReturnType<SurfaceInUse['http']['until']> =>
    context.inUse.http.until(signal);
  return new HttpLink({ ...context, ...common(surface, context), surface, port }, observer);
}

function common(surface: Surface, { inUse }: LinkContext): Pick<SocketLinkOptions, 'target' | 'finish'> {
  return { target: () => inUse.target(surface), finish: (id) => inUse.finish(id) };
}
