import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChatController } from '../src/chat-controller.js';
import type { Config } from '../src/config.js';
import type { ConversationEvent } from '../src/conversation/event.js';
import { fakeHost, stubPage } from './support/fake-page.js';
import { FakeServer } from './support/fake-server.js';
import { stopTime } from './support/session-bench.js';

/** One load of the page: the widget's controller without the page; the storage and the server outlive it. */
class Visit {
  readonly events: ConversationEvent[] = [];
  readonly chat: ChatController;
  /** Words of the conversation at the moment of each event: what could have been seen. */
  readonly seen = new Set<string>();
  private count = 0;

  constructor(
    readonly config: Config = configOf(),
    private readonly subject?: string,
  ) {
    this.chat = new ChatController(
      fakeHost,
      (state, _previous, event) => {
        this.events.push(event);
        for (const item of state.items) if ('text' in item) this.seen.add(item.text);
      },
      () => undefined,
    );
    this.configure(config);
  }

  configure(config: Config): void {
    const { subject } = this;
    this.chat.configure(config, () => ({ token: 't', ...(subject === undefined ? {} : { subject }) }));
    this.chat.connect();
  }

  async open(): Promise<this> {
    await vi.waitFor(() => {
      expect(this.chat.state.connection.status).toBe('open');
    });
    await vi.advanceTimersByTimeAsync(100);
    return this;
  }

  async ask(text: string): Promise<void> {
    this.count += 1;
    this.chat.command({ type: 'send', id: `m${String(this.count)} ${text}`, text });
    await vi.advanceTimersByTimeAsync(4_000);
    expect(this.lines).toContain(`user: ${text}`);
  }

  get lines(): readonly string[] {
    return this.chat.state.items.flatMap((item) => ('text' in item ? [`${item.kind}: ${item.text}`] : []));
  }
}

const configOf = (change: Partial<Config> = {}): Config => ({
  baseUrl: 'https://api.example',
  workspaceId: 'w1',
  serviceId: 's1',
  entityId: 'e1',
  transport: 'sessions-connect',
  history: 'session',
  toolEvents: false,
  ...change,
});

const kept = (): string => JSON.stringify([...storage]);
const storage = new Map<string, string>();
let server: FakeServer;
let reads = 0;

describe('history="session" over a reload', () => {
  beforeEach(() => {
    stopTime();
    storage.clear();
    reads = 0;
    server = new FakeServer();
    vi.stubGlobal('sessionStorage', {
      getItem: (key: string) => storage.get(key) ?? null,
      setItem: (key: string, value: string) => storage.set(key, value),
      removeItem: (key: string) => storage.delete(key),
    });
    const fetch = (...request: Parameters<typeof server.fetch>): Promise<Response> => {
      reads += 1;
      return server.fetch(...request);
    };
    stubPage({ WebSocket: server.WebSocket, fetch });
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });

  it('shows the same again, reads nothing of the server and greets nobody twice', async () => {
    const before = await new Visit().open();
    await before.ask('Refill?');
    const lines = before.lines;
    expect(lines.length).toBeGreaterThan(2);
    const after = await new Visit().open();
    expect(after.lines).toEqual(lines);
    await after.ask('Thanks');
    expect(after.lines.slice(0, lines.length + 1)).toEqual([...lines, 'user: Thanks']);
    expect(reads).toBe(0);
  });

  it('says nothing of how much the server holds: the same words sent again are proved by their own turn', async () => {
    await (await new Visit().open()).ask('Refill?');
    const after = await new Visit().open();
    expect(after.chat.state.userTurns).toBeUndefined();
  });

  it('keeps nothing with any other value of history', async () => {
    for (const history of ['server', 'memory'] as const) {
      await (await new Visit(configOf({ history })).open()).ask('Refill?');
      expect(storage.size).toBe(0);
    }
  });

  it('shows a person with another token nothing, at no moment, and wipes it', async () => {
    await (await new Visit(configOf(), 'mia').open()).ask('Words of mia');
    const ben = await new Visit(configOf(), 'ben').open();
    expect([...ben.seen]).not.toContain('Words of mia');
    expect(kept()).not.toContain('Words of mia');
  });

  it('shows nothing before it is known who is there', async () => {
    await (await new Visit(configOf(), 'mia').open()).ask('Words of mia');
    const after = new Visit(configOf(), 'mia');
    await vi.advanceTimersByTimeAsync(0);
    const opened = (): boolean => after.events.some(({ type }) => type === 'session.opened');
    expect(opened() || !after.lines.includes('user: Words of mia')).toBe(true);
    await after.open();
    const order = after.events.map(({ type }) => type);
    expect(order.indexOf('session.opened')).toBeLessThan(order.indexOf('history.loaded'));
    expect(after.lines).toContain('user: Words of mia');
  });

  it('is wiped with the identity, and by reset()', async () => {
    const visit = await new Visit().open();
    await visit.ask('Words of one');
    visit.configure(configOf({ serviceId: 's2' }));
    expect(storage.size).toBe(0);
    await visit.open();
    await visit.ask('Words of two');
    expect(kept()).toContain('Words of two');
    visit.chat.forget();
    expect(storage.size).toBe(0);
  });

  it('stays where the element only leaves the page', async () => {
    const visit = await new Visit().open();
    await visit.ask('Refill?');
    visit.chat.end();
    expect(kept()).toContain('Refill?');
  });

  it('is wiped by reset() even before anything has begun', () => {
    storage.set('amigo-chat', 'of the last person');
    const visit = new Visit();
    visit.chat.forget();
    expect(storage.size).toBe(0);
  });

  it('never passes what waited for the first person on to the next', async () => {
    const visit = new Visit();
    visit.chat.command({ type: 'send', id: 'm1', text: 'For the first' });
    visit.configure(configOf({ serviceId: 's2' }));
    await visit.open();
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.handedOver).not.toContain('For the first');
  });
});
