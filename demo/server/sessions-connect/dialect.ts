import { encode, shape, type EncodeStyle, type Frame } from '../frames/encode.js';
import { readObject, readText } from '../sockets/client-frame.js';
import type { Dialect, Session } from '../sockets/dialect.js';

/**
 * The words of sessions/connect (protocol §a).
 *
 * @param opening which frame announces the session (protocol C2)
 */
export function sessionsConnectDialect(style: EncodeStyle, opening: string): Dialect {
  return {
    pairing: 'live',
    pingsEvery: 0, // None is documented for this surface (protocol §a, Watchdog).
    greets: (setting, isNew) => setting === 'always' || (setting === 'new' && isNew),
    opening: (session) => openingFrames(session, opening).map((frame) => shape(frame, style.wire)),
    read: readClientFrame,
    encode: (event, turn) => encode(event, turn, style),
    ping: () => shape({ name: 'ping', data: {} }, style.wire),
  };
}

function openingFrames(session: Session, which: string): Frame[] {
  const { conversationId: conversation_id, entityId, serviceId } = session;
  const created = { conversation_id, entity_id: entityId, service_id: serviceId };
  const started = { session_id: session.sessionId, conversation_id };
  if (which === 'neither') return [];
  return [
    ...(which === 'session_started' ? [] : [{ name: 'session.created', data: created }]),
    ...(which === 'session.created' ? [] : [{ name: 'session_started', data: started }]),
  ];
}

/** `{"type":"user_text","text":"…"}` is the only frame there is. */
function readClientFrame(raw: Buffer, isBinary: boolean): ReturnType<Dialect['read']> {
  const frame = readObject(raw, isBinary);
  if ('problem' in frame) return { problem: String(frame['problem']) };
  if (frame['type'] !== 'user_text') return { problem: 'Unknown type; only "user_text" is known.' };
  return readText(frame['text']);
}
