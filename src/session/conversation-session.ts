import type { Command } from '../conversation/command.js';
import { conversationError } from '../conversation/error.js';
import type { ConversationError } from '../conversation/error.js';
import type { ConversationEvent, LocalEvent, ServerEvent, SessionOpened } from '../conversation/event.js';
import { reduce } from '../conversation/reduce.js';
import { initialState } from '../conversation/state.js';
import type { Connection, ConversationState, UserMessage } from '../conversation/state.js';
import type { Cancel } from '../lib/clock.js';
import { createId } from '../lib/id.js';
import { OWN_CLOSE } from '../protocol/close-codes.js';
import type { Surface } from '../protocol/surface.js';
import { Approvals } from './approvals.js';
import { BackgroundWork } from './background-work.js';
import { Conflict } from './conflict.js';
import { createLink } from './create-link.js';
import { Delivery } from './delivery.js';
import { HistoryReader } from './history-reader.js';
import { AuthorizedHttp } from './http-port.js';
import type { Link, LinkEnd, LinkObserver } from './link.js';
import { Outbox } from './outbox.js';
import { Person } from './person.js';
import type { SessionConfig, SessionListener, SessionPorts } from './session-ports.js';
import { StartOver } from './start-over.js';
import { Suggestions } from './suggestions.js';
import { SurfaceInUse } from './surface-in-use.js';
import { Thread } from './thread.js';
import { TurnLimit } from './turn-limit.js';

export type { SessionConfig, SessionListener, SessionPorts };

/**
 * One conversation of one person: the only place that knows both sides. Commands come in from the element,
 * events from the link; it stamps them with time and id, lets the reducer make the next state, and then sees to
 * what that state asks for (hand over the next message, look something up, keep a limit). It is bound to one
 * identity for life: another entity, service or origin means another session.
 */
export class ConversationSession {
  private current: ConversationState;
  private readonly person = new Person();
  private readonly startingOver = new StartOver();
  private readonly listeners = new Set<SessionListener>();
  private readonly over = new AbortController();
  private readonly link: Link;
  private readonly inUse: SurfaceInUse;
  private readonly thread: Thread;
  private readonly background: BackgroundWork;
  private readonly approvals: Approvals;
  private readonly conflict: Conflict;
  private readonly suggestions: Suggestions;
  private readonly delivery: Delivery;
  private readonly outbox: Outbox;
  private readonly turnLimit: TurnLimit;

  constructor(
    private readonly config: SessionConfig,
    private readonly ports: SessionPorts,
  ) {
    const { clock } = ports;
    const { signal } = this.over;
    const state = (): ConversationState => this.current;
    const { state: resumed, subject: known } = config.resume ?? {};
    this.current = resumed ?? initialState(config.surface.name);
    this.person.becomes({ subject: known, entityId: resumed?.entityId });
    const subject = (who: string): boolean => this.onPerson({ subject: who });
    const renewBefore = (): number | undefined => this.inUse.renewBefore;
    this.inUse = new SurfaceInUse(
      config.target,
      new AuthorizedHttp({ ...ports, signal, subject, renewBefore }),
    );
    if (resumed?.conversationId !== undefined) this.inUse.learn(resumed.conversationId);
    const reader = new HistoryReader({ ...ports, signal, read: (id) => this.inUse.history(id) });
    const dispatch = (event: LocalEvent | ServerEvent, id?: string): void => {
      this.dispatch(event, id);
    };
    const earlier = config.history === 'server';
    const connect = (): void => {
      this.connect();
    };
    const circuit = { state, dispatch, clock, signal, connect };
    this.thread = new Thread({ ...circuit, reader, earlier });
    this.background = new BackgroundWork({ ...circuit, surface: this.inUse, thread: this.thread });
    this.approvals = new Approvals({ ...circuit, surface: this.inUse });
    this.delivery = new Delivery(circuit);
    this.suggestions = new Suggestions({ ...circuit, surface: this.inUse });
    this.conflict = new Conflict({ ...circuit, surface: this.inUse });
    this.outbox = new Outbox({
      state,
      clock,
      busy: () => this.thread.busy || this.background.busy,
      handOver: (message) => this.handOver(message),
    });
    this.turnLimit = new TurnLimit(clock, (limit) => {
      this.giveUpTurn(limit);
    });
    this.link = this.createLink();
  }

