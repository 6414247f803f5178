import type { Command } from '../conversation/command.js';
import { conversationError } from '../conversation/error.js';
import type { ConversationError } from '../conversation/error.js';
import type { ConversationEvent, LocalEvent, ServerEvent } from '../conversation/event.js';
import { findUserMessage } from '../conversation/items.js';
import { reduce } from '../conversation/reduce.js';
import { initialState } from '../conversation/state.js';
import type { ConversationState, UserMessage } from '../conversation/state.js';
import type { Cancel, Clock } from '../lib/clock.js';
import { createId } from '../lib/id.js';
import { OWN_CLOSE } from '../protocol/close-codes.js';
import type { SocketSurface, Target } from '../protocol/surface.js';
import type { Random } from '../transport/backoff.js';
import type { Environment } from '../transport/environment.js';
import type { Fetch } from '../transport/http.js';
import type { WebSocketConstructor } from '../transport/reconnecting-socket.js';
import { HistoryReader } from './history-reader.js';
import type { HistoryAnswer } from './history-reader.js';
import type { Link, LinkEnd, LinkObserver } from './link.js';
import { Outbox } from './outbox.js';
import { Reconciler } from './reconciler.js';
import { SocketLink } from './socket-link.js';
import type { TokenSource } from './token-source.js';
import { TurnLimit } from './turn-limit.js';

/** What the session takes from the world, so that a test can bring its own. */
export interface SessionPorts {
  readonly tokens: TokenSource;
  readonly clock: Clock;
  readonly random: Random;
  readonly environment: Environment;
  readonly fetch: Fetch;
  /** Undefined where the page has none. */
  readonly WebSocket: WebSocketConstructor | undefined;
}

export interface SessionConfig {
  readonly surface: SocketSurface;
  readonly target: Target;
  /** `memory` shows nothing from before this page. */
  readonly history: 'server' | 'memory';
}

/** Told after every event: the state it led to, and the one it came from. */
export type SessionListener = (
  state: ConversationState,
  previous: ConversationState,
  event: ConversationEvent,
) => void;

/**
 * One conversation of one person: the only place that knows both sides. Commands come in from the element,
 * events from the link; it stamps them with time and id, lets the reducer make the next state, and then sees to
 * what that state asks for (hand over the next message, look something up, keep a limit). It is bound to one
 * identity for life: another entity, service or origin means another session.
 */
export class ConversationSession {
  private current: ConversationState;
  private target: Target;
  private subject: string | undefined;
  /** The conversation that "New conversation" left, to notice when the server leads back into it. */
  private left: string | undefined;
  private readonly listeners = new Set<SessionListener>();
  private readonly over = new AbortController();
  private readonly link: Link;
  private readonly history: HistoryReader;
  private readonly outbox: Outbox;
  private readonly reconciler: Reconciler;
  private readonly turnLimit: TurnLimit;

  constructor(
    private readonly config: SessionConfig,
    private readonly ports: SessionPorts,
  ) {
    const { clock } = ports;
    const { signal } = this.over;
    const state = (): ConversationState => this.current;
    this.current = initialState(config.surface.name);
    this.target = config.target;
    this.history = new HistoryReader({ ...ports, workspace: config.target, signal });
    this.reconciler = new Reconciler({
      state,
      clock,
      signal,
      earlier: config.history === 'server',
      read: () => this.readHistory(),
      dispatch: (event) => { this.dispatch(event); },
    });
    this.outbox = new Outbox({
      state,
      clock,
      greets: config.surface.greets,
      busy: () => this.reconciler.busy,
      handOver: (message) => this.handOver(message),
    });
    this.turnLimit = new TurnLimit(clock, (limit) => { this.giveUpTurn(limit); });
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
  dispose(): void {
    this.listeners.clear();
    this.over.abort();
    this.outbox.stop();
    this.turnLimit.stop();
    this.link.close(OWN_CLOSE.normal);
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
        this.disconnect('disconnected');
        break;
      case 'send':
        this.send(command.id, command.text);
        break;
      case 'withdraw':
        this.withdraw(command.id);
        break;
      case 'resend':
        this.resend(command.id);
        break;
      case 'check':
        this.setStatus(command.id, { status: 'unconfirmed', checking: true });
        break;
      case 'confirm':
        this.setStatus(command.id, { status: 'delivered' });
        break;
      case 'ask-again':
        this.askAgain(command.id, command.newId);
        break;
      case 'stop':
        this.dispatch({ type: 'turn.stopped' });
        break;
      case 'new-conversation':
        void this.startOver();
        break;
      case 'end-conversation':
        void this.endConversation();
        break;
      case 'dismiss-error':
        this.dispatch({ type: 'error.cleared' });
        break;
    }
  }

