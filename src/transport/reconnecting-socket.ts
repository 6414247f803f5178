import ReconnectingWebSocket from 'reconnecting-websocket';

/** Where one attempt goes and how it proves who it is. */
export interface Attempt {
  readonly url: string;
  readonly protocols: string[];
}

export interface SocketHandlers {
  /**
   * Asked before every attempt, the first included; the only place where a wait, a token or a decision comes
   * in. Must never reject: the library below would then never try again.
   */
  prepare(): Promise<Attempt>;
  opened(): void;
  frame(data: unknown): void;
  /** Once per attempt, with the true close code; 1006 where the attempt failed or hung. */
  closed(code: number, wasOpen: boolean): void;
}

/** The part of a native socket that is used, so that tests can bring their own. */
export type WebSocketConstructor = new (url: string, protocols?: string | string[]) => WebSocket;

/** A handshake that hangs is given up; browsers delay their own handshakes by up to 5 s after failures. */
export const CONNECT_TIMEOUT = 15_000;

/**
 * A socket that comes back, with every decision left to its handlers.
 *
 * `reconnecting-websocket` is used as a bare connect loop: it has no delay, no queue and no opinion of its own.
 * Its synthesised events report errors as a clean 1000, its queue replays blindly, and its `close()` during a
 * wait locks it for ever; so the native socket is listened to directly, and an instance is never used again
 * after `close()`.
 */
export class ReconnectingSocket {
  private native: WebSocket | undefined;
  private wasOpen = false;
  private over = false;
  private readonly loop: ReconnectingWebSocket;

  constructor(
    private readonly handlers: SocketHandlers,
    WebSocketImpl: WebSocketConstructor = WebSocket,
  ) {
    let protocols: string[] = [];
    const adopt = (socket: WebSocket): void => {
      this.adopt(socket);
    };
    // A subclass, because the library takes its subprotocols once and tokens are fresh for every attempt.
    class AuthenticatedSocket extends WebSocketImpl {
      constructor(url: string) {
        super(url, protocols);
        adopt(this);
      }
    }
    const prepare = async (): Promise<string> => {
      const attempt = await this.handlers.prepare();
      protocols = attempt.protocols;
      return attempt.url;
    };
    this.loop = new ReconnectingWebSocket(prepare, undefined, {
      WebSocket: AuthenticatedSocket,
      minReconnectionDelay: 0,
      maxReconnectionDelay: 0,
      reconnectionDelayGrowFactor: 1,
      connectionTimeout: CONNECT_TIMEOUT,
      maxEnqueuedMessages: 0,
      minUptime: 0,
      maxRetries: Infinity,
      debug: false,
    });
    // The library's own time limit shows only here: the native socket may hang on for a minute.
    this.loop.addEventListener('error', () => {
      this.settle(this.native, 1006);
    });
  }

  /** True where a frame handed over now goes to a socket that the browser believes in. */
  get ready(): boolean {
    return !this.over && this.native?.readyState === 1;
  }

  /** Hands a frame over. False where there was nothing to hand it to: it has not left. */
  send(frame: string): boolean {
    if (!this.ready) return false;
    this.native?.send(frame);
    return true;
  }

  /** Gives up the socket at hand, without waiting for the other side, and goes on to the next attempt. */
  abandon(code: number): void {
    if (this.over || !this.native) return;
    const socket = this.native;
    this.settle(socket, code);
    this.loop.reconnect(code);
  }

  /** Ends it for good. The instance is of no further use. */
  close(code: number): void {
    if (this.over) return;
    this.over = true;
    this.loop.close(code);
    this.native = undefined;
  }

  private adopt(socket: WebSocket): void {
    this.native = socket;
    this.wasOpen = false;
    socket.addEventListener('open', () => {
      if (this.native !== socket || this.over) return;
      this.wasOpen = true;
      this.handlers.opened();
    });
    socket.addEventListener('message', (event: MessageEvent) => {
      // A late frame of a socket already given up belongs to no conversation.
      if (this.native === socket && !this.over) this.handlers.frame(event.data);
    });
    // A socket that the page's policy blocks fires `error` and never `close`; after an error the code is 1006.
    socket.addEventListener('error', () => {
      this.settle(socket, 1006);
    });
    socket.addEventListener('close', (event: CloseEvent) => {
      this.settle(socket, event.code);
    });
  }

  private settle(socket: WebSocket | undefined, code: number): void {
    if (!socket || this.native !== socket || this.over) return;
    const wasOpen = this.wasOpen;
    this.native = undefined;
    this.wasOpen = false;
    this.handlers.closed(code, wasOpen);
  }
}
