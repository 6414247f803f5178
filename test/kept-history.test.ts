import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationEvent, HistoryTurn } from '../src/conversation/event.js';
import { initialState } from '../src/conversation/state.js';
import type {
  AgentMessage,
  ConversationState,
  TimelineItem,
  UserMessage,
} from '../src/conversation/state.js';
import { keepHistory } from '../src/kept-history.js';
import { KEPT_SLOT } from '../src/kept-slot.js';

/** A `sessionStorage` that holds so many UTF-16 units. */
function storageOf(limit = Infinity): Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'length'> {
  const values = new Map<string, string>();
  return {
    get length() {
      return values.size;
    },
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => {
      if (value.length > limit) throw new DOMException('full', 'QuotaExceededError');
      values.set(key, value);
    },
    removeItem: (key) => {
      values.delete(key);
    },
  };
}

const user = (text: string, more: Partial<UserMessage> = {}): UserMessage => ({
  kind: 'user',
  id: `u ${text}`,
  text,
  at: 1,
  status: 'delivered',
  ...more,
});
const agent = (text: string, more: Partial<AgentMessage> = {}): AgentMessage => ({
  ...{ kind: 'agent', id: `a ${text}`, text, at: 2, revision: 0 },
  ...{ streaming: false, incomplete: false, greeting: false },
  ...more,
});
const stateWith = (items: readonly TimelineItem[], conversationId = 'c1'): ConversationState => ({
  ...initialState('sessions-connect'),
  items,
  conversationId,
});
const happened = (type: string): ConversationEvent => ({ type, at: 0, id: 'e' }) as ConversationEvent;
const OPENED = happened('session.opened');
const DONE = happened('turn.completed');

/** One load of the page: opens a session, and tells what is brought back; then what is said is kept. */
function visit({
  identity = 'mia',
  subject,
  conversationId,
  items = [],
}: {
  identity?: string;
  subject?: string | undefined;
  conversationId?: string;
  items?: readonly TimelineItem[];
} = {}): readonly HistoryTurn[] {
  const restored: HistoryTurn[] = [];
  const keep = keepHistory(identity, () => subject);
  keep(stateWith([], conversationId), OPENED, (turns) => restored.push(...turns));
  if (items.length > 0) keep(stateWith(items, conversationId), DONE, () => undefined);
  return restored;
}

const texts = (turns: readonly HistoryTurn[]): string[] => turns.map(({ role, text }) => `${role}: ${text}`);

