import type { ServerEvent } from '../conversation/event.js';
import type { SurfaceName } from '../conversation/state.js';

/** What to talk to, and for whom: the validated attributes that a surface needs. */
export interface Target {
  /** Origin (and optional path prefix) of the platform, without a trailing slash. */
  readonly baseUrl: string;
  readonly workspaceId: string;
  readonly serviceId: string;
  readonly entityId?: string;
  /** Only the one that the host set, or the one a surface resumes by. */
  readonly conversationId?: string;
  readonly toolEvents: boolean;
}

/** Turns what the wire carries into domain events: the one door of a surface. Stateful per connection. */
export type Decode = (frame: unknown) => readonly ServerEvent[];

/** A surface that lives on one WebSocket. It describes the wire; the session does the talking. */
export interface SocketSurface {
  readonly name: SurfaceName;
  /** Address of one connect. Credentials are never part of it (protocol G6). */
  url(target: Target): string;
  /** The subprotocols that carry the token. */
  subprotocols(token: string): string[];
  decoder(): Decode;
  /** The frame that says something in the person's name. */
  encodeMessage(text: string): string;
  /** A frame that ends the conversation, where the surface has one; else it is deleted over HTTP. */
  readonly endFrame?: string;
  /** Whether the server lets the agent speak first, so that sends wait for its greeting. */
  readonly greets: boolean;
}
