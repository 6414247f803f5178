import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryTurn } from '../../src/conversation/event.js';
import { mergeHistory } from '../../src/conversation/merge-history.js';
import type { DeliveryStatus, TimelineItem } from '../../src/conversation/state.js';
import { agent, merge, nextId, note, you } from '../support/merge.js';

/** One question and its answer: what the server took, and what the screen shows of it. */
interface Exchange {
  readonly server: 'nothing' | 'question' | 'both';
  readonly question: DeliveryStatus | 'elsewhere';
  readonly answer: 'whole' | 'cut off' | 'none';
}

const exchange: fc.Arbitrary<Exchange> = fc.record({
  server: fc.constantFrom('nothing', 'question', 'both'),
  question: fc.constantFrom('delivered', 'unconfirmed', 'sent', 'not-sent', 'elsewhere'),
  answer: fc.constantFrom('whole', 'cut off', 'none'),
});

interface Played {
  readonly items: readonly TimelineItem[];
  readonly server: readonly HistoryTurn[];
}

/** The exchanges as server and screen came to have them, and then what waits to be sent. */
function play(exchanges: readonly Exchange[], waiting: number): Played {
  const items: TimelineItem[] = [];
  const server: HistoryTurn[] = [];
  for (const [index, { server: took, question, answer }] of exchanges.entries()) {
    const [asked, answered] = [`question ${String(index)}`, `answer ${String(index)}`];
    const baseline = server.filter(({ role }) => role === 'user').length;
    // Words of the agent prove the question, and the server keeps what it proved.
    const proven = took === 'both' && answer !== 'none';
    const status = proven ? 'delivered' : took === 'nothing' ? 'not-sent' : question;
    if (took !== 'nothing') server.push({ role: 'user', text: asked });
    if (took === 'both') server.push({ role: 'agent', text: answered });
    if (question === 'elsewhere') continue;
    items.push(you(asked, status === 'elsewhere' ? 'delivered' : status, { baseline }));
    if (proven) items.push(answer === 'whole' ? agent(answered) : agent('answ', { incomplete: true }));
  }
  for (let index = 0; index < waiting; index += 1) items.push(you(`waiting ${String(index)}`, 'queued'));
  return { items, server };
}

describe('any history over any screen', () => {
  const text = fc.constantFrom('yes', 'no', 'Hello', 'Hel');
  const turn = fc.oneof(
    fc.record({ role: fc.constantFrom('user', 'agent', 'system'), text }),
    fc.constant<HistoryTurn>({ role: 'agent', text: 'Friday' }),
  );
  const history = fc.array(turn, { maxLength: 10 });
  const status = fc.constantFrom<DeliveryStatus>('unconfirmed', 'delivered', 'not-sent', 'sent');
  const said = fc.oneof(
    fc
      .record({ text, status, baseline: fc.option(fc.nat(4), { nil: undefined }) })
      .map(({ text: words, status: state, baseline }) =>
        you(words, state, baseline === undefined ? {} : { baseline }),
      ),
    text.map((words) => agent(words)),
    fc.constant(undefined).map(() => agent('Fri', { incomplete: true })),
    fc.constant(undefined).map(note),
  );
  const timeline = fc
    .tuple(
      fc.array(said, { maxLength: 8 }),
      fc.array(
        text.map((words) => you(words, 'queued')),
        { maxLength: 2 },
      ),
    )
    .map(([past, queue]): readonly TimelineItem[] =>
      [...past, ...queue].map((item) => ({ ...item, id: nextId() })),
    );
  const runs = { numRuns: 1_000 };

  it('loses nothing of the screen, and keeps its order', () => {
    fc.assert(
      fc.property(timeline, history, fc.boolean(), (items, server, earlier) => {
        const kept = new Set(items.map(({ id }) => id));
        const after = merge(items, server, { earlier }).items.map(({ id }) => id);
        expect(after.filter((id) => kept.has(id))).toEqual(items.map(({ id }) => id));
      }),
      runs,
    );
  });

  it('merged twice is merged once', () => {
    fc.assert(
      fc.property(timeline, history, fc.boolean(), (items, server, earlier) => {
        const once = merge(items, server, { earlier }).items;
        expect(merge(once, server, { earlier }).items).toEqual(once);
      }),
      runs,
    );
  });

  it('shows every turn of the server that is one of the person’s or the agent’s', () => {
    fc.assert(
      fc.property(history, (server) => {
        const expected = server.filter(({ role }) => role !== 'system').map((turn) => turn.text);
        expect(merge([], server).items.flatMap((item) => ('text' in item ? [item.text] : []))).toEqual(
          expected,
        );
      }),
      runs,
    );
  });

  it('shows what the server has in the server’s order, and each answer above whatever was typed next', () => {
    fc.assert(
      fc.property(fc.array(exchange, { maxLength: 8 }), fc.nat(2), (exchanges, waiting) => {
        const { items, server } = play(exchanges, waiting);
        const after = merge(items, server).items.flatMap((item) => ('text' in item ? [item.text] : []));
        const held = server.map(({ text: words }) => words);
        expect(after.filter((words) => held.includes(words))).toEqual(held);
        for (const answer of held.filter((words) => words.startsWith('answer'))) {
          const question = after.indexOf(answer.replace('answer', 'question'));
          expect(after.slice(question + 1, after.indexOf(answer)), `before ${answer}`).toEqual([]);
        }
      }),
      runs,
    );
  });

  it('takes work in proportion to its length, not to its square', () => {
    /** Counts how often the texts of the history are looked at. */
    const looks = (length: number): number => {
      let reads = 0;
      const server = Array.from({ length }, (_, index): HistoryTurn => {
        const role = index % 2 === 0 ? 'user' : 'agent';
        return {
          role,
          get text() {
            reads += 1;
            return index % 3 === 0 ? 'yes' : `line ${String(index)}`;
          },
        };
      });
      const items = server.map((turn): TimelineItem =>
        turn.role === 'user' ? you(turn.text) : agent(turn.text),
      );
      reads = 0;
      mergeHistory(items, server, { earlier: true, id: 'h', at: 0 });
      return reads;
    };
    expect(looks(5_000) / looks(500)).toBeLessThan(12);
  });
});
