import { conversationError } from '../conversation/error.js';
import type { ServerEvent, SessionOpened } from '../conversation/event.js';
import type { Cancel } from '../lib/clock.js';
import { OWN_CLOSE } from '../protocol/close-codes.js';
import { isSubprotocolToken } from '../protocol/subprotocol.js';
import type { Decode, Saying, SocketSurface, Target } from '../protocol/surface.js';
import type { Signal } from '../transport/environment.js';
import { Liveness } from '../transport/liveness.js';
import { CONNECT_TIMEOUT, ReconnectingSocket } from '../transport/reconnecting-socket.js';
import type { Attempt, WebSocketConstructor } from '../transport/reconnecting-socket.js';
import { Connector } from './connector.js';
import type { ConnectorOptions } from './connector.js';
import type { Link, LinkObserver } from './link.js';
import type { Decision } from './retry-policy.js';
import { QuietTurnEnd } from './quiet-turn-end.js';

export interface SocketLinkOptions extends ConnectorOptions {
  readonly surface: SocketSurface;
  /** Asked before every connect: the conversation id may have been learned or forgotten since. */
  readonly target: () => Target;
  readonly WebSocket: WebSocketConstructor | undefined;
  /** Ends the conversation over HTTP, for surfaces without a frame for it. */
  readonly finish: (conversationId: string) => Promise<void>;
  /** Told how each attempt to open a socket went. */
  readonly handshake?: (outcome: Handshake) => void;
}

/** `failed`: refused, or the network broke; `hung`: nothing answered in time. */
export type Handshake = 'opened' | 'failed' | 'hung';

/** A server that says nothing on opening is taken to be ready after this (protocol C2). */
const OPEN_SILENCE = 3_000;
/** Unreadable frames in a row that mean the connection is of no use (protocol G1). */
const BAD_FRAMES = 10;

/**
 * A surface over one WebSocket at a time. States: closed → waiting (backoff, offline, token) → handshake → open
 * (socket) → session (`session.opened`), and back to waiting after a loss. It owns the socket, the liveness
 * watch and what a frame means for the connection; the waits and the counting are the {@link Connector}'s.
 */
export class SocketLink implements Link {
  private socket: ReconnectingSocket | undefined;
  private decode: Decode = () => [];
  /** The session is open, but nothing has said yet which conversation it is. */
  private unnamed = false;
  private idle = false;
  private badFrames = 0;
  /** Nothing of this socket could be read so far. */
  private mute = true;
  /** The server said that it is only the connection that ends. */
  private interrupted = false;
  private sentConversationId = false;
  private attemptedAt = 0;
  private openTimer: Cancel | undefined;
  private readonly connector: Connector;
  private readonly liveness: Liveness;
  private readonly quietEnd: QuietTurnEnd;

  constructor(
    private readonly options: SocketLinkOptions,
    private readonly observer: LinkObserver,
  ) {
    const { clock, surface } = options;
    this.connector = new Connector(options, observer, () => {
      this.close(OWN_CLOSE.normal);
    });
    this.liveness = new Liveness(clock, () => {
      this.abandon();
    });
    this.quietEnd = new QuietTurnEnd(clock, surface.turnEndSilence, () => {
      observer.event({ type: 'turn.completed' });
    });
  }

  open(): void {
    if (this.socket) return;
    const { environment, surface, target, WebSocket } = this.options;
    if (!WebSocket) {
      this.connector.stop({ reason: 'failed', error: fatal('no-websocket') });
      return;
    }
    this.idle = false;
    this.observer.surface(surface);
    this.connector.begin((signal) => {
      this.onSignal(signal);
    });
    this.connector.lifetime.add(
      environment.observeBlocked(surface.url(target()), () => {
        if (!this.connector.open)
          this.connector.stop({ reason: 'failed', error: fatal('blocked-by-policy') });
      }),
    );
    this.socket = new ReconnectingSocket(
      {
        prepare: () => this.prepare(),
        opened: () => {
          this.onOpened();
        },
        frame: (data) => {
          this.onFrame(data);
        },
        closed: (code, wasOpen) => {
          this.onClosed(code, wasOpen);
        },
      },
      WebSocket,
    );
  }

  hurry(): void {
    this.connector.hurry();
  }

  send({ text }: Saying): boolean {
    if (this.idle) {
      // The server is about to close: what is typed now begins the next connection.
      this.connector.stop({ reason: 'idle' });
      return false;
    }
    this.liveness.check();
    return this.connector.open && (this.socket?.send(this.options.surface.encodeMessage(text)) ?? false);
  }

  turn(active: boolean): void {
    if (!this.connector.open) return;
    this.liveness.turn(active);
    if (!active) this.quietEnd.stop();
  }

  abandon(): void {
    this.socket?.abandon(OWN_CLOSE.liveness);
  }

  async end(conversationId: string | undefined): Promise<void> {
    const { endFrame } = this.options.surface;
    const told = endFrame !== undefined && (this.socket?.send(endFrame) ?? false);
    this.close(OWN_CLOSE.normal);
    if (!told && conversationId !== undefined) await this.options.finish(conversationId);
  }

  close(code: number): void {
    const socket = this.socket;
    this.socket = undefined;
    this.quietEnd.stop();
    this.liveness.stop();
    this.connector.end();
    socket?.close(code);
  }

