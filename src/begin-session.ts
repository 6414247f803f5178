import { identityOf } from './config.js';
import type { Config } from './config.js';
import { initialState } from './conversation/state.js';
import { systemClock } from './lib/clock.js';
import { ConversationSession } from './session/conversation-session.js';
import { routes } from './session/surfaces.js';
import { TabSession } from './session/tabs/tab-session.js';
import type { TokenSource } from './session/token-source.js';
import { pageEnvironment } from './transport/environment.js';
import { pageTabs } from './transport/tabs.js';
import { VERSION } from './version.js';

/** Where WebSockets proved of no use: remembered for the page, by every widget on it. */
const socketless = new Set<string>();

/** Begins the conversation that a configuration calls for, shared with the other tabs that call for the same. */
export function beginSession(config: Config, tokens: TokenSource): TabSession {
  const { transport, history, tokenUrl: _, finishAfter: __, ...target } = config;
  const route = routes[transport];
  const ports = {
    tokens,
    clock: systemClock,
    random: Math.random,
    environment: pageEnvironment,
    fetch: (...request: Parameters<typeof fetch>): Promise<Response> => fetch(...request),
    socketless,
    WebSocket: (globalThis as { WebSocket?: typeof WebSocket }).WebSocket,
  };
  return new TabSession({
    ...ports,
    identity: JSON.stringify([VERSION, identityOf(config), history, config.toolEvents]),
    initial: initialState(route.surface.name),
    start: (succession) => new ConversationSession({ ...route, ...succession, target, history }, ports),
    tabs: pageTabs(),
  });
}
