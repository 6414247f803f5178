import type { ServerEvent } from '../../conversation/event.js';
import { isRecord, parseJson } from '../../lib/json.js';
import { turnEvents } from '../turn-events.js';

const malformed: readonly ServerEvent[] = [{ type: 'frame.dropped', kind: 'malformed' }];

/**
 * One WebSocket frame of sessions/connect as domain events. The dialect is decided frame by frame (protocol
 * C1): `event` names an enveloped frame, whose fields stand in `data` or beside it; `type` names a flat one.
 * `session_ended` of the flat dialect ends the session here too.
 */
export function decode(frame: unknown): readonly ServerEvent[] {
  const value = typeof frame === 'string' ? parseJson(frame) : undefined;
  if (!isRecord(value)) return malformed;
  const { event, type, data, ...beside } = value;
  if (typeof event === 'string') return turnEvents(event, isRecord(data) ? data : beside);
  if (typeof type !== 'string') return malformed;
  if (type === 'session_ended') {
    return [{ type: 'session.ended', reason: typeof beside.reason === 'string' ? beside.reason : 'other' }];
  }
  return turnEvents(type, beside);
}
