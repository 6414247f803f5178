import type { SurfaceName } from '../conversation/state.js';
import { platformConversations } from '../protocol/history/index.js';
import { sessionsConnect } from '../protocol/sessions-connect/index.js';
import { turnEvents } from '../protocol/turn-events.js';
import { turns } from '../protocol/turns/index.js';
import type { Route } from './create-link.js';

/**
 * Every surface, by the name that the `transport` attribute calls it: a new one is a line here, and the compiler wants its
 * name in `SurfaceName`. What most pages
 * do not use is fetched when it is needed, from beside the script.
 */
export const routes = {
  auto: { surface: sessionsConnect, fallback: turns },
  'sessions-connect': { surface: sessionsConnect },
  turns: { surface: turns, withoutEntity: true },
  'text-stream': {
    withoutEntity: true,
    surface: {
      carrier: 'on-demand',
      name: 'text-stream',
      load: async () => {
        const { textStream } = await import('../protocol/text-stream/index.js');
        return textStream({ turnEvents, ...platformConversations });
      },
    },
  },
  classic: {
    withoutEntity: true,
    surface: {
      carrier: 'on-demand',
      name: 'classic',
      load: async () => (await import('../protocol/classic/index.js')).classic,
    },
  },
} as const satisfies Readonly<Record<'auto' | SurfaceName, Route>>;
