import type { StarterWishes } from '../conversation/command.js';
import type { HistoryTurn, ServerEvent } from '../conversation/event.js';
import type { SurfaceName } from '../conversation/state.js';
import type { Exchange, HttpPort, Refusal } from './http.js';

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
  /** Where text-stream lives, if not under `baseUrl`. */
  readonly textStreamUrl?: string;
  /** Origin of the classic API in its region, and whose it is. */
  readonly classicBaseUrl?: string;
  readonly organizationId?: string;
  /** Which set of versions of the service answers. */
  readonly serviceVersionSet?: string;
}

/** Something said to the agent: the person's words, or what happened elsewhere. */
export interface Saying {
  readonly text: string;
  readonly event?: boolean;
}

/** Turns what the wire carries into domain events: the one door of a surface. Stateful per connection. */
export type Decode = (frame: unknown) => readonly ServerEvent[];

/** What came of asking for background work (protocol §c, Background work). */
export interface Collected {
  readonly events: readonly ServerEvent[];
  /** There is more to come. */
  readonly pending: boolean;
  /** Nothing was said and nothing is pending: what was worked out is in the history. */
  readonly silent: boolean;
  /** To be called once the events are on screen: confirms their receipt. */
  readonly acknowledge?: () => Promise<void>;
}

/**
 * How a conversation is reached. A surface describes the wire and the session carries it out: a surface holds
 * no socket, no token and no timer. Adding one means a folder under `protocol/` and a line in
 * `session/surfaces.ts`; nothing else knows which one is in use.
 */
interface SurfaceBase {
  readonly name: SurfaceName;
  /** The attributes that say where it is and whom it talks to: named where a server does not know them. */
  readonly attributes: { readonly address: string; readonly ids: string };
  /** Whether a reconnect names the conversation it was in, rather than only one that the host set. */
  readonly namesConversation: boolean;
  /** Whether it can tell what happened from what the person says. */
  readonly tellsEvents?: boolean;
  /** Milliseconds before its end from which on a token is renewed; a minute where nothing is said. */
  readonly renewBefore?: number;
  /** What was said so far, over HTTP. */
  history(port: HttpPort, target: Target, conversationId: string): Promise<readonly HistoryTurn[] | Refusal>;
  /** Ends the conversation on the server. Answers a refusal, or nothing. */
  finish?(port: HttpPort, target: Target, conversationId: string): Promise<Refusal | undefined>;
  /** What a person may want to begin with. None where they cannot be had: nobody waits for them. */
  starters?(port: HttpPort, target: Target, wishes: StarterWishes): Promise<readonly string[]>;
  /** What a person may want to answer to the turn that was last. */
  recommend?(
    port: HttpPort,
    target: Target,
    conversationId: string,
    turnId: string,
  ): Promise<readonly string[]>;
  /** Asks for what the agent worked out in the background. `key` is a UUID, one for each thing asked. */
  collect?(
    port: HttpPort,
    target: Target,
    conversationId: string,
    key: string | undefined,
  ): Promise<Collected | Refusal>;
  /** Passes on what the person decided about a proposed action. */
  decide?(
    port: HttpPort,
    target: Target,
    conversationId: string,
    decision: Decision,
  ): Promise<Refusal | undefined>;
}

/** The person's answer to a request for approval (protocol §c, approval). */
export interface Decision {
  readonly decision: 'approve' | 'reject';
  /** 1 to 512 characters. */
  readonly reason?: string;
}

/** A surface that lives on one WebSocket. */
export interface SocketSurface extends SurfaceBase {
  readonly carrier: 'socket';
  /** Address of one connect. Credentials are never part of it (protocol G6). */
  url(target: Target): string;
  /** The subprotocols that carry the token. */
  subprotocols(token: string): string[];
  decoder(): Decode;
  /** The frame that says something in the person's name. */
  encodeMessage(text: string): string;
  /** A frame that ends the conversation, where the surface has one; else it is finished over HTTP. */
  readonly endFrame?: string;
  /** Whether the server lets the agent speak first, so that sends wait for its greeting. */
  readonly greets: boolean;
  /**
   * Milliseconds of silence after a whole message that end the turn, for deployments that do not say when a
   * turn ends.
   */
  readonly turnEndSilence?: number;
}

/** What a message is sent with. */
export interface SayOptions {
  /** A UUID that names this message, where the server keeps to protocol version 2 (protocol §c). */
  readonly key?: string;
  /** It tells what happened, on surfaces that can ({@link SurfaceBase.tellsEvents}). */
  readonly event?: boolean;
}

/** A surface of requests, each answered by a stream. */
export interface HttpSurface extends SurfaceBase {
  readonly carrier: 'http';
  /**
   * Takes up a conversation: the one the target names, or another. `session.opened` comes first, then the
   * agent's greeting where there is one, or the answer to the first words. A `session.conflict` in its place
   * means that the person has to choose first.
   */
  open(port: HttpPort, target: Target, first?: Saying): Exchange;
  /** Whether a new conversation may begin with the person's words instead of a greeting. */
  readonly takesFirstWords?: boolean;
  /** Says something in the person's name; the events of the turn come back. */
  say(port: HttpPort, target: Target, conversationId: string, text: string, options: SayOptions): Exchange;
}

export type Surface = SocketSurface | HttpSurface;
