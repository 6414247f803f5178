import { describe, expect, it } from 'vitest';
import { conversationError } from '../../src/conversation/error.js';
import {
  delta,
  done,
  failed,
  handedOver,
  lost,
  opened,
  replay,
  toolCompleted,
  toolStarted,
  typed,
  whole,
  type Step,
} from '../support/replay.js';
import { asked, table } from '../support/reduce-table.js';

describe('a turn that fails', () => {
  table({
    'leaves a message without proof to be looked up': {
      steps: [...asked, failed(true)],
      shows: ['you: hi [unconfirmed, checking]'],
      and: { turn: { phase: 'idle', size: 0, stopped: false } },
    },
    'leaves a proven message delivered, and waits for the rest of a reply that may still come': {
      steps: [...asked, delta('Fri'), failed(true)],
      shows: ['you: hi [delivered, awaiting]', 'agent: Fri [cut off]'],
    },
    'for good waits for nothing': {
      steps: [...asked, { type: 'agent.typing' }, failed(false)],
      shows: ['you: hi [delivered]'],
    },
    'for good in the middle of a reply waits for the rest of it': {
      steps: [...asked, delta('Fri'), failed(false)],
      shows: ['you: hi [delivered, awaiting]', 'agent: Fri [cut off]'],
    },
    'and was refused leaves the message not sent': {
      steps: [...asked, failed(false, true)],
      shows: ['you: hi [not-sent]'],
    },
    'and was rolled back takes its half-said reply with it': {
      steps: [...asked, delta('Fri'), failed(true, true)],
      shows: ['you: hi [not-sent]'],
    },
    'fails once: a second error finds no turn': {
      steps: [...asked, delta('Fri'), failed(true), failed(true, true)],
      shows: ['you: hi [delivered, awaiting]', 'agent: Fri [cut off]'],
    },
    'before anybody spoke is shown as an error': {
      steps: [opened(), delta('Hel'), failed(true)],
      shows: ['agent: Hel [cut off]'],
      and: { error: conversationError('server', 'reply-failed', { retryable: true }), greetingDue: false },
    },
  });

  it('says why at the message, and raises no banner', () => {
    const state = replay([...asked, delta('Fri'), failed(true)]);
    expect(state.items[0]).toMatchObject({ error: { code: 'reply-failed' } });
    expect(state.error).toBeUndefined();
  });

  it('and was rolled back does not count among the turns that the server holds', () => {
    const steps = [opened(), whole('Hello'), done(undefined, 0), typed('hi'), handedOver('hi')];
    expect(replay([...steps, delta('Fri'), failed(true, true)]).userTurns).toBe(0);
  });
});

describe('a broken wire', () => {
  table({
    'leaves a message without proof to be looked up, its reply too': {
      steps: [...asked, lost],
      shows: ['you: hi [unconfirmed, checking, awaiting]'],
      and: { suspect: true },
    },
    'marks the reply as cut off': {
      steps: [...asked, delta('Fri'), lost],
      shows: ['you: hi [delivered, awaiting]', 'agent: Fri [cut off]'],
      and: { suspect: true },
    },
    'marks a greeting as cut off': {
      steps: [opened(), delta('Hel'), lost],
      shows: ['agent: Hel [cut off]'],
      and: { suspect: true },
    },
    'between turns breaks nothing': {
      steps: [...asked, whole('Friday'), done(), lost],
      shows: ['you: hi [delivered]', 'agent: Friday'],
      and: { suspect: false },
    },
    'leaves alone what was never handed over': {
      steps: [opened(), typed('hi'), lost],
      shows: ['you: hi [queued]'],
      and: { greetingDue: false },
    },
    'after stop leaves the reply as it was stopped': {
      steps: [...asked, delta('Fri'), { type: 'turn.stopped' }, lost],
      shows: ['you: hi [delivered]', 'agent: Fri [stopped]'],
    },
    'breaks a turn once': {
      steps: [...asked, lost, lost],
      shows: ['you: hi [unconfirmed, checking, awaiting]'],
    },
  });
});

describe('stop', () => {
  const stop: Step = { type: 'turn.stopped' };
  table({
    'freezes the reply; the rest of the turn goes unseen': {
      steps: [
        ...asked,
        delta('Fri'),
        stop,
        delta('day'),
        whole('Friday'),
        toolStarted('k1'),
        toolCompleted('k1'),
      ],
      shows: ['you: hi [delivered]', 'agent: Fri [stopped]'],
    },
    'before the first word leaves no reply': {
      steps: [...asked, stop, delta('Friday'), done()],
      shows: ['you: hi [delivered]'],
      and: { turn: { phase: 'idle', size: 0, stopped: false } },
    },
    'keeps the turn until the server ends it': {
      steps: [...asked, delta('Fri'), stop],
      shows: ['you: hi [delivered]', 'agent: Fri [stopped]'],
      and: {
        turn: { phase: 'replying', messageId: 'hi', replyId: 'e5', size: 3, startedAt: 3_000, stopped: true },
      },
    },
    'outside a turn stops nothing': {
      steps: [...asked, whole('Friday'), done(), stop],
      shows: ['you: hi [delivered]', 'agent: Friday'],
    },
  });
});

