import { randomUUID } from 'node:crypto';

import { greet, reply, startMemory, type AgentMemory, type AgentStep } from '../agent/agent.js';
import type { FaultBoard } from '../faults/fault-board.js';
import { Background } from './background.js';
import { endless, failing, failureOf } from './faulty-turn.js';
import { History } from './history.js';
import type { Job, RunningTurn } from './job.js';
import { inOnePiece, perform } from './perform.js';
import type { StoredTurn } from './stored-turn.js';
import type { ThreadKey, ThreadOptions, ThreadWorld } from './thread-world.js';
import type { TurnEvent, TurnInfo, TurnListener } from './turn-event.js';
import { logged, turnInfo } from './turn-info.js';

/**
 * One conversation: its history, the agent's memory, and the turn that runs. Turns run one after the other; a
 * text that arrives during a turn waits for it (no source says what the platform does; nothing is lost so). A
 * turn goes on when its connection is gone, and its reply lands in the history.
 */
export class Thread {
  readonly id: string;
  readonly owner: string | undefined;
  closed = false;
  private readonly history: History;
  private memory: AgentMemory;
  private readonly background = new Background();
  private readonly jobs: Job[] = [];
  private readonly listeners = new Set<TurnListener>();
  private running: RunningTurn | undefined;
  private draining = false;

  constructor(
    readonly key: ThreadKey,
    private readonly world: ThreadWorld,
    private readonly options: ThreadOptions = {},
  ) {
    this.id = options.id ?? randomUUID();
    this.owner = options.owner;
    this.history = new History(world.clock.now, () => world.nextSequence());
    this.memory = startMemory();
  }

  /** Everything that was said, oldest first. */
  get turns(): readonly StoredTurn[] {
    return this.history.turns;
  }

  /** ISO time. */
  get createdAt(): string {
    return this.history.createdAt;
  }

  /** ISO time of the last change. */
  get updatedAt(): string {
    return this.history.updatedAt;
  }

  /** User turns so far. */
  get turnCount(): number {
    return this.history.turnCount;
  }

  /** As the platform words it; older words are a setting (protocol C28). */
  get status(): string {
    const old = this.world.board.setting('conversation-status', 'words', this.scopes) === 'old';
    return this.closed ? 'closed' : old ? 'resumed' : 'active';
  }

  /** Nothing was said yet, and nothing is about to be. */
  get isNew(): boolean {
    return this.turns.length === 0 && this.jobs.length === 0 && !this.running;
  }

  get isBusy(): boolean {
    return this.running !== undefined || this.jobs.length > 0;
  }

  /** Where its faults and settings are looked up, narrowest first. */
  get scopes(): readonly string[] {
    return [this.id, this.key.entityId, 'default'];
  }

