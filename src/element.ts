/** The class without the side effect of defining it, and everything that goes with it. */
export { AmigoChat } from './amigo-chat.js';
export type { Theme } from './chat-properties.js';
export type { AnnounceMode } from './announcer/announcements.js';
export type { Layout } from './elements/panel.js';
export type { ConversationError, ErrorCode, ErrorOrigin, ErrorSeverity } from './conversation/error.js';
export type { PublicMessage, PublicState } from './conversation/select-view.js';
export type { ConnectionStatus, DeliveryStatus, SurfaceName, TurnPhase } from './conversation/state.js';
export type { StringOverrides, Strings } from './i18n/strings.js';
export type { GetToken, Token, TokenReason } from './session/token-source.js';
export * from './public-events.js';
