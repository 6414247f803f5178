import { expect, vi } from 'vitest';
import { initialState } from '../../src/conversation/state.js';
import type { ConversationEvent } from '../../src/conversation/event.js';
import type { ConversationState, UserMessage } from '../../src/conversation/state.js';
import { systemClock } from '../../src/lib/clock.js';
import { sessionsConnect } from '../../src/protocol/sessions-connect/index.js';
import { ConversationSession } from '../../src/session/conversation-session.js';
import { TabSession } from '../../src/session/tabs/tab-session.js';
import { TokenSource } from '../../src/session/token-source.js';
import type { Token } from '../../src/session/token-source.js';
import { FakeEnvironment } from './fake-environment.js';
import type { FakeServer } from './fake-server.js';
import { FakeBrowser } from './fake-tabs.js';
import type { FakeTab } from './fake-tabs.js';
import { screen } from './replay.js';

const pages = new Set<TabPage>();
let texts = 0;

export interface TabPageOptions {
  readonly entityId?: string;
  readonly getToken?: () => string | Token;
  /** The browser has no locks or no channels. */
  readonly alone?: boolean;
}

/** One tab with the widget in it. Only browser and server are fake. */
export class TabPage {
  readonly tab: FakeTab;
  readonly environment = new FakeEnvironment();
  readonly tokens = new TokenSource(systemClock);
  readonly session: TabSession;
  readonly events: ConversationEvent[] = [];
  readonly asked: string[] = [];
  tokenRequests = 0;

  constructor(
    browser: FakeBrowser,
    server: FakeServer,
    { entityId = 'e1', getToken, alone }: TabPageOptions = {},
  ) {
    this.tab = browser.tab();
    this.tokens.use(() => {
      this.tokenRequests += 1;
      return getToken?.() ?? `token-${String(this.tokenRequests)}`;
    });
    const target = {
      baseUrl: 'https://api.example',
      workspaceId: 'w1',
      serviceId: 's1',
      entityId,
      toolEvents: false,
    };
    const ports = {
      tokens: this.tokens,
      clock: systemClock,
      random: (): number => 0.5,
      environment: this.environment,
      fetch: server.fetch,
      WebSocket: server.WebSocket,
    };
    this.session = new TabSession({
      ...ports,
      identity: JSON.stringify(target),
      initial: initialState('sessions-connect'),
      start: (succession) =>
        new ConversationSession(
          { surface: sessionsConnect, target, history: 'server', ...succession },
          ports,
        ),
      tabs: alone ? undefined : this.tab,
    });
    this.session.subscribe((_state, _previous, event) => this.events.push(event));
    pages.add(this);
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

  connect(): void {
    this.session.command({ type: 'connect' });
  }

  say(text = `text ${String((texts += 1))}`): string {
    const id = `m ${text}`;
    this.asked.push(text);
    this.session.command({ type: 'send', id, text });
    return id;
  }

  sendAgain(message: UserMessage): void {
    this.asked.push(message.text);
    this.session.command({ type: 'resend', id: message.id });
  }

  /** The process ends without a word. What it had on the wire breaks. */
  crash(): void {
    this.tab.kill();
    pages.delete(this);
    this.session.dispose();
  }

  close(): void {
    pages.delete(this);
    this.session.dispose();
  }
}

/** Lets time pass, with all that falls due in it. */
export async function pass(milliseconds = 20): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

/** Closes every tab and checks that nothing is left. For `afterEach`. */
export async function closeTabs(server: FakeServer, browser: FakeBrowser): Promise<void> {
  const closed = [...pages];
  for (const page of closed) page.close();
  await pass(1);
  const left = [
    server.live.length,
    browser.listeners.size,
    [...browser.lines.values()].flat().length,
    ...closed.map(({ environment }) => environment.listening),
    vi.getTimerCount(),
  ];
  vi.useRealTimers();
  expect(left).toEqual(left.map(() => 0));
}
