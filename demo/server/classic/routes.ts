import type { Route } from '../http/exchange.js';
import type { SurfaceParts } from '../surface.js';
import { Door } from './door.js';
import { Extras } from './extras.js';
import { Interactions } from './interactions.js';
import { checkMessageTypes, Reading } from './reading.js';

/**
 * Classic conversations (protocol §e).
 *
 * @param tokenTtlSeconds lifetime of the user tokens that `signin_with_api_key` gives
 */
export function classicRoutes(parts: SurfaceParts, tokenTtlSeconds: number): readonly Route[] {
  const door = new Door(parts);
  const interactions = new Interactions(parts, door);
  const reading = new Reading(parts, door, interactions);
  const extras = new Extras(parts, door, tokenTtlSeconds);
  const one = 'conversation/(?<conversation>[^/]+)';
  return [
    route('POST', 'conversation/', (exchange) => interactions.create(exchange)),
    route('POST', `${one}/interact`, (exchange) => interactions.interact(exchange)),
    route('POST', `${one}/finish/`, (exchange) => reading.finish(exchange)),
    route('GET', 'conversation/', (exchange) => reading.conversations(exchange)),
    route('GET', `${one}/messages/`, (exchange) => {
      checkMessageTypes(exchange);
      return reading.messages(exchange);
    }),
    route('GET', `${one}/messages/(?<message>[^/]+)/source`, (exchange) => reading.source(exchange)),
    route('POST', 'conversation/conversation_starter', (exchange) => extras.starters(exchange)),
    route('POST', `${one}/interaction/(?<interaction>[^/]+)/recommend_responses`, (exchange) =>
      extras.recommendations(exchange),
    ),
    route('GET', 'service/', (exchange) => extras.services(exchange)),
    route('POST', 'user/signin_with_api_key', (exchange) => extras.signInWithKey(exchange)),
    route('POST', 'user/signin', (exchange) => extras.signIn(exchange)),
    route('POST', 'metric/evaluate', (exchange) => extras.metrics(exchange)),
    route('GET', 'dynamic_behavior_set/(?<set>[^/]+)/version/', (exchange) =>
      extras.behaviorVersions(exchange),
    ),
  ];
}

function route(method: string, path: string, handle: Route['handle']): Route {
  return { method, pattern: new RegExp(`^/v1/(?<organization>[^/]+)/${path}$`), handle };
}
