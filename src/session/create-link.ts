import type { HttpSurface, Surface } from '../protocol/surface.js';
import { AutoLink } from './auto-link.js';
import { DeferredLink } from './deferred-link.js';
import { httpLink, socketLink } from './link-context.js';
import type { LinkContext } from './link-context.js';
import type { Link, LinkObserver } from './link.js';

/** A surface whose code is fetched when it is first needed. */
export interface OnDemandSurface {
  readonly carrier: 'on-demand';
  readonly name: Surface['name'];
  load(): Promise<Surface>;
}

/** What carries a conversation: a surface, and the one that takes over where its socket cannot be opened. */
export interface Route {
  readonly surface: Surface | OnDemandSurface;
  readonly fallback?: HttpSurface;
  /** The token may say whom the conversation is about: no `entity-id` is needed (protocol §b, §e, §f). */
  readonly withoutEntity?: boolean;
}

/** Makes the link for a surface, by what carries it. */
export function createLink({ surface, fallback }: Route, context: LinkContext, observer: LinkObserver): Link {
  if (fallback && surface.carrier === 'socket') {
    return new AutoLink({ socket: surface, http: fallback, context }, observer);
  }
  switch (surface.carrier) {
    case 'socket':
      return socketLink(surface, context, observer);
    case 'http':
      return httpLink(surface, context, observer);
    case 'on-demand':
      return new DeferredLink(
        surface,
        (loaded) => createLink({ surface: loaded }, context, observer),
        observer,
      );
  }
}
