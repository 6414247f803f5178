import { encode } from '../frames/encode.js';
import { readObject, readText } from '../sockets/client-frame.js';
import type { Dialect } from '../sockets/dialect.js';

/** What the sources disagree about here. */
export interface TextStreamStyle {
  /** Which frames of the client are understood (protocol C10): `any`, `bare` or `typed`. */
  readonly client: string;
  /** Whether `response_complete` ends a turn (protocol C11). */
  readonly completes: boolean;
  /** Fields of an `error` frame; `full` is the message alone, for the surface has no codes. */
  readonly errorFields: string;
  /** Shape of a tool's `input` (protocol C27). */
  readonly toolInput: string;
}

/** Between two pings; no source says how often they come. */
const PING_MS = 20_000;

/** The words of text-stream (protocol §b): flat frames, whole messages, and the client speaks first. */
export function textStreamDialect(style: TextStreamStyle): Dialect {
  const words = { wire: 'flat', errorFields: style.errorFields, toolInput: style.toolInput };
  return {
    pairing: 'post-hoc',
    pingsEvery: PING_MS,
    greets: (setting) => setting === 'always',
    opening: ({ sessionId: session_id, conversationId: conversation_id }) => [
      JSON.stringify({ type: 'session_started', session_id, conversation_id }),
    ],
    read: (raw, isBinary) => readClientFrame(raw, isBinary, style.client),
    encode: (event, turn) =>
      event.kind === 'done' && !style.completes ? undefined : encode(event, turn, words),
    ping: () => JSON.stringify({ type: 'ping' }),
    duplicate: () => [
      JSON.stringify({ type: 'typing' }),
      JSON.stringify({ type: 'response_complete', duplicate: true }),
    ],
    ended: (reason) => JSON.stringify({ type: 'session_ended', reason }),
  };
}

/** `{"text":"…"}`, `{"type":"message","text":"…"}` and `{"type":"stop"}`. */
function readClientFrame(raw: Buffer, isBinary: boolean, understood: string): ReturnType<Dialect['read']> {
  const frame = readObject(raw, isBinary);
  if ('problem' in frame) return { problem: String(frame['problem']) };
  const { type } = frame;
  if (type === 'stop') return { stop: true };
  if (type !== undefined && type !== 'message') return { problem: 'Unknown type.' };
  if (understood === 'typed' && type === undefined) return { problem: '"type" is missing.' };
  if (understood === 'bare' && typeof frame['text'] !== 'string') return { problem: '"text" is missing.' };
  return readText(frame['text']);
}
