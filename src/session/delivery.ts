import type { Command } from '../conversation/command.js';
import { conversationError } from '../conversation/error.js';
import type { ConversationError } from '../conversation/error.js';
import type { LocalEvent } from '../conversation/event.js';
import { findUserMessage } from '../conversation/items.js';
import type { ConversationState, UserMessage } from '../conversation/state.js';

type StatusChange = Omit<Extract<LocalEvent, { type: 'message.status' }>, 'type' | 'messageId'>;

export interface DeliveryOptions {
  readonly state: () => ConversationState;
  readonly dispatch: (event: LocalEvent, id?: string) => void;
  /** Begins to connect where nothing is under way. */
  readonly connect: () => void;
}

/**
 * What the person may do about their messages, each from the states in which it makes sense. Nothing here sends:
 * what is queued goes out through the outbox, and only a person queues a message again.
 */
export class Delivery {
  constructor(private readonly options: DeliveryOptions) {}

  /** Commands about messages; any other is not for here. */
  command(command: Command): void {
    switch (command.type) {
      case 'send':
        this.send(command.id, command.text, command.event);
        break;
      case 'withdraw':
        this.withdraw(command.id);
        break;
      case 'resend':
        this.resend(command.id);
        break;
      case 'check':
        this.check(command.id);
        break;
      case 'confirm':
        this.confirm(command.id);
        break;
      case 'ask-again':
        this.askAgain(command.id, command.newId);
        break;
    }
  }

  send(id: string, text: string, event = false): void {
    this.options.dispatch({ type: 'user.message', text, ...(event ? { event } : {}) }, id);
    const { connection, error } = this.options.state();
    if (connection.status !== 'failed') this.options.connect();
    else if (error?.severity === 'fatal' && !error.retryable) this.fail(id, error);
    else if (error?.retryable) this.options.connect();
    // Else the person is signed out: the message waits for a new token.
  }

  /** "Don't send": only while it certainly has not left. What left an earlier time is looked up instead. */
  withdraw(id: string): void {
    const message = this.find(id);
    if (message?.status === 'queued' && message.doubtful)
      this.setStatus(id, { status: 'unconfirmed', checking: true });
    else if (message?.status === 'queued' || message?.status === 'not-sent')
      this.options.dispatch({ type: 'message.removed', messageId: id });
  }

  /** "Send again". */
  resend(id: string): void {
    const status = this.find(id)?.status;
    if (status !== 'not-sent' && status !== 'unconfirmed') return;
    this.setStatus(id, { status: 'queued' });
    this.options.connect();
  }

  /** "Check now". */
  check(id: string): void {
    if (this.find(id)?.status === 'unconfirmed')
      this.setStatus(id, { status: 'unconfirmed', checking: true });
  }

  /** "It arrived". */
  confirm(id: string): void {
    if (this.find(id)?.status === 'unconfirmed') this.setStatus(id, { status: 'delivered' });
  }

  /** "Ask again": the same words as a new message; the old one stays delivered. */
  askAgain(id: string, newId: string): void {
    const message = this.find(id);
    if (message?.status !== 'delivered') return;
    this.setStatus(id, { status: 'delivered' });
    this.send(newId, message.text);
  }

  /** A fresh connection is a fresh chance to find what could not be looked up, but not in another conversation. */
  checkAll(): void {
    const here = this.options.state().conversationId;
    for (const { id, conversationId = here } of this.withStatus('unconfirmed'))
      if (conversationId === here) this.check(id);
  }

  /** The message under way was certainly not taken: it waits again, first in the queue. */
  requeue(): void {
    const { messageId } = this.options.state().turn;
    if (messageId !== undefined) this.setStatus(messageId, { status: 'queued' });
  }

  /** The end of the road for what has not left yet. */
  failQueued(error: ConversationError = conversationError('connection', 'closed-by-server')): void {
    for (const { id } of this.withStatus('queued')) this.fail(id, error);
  }

  get hasQueued(): boolean {
    return this.withStatus('queued').length > 0;
  }

  /** It cannot be told here: a surface that takes only the person's words must not take it for them. */
  refuse(id: string): void {
    this.fail(id, conversationError('send', 'message-refused', { retryable: false }));
  }

  private fail(id: string, error: ConversationError): void {
    this.setStatus(id, { status: 'not-sent', error });
  }

  private setStatus(messageId: string, change: StatusChange): void {
    this.options.dispatch({ type: 'message.status', messageId, ...change });
  }

  private find(id: string): UserMessage | undefined {
    return findUserMessage(this.options.state().items, id);
  }

  private withStatus(status: UserMessage['status']): UserMessage[] {
    return this.options
      .state()
      .items.filter((item): item is UserMessage => item.kind === 'user' && item.status === status);
  }
}
