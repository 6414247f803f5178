import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

import type { ActiveFault } from '../faults/fault.js';
import type { Channel } from '../sockets/wire.js';

/** How an answer leaves. */
export interface Delivery {
  /** Bytes a chunk; 0: each frame whole. */
  readonly chunk: number;
  /** Cuts the answer after some bytes. */
  readonly cut?: ActiveFault | undefined;
}

/** The answer to one request, written frame by frame, and the ways in which it can misbehave. */
export class ResponseChannel implements Channel {
  private held: (() => void)[] | undefined;
  private written = 0;
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly response: ServerResponse,
    private readonly how: Delivery = { chunk: 0 },
  ) {
    response.once('close', () => {
      for (const timer of this.timers) clearTimeout(timer);
    });
    // The client may go at any time; `close` follows and says all there is to say.
    response.on('error', () => undefined);
  }

  get live(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** Calls back once the answer is complete, or its connection gone. */
  whenGone(work: () => void): void {
    if (this.response.destroyed) work();
    else this.response.once('close', work);
  }

  /** Sends status and headers at once, before anything is known of the rest. */
  begin(status: number, headers: OutgoingHttpHeaders): void {
    this.response.writeHead(status, headers);
    this.response.flushHeaders();
  }

  send(frame: string | Buffer): void {
    this.later(() => this.write(Buffer.from(frame)));
  }

  /** The answer is complete. */
  end(): void {
    this.later(() => this.response.end());
  }

  /** A request has no close codes: its answer just ends, or the connection is gone before it began. */
  close(): void {
    if (this.response.headersSent) this.response.end();
    else this.drop(false);
  }

  drop(reset: boolean): void {
    if (reset) this.response.socket?.resetAndDestroy();
    else this.response.destroy();
  }

  stall(ms?: number): void {
    this.held ??= [];
    if (ms !== undefined) this.after(ms, () => this.release());
  }

  /** The request was read already, so that this is the same as a stall. */
  freeze(ms?: number): void {
    this.stall(ms);
  }

  after(ms: number, work: () => void): NodeJS.Timeout {
    const timer = setTimeout(work, ms);
    this.timers.add(timer);
    return timer;
  }

  every(ms: number, work: () => boolean): void {
    const timer = setInterval(() => {
      if (!work()) clearInterval(timer);
    }, ms);
    this.timers.add(timer);
  }

  private later(work: () => void): void {
    if (this.held) this.held.push(work);
    else if (this.live) work();
  }

  private release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const work of held) this.later(work);
  }

  private write(bytes: Buffer): void {
    const { chunk, cut } = this.how;
    const room = cut ? Math.max(0, cut.number('bytes') - this.written) : Infinity;
    const part = bytes.subarray(0, room);
    const step = chunk > 0 ? chunk : part.length;
    for (let at = 0; at < part.length; at += step) this.response.write(part.subarray(at, at + step));
    this.written += part.length;
    if (cut && bytes.length >= room) this.cutOff(cut.text('how'));
  }

  /** What was written before must still arrive, or the cut would be at another byte. */
  private cutOff(how: string): void {
    if (how === 'end') this.response.end();
    else this.response.write('', () => setImmediate(() => this.drop(how === 'rst')));
    this.held = [];
  }
}