  get state(): ConversationState {
    return this.current;
  }

  subscribe(listener: SessionListener): Cancel {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /** Closes everything this session has open. It tells nobody anything after that. */
  dispose(code: number = OWN_CLOSE.normal): void {
    this.listeners.clear();
    this.over.abort();
    this.outbox.stop();
    this.turnLimit.stop();
    this.link.close(code);
  }

  command(command: Command): void {
    if (this.over.signal.aborted) return;
    switch (command.type) {
      case 'connect':
        this.connect();
        break;
      case 'reconnect':
        this.connect();
        this.link.hurry();
        break;
      case 'disconnect':
        this.disconnect();
        break;
      case 'stop':
        this.dispatch({ type: 'turn.stopped' });
        break;
      case 'new-conversation':
        void this.beginAnew();
        break;
      case 'end-conversation':
        void this.endConversation();
        break;
      case 'restore':
        if (this.current.history === 'unread') {
          this.dispatch({ type: 'history.loaded', turns: command.turns, earlier: true, kept: true });
        }
        break;
      case 'dismiss-error':
        this.dispatch({ type: 'error.cleared' });
        break;
      default:
        for (const part of this.parts) part.command(command);
    }
  }

  /** Each takes its own commands, and leaves the others'. */
  private get parts(): readonly { command(command: Command): void }[] {
    return [this.background, this.approvals, this.conflict, this.suggestions, this.delivery];
  }

  private createLink(): Link {
    const { inUse } = this;
    const observer: LinkObserver = {
      surface: (surface) => {
        this.onSurface(surface);
      },
      event: (event) => {
        this.onServerEvent(event);
      },
      status: (status, attempt, offline) => {
        this.changeConnection({ status, attempt, offline });
      },
      trouble: (error) => {
        this.onTrouble(error);
      },
      lost: () => {
        this.dispatch({ type: 'turn.lost' });
      },
      returned: () => {
        this.delivery.requeue();
      },
      ready: () => {
        this.attend();
      },
      stopped: (end) => {
        this.onStopped(end);
      },
      subject: (subject) => void this.onPerson({ subject }),
    };
    const forgetConversation = (): void => {
      inUse.forget();
    };
    const receipts = (): boolean => this.current.receipts === true;
    const firstWords = (): UserMessage | undefined => this.firstWords();
    const { socketless = new Set<string>() } = this.ports;
    const context = { ...this.ports, inUse, forgetConversation, receipts, firstWords, socketless };
    return createLink(this.config, context, observer);
  }

  private dispatch(event: LocalEvent | ServerEvent, id = createId()): void {
    if (this.over.signal.aborted) return;
    const stamped: ConversationEvent = { ...event, at: this.ports.clock.now(), id };
    const previous = this.current;
    this.current = reduce(previous, stamped);
    for (const listener of [...this.listeners]) listener(this.current, previous, stamped);
    this.attend();
  }

  /** Sees to what the state at hand asks for. */
  private attend(): void {
    const { phase } = this.current.turn;
    this.link.turn(phase === 'waiting' || phase === 'replying');
    this.turnLimit.review(this.current.turn);
    this.thread.review();
    this.background.review();
    this.suggestions.review();
    this.outbox.pump();
  }

  private connect(): void {
    if (this.current.error?.severity === 'fatal') this.dispatch({ type: 'error.cleared' });
    // Not while the last conversation is being ended (the server would lead back into it), nor before a choice is made.
    if (!this.startingOver.underWay && !this.conflict.stands) this.link.open();
  }

  private disconnect(): void {
    this.link.close(OWN_CLOSE.normal);
    this.dispatch({ type: 'turn.lost' });
    this.changeConnection({ status: 'closed', attempt: 0 });
    this.dispatch({ type: 'session.ended', reason: 'disconnected' });
  }

  private async beginAnew(): Promise<void> {
    if (this.startingOver.underWay) return;
    const { conflict, conversationId = conflict?.conversationId } = this.current;
    this.inUse.forget();
    // In this order: what waits is for the new one, and does not go out on the wire of the old.
    this.changeConnection({ status: 'connecting', attempt: 0 });
    this.dispatch({ type: 'conversation.cleared' });
    await this.startingOver.leave(conversationId, () => this.link.end(conversationId));
    if (!this.over.signal.aborted) this.connect();
  }

  private async endConversation(): Promise<void> {
    const { conversationId, items } = this.current;
    const last = items.at(-1);
    // Several tabs may ask at once; what has ended does so once.
    if (last?.kind === 'note' && last.note === 'ended') return;
    this.dispatch({ type: 'turn.lost' });
    this.delivery.failQueued();
    const ended = this.link.end(conversationId);
    this.changeConnection({ status: 'closed', attempt: 0 });
    this.dispatch({ type: 'session.ended', reason: 'completed' });
    await ended;
  }

  private handOver(message: UserMessage): boolean {
    if (message.event && !this.inUse.tellsEvents) this.delivery.refuse(message.id);
    else {
      this.config.handingOver?.(message.id);
      if (!this.link.send(message)) return false;
      this.dispatch({ type: 'turn.started', messageId: message.id });
    }
    return true;
  }

  /** What a conversation that is about to begin may begin with: handed over with this. */
  private firstWords(): UserMessage | undefined {
    const message = this.outbox.next;
    if (!message) return undefined;
    this.config.handingOver?.(message.id);
    this.dispatch({ type: 'turn.started', messageId: message.id });
    return message;
  }

  private giveUpTurn(code: 'reply-timeout' | 'reply-too-long'): void {
    this.dispatch({ type: 'turn.failed', error: conversationError('server', code), rolledBack: false });
    this.link.abandon();
  }

  private onServerEvent(event: ServerEvent): void {
    // A frame that means nothing to us is no part of a greeting.
    if (event.type !== 'frame.dropped') this.outbox.heard();
    const previous = this.current.conversationId;
    if (event.type === 'session.opened') this.onPerson({ entityId: event.entityId });
    this.dispatch(event);
    if (event.type === 'session.opened') this.onOpened(event, previous);
  }

  /** Another person must never meet the last one's words, nor be led into their conversation. True where it is one. */
  private onPerson(told: Parameters<Person['becomes']>[0]): boolean {
    if (!this.person.becomes(told)) return false;
    this.inUse.forget();
    this.dispatch({ type: 'conversation.cleared', otherPerson: true });
    return true;
  }

  private onOpened({ anew, conversationId: opened }: SessionOpened, previous: string | undefined): void {
    const { conversationId, history } = this.current;
    if (opened !== undefined) this.inUse.learn(opened);
    const another = previous !== undefined && previous !== conversationId;
    if (anew || another) this.dispatch({ type: 'note.added', note: 'new-thread' });
    if (this.startingOver.ledBackTo(conversationId)) {
      this.dispatch({ type: 'note.added', note: 'resumed-thread' });
    }
    this.delivery.checkAll();
    if (history === 'unread') void this.thread.load();
  }

  private onSurface(surface: Surface): void {
    this.inUse.use(surface);
    this.changeConnection({ surface: surface.name });
  }

  private changeConnection(change: Partial<Connection>): void {
    const { connection } = this.current;
    const same = Object.entries(change).every(
      ([key, value]) => connection[key as keyof Connection] === value,
    );
    if (!same) this.dispatch({ type: 'connection.changed', ...change });
  }

  private onTrouble(error: ConversationError | undefined): void {
    if (error) this.dispatch({ type: 'error.raised', error });
    else if (this.current.error) this.dispatch({ type: 'error.cleared' });
  }

  private onStopped(end: LinkEnd): void {
    switch (end.reason) {
      case 'idle':
        this.changeConnection({ status: 'idle', attempt: 0 });
        if (this.delivery.hasQueued) this.link.open();
        break;
      case 'undecided':
        this.onTrouble(undefined);
        this.changeConnection({ status: 'idle', attempt: 0 });
        break;
      case 'ended':
        this.changeConnection({ status: 'closed', attempt: 0 });
        if (!end.announced) this.dispatch({ type: 'session.ended', reason: 'closed' });
        this.delivery.failQueued();
        break;
      default:
        this.changeConnection({ status: 'failed' });
        this.dispatch({ type: 'error.raised', error: end.error });
        // Once signed in again the person goes on where they were.
        if (end.reason === 'failed') this.delivery.failQueued(end.error);
        break;
    }
  }
}
