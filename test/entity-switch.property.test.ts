import fc from 'fast-check';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ChatController } from '../src/chat-controller.js';
import type { Config } from '../src/config.js';
import { fakeHost, stubPage } from './support/fake-page.js';
import {
  FakeServer,
  acceptsSilently,
  diesBeforeTaking,
  diesMidReply,
  fallsSilent,
  greetsLate,
  hangs,
  thinks,
} from './support/fake-server.js';
import { stopTime } from './support/session-bench.js';

/** Two children of one caregiver, each with a thread of their own on a server of their own. */
const children = ['ann', 'bob'] as const;
type Child = (typeof children)[number];

/** The widget's controller on a page, without the page: attributes in, state out. */
class Page {
  readonly servers: Readonly<Record<Child, FakeServer>>;
  readonly wrong: string[] = [];
  readonly drafts: boolean[] = [];
  changes = 0;
  private child: Child = 'ann';
  private count = 0;
  private readonly chat: ChatController;

  constructor() {
    const server = (child: Child): FakeServer =>
      Object.assign(new FakeServer(), { conversationId: child, entityId: child, greeting: `Hello ${child}` });
    this.servers = { ann: server('ann'), bob: server('bob') };
    this.stubGlobals();
    this.chat = new ChatController(
      fakeHost,
      () => {
        this.look();
      },
      (entityChanged) => this.drafts.push(entityChanged),
    );
    this.configure();
  }

  say(): void {
    this.count += 1;
    this.chat.command({
      type: 'send',
      id: `m${String(this.count)}`,
      text: `${this.child} ${String(this.count)}`,
    });
  }

  /** As a script does it: at once, or by way of attributes that are invalid for a moment. */
  change(throughInvalid: boolean): void {
    this.child = this.child === 'ann' ? 'bob' : 'ann';
    this.changes += 1;
    if (throughInvalid) this.chat.configure(undefined, token);
    this.configure();
    this.look();
  }

  /** What comes late on the sockets that were left. */
  deliverLate(): void {
    for (const child of children) {
      for (const connection of this.servers[child].connections) {
        if (!connection.live)
          connection.deliverLate(JSON.stringify({ event: 'message', data: { role: 'agent', text: child } }));
      }
    }
    this.look();
  }

  drop(): void {
    for (const { live } of Object.values(this.servers)) for (const connection of live) connection.close(1006);
  }

  end(): void {
    this.chat.end();
    // What a child's server was handed, and what it has in its books, is that child's alone.
    for (const child of children) {
      const { handedOver, history } = this.servers[child];
      const foreign = [...handedOver, ...history.map(({ text }) => text)].filter(
        (text) => !text.includes(child),
      );
      this.wrong.push(...foreign);
    }
  }

  get live(): number {
    return children.reduce((sum, child) => sum + this.servers[child].live.length, 0);
  }

  private configure(): void {
    const config: Config = {
      baseUrl: 'https://api.example',
      workspaceId: 'w1',
      serviceId: 's1',
      entityId: this.child,
      transport: 'sessions-connect',
      history: 'server',
      toolEvents: false,
    };
    this.chat.configure(config, token);
    this.chat.connect();
  }

  /** After every event, and after every act: nothing on the screen is the other child's. */
  private look(): void {
    const other = this.child === 'ann' ? 'bob' : 'ann';
    for (const item of this.chat.state.items)
      if ('text' in item && item.text.includes(other)) this.wrong.push(item.text);
  }

  private stubGlobals(): void {
    const { servers } = this;
    const of = (address: string): FakeServer => {
      const child = children.find((name) => address.includes(name));
      if (!child) throw new Error(`nobody's address: ${address}`);
      return servers[child];
    };
    const route = function (url: string, protocols: string[]): WebSocket {
      return new (of(url).WebSocket)(url, protocols);
    };
    stubPage({
      WebSocket: Object.assign(route, { CONNECTING: 0, OPEN: 1, CLOSING: 2, CLOSED: 3 }),
      fetch: (url: string, init: RequestInit) => of(url).fetch(url, init),
    });
  }
}

const token = (): string => 'token';

beforeEach(stopTime);
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

type Act = (page: Page) => unknown;
const act = (name: string, run: Act): Act =>
  Object.assign((page: Page) => run(page), { [fc.toStringMethod]: () => name });

const acts = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constant(
      act('say', (page) => {
        page.say();
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.boolean().map((invalid) =>
      act(`switch ${String(invalid)}`, (page) => {
        page.change(invalid);
      }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(0, 1, 50, 1_000, 4_000, 11_000)
      .map((ms) => act(`pass ${String(ms)}`, () => vi.advanceTimersByTimeAsync(ms))),
  },
  fc.constantFrom(thinks, fallsSilent, diesMidReply, diesBeforeTaking).map((turn) =>
    act('turn', (page) => {
      for (const child of children) page.servers[child].onTurn(turn);
    }),
  ),
  fc.constantFrom(acceptsSilently, greetsLateFor, hangs).map((connection) =>
    act('connection', (page) => {
      for (const child of children) page.servers[child].onConnect(connection);
    }),
  ),
  fc.constant(
    act('drop', (page) => {
      page.drop();
    }),
  ),
  fc.constant(
    act('late frames', (page) => {
      page.deliverLate();
    }),
  ),
);

function greetsLateFor(...[connection]: Parameters<typeof greetsLate>): void {
  acceptsSilently(connection);
  setTimeout(() => {
    connection.send('message', { role: 'agent', text: `Hello ${connection.server.entityId}` });
  }, 2_000);
}

it('whoever is switched to, at whatever point of a turn, sees and sends nothing of the other', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(acts, { minLength: 4, maxLength: 24 }), async (story) => {
      const page = new Page();
      for (const step of story) await step(page);
      await vi.advanceTimersByTimeAsync(5_000);
      expect(page.live).toBeLessThanOrEqual(1);
      page.end();
      await vi.advanceTimersByTimeAsync(10_000);
      expect(page.wrong).toEqual([]);
      expect(page.live).toBe(0);
      // Every change of the child took the draft along.
      expect(page.drafts.filter(Boolean)).toHaveLength(page.changes);
    }),
    { numRuns: 100 },
  );
}, 120_000);
