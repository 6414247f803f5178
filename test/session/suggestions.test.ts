import { describe, expect, it } from 'vitest';
import { initialState } from '../../src/conversation/state.js';
import type { ConversationState } from '../../src/conversation/state.js';
import { Suggestions } from '../../src/session/suggestions.js';

const WISHES = { facets: ['visits'], instructions: 'Short.', min: 1, max: 2 };

/** Suggestions over a state that a test sets, and a surface that answers when the test says so. */
class Bench {
  state: ConversationState = {
    ...initialState('classic'),
    connection: { status: 'open', surface: 'classic', attempt: 0, offline: false },
    conversationId: 'c1',
  };
  readonly asked: string[] = [];
  readonly offered: (readonly string[])[] = [];
  private readonly waiting: ((texts: readonly string[]) => void)[] = [];

  readonly suggestions = new Suggestions({
    state: () => this.state,
    dispatch: (event) => {
      if (event.type === 'suggestions.offered') this.offered.push(event.texts);
    },
    surface: {
      starters: () => this.ask('a beginning'),
      recommend: (conversationId, turnId) => this.ask(`${conversationId}/${turnId}`),
    },
  });

  /** The state changes, as it does with each event. */
  becomes(change: Partial<ConversationState>): void {
    this.state = { ...this.state, ...change };
    this.suggestions.review();
  }

  async answers(...texts: string[]): Promise<void> {
    this.waiting.shift()?.(texts);
    await Promise.resolve();
    await Promise.resolve();
  }

  private ask(what: string): Promise<readonly string[]> {
    this.asked.push(what);
    return new Promise((resolve) => {
      this.waiting.push(resolve);
    });
  }
}

const idle = initialState('classic').turn;
const replying = { ...idle, phase: 'replying' as const };
const said = [{ kind: 'user', id: 'u1', at: 1, text: 'Hi', status: 'delivered' } as const];

describe('suggestions', () => {
  it('are not asked for unless the page wants them', () => {
    const bench = new Bench();
    bench.becomes({ items: said, lastTurnId: 't1' });
    expect(bench.asked).toEqual([]);
  });

  it('begin a conversation where the page says what about, once', async () => {
    const bench = new Bench();
    bench.suggestions.command({ type: 'suggest' });
    expect(bench.asked).toEqual([]);
    bench.suggestions.command({ type: 'suggest', starters: WISHES });
    bench.becomes({});
    expect(bench.asked).toEqual(['a beginning']);
    await bench.answers('Move a visit');
    bench.becomes({});
    expect(bench.offered).toEqual([['Move a visit']]);
  });

  it('that come while the agent greets wait for the end of the greeting', async () => {
    const bench = new Bench();
    bench.suggestions.command({ type: 'suggest', starters: WISHES });
    bench.becomes({ turn: replying });
    await bench.answers('Move a visit');
    expect(bench.offered).toEqual([]);
    bench.becomes({ turn: idle });
    expect(bench.offered).toEqual([['Move a visit']]);
    expect(bench.asked).toEqual(['a beginning']);
  });

  it('answer each turn, once its conversation is known', async () => {
    const bench = new Bench();
    const { conversationId: _, ...unknown } = bench.state;
    bench.state = unknown;
    bench.suggestions.command({ type: 'suggest', starters: WISHES });
    bench.becomes({ items: said, lastTurnId: 't1' });
    expect(bench.asked).toEqual(['a beginning']);
    bench.becomes({ conversationId: 'c1' });
    expect(bench.asked).toEqual(['a beginning', 'c1/t1']);
    await bench.answers('Too late');
    expect(bench.offered).toEqual([]);
    await bench.answers('The first one');
    expect(bench.offered).toEqual([['The first one']]);
  });

  it('are asked for again in a new conversation', async () => {
    const bench = new Bench();
    bench.suggestions.command({ type: 'suggest', starters: WISHES });
    await bench.answers('Move a visit');
    bench.suggestions.command({ type: 'new-conversation' });
    bench.becomes({ conversationId: 'c2' });
    expect(bench.asked).toEqual(['a beginning', 'a beginning']);
  });
});
