import { sessionsConnect } from '../protocol/sessions-connect/index.js';
import type { Surface } from '../protocol/surface.js';
import { turns } from '../protocol/turns/index.js';
import type { OnDemandSurface } from './create-link.js';

/** Every surface, by the name that the `transport` attribute calls it. A new one is a line here. */
export const surfaces = {
  auto: sessionsConnect,
  'sessions-connect': sessionsConnect,
  turns,
} satisfies Readonly<Record<string, Surface | OnDemandSurface>>;
