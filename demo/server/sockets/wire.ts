import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import { WebSocket } from 'ws';

/** Frames kept while a connection is stalled; later ones are lost, as in a full buffer. */
const HELD_FRAMES = 10_000;

/** Where frames go out, and what faults can do to it: a WebSocket, or the stream that answers a request. */
export interface Channel {
  /** Whether something sent now would leave the server. */
  readonly live: boolean;
  send(frame: string | Buffer): void;
  /** Ends it with a code where it has codes. */
  close(code: number, reason?: string): void;
  /** Ends the TCP connection, by FIN or by RST. */
  drop(reset: boolean): void;
  /** Sends nothing for `ms`, or for good. */
  stall(ms?: number): void;
  /** Reads and sends nothing for `ms`, or for good. */
  freeze(ms?: number): void;
  /** Runs `work` once after `ms`, unless it is over by then. */
  after(ms: number, work: () => void): NodeJS.Timeout;
  /** Runs `work` every `ms` until it answers false or it is over. */
  every(ms: number, work: () => boolean): void;
}

/**
 * One accepted WebSocket, and the ways in which it can misbehave. Whatever was timed here ends with the socket.
 */
export class Wire implements Channel {
  private held: (string | Buffer)[] | undefined;
  private frozen = false;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly webSocket: WebSocket,
    private readonly socket: Duplex,
  ) {
    webSocket.once('close', () => this.stopTimers());
    // A reset by the peer is part of the show: `close` follows and says all there is to say.
    webSocket.on('error', () => undefined);
  }

  /** Whether something sent now would leave the server. */
  get live(): boolean {
    return this.webSocket.readyState === WebSocket.OPEN && !this.frozen;
  }

  send(frame: string | Buffer): void {
    if (this.held) {
      if (this.held.length < HELD_FRAMES) this.held.push(frame);
    } else if (this.webSocket.readyState === WebSocket.OPEN) {
      this.webSocket.send(frame, { binary: typeof frame !== 'string' });
    }
  }

  /** 1005 closes without a code and 1006 without a close frame, as those codes mean. */
  close(code: number, reason = ''): void {
    if (this.frozen) return;
    if (code === 1006) this.drop(false);
    else if (code === 1005) this.webSocket.close();
    else this.webSocket.close(code, reason.slice(0, 100));
  }

  /** Ends the TCP connection, by FIN or by RST, without a close frame. */
  drop(reset: boolean): void {
    if (reset) (this.socket as Socket).resetAndDestroy();
    else this.webSocket.terminate();
  }

  /** Frames are read and none are sent, for `ms` or for good. */
  stall(ms?: number): void {
    this.held ??= [];
    if (ms !== undefined) this.after(ms, () => this.release());
  }

  /** Nothing is read, sent or answered, for `ms` or for good; what the client sends waits in the kernel. */
  freeze(ms?: number): void {
    this.frozen = true;
    this.webSocket.pause();
    this.held ??= [];
    if (ms === undefined) return;
    this.after(ms, () => {
      this.frozen = false;
      this.webSocket.resume();
      this.release();
    });
  }

  /** Runs `work` once after `ms`, unless the socket is gone by then. */
  after(ms: number, work: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      work();
    }, ms);
    this.timers.add(timer);
    return timer;
  }

  /** Runs `work` every `ms` until it answers false or the socket is gone. */
  every(ms: number, work: () => boolean): void {
    const timer = setInterval(() => {
      if (!work()) this.cancel(timer);
    }, ms);
    this.timers.add(timer);
  }

  cancel(timer: NodeJS.Timeout | undefined): void {
    if (!timer) return;
    clearTimeout(timer);
    this.timers.delete(timer);
  }

  private release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const frame of held) this.send(frame);
  }

  private stopTimers(): void {
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
  }
}
