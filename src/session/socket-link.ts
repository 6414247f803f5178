import { conversationError } from '../conversation/error.js';
import type { ServerEvent } from '../conversation/event.js';
import type { Cancel, Clock } from '../lib/clock.js';
import { Disposer } from '../lib/disposer.js';
import { OWN_CLOSE } from '../protocol/close-codes.js';
import { isSubprotocolToken } from '../protocol/subprotocol.js';
import type { Decode, SocketSurface, Target } from '../protocol/surface.js';
import type { Random } from '../transport/backoff.js';
import type { Environment, Signal } from '../transport/environment.js';
import { Liveness } from '../transport/liveness.js';
import { ReconnectingSocket } from '../transport/reconnecting-socket.js';
import type { Attempt, WebSocketConstructor } from '../transport/reconnecting-socket.js';
import { ConnectGate } from './connect-gate.js';
import type { Link, LinkEnd, LinkObserver } from './link.js';
import { RetryPolicy } from './retry-policy.js';
import type { Decision } from './retry-policy.js';
import type { TokenSource } from './token-source.js';

export interface SocketLinkOptions {
  readonly surface: SocketSurface;
  /** Asked before every connect: the conversation id may have been learned or forgotten since. */
  readonly target: () => Target;
  readonly forgetConversation: () => void;
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  readonly WebSocket: WebSocketConstructor | undefined;
  /** Ends the conversation over HTTP, for surfaces without a frame for it. */
  readonly closeConversation: (conversationId: string) => Promise<void>;
}

/** A session counts as healthy once it has been open this long; until then the retry counts go on. */
const HEALTHY_AFTER = 3_000;
/** A server that says nothing on opening is taken to be ready after this (protocol C2). */
const OPEN_SILENCE = 3_000;
/** Unreadable frames in a row that mean the connection is of no use (protocol G1). */
const BAD_FRAMES = 10;

/**
 * A surface over one WebSocket at a time. States: closed → waiting (backoff, offline, token) → handshake → open
 * (socket) → session (`session.opened`), and back to waiting after a loss. It owns the connect loop, the retry
 * policy, the liveness watch and their timers; each open lifetime has one disposer.
 */
export class SocketLink implements Link {
  private socket: ReconnectingSocket | undefined;
  private lifetime = new Disposer();
  private gate: ConnectGate;
  private decode: Decode = () => [];
  private sessionOpen = false;
  /** The session is open, but nothing has said yet which conversation it is. */
  private unnamed = false;
  private everOpen = false;
  private idle = false;
  private ended = false;
  private badFrames = 0;
  private sentConversationId = false;
  private openTimer: Cancel | undefined;
  private readonly policy: RetryPolicy;
  private readonly liveness: Liveness;

  constructor(
    private readonly options: SocketLinkOptions,
    private readonly observer: LinkObserver,
  ) {
    this.policy = new RetryPolicy(options.random);
    this.gate = this.newGate();
    this.liveness = new Liveness(options.clock, () => {
      this.abandon();
    });
  }

  open(): void {
    if (this.socket) return;
    const { environment, surface, target, WebSocket } = this.options;
    if (!WebSocket) {
      this.stop({ reason: 'failed', error: fatal('no-websocket') });
      return;
    }
    this.lifetime = new Disposer();
    this.gate = this.newGate();
    this.idle = false;
    this.ended = false;
    this.lifetime.add(environment.observe((signal) => { this.onSignal(signal); }));
    this.lifetime.add(
      environment.observeBlocked(surface.url(target()), () => {
        if (!this.sessionOpen) this.stop({ reason: 'failed', error: fatal('blocked-by-policy') });
      }),
    );
    this.report();
    this.socket = new ReconnectingSocket(
      {
        prepare: () => this.prepare(),
        opened: () => { this.onOpened(); },
        frame: (data) => { this.onFrame(data); },
        closed: (code, wasOpen) => { this.onClosed(code, wasOpen); },
      },
      WebSocket,
    );
  }

  hurry(): void {
    this.gate.hurry();
  }

  send(text: string): boolean {
    if (this.idle) {
      // The server is about to close: what is typed now begins the next connection.
      this.stop({ reason: 'idle' });
      return false;
    }
    this.liveness.check();
    return this.sessionOpen && (this.socket?.send(this.options.surface.encodeMessage(text)) ?? false);
  }

  turn(active: boolean): void {
    if (this.sessionOpen) this.liveness.turn(active);
  }

  abandon(): void {
    this.socket?.abandon(OWN_CLOSE.liveness);
  }

  async end(conversationId: string | undefined): Promise<void> {
    const { endFrame } = this.options.surface;
    const told = endFrame !== undefined && (this.socket?.send(endFrame) ?? false);
    this.close(OWN_CLOSE.normal);
    if (!told && conversationId !== undefined) await this.options.closeConversation(conversationId);
  }

  close(code: number): void {
    const socket = this.socket;
    this.socket = undefined;
    this.sessionOpen = false;
    this.liveness.stop();
    this.lifetime.dispose();
    socket?.close(code);
  }

  private newGate(): ConnectGate {
    const { clock, environment, tokens } = this.options;
    return new ConnectGate({
      clock,
      environment,
      tokens,
      lifetime: this.lifetime,
      tokenSourceMissing: () => {
        this.observer.trouble(conversationError('configuration', 'missing-token-source', { retryable: false }));
      },
    });
  }

  private stop(end: LinkEnd): void {
    this.close(OWN_CLOSE.normal);
    this.observer.stopped(end);
  }

