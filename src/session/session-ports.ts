import type { ConversationEvent } from '../conversation/event.js';
import type { ConversationState } from '../conversation/state.js';
import type { Clock } from '../lib/clock.js';
import type { Target } from '../protocol/surface.js';
import type { Random } from '../transport/backoff.js';
import type { Environment } from '../transport/environment.js';
import type { Fetch } from '../transport/http.js';
import type { WebSocketConstructor } from '../transport/reconnecting-socket.js';
import type { Route } from './create-link.js';
import type { Succession } from './tabs/take-over.js';
import type { TokenSource } from './token-source.js';

/** What the session takes from the world, so that a test can bring its own. */
export interface SessionPorts {
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  readonly fetch: Fetch;
  /** Undefined where the page has none. */
  readonly WebSocket: WebSocketConstructor | undefined;
  /** Base URLs that sockets did not get through to; shared by the sessions of a page. */
  readonly socketless?: Set<string>;
}

export interface SessionConfig extends Route, Succession {
  readonly target: Target;
  /** `memory` shows nothing from before this page; nor does `session`, but for what is restored to it. */
  readonly history: 'server' | 'memory' | 'session';
}

/** Told after every event: the state it led to, and the one it came from. */
export type SessionListener = (
  state: ConversationState,
  previous: ConversationState,
  event: ConversationEvent,
) => void;