  private createLink(): Link {
    const observer: LinkObserver = {
      event: (event) => { this.onServerEvent(event); },
      status: (status, attempt, offline) => { this.changeConnection({ status, attempt, offline }); },
      trouble: (error) => { this.onTrouble(error); },
      lost: () => { this.dispatch({ type: 'turn.lost' }); },
      stopped: (end) => { this.onStopped(end); },
      subject: (subject) => { this.onSubject(subject); },
    };
    const options = {
      ...this.ports,
      surface: this.config.surface,
      target: () => this.target,
      forgetConversation: () => { this.forgetConversation(); },
      closeConversation: (id: string) => this.history.close(id),
    };
    return new SocketLink(options, observer);
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
    this.reconciler.review();
    this.outbox.pump();
  }

  private connect(): void {
    if (this.current.error?.severity === 'fatal') this.dispatch({ type: 'error.cleared' });
    this.link.open();
  }

  private disconnect(reason: string): void {
    this.link.close(OWN_CLOSE.normal);
    this.dispatch({ type: 'turn.lost' });
    this.changeConnection({ status: 'closed', attempt: 0 });
    this.dispatch({ type: 'session.ended', reason });
  }

  private send(id: string, text: string): void {
    this.dispatch({ type: 'user.message', text }, id);
    const { connection, error } = this.current;
    if (connection.status === 'failed' && error?.severity === 'fatal' && !error.retryable) this.fail(id, error);
    else if (connection.status !== 'failed' || error?.retryable) this.connect();
  }

  private withdraw(id: string): void {
    const message = findUserMessage(this.current.items, id);
    if (message?.status === 'queued') this.dispatch({ type: 'message.removed', messageId: id });
  }

  private resend(id: string): void {
    const message = findUserMessage(this.current.items, id);
    if (message?.status !== 'not-sent' && message?.status !== 'unconfirmed') return;
    this.setStatus(id, { status: 'queued' });
    this.connect();
  }

  private askAgain(id: string, newId: string): void {
    const message = findUserMessage(this.current.items, id);
    if (!message) return;
    this.setStatus(id, { status: message.status });
    this.send(newId, message.text);
  }

  private setStatus(
    messageId: string,
    change: Omit<Extract<LocalEvent, { type: 'message.status' }>, 'type' | 'messageId'>,
  ): void {
    if (findUserMessage(this.current.items, messageId)) {
      this.dispatch({ type: 'message.status', messageId, ...change });
    }
  }

  private fail(messageId: string, error: ConversationError): void {
    this.setStatus(messageId, { status: 'not-sent', error });
  }

  private failQueued(error: ConversationError): void {
    for (const item of this.current.items) if (item.kind === 'user' && item.status === 'queued') this.fail(item.id, error);
  }

  private async startOver(): Promise<void> {
    const { conversationId } = this.current;
    this.left = conversationId;
    this.forgetConversation();
    this.dispatch({ type: 'conversation.cleared' });
    await this.link.end(conversationId);
    if (!this.over.signal.aborted) this.connect();
  }

