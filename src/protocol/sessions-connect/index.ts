import type { SocketSurface } from '../surface.js';
import { authSubprotocols } from '../subprotocol.js';
import { decode } from './decode.js';
import { connectUrl, userText } from './encode.js';

/** The platform's main surface: one WebSocket per person, the agent greets, turns stream (protocol §a). */
export const sessionsConnect: SocketSurface = {
  name: 'sessions-connect',
  url: connectUrl,
  subprotocols: authSubprotocols,
  decoder: () => decode,
  encodeMessage: userText,
  greets: true,
};
