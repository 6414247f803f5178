import type { ServerEvent } from '../../conversation/event.js';
import { isRecord, parseJson } from '../../lib/json.js';
import { authSubprotocols } from '../subprotocol.js';
import type { SocketSurface } from '../surface.js';
import type { turnEvents } from '../turn-events.js';
import { message, stop, streamUrl } from './encode.js';

/**
 * What this surface shares with the others. It is handed in, so that the file that holds this surface, loaded
 * on demand, brings no second copy of it.
 */
export interface Shared extends Pick<SocketSurface, 'history' | 'finish'> {
  readonly turnEvents: typeof turnEvents;
}

/** A turn ends here where a deployment does not say so (protocol §b, Turn end). */
const TURN_END_SILENCE = 1_500;

const malformed: readonly ServerEvent[] = [{ type: 'frame.dropped', kind: 'malformed' }];

/**
 * One flat WebSocket of whole messages; the person speaks first (protocol §b). Its frames are those of §a under
 * other names, which the shared translation knows, but for the end of the session.
 */
export function textStream({ turnEvents, history, finish }: Shared): SocketSurface {
  const decode = (frame: unknown): readonly ServerEvent[] => {
    const value = typeof frame === 'string' ? parseJson(frame) : undefined;
    if (!isRecord(value) || typeof value.type !== 'string') return malformed;
    const { type, reason, ...data } = value;
    if (type !== 'session_ended') return turnEvents(type, data);
    return [{ type: 'session.ended', reason: typeof reason === 'string' ? reason : 'other' }];
  };
  return {
    carrier: 'socket',
    name: 'text-stream',
    attributes: { address: 'text-stream-url', ids: 'workspace-id, service-id, entity-id' },
    namesConversation: true,
    url: streamUrl,
    subprotocols: authSubprotocols,
    decoder: () => decode,
    encodeMessage: message,
    endFrame: stop,
    greets: false,
    turnEndSilence: TURN_END_SILENCE,
    history,
    ...(finish ? { finish } : {}),
  };
}
