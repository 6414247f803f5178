import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HistoryTurn } from '../../src/conversation/event.js';
import { mergeHistory } from '../../src/conversation/merge-history.js';
import type { DeliveryStatus, TimelineItem } from '../../src/conversation/state.js';
import { agent, merge, nextId, note, you } from '../support/merge.js';

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
