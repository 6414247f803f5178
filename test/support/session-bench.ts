import { expect, vi } from 'vitest';
import type { Command } from '../../src/conversation/command.js';
import type { ConversationEvent } from '../../src/conversation/event.js';
import type { ConversationState, UserMessage } from '../../src/conversation/state.js';
import { systemClock } from '../../src/lib/clock.js';
import { sessionsConnect } from '../../src/protocol/sessions-connect/index.js';
import { ConversationSession } from '../../src/session/conversation-session.js';
import type { SessionConfig } from '../../src/session/conversation-session.js';
import type { Route } from '../../src/session/create-link.js';
import { TokenSource } from '../../src/session/token-source.js';
import type { GetToken, TokenReason } from '../../src/session/token-source.js';
import type { Random } from '../../src/transport/backoff.js';
import type { Fetch } from '../../src/transport/http.js';
import { FakeEnvironment } from './fake-environment.js';
import { FakeServer } from './fake-server.js';
import { screen } from './replay.js';

export interface BenchOptions {
  readonly server?: FakeServer;
  readonly history?: SessionConfig['history'];
  /** Undefined: a fresh token for every call. `null`: none yet. */
  readonly getToken?: GetToken | null;
  readonly conversationId?: string;
  readonly random?: Random;
  readonly withoutWebSocket?: boolean;
  /** sessions/connect, unless said otherwise. */
  readonly route?: Route;
  /** In place of the server's own. */
  readonly fetch?: Fetch;
}

const benches = new Set<SessionBench>();

/**
 * A whole session between a fake page and a fake server. Only the edges are fake: the connect loop, the gate,
 * the policy, the outbox and the reducer are the ones that ship. Time is Vitest's; nothing waits for real.
 */
export class SessionBench {
  readonly server: FakeServer;
  readonly environment = new FakeEnvironment();
  readonly tokens = new TokenSource(systemClock);
  readonly session: ConversationSession;
  readonly events: ConversationEvent[] = [];
  /** Why tokens were asked for, in order. */
  readonly tokenReasons: TokenReason[] = [];
  private readonly asked: string[] = [];
  private count = 0;

  constructor(options: BenchOptions = {}) {
    this.server = options.server ?? new FakeServer();
    if (options.getToken !== null) this.giveTokens(options.getToken);
    const named = options.conversationId === undefined ? {} : { conversationId: options.conversationId };
    const target = {
      baseUrl: 'https://api.example',
      workspaceId: 'w1',
      serviceId: 's1',
      entityId: 'e1',
      toolEvents: false,
      ...named,
    };
    this.session = new ConversationSession(
      { ...(options.route ?? { surface: sessionsConnect }), target, history: options.history ?? 'server' },
      {
        tokens: this.tokens,
        clock: systemClock,
        random: options.random ?? ((): number => 0.5),
        environment: this.environment,
        fetch: options.fetch ?? this.server.fetch,
        WebSocket: options.withoutWebSocket ? undefined : this.server.WebSocket,
      },
    );
    this.session.subscribe((_state, _previous, event) => this.events.push(event));
    benches.add(this);
  }

  get state(): ConversationState {
    return this.session.state;
  }

  get screen(): readonly string[] {
    return screen(this.state);
  }

  get messages(): readonly UserMessage[] {
    return this.state.items.filter((item) => item.kind === 'user');
  }

  giveTokens(getToken?: GetToken): void {
    let issued = 0;
    this.tokens.use((request) => {
      this.tokenReasons.push(request.reason);
      return getToken ? getToken(request) : `token-${String((issued += 1))}`;
    });
  }

  /** Lets time pass, with all that falls due in it. */
  async pass(milliseconds = 0): Promise<void> {
    await vi.advanceTimersByTimeAsync(milliseconds);
  }

  /** Connects, and waits until the greeting has come. */
  async open(): Promise<this> {
    this.session.command({ type: 'connect' });
    await this.pass(10);
    expect(this.state.connection.status).toBe('open');
    return this;
  }

  /** The person types and presses send. */
  say(text: string): string {
    this.count += 1;
    const id = `m${String(this.count)}`;
    this.asked.push(text);
    this.session.command({ type: 'send', id, text });
    return id;
  }

  /** The person presses a button at one of their messages. */
  press(button: 'withdraw' | 'check' | 'confirm', id: string): void {
    this.session.command({ type: button, id });
  }

  /** "Send again", which asks for the text once more where it is taken. */
  sendAgain(id: string): void {
    const before = this.message(id);
    this.session.command({ type: 'resend', id });
    if (before && before.status !== 'queued' && this.events.some((event) => isRequeue(event, id))) {
      this.asked.push(before.text);
    }
  }

  /** "Ask again", which sends the same words as a new message. */
  askAgain(id: string): void {
    const text = this.message(id)?.text;
    this.count += 1;
    if (text !== undefined) this.asked.push(text);
    this.session.command({ type: 'ask-again', id, newId: `m${String(this.count)}` });
  }

  do(type: Extract<Command, { type: 'connect' | 'disconnect' | 'reconnect' | 'stop' }>['type']): void {
    this.session.command({ type });
  }

  message(id: string): UserMessage | undefined {
    return this.messages.find((message) => message.id === id);
  }

  /** The events of one type, oldest first. */
  seen<Type extends ConversationEvent['type']>(
    type: Type,
  ): readonly Extract<ConversationEvent, { type: Type }>[] {
    return this.events.filter(
      (event): event is Extract<ConversationEvent, { type: Type }> => event.type === type,
    );
  }

  /** The promise: no text leaves more often than the person asked for it. */
  expectNothingSentUnasked(): void {
    const times = (texts: readonly string[], text: string): number =>
      texts.filter((other) => other === text).length;
    const unasked = [...new Set(this.server.handedOver)].filter(
      (text) => times(this.server.handedOver, text) > times(this.asked, text),
    );
    expect(unasked).toEqual([]);
  }
}

function isRequeue(event: ConversationEvent, id: string): boolean {
  return event.type === 'message.status' && event.messageId === id && event.status === 'queued';
}

/** Fakes every timer. For `beforeEach`. */
export function stopTime(): void {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'],
    now: Date.UTC(2026, 0, 5, 9),
  });
}

/** Ends every session of a test and checks what has to hold after each. For `afterEach`. */
export async function endSessions(): Promise<void> {
  const ended = [...benches];
  benches.clear();
  for (const bench of ended) bench.session.dispose();
  // The connect loop's own zero-length wait cannot be cancelled; it comes to nothing.
  await vi.advanceTimersByTimeAsync(1);
  const left = ended.map(({ environment, server }) => [environment.listening, server.live.length]);
  const timers = vi.getTimerCount();
  vi.useRealTimers();
  for (const bench of ended) bench.expectNothingSentUnasked();
  expect(left).toEqual(ended.map(() => [0, 0]));
  expect(timers).toBe(0);
}
