import type { SocketSurface } from '../surface.js';
import { platformAttributes, platformConversations } from '../history/index.js';
import { collect, decide } from '../turns/collect.js';
import { authSubprotocols } from '../subprotocol.js';
import { decode } from './decode.js';
import { connectUrl, userText } from './encode.js';

/** The platform's main surface: one WebSocket per person, the agent greets, turns stream (protocol §a). */
export const sessionsConnect: SocketSurface = {
  carrier: 'socket',
  name: 'sessions-connect',
  attributes: platformAttributes,
  // It resumes by entity and service (design: `conversation-id`).
  namesConversation: false,
  url: connectUrl,
  subprotocols: authSubprotocols,
  decoder: () => decode,
  encodeMessage: userText,
  greets: true,
  collect,
  decide,
  ...platformConversations,
};
