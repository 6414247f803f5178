import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GetToken } from '../../src/session/token-source.js';
import { turns } from '../../src/protocol/turns/index.js';
import { FakeServer, refusesAuth } from '../support/fake-server.js';
import { FakeBrowser } from '../support/fake-tabs.js';
import { SessionBench, endSessions, stopTime } from '../support/session-bench.js';
import { TabPage, closeTabs, pass } from '../support/tab-bench.js';

/** What a page may do with tokens, and what has become of the conversation after a minute and after ten. */
interface Case {
  readonly title: string;
  readonly getToken: () => GetToken;
  /** The server refuses every token. */
  readonly refuses?: true;
  readonly asked: 'once' | 'twice' | 'again and again';
  readonly connection: 'open' | 'reconnecting' | 'connecting' | 'failed';
  readonly code?: string;
}

const later = (ms: number): string => new Date(Date.now() + ms).toISOString();

const cases: readonly Case[] = [
  { title: 'a good one', getToken: () => () => 'good', asked: 'once', connection: 'open' },
  {
    title: 'rejecting',
    getToken: () => () => Promise.reject(new Error('no')),
    asked: 'again and again',
    connection: 'reconnecting',
    code: 'token-failed',
  },
  {
    title: 'hanging, given up after 10 s each time',
    getToken: () => () => new Promise<string>(() => undefined),
    asked: 'again and again',
    connection: 'reconnecting',
    code: 'token-timeout',
  },
  {
    title: 'returning junk',
    getToken: () => () => ({ access_token: 't' }) as unknown as string,
    asked: 'again and again',
    connection: 'reconnecting',
    code: 'token-invalid',
  },
  {
    title: 'the same stale token',
    getToken: () => () => 'stale',
    refuses: true,
    asked: 'twice',
    connection: 'failed',
    code: 'signed-out',
  },
  {
    title: 'a token that no subprotocol can carry',
    getToken: () => () => 'a/b=',
    asked: 'once',
    connection: 'failed',
    code: 'token-invalid',
  },
];

describe('a page whose tokens are', () => {
  beforeEach(stopTime);
  afterEach(endSessions);

  it.each(cases)('$title', async ({ getToken, refuses, asked, connection, code }) => {
    const server = new FakeServer();
    if (refuses) server.onConnect(...Array.from({ length: 50 }, () => refusesAuth));
    const bench = new SessionBench({ server, getToken: getToken() });
    bench.do('connect');
    await bench.pass(60_000);
    const soon = bench.tokenReasons.length;
    await bench.pass(540_000);
    expect(bench.state.connection.status).toBe(connection);
    expect(bench.state.error?.code).toBe(code);
    if (asked === 'again and again') {
      expect(soon).toBeGreaterThan(2);
      expect(bench.tokenReasons.length).toBeGreaterThan(soon);
    } else expect(bench.tokenReasons).toHaveLength(asked === 'once' ? 1 : 2);
    expect(server.handedOver).toEqual([]);
    // As whoever ends a session does: what is still asked for is nobody's any more.
    bench.tokens.forget();
  });

  it('another person’s: the screen is wiped before anything of theirs comes, and nothing waiting is sent', async () => {
    let subject = 'ann';
    const bench = await new SessionBench({ getToken: () => ({ token: 't', subject }) }).open();
    bench.say('hi');
    await bench.pass(10);
    subject = 'ben';
    bench.server.history = [];
    bench.server.connection.close(4001);
    bench.say('ann’s alone');
    await bench.pass(10_000);
    const wiped = bench.events.findIndex(
      (event) => event.type === 'conversation.cleared' && event.otherPerson,
    );
    const theirs = bench.events.findLastIndex(({ type }) => type === 'session.opened');
    expect(wiped).toBeGreaterThan(0);
    expect(wiped).toBeLessThan(theirs);
    expect(bench.screen).toEqual(['agent: Hello']);
    expect(bench.server.handedOver).toEqual(['hi']);
  });

  it('about to expire: refreshed before the end that they name, and not sooner', async () => {
    const sent: (string | null)[] = [];
    let count = 0;
    const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
      sent.push(new Headers(init?.headers).get('authorization'));
      await Promise.resolve();
      const isTurn = new URL(input instanceof Request ? input.url : input).pathname.endsWith('/stream');
      return new Response(
        isTurn
          ? 'event: message\ndata: {"text":"Yes."}\n\nevent: done\ndata: {}\n\n'
          : JSON.stringify({ status: 'active', turns: [{ role: 'agent', text: 'Hello' }] }),
      );
    };
    const bench = new SessionBench({
      route: { surface: turns },
      fetch,
      conversationId: 'c1',
      getToken: () => ({ token: `t${String((count += 1))}`, expiresAt: later(600_000) }),
    });
    await bench.open();
    await bench.pass(530_000);
    bench.say('nine minutes in');
    await bench.pass(1_000);
    expect(new Set(sent)).toEqual(new Set(['Bearer t1']));
    await bench.pass(15_000);
    bench.say('in the last minute');
    await bench.pass(1_000);
    expect(sent.at(-1)).toBe('Bearer t2');
  });
});

describe('tokens of several tabs', () => {
  let server: FakeServer;
  let browser: FakeBrowser;
  beforeEach(() => {
    stopTime();
    server = new FakeServer();
    browser = new FakeBrowser();
  });
  afterEach(() => closeTabs(server, browser));

  const openTabs = async (subject?: string): Promise<readonly TabPage[]> => {
    const tabs = Array.from({ length: 4 }, () => {
      const getToken = (): { token: string; subject?: string } => ({
        token: 't',
        ...(subject ? { subject } : {}),
      });
      const tab = new TabPage(browser, server, { getToken });
      tab.connect();
      return tab;
    });
    await pass(100);
    return tabs;
  };
  const asked = (tabs: readonly TabPage[]): readonly number[] =>
    tabs.map(({ tokenRequests }) => tokenRequests);

  it('are asked for by the one that leads alone, where tokens do not say whose they are', async () => {
    expect(asked(await openTabs())).toEqual([1, 0, 0, 0]);
  });

  it('are asked for once by each that follows, as proof of the person, where tokens do say so', async () => {
    expect(asked(await openTabs('ann'))).toEqual([1, 1, 1, 1]);
  });

  it.each([undefined, 'ann'])(
    'are renewed by the one that leads alone, whatever goes wrong (subject %s)',
    async (subject) => {
      const tabs = await openTabs(subject);
      const before = asked(tabs);
      for (const code of [4001, 1006, 4503, 1012]) {
        server.connection.close(code);
        await pass(60_000);
        for (const tab of tabs) tab.say();
        await pass(60_000);
      }
      const after = asked(tabs);
      expect(after[0]).toBeGreaterThan((before[0] ?? 0) + 3);
      expect(after.slice(1)).toEqual(before.slice(1));
    },
  );

  it('never travel between tabs', async () => {
    const secret = 'secret-token';
    for (let tab = 0; tab < 3; tab += 1)
      new TabPage(browser, server, { getToken: () => ({ token: secret, subject: 'ann' }) }).connect();
    await pass(100);
    server.connection.close(4001);
    await pass(10_000);
    expect(browser.posted.length).toBeGreaterThan(5);
    expect(JSON.stringify(browser.posted)).not.toContain(secret);
  });
});
