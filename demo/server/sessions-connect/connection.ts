import { randomUUID } from 'node:crypto';

import type { WebSocket } from 'ws';

import type { ActiveFault, Stage } from '../faults/fault.js';
import type { FaultBoard, FaultId } from '../faults/fault-board.js';
import type { ServerLog } from '../server-log.js';
import { endsConnection, goIdle, strike } from '../sockets/strike.js';
import type { Wire } from '../sockets/wire.js';
import type { OpenConnection } from '../surface.js';
import type { Thread } from '../threads/thread.js';
import type { TurnEvent, TurnInfo } from '../threads/turn-event.js';
import { readClientFrame } from './client-frame.js';
import { duplicating, faithful, reordering, type Distortion } from './distort.js';
import { encode, shape, type EncodeStyle, type Frame } from './encode.js';
import { toolFrames } from './tool-frames.js';

/** What a connection is made of. */
export interface ConnectionParts {
  readonly webSocket: WebSocket;
  readonly wire: Wire;
  readonly thread: Thread;
  readonly board: FaultBoard;
  readonly log: ServerLog;
  /** What the client asked for; null when it did not say. */
  readonly toolEvents: string | null;
}

/** One sessions/connect socket: frames of the client in, the thread's events out, faults in between. */
export class Connection implements OpenConnection {
  readonly id: string = randomUUID();
  readonly wire: Wire;
  readonly thread: Thread;
  private readonly board: FaultBoard;
  private readonly style: EncodeStyle;
  private readonly tools: ReturnType<typeof toolFrames>;
  private distort: Distortion = faithful;
  private deltas = 0;
  private over = false;
  private idleTimer: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;
  /** Texts that came before the session was announced. */
  private readonly early: string[] = [];

  constructor(private readonly parts: ConnectionParts) {
    const { thread, board, wire, webSocket } = parts;
    [this.thread, this.board, this.wire] = [thread, board, wire];
    this.style = { wire: this.setting('wire', 'style'), errorFields: this.setting('error-style', 'fields') };
    const wanted = (parts.toolEvents ?? this.setting('tool-events', 'absent')) === 'true';
    const unasked = board.setting('tool-events', 'unasked', thread.scopes) === true;
    this.tools = toolFrames(wanted || unasked, this.setting('tool-events', 'pairing'));
    webSocket.on('message', (data, isBinary) => this.receive(data as Buffer, isBinary));
    webSocket.once('close', (code) => this.end(code));
    this.note('connected');
  }

  /** Announces the session and lets the agent greet, unless a fault says otherwise. */
  begin(): void {
    if (!this.trip('accept')) return;
    const slow = this.board.take('slow-session', this.thread.scopes);
    if (slow) this.wire.after(slow.number('ms'), () => this.announce());
    else this.announce();
  }

  /** Closes with a code, as the platform would. */
  close(code: number, reason: string): void {
    this.over = true;
    this.wire.close(code, reason);
  }

  show(event: TurnEvent): void {
    const turn = {
      kind: 'unprompted',
      conversationId: this.thread.id,
      turnId: null,
      turnIndex: null,
      connectionId: this.id,
    } as const;
    this.write(event, turn);
  }

  abandon(how: 'abandoned' | 'forgotten'): void {
    this.thread.abandon(this.id, how);
  }

  /** Makes one fault happen now. */
  suffer(fault: ActiveFault): void {
    this.note('fault', { code: fault.id, detail: fault.text('at') });
    this.over ||= endsConnection(fault);
    strike(fault, this);
  }

  private announce(): void {
    this.unsubscribe = this.thread.subscribe((event, turn) => this.deliver(event, turn));
    this.note('session');
    for (const frame of this.openingFrames()) this.wire.send(frame);
    if (!this.trip('created')) return;
    const greeting = this.setting('greeting', 'on');
    const isNew = this.thread.isNew;
    if (greeting === 'always' || (greeting === 'new' && isNew)) this.thread.greet(this.id, isNew);
    for (const text of this.early.splice(0)) this.thread.submit(text, this.id);
    this.startPings();
    this.watchIdle();
  }

  private openingFrames(): string[] {
    const { id, key } = this.thread;
    const created = { conversation_id: id, entity_id: key.entityId, service_id: key.serviceId };
    const started = { session_id: this.id, conversation_id: id };
    const which = this.setting('opening', 'frame');
    const frames: Frame[] = [];
    if (which !== 'session_started') frames.push({ name: 'session.created', data: created });
    if (which !== 'session.created') frames.push({ name: 'session_started', data: started });
    return which === 'neither' ? [] : frames.map((frame) => shape(frame, this.style.wire));
  }

