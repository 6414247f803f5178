import type { Command } from '../../conversation/command.js';
import type { ConversationEvent, LocalEvent } from '../../conversation/event.js';
import { reduce } from '../../conversation/reduce.js';
import type { ConversationState } from '../../conversation/state.js';
import type { Cancel } from '../../lib/clock.js';
import { Disposer } from '../../lib/disposer.js';
import { createId } from '../../lib/id.js';
import { OWN_CLOSE } from '../../protocol/close-codes.js';
import { decodeTabMessage } from '../../protocol/tabs/index.js';
import type { TabMessage } from '../../protocol/tabs/index.js';
import type { Environment } from '../../transport/environment.js';
import type { TabChannel, Tabs } from '../../transport/tabs.js';
import type { ConversationSession, SessionListener } from '../conversation-session.js';
import { COMMAND_LIFE, Errands } from './errands.js';
import type { TabSessionOptions } from './tab-session-options.js';
import { isConnected, leaderLost, resumable } from './take-over.js';

type LedMessage = Exclude<TabMessage, { type: 'hello' | 'command' | 'ack' }>;

/**
 * A conversation as one tab of several sees it, with the interface of a {@link ConversationSession}. One tab
 * leads and runs the real session; the others mirror its state by the same events and the same reducer, and
 * pass their commands on. When the leader goes, the next in line goes on from the mirrored state: what was
 * queued is still queued, what may have left is looked up, and a command that nobody saw carried out is asked
 * again. States: joining → following ⇄ leading, or alone.
 */
export class TabSession implements Pick<ConversationSession, 'state' | 'subscribe' | 'command' | 'dispose'> {
  private current: ConversationState;
  private readonly listeners = new Set<SessionListener>();
  private readonly lifetime = new Disposer();
  /** The real session, while this tab leads. */
  private session: ConversationSession | undefined;
  private name: string | undefined;
  private channel: TabChannel | undefined;
  private leave: Cancel | undefined;
  private hidden = false;
  /** The leadership that is mirrored, or held, and how far. -1: out of step. */
  private term = 0;
  private seq = -1;
  /** The message that the leader may have handed over without saying so any more. */
  private handingOver: string | undefined;
  private subject: string | undefined;
  /** The person whom this tab's own token stands for too. */
  private verified: string | undefined;
  private verifying = false;
  /** What this tab has asked of the leader. */
  private readonly errands: Errands;
  private readonly carriedOut = new Set<string>();
  private ack: string | undefined;

  constructor(private readonly options: TabSessionOptions) {
    this.current = options.initial;
    this.errands = new Errands(
      options.clock,
      (message) => {
        this.post({ ...message, subject: this.subject });
      },
      () => {
        // A leader that is frozen loses the lead.
        if (!this.verifying) this.follow(true);
      },
    );
    this.lifetime.add(
      options.environment.observe((signal) => {
        this.onSignal(signal);
      }),
    );
    if (options.tabs) void this.join(options.tabs);
    else this.lead();
  }

  get state(): ConversationState {
    return this.current;
  }

  /** Whom the conversation's tokens stand for, as far as they say, or said while there were any. */
  get person(): string | undefined {
    return (this.session && this.options.tokens.subject) ?? this.subject;
  }