  private async endConversation(): Promise<void> {
    const { conversationId } = this.current;
    this.dispatch({ type: 'turn.lost' });
    this.failQueued(conversationError('connection', 'closed-by-server'));
    const ended = this.link.end(conversationId);
    this.changeConnection({ status: 'closed', attempt: 0 });
    this.dispatch({ type: 'session.ended', reason: 'completed' });
    await ended;
  }

  private handOver(message: UserMessage): boolean {
    if (!this.link.send(message.text)) return false;
    this.dispatch({ type: 'turn.started', messageId: message.id });
    return true;
  }

  private giveUpTurn(code: 'reply-timeout' | 'reply-too-long'): void {
    this.dispatch({ type: 'turn.failed', error: conversationError('server', code), rolledBack: false });
    this.link.abandon();
  }

  private onServerEvent(event: ServerEvent): void {
    this.outbox.heard();
    if (event.type === 'session.opened') this.beforeOpened(event.entityId);
    this.dispatch(event);
    if (event.type === 'session.opened') this.onOpened();
  }

  /** Another person's session must never meet the last one's words. */
  private beforeOpened(entityId: string | undefined): void {
    const known = this.current.entityId;
    if (known !== undefined && entityId !== undefined && known !== entityId) {
      this.dispatch({ type: 'conversation.cleared' });
    }
  }

  private onSubject(subject: string): void {
    const other = this.subject !== undefined && this.subject !== subject;
    this.subject = subject;
    if (other) this.dispatch({ type: 'conversation.cleared' });
  }

  private onOpened(): void {
    const { items, conversationId, history } = this.current;
    if (this.left !== undefined && this.left === conversationId) {
      this.dispatch({ type: 'note.added', note: 'resumed-thread' });
    }
    this.left = undefined;
    for (const item of items) {
      if (item.kind === 'user' && item.status === 'unconfirmed' && !item.checking) {
        this.setStatus(item.id, { status: 'unconfirmed', checking: true });
      }
    }
    if (history === 'unread' && this.config.history === 'server') void this.loadHistory();
  }

  private async loadHistory(): Promise<void> {
    const { signal } = this.over;
    this.dispatch({ type: 'history.loading' });
    const answer = await this.readHistory();
    if (signal.aborted) return;
    if (answer?.outcome === 'read') this.dispatch({ type: 'history.loaded', turns: answer.turns, earlier: true });
    else {
      this.dispatch({ type: 'history.failed' });
      if (answer?.outcome !== 'failed') return;
      const error = conversationError('server', 'history-unavailable', { severity: 'warning' });
      this.dispatch({ type: 'error.raised', error });
    }
  }

  private async readHistory(): Promise<HistoryAnswer | undefined> {
    const id = this.current.conversationId;
    return id === undefined ? undefined : this.history.read(id);
  }

  private forgetConversation(): void {
    const { conversationId: _, ...target } = this.target;
    this.target = target;
  }

  private changeConnection(change: Omit<Extract<LocalEvent, { type: 'connection.changed' }>, 'type'>): void {
    const { connection } = this.current;
    const next = { ...connection, ...change };
    const same =
      next.status === connection.status && next.attempt === connection.attempt && next.offline === connection.offline;
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
        if (this.current.items.some((item) => item.kind === 'user' && item.status === 'queued')) this.link.open();
        break;
      case 'ended':
        this.changeConnection({ status: 'closed', attempt: 0 });
        if (!end.announced) this.dispatch({ type: 'session.ended', reason: 'closed' });
        this.failQueued(conversationError('connection', 'closed-by-server'));
        break;
      case 'failed':
        this.changeConnection({ status: 'failed' });
        this.dispatch({ type: 'error.raised', error: end.error });
        this.failQueued(end.error);
        break;
      case 'signed-out':
        this.changeConnection({ status: 'failed' });
        this.dispatch({ type: 'error.raised', error: end.error });
        break;
    }
  }
}
