import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conversationError } from '../../src/conversation/error.js';
import { reduce } from '../../src/conversation/reduce.js';
import { initialState } from '../../src/conversation/state.js';
import type { ConversationState, DeliveryStatus, TimelineItem } from '../../src/conversation/state.js';
import { deepFreeze, stamp, type Step } from '../support/replay.js';

const RUNS = { numRuns: 500 };

const text = fc.constantFrom('', 'Hello', 'Hel', 'lo', 'yes', 'yes ', 'Friday at 9');
const messageId = fc.constantFrom('m1', 'm2', 'm3');
const callId = fc.constantFrom('k1', 'k2');
const optional = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(arbitrary, { nil: undefined });
const error = fc.boolean().map((retryable) => conversationError('server', 'reply-failed', { retryable }));

/** Drops undefined fields, as the decoder does. */
const step = (record: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<Step> =>
  record.map(
    (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Step,
  );
const just = (type: Step['type']): fc.Arbitrary<Step> => fc.constant({ type } as Step);
const named = (type: Step['type'], fields: Record<string, fc.Arbitrary<unknown>>): fc.Arbitrary<Step> =>
  step(fc.record({ type: fc.constant(type), ...fields }));

const statuses: readonly DeliveryStatus[] = ['queued', 'sent', 'unconfirmed', 'delivered', 'not-sent'];

/** What a server may say, in any order. */
const fromServer = fc.oneof(
  named('session.opened', { conversationId: optional(fc.constantFrom('c1', 'c2')) }),
  named('agent.delta', { text }),
  named('agent.message', { text }),
  named('tool.started', { callId, toolName: fc.constant('lookup') }),
  named('tool.completed', { callId, toolName: fc.constant('lookup'), succeeded: optional(fc.boolean()) }),
  named('turn.completed', { turnId: optional(fc.constantFrom('t1', 't2')), turnCount: optional(fc.nat(3)) }),
  named('turn.failed', { error, rolledBack: fc.boolean() }),
  named('session.ended', { reason: fc.constantFrom('completed', 'escalated', 'disconnected') }),
  named('frame.dropped', { kind: fc.constantFrom('unknown', 'malformed') }),
  ...(['agent.typing', 'turn.pending', 'session.idle', 'ping'] as const).map(just),
);

const history = named('history.loaded', {
  turns: fc.array(fc.record({ role: fc.constantFrom('user', 'agent', 'system'), text }), { maxLength: 6 }),
  earlier: fc.boolean(),
});

/** What happens on this side. Statuses are the session's to set, so only honest ones are drawn. */
const local = fc.oneof(
  named('user.message', { id: messageId, text }),
  named('turn.started', { messageId }),
  named('message.removed', { messageId }),
  named('connection.changed', { status: fc.constantFrom('open', 'reconnecting', 'closed') }),
  named('error.raised', { error }),
  history,
  ...(['turn.lost', 'turn.stopped', 'history.loading', 'history.failed', 'history.checked'] as const).map(
    just,
  ),
);

/** A message is typed once and handed over only while it waits, as the session sees to. */
function isPossible(state: ConversationState, event: Step): boolean {
  if (event.type === 'user.message') return !state.items.some(({ id }) => id === event.id);
  if (event.type !== 'turn.started' && event.type !== 'message.removed') return true;
  const waits = state.items.some(
    (item) => item.kind === 'user' && item.id === event.messageId && item.status === 'queued',
  );
  return waits && (event.type === 'message.removed' || ['idle', 'background'].includes(state.turn.phase));
}

/** Every state on the way, frozen. */
function states(steps: readonly Step[]): readonly [readonly ConversationState[], readonly Step[]] {
  const taken: Step[] = [];
  const reached = [deepFreeze(initialState('sessions-connect'))];
  for (const event of stamp(steps)) {
    const state = reached[reached.length - 1];
    if (!state || !isPossible(state, event)) continue;
    taken.push(event);
    reached.push(deepFreeze(reduce(state, event)));
  }
  return [reached, taken];
}

/** Checks every step from one state to the next. */
function eachStep(
  check: (before: ConversationState, after: ConversationState, event: Step) => void,
): (steps: readonly Step[]) => void {
  return (steps) => {
    const [reached, taken] = states(steps);
    taken.forEach((event, index) => {
      const [before, after] = [reached[index], reached[index + 1]];
      if (before && after) check(before, after, event);
    });
  };
}

const same = (items: readonly TimelineItem[], id: string): TimelineItem | undefined =>
  items.find((item) => item.id === id);

const anything = fc.array(fc.oneof(fromServer, local), { maxLength: 40 });

describe('whatever happens, in whatever order', () => {
  it('the reducer neither throws nor changes a state it was given', () => {
    const any = fc.oneof(
      fromServer,
      local,
      named('message.status', { messageId, status: fc.constantFrom(...statuses), checking: fc.boolean() }),
      just('conversation.cleared'),
      just('error.cleared'),
      named('note.added', { note: fc.constantFrom('ended', 'new-thread') }),
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (steps) => {
        expect(() => states(steps)).not.toThrow();
      }),
      RUNS,
    );
  });

  it('ids stay unique', () => {
    const check = eachStep((_before, { items }) => {
      expect(new Set(items.map(({ id }) => id)).size).toBe(items.length);
    });
    fc.assert(fc.property(anything, check), RUNS);
  });

  it('a delivered message stays delivered, unless the server rolled its turn back', () => {
    const check = eachStep((before, after, event) => {
      for (const item of before.items) {
        if (item.kind !== 'user' || item.status !== 'delivered') continue;
        const now = same(after.items, item.id);
        const rolledBack = event.type === 'turn.failed' && event.rolledBack;
        expect(now).toMatchObject({
          status: rolledBack ? expect.stringMatching(/^(delivered|not-sent)$/) : 'delivered',
        });
      }
    });
    fc.assert(fc.property(anything, check), RUNS);
  });

  it('within a revision a text only grows', () => {
    const check = eachStep((before, after) => {
      for (const item of before.items) {
        const now = same(after.items, item.id);
        if (item.kind !== 'agent' || now?.kind !== 'agent') continue;
        expect(now.revision).toBeGreaterThanOrEqual(item.revision);
        if (now.revision === item.revision) expect(now.text.startsWith(item.text)).toBe(true);
      }
    });
    fc.assert(fc.property(anything, check), RUNS);
  });

  it('nothing said is lost from the screen, but a message taken back and a reply rolled back', () => {
    const check = eachStep((before, after, event) => {
      const mayGo =
        event.type === 'message.removed'
          ? event.messageId
          : event.type === 'turn.failed' && event.rolledBack
            ? before.turn.replyId
            : undefined;
      const gone = before.items.filter(({ id }) => id !== mayGo && !same(after.items, id));
      expect(gone).toEqual([]);
    });
    fc.assert(fc.property(anything, check), RUNS);
  });

  it('only the reply of the turn under way streams', () => {
    const check = eachStep((_before, { items, turn }) => {
      const streaming = items.filter((item) => item.kind === 'agent' && item.streaming).map(({ id }) => id);
      expect(streaming).toEqual(streaming.length > 0 ? [turn.replyId] : []);
    });
    fc.assert(fc.property(anything, check), RUNS);
  });

  it('what waits to be sent stands below everything else', () => {
    const check = eachStep((_before, { items }) => {
      const waits = items.map((item) => item.kind === 'user' && item.status === 'queued');
      // Only what the person put below it may follow: another of their own messages.
      const others = items.slice(waits.indexOf(true)).filter((item) => item.kind !== 'user');
      if (waits.includes(true)) expect(others).toEqual([]);
    });
    fc.assert(fc.property(anything, check), RUNS);
  });
});