describe('what the person typed', () => {
  const status = (
    messageId: string,
    to: 'queued' | 'sent' | 'unconfirmed' | 'delivered' | 'not-sent',
    checking = false,
  ): Step => ({ type: 'message.status', messageId, status: to, ...(checking ? { checking } : {}) });
  table({
    'waits in the order it was typed': {
      steps: [typed('one'), typed('two'), typed('three')],
      shows: ['you: one [queued]', 'you: two [queued]', 'you: three [queued]'],
    },
    'can be taken back': {
      steps: [typed('one'), typed('two'), { type: 'message.removed', messageId: 'one' }],
      shows: ['you: two [queued]'],
    },
    'goes below what was said meanwhile when it waits again': {
      steps: [...asked, failed(false, true), whole('By the way'), typed('two'), status('hi', 'queued')],
      shows: ['agent: By the way', 'you: two [queued]', 'you: hi [queued]'],
    },
    'takes its turn with it when it waits again': {
      steps: [...asked, status('hi', 'queued')],
      shows: ['you: hi [queued]'],
      and: { turn: { phase: 'idle', size: 0, stopped: false } },
    },
    'is no longer looked for once its status is settled': {
      steps: [...asked, lost, status('hi', 'not-sent')],
      shows: ['you: hi [not-sent]'],
    },
    'may be looked for again': {
      steps: [...asked, lost, status('hi', 'unconfirmed'), status('hi', 'unconfirmed', true)],
      shows: ['you: hi [unconfirmed, checking]'],
    },
    'is left alone by the status of a message that is gone': {
      steps: [status('nobody', 'delivered')],
      shows: [],
    },
  });

  it('remembers how many turns the server held before it was handed over', () => {
    const greeted = [opened(), whole('Hello'), done(undefined, 0)];
    const twice = [...greeted, typed('a'), handedOver('a'), whole('A'), done(), typed('b'), handedOver('b')];
    const baselines = replay(twice).items.flatMap((item) => (item.kind === 'user' ? [item.baseline] : []));
    expect(baselines).toEqual([0, 1]);
  });

  it.each([
    ['unconfirmed', 0],
    ['not-sent', 1],
  ] as const)('sent again from %s is looked for beyond %i turns', (from, baseline) => {
    const first = [opened(), whole('Hello'), done(undefined, 0), typed('a'), handedOver('a'), lost];
    const between = [status('a', from), typed('b'), handedOver('b'), whole('B'), done()];
    const state = replay([...first, ...between, status('a', 'queued'), handedOver('a')]);
    expect(state.items.at(-1)).toMatchObject({ id: 'a', status: 'sent', baseline });
  });

  it('has no such number while nothing proved one', () => {
    expect(replay(asked).items[0]).not.toHaveProperty('baseline');
  });
});

describe('the session', () => {
  const error = conversationError('connection', 'could-not-connect');
  table({
    'ends with a note': {
      steps: [opened(), { type: 'session.ended', reason: 'completed' }],
      shows: ['note: ended'],
      and: { handover: 'none' },
    },
    'ends in a hand-over': {
      steps: [opened(), { type: 'session.ended', reason: 'escalated' }],
      shows: ['note: handover'],
      and: { handover: 'escalated' },
    },
    'stays handed over in its conversation': {
      steps: [opened('c1'), { type: 'session.ended', reason: 'escalated' }, opened('c1')],
      shows: ['note: handover'],
      and: { handover: 'escalated' },
    },
    'is handed over no more in another': {
      steps: [opened('c1'), { type: 'session.ended', reason: 'escalated' }, opened('c2')],
      shows: ['note: handover'],
      and: { handover: 'none' },
    },
    'ends without a word where this page closed it': {
      steps: [opened(), { type: 'session.ended', reason: 'disconnected' }],
      shows: [],
    },
    'ends for a reason unknown to us with a note': {
      steps: [opened(), { type: 'session.ended', reason: 'a new reason' }],
      shows: ['note: ended'],
    },
    'falls idle without a word': {
      steps: [opened(), { type: 'session.idle' }],
      shows: [],
      and: { greetingDue: false, conversationId: 'c1' },
    },
    'keeps the id it knows where the server names none': {
      steps: [opened('c1'), { type: 'session.opened', entityId: 'e1' }],
      shows: [],
      and: { conversationId: 'c1', entityId: 'e1' },
    },
    'shows its error in the banner until it is cleared': {
      steps: [{ type: 'error.raised', error }],
      shows: [],
      and: { error },
    },
    'shows a notice of the server in the banner': {
      steps: [{ type: 'session.notice', error }],
      shows: [],
      and: { error },
    },
    'shows notes where they belong, above what waits': {
      steps: [typed('hi'), { type: 'note.added', note: 'new-thread' }],
      shows: ['note: new-thread', 'you: hi [queued]'],
    },
  });

  it('clears its error', () => {
    expect(replay([{ type: 'error.raised', error }, { type: 'error.cleared' }])).not.toHaveProperty('error');
  });

  it('changes only what a change of connection names', () => {
    const state = replay([
      { type: 'connection.changed', status: 'reconnecting', attempt: 3, offline: true },
      { type: 'connection.changed', status: 'open' },
    ]);
    expect(state.connection).toEqual({
      status: 'open',
      surface: 'sessions-connect',
      attempt: 3,
      offline: true,
    });
  });

  it('leaves nothing of the conversation but the connection when it is cleared', () => {
    const state = replay([
      ...asked,
      { type: 'connection.changed', status: 'open' },
      { type: 'error.raised', error },
      delta('Fri'),
      { type: 'conversation.cleared' },
    ]);
    expect(state).toEqual({ ...replay([{ type: 'connection.changed', status: 'open' }]) });
  });

  it.each([
    [[], 'unread'],
    [['history.loading'], 'loading'],
    [['history.loading', 'history.failed'], 'failed'],
    [['history.loading', 'history.loaded', 'history.failed'], 'loaded'],
  ] as const)('knows how far its history is: %j', (types, expected) => {
    const steps = types.map((type): Step =>
      type === 'history.loaded' ? { type, turns: [], earlier: true } : { type },
    );
    expect(replay(steps).history).toBe(expected);
  });
});