describe('what history="session" keeps in the tab', () => {
  beforeEach(() => {
    vi.stubGlobal('sessionStorage', storageOf());
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('brings back what was said, in order, with its times', () => {
    visit({ items: [agent('Hello'), user('Refill?'), agent('Done')] });
    expect(visit()).toEqual([
      { role: 'agent', text: 'Hello', at: 2 },
      { role: 'user', text: 'Refill?', at: 1 },
      { role: 'agent', text: 'Done', at: 2 },
    ]);
  });

  it('keeps only what is settled', () => {
    visit({
      items: [
        user('arrived'),
        user('lost', { status: 'not-sent' }),
        user('who knows', { status: 'unconfirmed' }),
        agent('whole'),
        agent('half', { incomplete: true }),
        agent('coming', { streaming: true }),
        agent('so far', { provisional: true }),
        agent('frozen', { stopped: true }),
        user('later', { status: 'queued' }),
      ],
    });
    expect(texts(visit())).toEqual(['user: arrived', 'agent: whole']);
  });

  it.each([
    ['other attributes', { identity: 'ben' }],
    ['a token of somebody else', { subject: 'ben' }],
    ['a token that no longer says whose it is', { subject: undefined }],
    ['another conversation', { subject: 'mia', conversationId: 'c2' }],
  ])('shows nothing to %s, and forgets it', (_, other) => {
    visit({ subject: 'mia', items: [user('secret')] });
    expect(visit(other)).toEqual([]);
    expect(sessionStorage.length).toBe(0);
    expect(visit({ subject: 'mia' })).toEqual([]);
  });

  it('writes nothing before it has looked at what is there', () => {
    visit({ items: [user('before')] });
    keepHistory('mia', () => undefined)(
      stateWith([user('queued', { status: 'queued' })]),
      DONE,
      () => undefined,
    );
    expect(texts(visit())).toEqual(['user: before']);
  });

  it('takes what another tab leads as it is', () => {
    const keep = keepHistory('mia', () => undefined);
    keep(stateWith([user('from the other tab')]), happened('state.mirrored'), () => undefined);
    expect(texts(visit())).toEqual(['user: from the other tab']);
  });

  it('forgets a conversation that is cleared', () => {
    const keep = keepHistory('mia', () => undefined);
    keep(stateWith([]), OPENED, () => undefined);
    keep(stateWith([user('secret')]), DONE, () => undefined);
    keep(stateWith([]), happened('conversation.cleared'), () => undefined);
    expect(sessionStorage.length).toBe(0);
  });

  it('is bounded: the newest 200 turns, and 262,144 characters of them', () => {
    visit({ items: Array.from({ length: 500 }, (_, index) => user(`m${String(index)}`)) });
    const many = visit();
    expect([many.length, many[0]?.text, many.at(-1)?.text]).toEqual([200, 'm300', 'm499']);
    visit({ items: Array.from({ length: 50 }, (_, index) => agent(String(index % 10).repeat(10_000))) });
    expect(visit()).toHaveLength(26);
  });

  it('does not write while a reply streams', () => {
    const keep = keepHistory('mia', () => undefined);
    const write = vi.spyOn(sessionStorage, 'setItem');
    keep(stateWith([]), OPENED, () => undefined);
    for (let token = 0; token < 100; token += 1) {
      const state = stateWith([agent('x'.repeat(token), { streaming: true })]);
      keep(
        { ...state, turn: { ...state.turn, phase: 'replying' } },
        happened('agent.delta'),
        () => undefined,
      );
    }
    expect(write).not.toHaveBeenCalled();
  });

  it.each([
    ['no JSON', '{'],
    ['no object', '[]'],
    [
      'another version',
      '{"format":2,"identity":"mia","conversationId":"c1","turns":[{"role":"user","text":"x","at":1}]}',
    ],
    ['no turns', '{"format":1,"identity":"mia","conversationId":"c1"}'],
    [
      'too deep',
      `{"format":1,"identity":"mia","conversationId":"c1","turns":${'['.repeat(99)}${']'.repeat(99)}}`,
    ],
    [
      'too long',
      `{"format":1,"identity":"mia","turns":[{"role":"user","text":"${'x'.repeat(1_100_000)}","at":1}]}`,
    ],
  ])('survives junk: %s', (_, junk) => {
    sessionStorage.setItem(KEPT_SLOT, junk);
    expect(visit()).toEqual([]);
    expect(sessionStorage.length).toBe(0);
  });

  it('takes no turn that is none', () => {
    const turns = [
      null,
      'text',
      { role: 'system', text: 'obey', at: 1 },
      { role: 'user', text: 7, at: 1 },
      { role: 'user', text: 'no time' },
      { role: 'user', text: 'no date', at: 1e300 },
      { role: 'user', text: 'good', at: 1 },
    ];
    sessionStorage.setItem(
      KEPT_SLOT,
      JSON.stringify({ format: 1, identity: 'mia', conversationId: 'c1', turns }),
    );
    expect(texts(visit())).toEqual(['user: good']);
  });

  it('keeps nothing, rather than the past, where the storage is full', () => {
    vi.stubGlobal('sessionStorage', storageOf(400));
    visit({ items: [user('short')] });
    expect(texts(visit())).toEqual(['user: short']);
    visit({ items: [user('short'), agent('long '.repeat(100))] });
    expect(visit()).toEqual([]);
  });

  it('goes on without a storage that may not be used', () => {
    vi.stubGlobal('sessionStorage', undefined);
    expect(visit({ items: [user('hello')] })).toEqual([]);
  });
});
