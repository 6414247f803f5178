import { randomUUID } from 'node:crypto';

import type { WebSocket } from 'ws';

import type { FaultBoard } from '../faults/fault-board.js';
import { Presenter } from '../frames/presenter.js';
import type { ServerLog } from '../server-log.js';
import type { Thread } from '../threads/thread.js';
import type { TurnEvent, TurnInfo } from '../threads/turn-event.js';
import type { Dialect } from './dialect.js';
import { goIdle } from './strike.js';
import type { Wire } from './wire.js';

/** What a connection is made of. */
export interface ConnectionParts {
  readonly webSocket: WebSocket;
  readonly wire: Wire;
  readonly thread: Thread;
  readonly board: FaultBoard;
  readonly log: ServerLog;
  readonly dialect: Dialect;
  /** What the client asked for; null when it did not say. */
  readonly toolEvents: string | null;
}

/** One WebSocket of whatever dialect: frames of the client in, the thread's events out, faults in between. */
export class Connection extends Presenter {
  readonly id: string = randomUUID();
  private readonly dialect: Dialect;
  private readonly socket: Wire;
  private idleTimer: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;
  /** Texts that came before the session was announced. */
  private readonly early: string[] = [];

  constructor(parts: ConnectionParts) {
    super({ ...parts, pairing: parts.dialect.pairing });
    this.dialect = parts.dialect;
    this.socket = parts.wire;
    parts.webSocket.on('message', (data, isBinary) => this.receive(data as Buffer, isBinary));
    parts.webSocket.once('close', (code) => this.end(code));
    this.note('connected');
  }

  /** Announces the session and lets the agent greet, unless a fault says otherwise. */
  begin(): void {
    if (!this.trip('accept')) return;
    const slow = this.board.take('slow-session', this.thread.scopes);
    if (slow) this.wire.after(slow.number('ms'), () => this.announce());
    else this.announce();
  }

  /** Ends the session with a reason where the surface has one, and closes with 1000. */
  endSession(reason: string): void {
    const frame = this.dialect.ended?.(reason);
    if (frame) this.wire.send(frame);
    this.close(1000, 'session ended');
  }

  protected override encode(event: TurnEvent, turn: TurnInfo): string | undefined {
    return this.dialect.encode(event, turn);
  }

  /** Only a turn of this connection, or nobody's, unless settings say otherwise. */
  protected override isMine(turn: TurnInfo): boolean {
    if (turn.connectionId === undefined || turn.connectionId === this.id) return true;
    return (
      this.setting('running-turn', 'is') === 'joined' ||
      this.setting('second-connection', 'policy') === 'shares'
    );
  }

  private announce(): void {
    this.unsubscribe = this.thread.subscribe((event, turn) => this.deliver(event, turn));
    this.note('session');
    for (const frame of this.openingFrames()) this.wire.send(frame);
    if (!this.trip('created')) return;
    this.thread.catchUp((event, turn) => this.deliver(event, turn));
    const isNew = this.thread.isNew;
    if (this.dialect.greets(this.setting('greeting', 'on'), isNew)) this.thread.greet(this.id, isNew);
    for (const text of this.early.splice(0)) this.thread.submit(text, this.id);
    this.startPings();
    this.watchIdle();
  }

  private openingFrames(): readonly string[] {
    const { id: conversationId, key } = this.thread;
    return this.dialect.opening({ sessionId: this.id, conversationId, ...key });
  }

  private receive(raw: Buffer, isBinary: boolean): void {
    this.watchIdle();
    const frame = this.dialect.read(raw, isBinary);
    if ('problem' in frame) this.refuseFrame(frame.problem);
    else if ('stop' in frame) this.endSession('stopped');
    else if (this.over || !this.trip('received')) this.lose(frame.text);
    else if (this.suppress()) this.lose(frame.text);
    else if (this.unsubscribe) this.thread.submit(frame.text, this.id);
    else this.early.push(frame.text);
  }

  /** The server takes the message for a repeat of one it has (protocol §b, `duplicate`). */
  private suppress(): boolean {
    const { duplicate } = this.dialect;
    if (!duplicate || !this.board.take('suppressed-repeat', this.thread.scopes)) return false;
    for (const frame of duplicate()) this.wire.send(frame);
    return true;
  }

  private refuseFrame(problem: string): void {
    this.note('bad-frame', { detail: problem });
    if (!this.over) this.show({ kind: 'failed', code: 'client_error', message: problem, retryable: false });
  }

  /** A text that has arrived and never gets into the history. */
  private lose(text: string): void {
    this.note('user-text', { text, kept: false });
  }

  /** The window is counted from the last message received (protocol §a), and not while a turn runs. */
  private watchIdle(): void {
    if (this.over) return;
    this.socket.cancel(this.idleTimer);
    this.idleTimer = this.wire.after(Number(this.setting('idle-timeout', 'ms')), () => {
      if (this.thread.isBusy) return this.watchIdle();
      this.over = true;
      goIdle(this, Number(this.setting('idle-timeout', 'code')));
    });
  }

  private startPings(): void {
    const isSet = this.board.isSet('pings', this.thread.scopes);
    const every = isSet ? Number(this.setting('pings', 'every_ms')) : this.dialect.pingsEvery;
    if (every <= 0) return;
    this.wire.every(every, () => {
      this.wire.send(this.dialect.ping());
      return true;
    });
  }

  private end(code: number): void {
    this.over = true;
    this.unsubscribe?.();
    // An endless reply ends with the only one who could see it.
    this.thread.leave(this.id);
    for (const text of this.early.splice(0)) this.lose(text);
    this.note('closed', { code });
  }
}
