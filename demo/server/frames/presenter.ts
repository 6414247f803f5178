import type { ActiveFault, Stage } from '../faults/fault.js';
import type { FaultBoard, FaultId } from '../faults/fault-board.js';
import type { ServerLog } from '../server-log.js';
import { endsConnection, strike } from '../sockets/strike.js';
import type { Channel } from '../sockets/wire.js';
import type { OpenConnection } from '../surface.js';
import type { Thread } from '../threads/thread.js';
import type { TurnEvent, TurnInfo } from '../threads/turn-event.js';
import { duplicating, faithful, reordering, type Distortion } from './distort.js';
import { toolFrames } from './tool-frames.js';

/** What a presenter is made of. */
export interface PresenterParts {
  readonly wire: Channel;
  readonly thread: Thread;
  readonly board: FaultBoard;
  readonly log: ServerLog;
  /** Whether the client asked for tool frames; null when it did not say. */
  readonly toolEvents: string | null;
  /** When the frames of one tool call come, unless the setting says otherwise (protocol C12). */
  readonly pairing: string;
}

type Note = Parameters<ServerLog['add']>[0];

/**
 * Shows the events of a thread to one client, faults in between: on a socket for as long as it is open, on the
 * stream that answers a request for one turn. A surface says how an event is written.
 */
export abstract class Presenter implements OpenConnection {
  abstract readonly id: string;
  readonly wire: Channel;
  readonly thread: Thread;
  protected readonly board: FaultBoard;
  /** Nothing more is said. */
  protected over = false;
  private readonly tools: ReturnType<typeof toolFrames>;
  private distort: Distortion = faithful;
  private deltas = 0;

  constructor(private readonly base: PresenterParts) {
    const { thread, board, wire } = base;
    [this.thread, this.board, this.wire] = [thread, board, wire];
    const wanted = (base.toolEvents ?? this.setting('tool-events', 'absent')) === 'true';
    const unasked = board.setting('tool-events', 'unasked', thread.scopes) === true;
    const pairing = board.isSet('tool-events', thread.scopes)
      ? this.setting('tool-events', 'pairing')
      : base.pairing;
    this.tools = toolFrames(wanted || unasked, pairing);
  }

  /** Closes with a code, as the platform would. */
  close(code: number, reason: string): void {
    this.over = true;
    this.wire.close(code, reason);
  }

  show(event: TurnEvent): void {
    const nobody = { kind: 'unprompted', turnId: null, turnIndex: null } as const;
    this.write(event, { ...nobody, conversationId: this.thread.id, connectionId: this.id });
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

  /** The surface's words for an event: one frame, several, or none. */
  protected abstract encode(event: TurnEvent, turn: TurnInfo): string | readonly string[] | undefined;

  protected abstract isMine(turn: TurnInfo): boolean;

  /** An event of the thread, if it is for this client. */
  protected deliver(event: TurnEvent, turn: TurnInfo): void {
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

  /** @returns whether the client goes on being served */
  protected trip(stage: Stage, turn?: TurnInfo, deltas = Infinity): boolean {
    const applies = (fault: ActiveFault): boolean => {
      if (this.over || (fault.id === 'error' && stage !== 'created')) return false;
      if (stage === 'mid-reply' && deltas < fault.number('after')) return false;
      const which = fault.text('turn');
      return !turn || which === 'any' || which === '' || (which === 'user') === (turn.kind === 'user');
    };
    for (const fault of this.board.takeStaged(stage, this.thread.scopes, applies)) this.suffer(fault);
    return !this.over;
  }

  protected setting(id: FaultId, name: string): string {
    return String(this.board.setting(id, name, this.thread.scopes) ?? '');
  }

  protected note(kind: Note['kind'], more: Partial<Note> = {}): void {
    const { id, key } = this.thread;
    this.base.log.add({ ...more, kind, connectionId: this.id, conversationId: id, entityId: key.entityId });
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

  /** An event may become no frame, one, or several; none of the steps knows of the others. */
  private write(event: TurnEvent, turn: TurnInfo): void {
    for (const visible of this.tools(event)) {
      for (const [shown, of] of this.distort(visible, turn)) {
        const frames = this.encode(shown, of) ?? [];
        for (const frame of typeof frames === 'string' ? [frames] : frames) this.wire.send(frame);
      }
    }
  }
}