  private async prepare(): Promise<Attempt> {
    const token = await this.connector.token(isSubprotocolToken);
    const { clock, surface, target } = this.options;
    const where = target();
    this.sentConversationId = where.conversationId !== undefined;
    this.attemptedAt = clock.monotonic();
    return { url: surface.url(where), protocols: surface.subprotocols(token) };
  }

  private onSignal(signal: Signal): void {
    if (signal === 'offline') this.connector.report();
    else if (signal === 'pagehide') this.pause();
    else {
      if (signal === 'pageshow') this.connector.resume();
      this.liveness.check();
      this.hurry();
      this.connector.report();
    }
  }

  /** A page that leaves takes no socket with it: a cached page would come back to a dead one. */
  private pause(): void {
    this.connector.pause();
    this.socket?.abandon(OWN_CLOSE.pagehide);
  }

  private onOpened(): void {
    this.decode = this.options.surface.decoder();
    this.badFrames = 0;
    this.mute = true;
    this.interrupted = false;
    this.idle = false;
    this.liveness.start();
    this.options.handshake?.('opened');
    this.openTimer = this.connector.lifetime.add(
      this.options.clock.after(OPEN_SILENCE, () => {
        this.openSession({ type: 'session.opened' });
      }),
    );
  }

  private openSession(event: SessionOpened): void {
    const unnamed = event.conversationId === undefined;
    const greeting = this.options.surface.greets ? event : { ...event, greets: false };
    if (this.connector.open) {
      // A server that is slow to say so names the conversation after it has begun.
      if (this.unnamed && !unnamed) this.observer.event(greeting);
      this.unnamed &&= unnamed;
      return;
    }
    this.openTimer?.();
    this.unnamed = unnamed;
    this.connector.opened(greeting);
  }

  private onFrame(data: unknown): void {
    this.liveness.seen();
    this.quietEnd.stop();
    for (const event of this.decode(data)) {
      if (!this.socket) return;
      this.onEvent(event);
    }
  }

  private onEvent(event: ServerEvent): void {
    if (event.type === 'frame.dropped') {
      this.observer.event(event);
      this.countBad(event.kind === 'malformed');
      return;
    }
    this.badFrames = 0;
    this.mute = false;
    if (event.type === 'ping') this.liveness.ping();
    else if (event.type === 'session.opened') this.openSession(event);
    else {
      // Either name opens the session; else its first turn event does (protocol C2).
      this.openSession({ type: 'session.opened' });
      if (event.type === 'session.idle') this.idle = true;
      this.observer.event(event);
      this.quietEnd.after(event);
      if (event.type !== 'session.ended') return;
      this.interrupted = event.reason === 'disconnected';
      if (!this.interrupted) this.endAnnounced();
    }
  }

  /** The server said that it is over; whether it also closes is up to it. */
  private endAnnounced(): void {
    this.connector.stop({ reason: 'ended', announced: true });
    this.observer.lost();
  }

  private countBad(malformed: boolean): void {
    if (!malformed) return;
    this.badFrames += 1;
    if (this.badFrames < BAD_FRAMES) return;
    this.observer.trouble(conversationError('decode', 'unreadable-frames'));
    this.socket?.abandon(OWN_CLOSE.unreadable);
  }

  private onClosed(code: number, wasOpen: boolean): void {
    this.connector.closed();
    this.openTimer?.();
    this.quietEnd.stop();
    this.liveness.stop();
    if (code === OWN_CLOSE.pagehide) this.connector.report();
    else {
      this.follow(this.meaning(code, wasOpen));
      if (!wasOpen && code === 1006) this.tellHandshakeFailed();
    }
    // Told last: what the break left open is looked up once the connection is known to be gone or back.
    this.observer.lost();
  }

  /** Whoever says nothing that can be read is somebody else: the address is wrong. */
  private meaning(closed: number, wasOpen: boolean): Decision {
    // A "normal" end of a connection that the server calls interrupted is none (protocol §b, session_ended).
    const code = this.interrupted && closed === 1000 ? 1001 : closed;
    const decision = this.connector.policy.closed(code, wasOpen, this.sentConversationId);
    if (decision.next !== 'retry' || code !== OWN_CLOSE.unreadable || !this.mute) return decision;
    const { address: subject } = this.options.surface.attributes;
    return { ...decision, error: conversationError('configuration', 'invalid-attribute', { subject }) };
  }

  private follow(decision: Decision): void {
    if (decision.next === 'fail' || decision.next === 'reauthenticate') this.connector.act(decision);
    // An announced idle close is quiet whatever its code: the next thing typed connects again.
    else if (this.idle) this.connector.stop({ reason: 'idle' });
    else this.connector.act(decision);
  }

  /** Time spent offline tells nothing about the way. */
  private tellHandshakeFailed(): void {
    const { clock, environment, handshake } = this.options;
    const hung = clock.monotonic() - this.attemptedAt >= CONNECT_TIMEOUT;
    if (environment.online) handshake?.(hung ? 'hung' : 'failed');
  }
}

function fatal(code: 'no-websocket' | 'blocked-by-policy'): ReturnType<typeof conversationError> {
  return conversationError('configuration', code, { severity: 'fatal', retryable: false });
}