  private receive(raw: Buffer, isBinary: boolean): void {
    this.watchIdle();
    const frame = readClientFrame(raw, isBinary);
    if ('problem' in frame) this.refuseFrame(frame.problem);
    else if (this.over || !this.trip('received')) this.lose(frame.text);
    else if (this.unsubscribe) this.thread.submit(frame.text, this.id);
    else this.early.push(frame.text);
  }

  private refuseFrame(problem: string): void {
    this.note('bad-frame', { detail: problem });
    if (!this.over) this.show({ kind: 'failed', code: 'client_error', message: problem, retryable: false });
  }

  /** A text that has arrived and never gets into the history. */
  private lose(text: string): void {
    this.note('user-text', { text, kept: false });
  }

  /** An event of the thread: only a turn of this connection, or nobody's, unless settings say otherwise. */
  private deliver(event: TurnEvent, turn: TurnInfo): void {
    if (this.over || !this.isMine(turn)) return;
    if (event.kind === 'started') this.startTurn(turn);
    if (event.kind === 'done' && turn.kind === 'user' && this.board.take('no-done', this.thread.scopes))
      return;
    if (!this.tripBefore(event, turn)) return;
    this.write(event, turn);
    if (event.kind === 'delta') this.deltas += 1;
    if (event.kind === 'failed' && event.closeCode !== undefined)
      this.close(event.closeCode, 'after an error');
    if (event.kind === 'done') this.trip('after-done', turn);
  }

  private isMine(turn: TurnInfo): boolean {
    if (turn.connectionId === undefined || turn.connectionId === this.id) return true;
    return (
      this.setting('running-turn', 'is') === 'joined' ||
      this.setting('second-connection', 'policy') === 'shares'
    );
  }

  /** A distortion lasts for one turn of the user, and is taken once for it. */
  private startTurn(turn: TurnInfo): void {
    this.deltas = 0;
    this.distort = faithful;
    if (turn.kind !== 'user') return;
    const twice = this.board.take('duplicate-frames', this.thread.scopes);
    const mixed = twice ? undefined : this.board.take('out-of-order', this.thread.scopes);
    if (twice) this.distort = duplicating(twice);
    if (mixed) this.distort = reordering(mixed);
  }

  /** Faults strike before the frame that ends their moment. @returns whether the event may still be shown */
  private tripBefore(event: TurnEvent, turn: TurnInfo): boolean {
    if (event.kind === 'started') return this.trip('processed', turn);
    if (event.kind === 'delta') return this.trip('mid-reply', turn, this.deltas);
    if (event.kind === 'message') return this.trip('mid-reply', turn, Infinity);
    return event.kind === 'done' ? this.trip('before-done', turn) : true;
  }

  /** @returns whether the connection goes on */
  private trip(stage: Stage, turn?: TurnInfo, deltas = Infinity): boolean {
    const applies = (fault: ActiveFault): boolean => {
      if (this.over || (fault.id === 'error' && stage !== 'created')) return false;
      if (stage === 'mid-reply' && deltas < fault.number('after')) return false;
      const which = fault.text('turn');
      return !turn || which === 'any' || which === '' || (which === 'user') === (turn.kind === 'user');
    };
    for (const fault of this.board.takeStaged(stage, this.thread.scopes, applies)) this.suffer(fault);
    return !this.over;
  }

  /** An event may become no frame, one, or several; none of the steps knows of the others. */
  private write(event: TurnEvent, turn: TurnInfo): void {
    for (const visible of this.tools(event)) {
      for (const [shown, of] of this.distort(visible, turn)) {
        const frame = encode(shown, of, this.style);
        if (frame !== undefined) this.wire.send(frame);
      }
    }
  }

  /** The window is counted from the last message received (protocol §a), and not while a turn runs. */
  private watchIdle(): void {
    if (this.over) return;
    this.wire.cancel(this.idleTimer);
    this.idleTimer = this.wire.after(Number(this.setting('idle-timeout', 'ms')), () => {
      if (this.thread.isBusy) return this.watchIdle();
      this.over = true;
      goIdle(this, Number(this.setting('idle-timeout', 'code')));
    });
  }

  /** No ping is documented for this surface (protocol §a, Watchdog), so none is sent unless asked for. */
  private startPings(): void {
    if (!this.board.list().some((fault) => fault.id === 'pings' && this.thread.scopes.includes(fault.scope)))
      return;
    this.wire.every(Number(this.setting('pings', 'every_ms')), () => {
      this.wire.send(shape({ name: 'ping', data: {} }, this.style.wire));
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

  private setting(id: FaultId, name: string): string {
    return String(this.board.setting(id, name, this.thread.scopes) ?? '');
  }

  private note(
    kind: Parameters<ServerLog['add']>[0]['kind'],
    more: Partial<Parameters<ServerLog['add']>[0]> = {},
  ): void {
    const { id, key } = this.thread;
    this.parts.log.add({ ...more, kind, connectionId: this.id, conversationId: id, entityId: key.entityId });
  }
}