  /** The gate: every wait and every decision before an attempt. Never rejects; never resolves once closed. */
  private async prepare(): Promise<Attempt> {
    for (;;) {
      const lifetime = this.lifetime;
      await this.gate.pass();
      const answer = await this.options.tokens.forConnect(this.policy.suspectsToken ? 'rejected' : 'connect');
      if (lifetime.disposed || !this.socket) return new Promise(() => undefined);
      if (!answer.ok) this.act(this.policy.tokenFailed(answer.error));
      else if (!isSubprotocolToken(answer.token.token)) this.stop({ reason: 'failed', error: invalidToken() });
      else {
        if (answer.token.subject !== undefined) this.observer.subject(answer.token.subject);
        // Telling whose token it is may have ended this link.
        if (!lifetime.disposed) return this.attempt(answer.token.token);
      }
      if (lifetime.disposed) return new Promise(() => undefined);
    }
  }

  private attempt(token: string): Attempt {
    const { surface, target } = this.options;
    const where = target();
    this.sentConversationId = where.conversationId !== undefined;
    return { url: surface.url(where), protocols: surface.subprotocols(token) };
  }

  private onSignal(signal: Signal): void {
    if (signal === 'offline') this.report();
    else if (signal === 'pagehide') this.pause();
    else {
      if (signal === 'pageshow') this.gate.resume();
      this.liveness.check();
      this.hurry();
      this.report();
    }
  }

  /** A page that leaves takes no socket with it: a cached page would come back to a dead one. */
  private pause(): void {
    this.gate.pause();
    this.socket?.abandon(OWN_CLOSE.pagehide);
  }

  private onOpened(): void {
    this.decode = this.options.surface.decoder();
    this.badFrames = 0;
    this.idle = false;
    this.liveness.start();
    this.openTimer = this.lifetime.add(
      this.options.clock.after(OPEN_SILENCE, () => { this.openSession({ type: 'session.opened' }); }),
    );
  }

  private openSession(event: Extract<ServerEvent, { type: 'session.opened' }>): void {
    const unnamed = event.conversationId === undefined;
    if (this.sessionOpen) {
      // A server that is slow to say so names the conversation after it has begun.
      if (this.unnamed && !unnamed) this.observer.event(event);
      this.unnamed &&= unnamed;
      return;
    }
    this.openTimer?.();
    this.sessionOpen = true;
    this.unnamed = unnamed;
    this.everOpen = true;
    this.openTimer = this.lifetime.add(
      this.options.clock.after(HEALTHY_AFTER, () => {
        this.policy.healthy();
        this.report();
      }),
    );
    // The session first: whom it is for, and whether a greeting comes, decides what may go out once it is open.
    this.observer.event(event);
    this.report();
    this.observer.trouble(undefined);
  }

  private onFrame(data: unknown): void {
    this.liveness.seen();
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
    if (event.type === 'ping') this.liveness.ping();
    else if (event.type === 'session.opened') this.openSession(event);
    else {
      // Either name opens the session; else its first turn event does (protocol C2).
      if (!this.sessionOpen) this.openSession({ type: 'session.opened' });
      if (event.type === 'session.idle') this.idle = true;
      if (event.type === 'session.ended') this.ended = event.reason !== 'disconnected';
      this.observer.event(event);
    }
  }

  private countBad(malformed: boolean): void {
    if (!malformed) return;
    this.badFrames += 1;
    if (this.badFrames < BAD_FRAMES) return;
    this.observer.trouble(conversationError('decode', 'unreadable-frames'));
    this.socket?.abandon(OWN_CLOSE.unreadable);
  }

  private onClosed(code: number, wasOpen: boolean): void {
    this.sessionOpen = false;
    this.openTimer?.();
    this.liveness.stop();
    if (code === OWN_CLOSE.pagehide) this.report();
    else this.follow(this.policy.closed(code, wasOpen, this.sentConversationId));
    // Told last: what the break left open is looked up once the connection is known to be gone or back.
    this.observer.lost();
  }

  private follow(decision: Decision): void {
    if (decision.next === 'fail' || decision.next === 'reauthenticate') this.act(decision);
    // An announced idle close is quiet whatever its code: the next thing typed connects again.
    else if (this.idle) this.stop({ reason: 'idle' });
    else if (this.ended) this.stop({ reason: 'ended', announced: true });
    else this.act(decision);
  }

  private act(decision: Decision): void {
    if (decision.next === 'end') this.stop({ reason: 'ended', announced: false });
    else if (decision.next === 'fail') this.stop({ reason: 'failed', error: decision.error });
    else if (decision.next === 'reauthenticate') this.stop({ reason: 'signed-out', error: decision.error });
    else {
      if (decision.forgetConversation) this.options.forgetConversation();
      this.gate.delay(decision.delay);
      this.report();
      this.observer.trouble(decision.error);
    }
  }

  private report(): void {
    const trying = this.everOpen || this.policy.attempt > 0 ? 'reconnecting' : 'connecting';
    const offline = !this.options.environment.online;
    this.observer.status(this.sessionOpen ? 'open' : trying, this.policy.attempt, offline);
  }
}

function fatal(code: 'no-websocket' | 'blocked-by-policy'): ReturnType<typeof conversationError> {
  return conversationError('configuration', code, { severity: 'fatal', retryable: false });
}

function invalidToken(): ReturnType<typeof conversationError> {
  return conversationError('authentication', 'token-invalid', {
    severity: 'fatal',
    retryable: false,
    subject: 'getToken',
  });
}