  /** @returns the function that ends the subscription */
  subscribe(listener: TurnListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Tells what the agent has said so far in a turn of its own accord: whoever comes while it greets hears the greeting
   * whole (protocol §a, Lifecycle).
   */
  catchUp(listener: TurnListener): void {
    if (!this.running) return;
    const { info, told } = this.running;
    for (const event of inOnePiece(told)) listener(event, info);
  }

  submit(text: string, connectionId?: string, as: 'user' | 'system' = 'user'): void {
    this.enqueue({ kind: 'user', text, as, connectionId });
  }

  /**
   * @param stored whether the greeting enters the history
   * @param text what is said; by default what the agent thinks of
   */
  greet(connectionId?: string, stored = true, text?: string): void {
    this.enqueue({ kind: 'greeting', text, connectionId, stored });
  }

  /** The user has nothing to say, and the agent goes on (classic `skip`). */
  skip(connectionId: string, text: string): void {
    this.enqueue({ kind: 'skip', text, connectionId });
  }

  /** Something that happened outside of the conversation enters its history. */
  note(text: string): void {
    this.history.keep('system', text, { turnId: randomUUID(), turnIndex: null });
  }

  /** Asks for the result of background work (protocol §c). */
  poll(connectionId: string): void {
    this.enqueue({ kind: 'poll', connectionId });
  }

  /** The agent says something that nobody asked for. */
  say(text: string): void {
    this.enqueue({ kind: 'unprompted', text, connectionId: undefined });
  }

  /** Ends the conversation; what runs is cut short. */
  end(): void {
    this.closed = true;
    this.jobs.length = 0;
    this.running?.abort.abort();
    this.history.touch();
  }

  /** Gives up the running turn of a connection; `forgotten` takes its text out of the history as well. */
  abandon(connectionId: string, how: 'abandoned' | 'forgotten'): void {
    const turn = this.running;
    if (!turn || turn.info.connectionId !== connectionId) return;
    turn.abort.abort();
    if (how === 'forgotten') this.rollBack(turn);
  }

  /** Its connection is gone: an endless reply ends, every other turn goes on. */
  leave(connectionId: string): void {
    const turn = this.running;
    if (turn?.endless && turn.info.connectionId === connectionId) turn.abort.abort();
  }

  /** One turn at a time (protocol G4): a second loop must never start while one drains. */
  private enqueue(job: Job): void {
    this.jobs.push(job);
    if (!this.draining) void this.drain();
  }

  private async drain(): Promise<void> {
    this.draining = true;
    for (let job = this.jobs.shift(); job; job = this.jobs.shift()) await this.run(job);
    this.draining = false;
  }

  /**
   * Plays one turn. The user's words are kept before anything is said, so that a history read after the first frame
   * has them (read-your-writes, which reconciling relies on).
   */
  private async run(job: Job): Promise<void> {
    const { board, log } = this.world;
    const fault = job.kind === 'user' ? this.errorFault() : undefined;
    const info = turnInfo(job, this, this.background.turn);
    if (job.kind === 'user') {
      const kept = fault?.text('at') !== 'received';
      log.add({ kind: 'user-text', ...logged(info, this.key), text: job.text, kept });
      if (!kept && fault) return this.emit(failureOf(fault), info);
    }
    const turn = this.begin(job, info);
    const steps = this.think(job, turn);
    this.emit({ kind: 'started' }, info);
    const speed = Number(board.setting('pace', 'speed', this.scopes));
    await this.world.clock.delay(
      Number(board.setting('pace', 'first_token_ms', this.scopes)),
      1,
      turn.abort.signal,
    );
    const never = job.kind === 'user' ? board.take('endless', this.scopes) : undefined;
    turn.endless = never !== undefined;
    const how = { clock: this.world.clock, speed, signal: turn.abort.signal };
    const events = never ? endless(never, how) : perform(steps, how);
    const failed = await this.play(fault ? failing(events, fault) : events, turn);
    if (failed && fault?.text('reply') === 'kept') this.keepReply(steps, turn);
    if (failed && this.options.rollsBack) this.rollBack(turn);
    if (!failed) this.finish(turn);
    this.running = undefined;
  }

  /** @returns whether the turn failed (or was given up) */
  private async play(events: AsyncIterable<TurnEvent>, turn: RunningTurn): Promise<boolean> {
    for await (const event of events) {
      if (turn.abort.signal.aborted) return true;
      if (event.kind === 'tool-completed') turn.toolCalls.push(event);
      if (event.kind === 'message') this.keepMessage(event.text, turn);
      this.emit(event, turn.info);
      if (event.kind === 'failed') {
        this.world.log.add({ kind: 'turn-failed', ...logged(turn.info, this.key), code: event.code });
        return true;
      }
    }
    return turn.abort.signal.aborted;
  }

  private begin(job: Job, info: TurnInfo): RunningTurn {
    const memoryBefore = this.memory;
    if (job.kind === 'user') this.history.keep(job.as, job.text, info);
    this.running = {
      info,
      abort: new AbortController(),
      memoryBefore,
      toolCalls: [],
      told: [],
      stored: job.kind !== 'greeting' || job.stored,
      endless: false,
    };
    return this.running;
  }

  /** The turn is as if it had never been. */
  private rollBack({ info, memoryBefore }: RunningTurn): void {
    this.memory = memoryBefore;
    this.history.takeBack(info.turnId);
  }

  private think(job: Job, turn: RunningTurn): readonly AgentStep[] {
    const now = new Date(this.world.clock.now());
    if (job.kind === 'greeting') return job.text === undefined ? greet(now) : [{ say: job.text }];
    if (job.kind === 'unprompted' || job.kind === 'skip') return [{ say: job.text }];
    if (job.kind === 'poll') return this.findings(turn);
    const answer = reply(job.text, this.memory, now);
    this.memory = answer.memory;
    const steps = [...this.background.drain(), ...answer.steps];
    const later = this.world.board.take('background-work', this.scopes);
    return later ? this.background.begin(steps, later, turn.info) : steps;
  }

  /** What is not for the history is said without being stored; what is silent is stored without being said. */
  private findings(turn: RunningTurn): readonly AgentStep[] {
    const { steps, stored, silent } = this.background.poll();
    turn.stored = stored;
    if (!silent) return steps;
    this.keepReply(steps, turn);
    return [];
  }

  /** The turn is over before `done` is sent: a client may answer `done` at once, and finds the thread free. */
  private finish(turn: RunningTurn): void {
    this.world.log.add({ kind: 'turn-done', ...logged(turn.info, this.key) });
    this.running = undefined;
    const pending = this.background.isPending;
    const version = this.deliveryVersion(turn, pending);
    this.emit(
      {
        kind: 'done',
        status: this.status,
        turnCount: this.turnCount,
        backgroundPending: pending,
        ...(version ? { deliveryVersion: version } : {}),
      },
      turn.info,
    );
  }

  /** A server that was downgraded knows of receipts while a turn runs, and not any more when it is polled. */
  private deliveryVersion({ info }: RunningTurn, pending: boolean): number | undefined {
    const is = this.world.board.setting('delivery-protocol', 'version', this.scopes);
    if (is === 'downgrade') return pending && info.kind !== 'poll' ? 2 : undefined;
    return is === '2' ? 2 : undefined;
  }

  /** What was not said before the failure is kept all the same: the engine had finished, the stream had not. */
  private keepReply(steps: readonly AgentStep[], turn: RunningTurn): void {
    const said = new Set(this.turns.filter((one) => one.turnId === turn.info.turnId).map((one) => one.text));
    for (const step of steps) if ('say' in step && !said.has(step.say)) this.keepMessage(step.say, turn);
  }

  /** Tool calls belong to the message that follows them. */
  private keepMessage(text: string, turn: RunningTurn): void {
    if (turn.stored) this.history.keep('agent', text, turn.info, turn.toolCalls.splice(0));
  }

  /** The fault that fails this turn; those at other moments belong to the connection. */
  private errorFault(): ReturnType<FaultBoard['take']> {
    return this.world.board.take('error', this.scopes, (fault) => fault.text('at') !== 'created');
  }

  private emit(event: TurnEvent, turn: TurnInfo): void {
    if (turn.kind !== 'user') this.running?.told.push(event);
    for (const listener of [...this.listeners]) listener(event, turn);
  }
}