  subscribe(listener: SessionListener): Cancel {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  dispose(): void {
    this.listeners.clear();
    this.lifetime.dispose();
    this.errands.take();
    this.part();
    this.current = this.options.initial;
  }

  command(command: Command): void {
    if (this.session) this.session.command(command);
    else this.errands.add(command, this.seq >= 0);
  }

  private async join(tabs: Tabs): Promise<void> {
    this.name = await tabs.nameFor(this.options.identity).catch(() => undefined);
    if (this.lifetime.disposed) return;
    if (this.name === undefined) this.lead();
    else {
      this.channel = tabs.channel(this.name, (data) => {
        this.receive(data);
      });
      this.follow(false);
    }
  }

  /** Stands in line for the lead, and asks whoever has it. */
  private follow(steal: boolean): void {
    this.leave?.();
    if (this.name === undefined || this.hidden) return;
    this.leave = this.options.tabs?.lead(this.name, steal, {
      led: () => {
        this.lead();
      },
      lost: (refused) => {
        if (refused) this.standAlone();
        else this.stepDown();
      },
    });
    this.errands.hello();
  }

  private lead(): void {
    if (this.session || this.lifetime.disposed) return;
    if (this.term > 0) for (const event of leaderLost(this.current, this.handingOver)) this.apply(event);
    this.handingOver = undefined;
    this.term = Math.max(this.options.clock.now(), this.term + 1);
    this.seq = 0;
    const state = resumable(this.current);
    this.session = this.options.start({
      resume: { state, subject: this.subject },
      handingOver: (messageId) => {
        this.post({ type: 'handing-over', term: this.term, messageId });
      },
    });
    this.session.subscribe((state, previous, event) => {
      this.relay(state, previous, event);
    });
    this.announce();
    if (isConnected(state)) this.session.command({ type: 'connect' });
    for (const [id, command] of this.errands.take()) this.carryOut(id, command);
  }

  /** Another tab has taken the lead, or this page leaves: the connection ends here. */
  private stepDown(code: number = OWN_CLOSE.normal): void {
    this.subject = this.person;
    this.verified = this.subject;
    this.session?.dispose(code);
    this.session = undefined;
    this.seq = -1;
    this.follow(false);
  }

  /** No tab is shared with from now on. */
  private standAlone(): void {
    this.part();
    this.name = undefined;
    this.lead();
  }

  /** Gives everything up that is held in common with other tabs. */
  private part(): void {
    this.errands.settle();
    this.session?.dispose();
    this.session = undefined;
    this.leave?.();
    this.leave = undefined;
    this.channel?.close();
    this.channel = undefined;
  }

  private onSignal(signal: Parameters<Parameters<Environment['observe']>[0]>[0]): void {
    // Alone there is nobody to hand anything to; the link itself sees to pages that leave.
    if (this.channel === undefined) return;
    if (signal === 'pagehide') {
      this.hidden = true;
      this.errands.settle();
      this.stepDown(OWN_CLOSE.pagehide);
    } else if (signal === 'pageshow' && this.hidden) {
      this.hidden = false;
      this.follow(false);
    } else if (signal === 'visible' && !this.session) this.errands.hello();
  }

  /** The leader tells the others. */
  private relay(state: ConversationState, previous: ConversationState, event: ConversationEvent): void {
    this.current = state;
    this.seq += 1;
    const { term, seq, ack, person: subject } = this;
    this.subject = subject;
    this.post({ type: 'event', term, seq, event, subject, ack });
    this.ack = undefined;
    this.tell(state, previous, event);
  }

  private announce(): void {
    const { term, seq, current: state, person: subject } = this;
    if (this.session) this.post({ type: 'snapshot', term, seq, state, subject });
  }

  /** Once and no more, however often it is asked. */
  private carryOut(id: string, command: Command): void {
    if (!this.carriedOut.has(id)) {
      this.carriedOut.add(id);
      this.ack = id;
      this.session?.command(command);
      if (this.ack === undefined) return;
      this.ack = undefined;
    }
    this.post({ type: 'ack', id });
  }

  private receive(data: unknown): void {
    const message = decodeTabMessage(data);
    if (!message || this.hidden) return;
    if (message.type === 'hello') this.announce();
    else if (message.type === 'command') {
      const fresh = Math.abs(this.options.clock.now() - message.at) < COMMAND_LIFE;
      // What one person typed is not said in the name of another.
      if (message.subject !== this.person) this.announce();
      else if (this.session && fresh) this.carryOut(message.id, message.command);
    } else if (message.type === 'ack') this.errands.done(message.id);
    else if (message.term > this.term || !this.session) this.mirror(message);
  }

  private mirror(message: LedMessage): void {
    // Woken after a long sleep: the lead has been taken meanwhile.
    if (this.session) this.stepDown();
    if (message.term < this.term) return;
    if (message.type === 'snapshot') this.adopt(message);
    else if (message.term !== this.term || this.seq < 0) this.catchUp();
    else if (message.type === 'handing-over') this.handingOver = message.messageId;
    else if (message.seq !== this.seq + 1 || message.subject !== this.subject) this.catchUp();
    else {
      this.seq = message.seq;
      if (message.event.type === 'turn.started') this.handingOver = undefined;
      this.apply(message.event);
      if (message.ack !== undefined) this.errands.done(message.ack);
    }
  }

  private adopt({ term, seq, state, subject }: Extract<TabMessage, { type: 'snapshot' }>): void {
    if (subject !== undefined && subject !== this.verified) {
      this.errands.settle();
      void this.verify(subject);
      return;
    }
    if (term !== this.term || seq !== this.seq || subject !== this.subject) {
      Object.assign(this, { term, seq, subject, handingOver: undefined });
      this.apply({ type: 'state.mirrored', state });
    }
    this.errands.answered();
  }

  /** A conversation is shared only by tabs whose own tokens stand for the same person. */
  private async verify(subject: string): Promise<void> {
    if (this.verifying) return;
    this.verifying = true;
    this.seq = -1;
    const answer = await this.options.tokens.forRequest();
    this.verifying = false;
    if (this.lifetime.disposed || this.session || this.hidden) return;
    if (answer.ok && (answer.token.subject ?? subject) === subject) {
      this.verified = subject;
      this.errands.hello();
    } else {
      this.apply({ type: 'conversation.cleared', otherPerson: true });
      this.term = 0;
      this.standAlone();
    }
  }

  /** Something was missed: the whole is asked for, once. */
  private catchUp(): void {
    this.seq = -1;
    if (!this.errands.awaiting && !this.verifying) this.errands.hello();
  }

  private post(message: TabMessage): void {
    this.channel?.post(message);
  }

  private apply(event: LocalEvent | ConversationEvent): void {
    const stamped = { at: this.options.clock.now(), id: createId(), ...event };
    const previous = this.current;
    this.current = reduce(previous, stamped);
    this.tell(this.current, previous, stamped);
  }

  private tell(state: ConversationState, previous: ConversationState, event: ConversationEvent): void {
    for (const listener of [...this.listeners]) listener(state, previous, event);
  }
}
