import { describe, expect, it } from 'vitest';
import { conversationError } from '../../src/conversation/error.js';
import type { ConversationState } from '../../src/conversation/state.js';
import {
  delta,
  done,
  failed,
  handedOver,
  lost,
  opened,
  replay,
  screen,
  toolCompleted,
  toolStarted,
  typed,
  whole,
  type Step,
} from '../support/replay.js';

/** A person who has said "hi" in an open session, with the message handed over. */
const asked: readonly Step[] = [opened(), { type: 'session.idle' }, typed('hi'), handedOver('hi')];

interface Row {
  readonly steps: readonly Step[];
  readonly shows: readonly string[];
  readonly and?: Partial<ConversationState>;
}

function table(rows: Readonly<Record<string, Row>>): void {
  it.each(Object.entries(rows))('%s', (_title, { steps, shows, and }) => {
    const state = replay(steps);
    expect(screen(state)).toEqual(shows);
    expect(state).toMatchObject(and ?? {});
  });
}

describe('a greeting', () => {
  table({
    'streams into one bubble and ends with its turn': {
      steps: [opened(), delta('Hel'), delta('lo'), done(undefined, 0)],
      shows: ['agent: Hello'],
      and: { turn: { phase: 'idle', size: 0, stopped: false }, userTurns: 0, greetingDue: false },
    },
    'shows as being written while it streams': { steps: [opened(), delta('Hel')], shows: ['agent: Hel…'] },
    'may come as one message': { steps: [opened(), whole('Hello'), done()], shows: ['agent: Hello'] },
    'is shown once where it repeats on reconnect': {
      steps: [opened(), whole('Hello'), done(), lost, opened(), delta('Hel'), delta('lo'), done()],
      shows: ['agent: Hello'],
    },
    'is shown once where it repeats as one message': {
      steps: [opened(), whole('Hello'), done(), lost, opened(), delta('Hel'), whole('Hello'), done()],
      shows: ['agent: Hello'],
    },
    'is held back on reconnect until it is whole': {
      steps: [opened(), whole('Hello'), done(), opened(), delta('Welcome')],
      shows: ['agent: Hello'],
      and: { greetingDue: true },
    },
    'is shown on reconnect where it is a new one': {
      steps: [opened(), whole('Hello'), done(), opened(), delta('Welcome '), delta('back'), done()],
      shows: ['agent: Hello', 'agent: Welcome back'],
    },
    'completes the reply that was cut off where it goes on from it': {
      steps: [opened(), delta('Hel'), lost, opened(), delta('Hello'), done()],
      shows: ['agent: Hello'],
    },
    'completes the cut-off reply although something waits below it': {
      steps: [opened(), delta('Hel'), lost, typed('hi'), opened(), delta('Hello'), done()],
      shows: ['agent: Hello', 'you: hi [queued]'],
    },
    'that never said it was done ends when the person’s message goes out': {
      steps: [opened(), delta('Hello'), typed('hi'), handedOver('hi')],
      shows: ['agent: Hello', 'you: hi [sent]'],
    },
    'that comes late proves nothing, and leaves the person’s turn under way': {
      steps: [opened(), typed('hi'), handedOver('hi'), delta('Hel'), whole('Hello'), done(undefined, 0)],
      shows: ['you: hi [sent]', 'agent: Hello'],
      and: { turn: { phase: 'replying', messageId: 'hi', startedAt: 2_000, size: 3, stopped: false } },
    },
    'that comes late is followed by the reply, which proves the message': {
      steps: [
        opened(),
        typed('hi'),
        handedOver('hi'),
        whole('Hello'),
        done(undefined, 0),
        delta('Fri'),
        delta('day'),
      ],
      shows: ['you: hi [delivered]', 'agent: Hello', 'agent: Friday…'],
    },
    'that never comes leaves the proof of the first message to the end of its turn': {
      steps: [opened(), typed('hi'), handedOver('hi'), whole('Friday'), done('t1', 1)],
      shows: ['you: hi [delivered]', 'agent: Friday'],
      and: { lastTurnId: 't1' },
    },
    'that may have been what the wire broke in leaves the message to be looked up': {
      steps: [opened(), typed('hi'), handedOver('hi'), delta('Hel'), lost],
      shows: ['you: hi [unconfirmed, checking, awaiting]', 'agent: Hel [cut off]'],
    },
    'does not come any more once its time is over': {
      steps: [opened(), { type: 'greeting.skipped' }, delta('Hello')],
      shows: [],
      and: { suspect: true },
    },
  });
});

describe('a reply', () => {
  table({
    'streams below the message it answers': {
      steps: [...asked, delta('Fri'), delta('day')],
      shows: ['you: hi [delivered]', 'agent: Friday…'],
      and: {
        turn: {
          phase: 'replying',
          messageId: 'hi',
          replyId: 'e5',
          size: 6,
          startedAt: 3_000,
          stopped: false,
        },
      },
    },
    'is finished by done': {
      steps: [...asked, delta('Friday'), done('t1', 1)],
      shows: ['you: hi [delivered]', 'agent: Friday'],
      and: { lastTurnId: 't1' },
    },
    'is replaced by the whole message, never added to': {
      steps: [...asked, delta('Fri'), whole('Friday at 9'), done()],
      shows: ['you: hi [delivered]', 'agent: Friday at 9'],
    },
    'may be several messages, each its own bubble': {
      steps: [...asked, whole('One.'), delta('Tw'), whole('Two.'), whole('Three.'), done()],
      shows: ['you: hi [delivered]', 'agent: One.', 'agent: Two.', 'agent: Three.'],
    },
    'repeated frame for frame is shown once': {
      steps: [...asked, whole('Friday'), whole('Friday'), done()],
      shows: ['you: hi [delivered]', 'agent: Friday'],
    },
    'repeated frame for frame is shown once although something waits below it': {
      steps: [...asked, whole('Friday'), typed('thanks'), whole('Friday'), done()],
      shows: ['you: hi [delivered]', 'agent: Friday', 'you: thanks [queued]'],
    },
    'stays above what waits to be sent': {
      steps: [...asked, typed('more'), delta('Fri'), toolStarted('k1'), delta('day'), done()],
      shows: ['you: hi [delivered]', 'agent: Friday', 'tool: lookup [unknown]', 'you: more [queued]'],
    },
    'that says nothing leaves no bubble': {
      steps: [...asked, whole(''), done()],
      shows: ['you: hi [delivered]'],
    },
    'may be announced by typing alone, which proves the message': {
      steps: [...asked, { type: 'agent.typing' }],
      shows: ['you: hi [delivered]'],
      and: { turn: { phase: 'waiting', messageId: 'hi', size: 0, startedAt: 3_000, stopped: false } },
    },
    'may go on in the background after its turn': {
      steps: [...asked, delta('One moment'), done(), { type: 'turn.pending' }],
      shows: ['you: hi [delivered]', 'agent: One moment'],
      and: { turn: { phase: 'background', size: 0, stopped: false } },
    },
  });

  it.each([
    ['the same text', 'Fri', 0],
    ['a continuation', 'Friday', 0],
    ['another text', 'Monday', 1],
  ])('counts a revision only where the view must start over: %s', (_title, text, revision) => {
    const state = replay([...asked, delta('Fri'), whole(text)]);
    expect(state.items.at(-1)).toMatchObject({ text, revision });
  });

  it('is no greeting; what the agent says first is', () => {
    const state = replay([opened(), whole('Hello'), done(), typed('hi'), handedOver('hi'), whole('Friday')]);
    expect(state.items.filter((item) => item.kind === 'agent').map(({ greeting }) => greeting)).toEqual([
      true,
      false,
    ]);
  });
});

describe('frames out of place', () => {
  const answered = [...asked, whole('Friday'), done('t1', 1)];
  const calm = ['you: hi [delivered]', 'agent: Friday'];
  table({
    'a repeated done ends nothing': {
      steps: [...answered, typed('more'), handedOver('more'), done('t1', 1)],
      shows: [...calm, 'you: more [sent]'],
      and: { turn: { phase: 'waiting', messageId: 'more', size: 0, startedAt: 7_000, stopped: false } },
    },
    'a repeated done that speaks of background work takes no turn away': {
      steps: [...answered, typed('more'), handedOver('more'), done('t1', 1), { type: 'turn.pending' }],
      shows: [...calm, 'you: more [sent]'],
      and: { turn: { phase: 'waiting', messageId: 'more', size: 0, startedAt: 7_000, stopped: false } },
    },
    'a done outside every turn changes nothing': {
      steps: [...answered, done('t0'), done()],
      shows: calm,
      and: { suspect: false, lastTurnId: 't1' },
    },
    'a delta after done is not shown, and makes the view suspect': {
      steps: [...answered, delta('stray')],
      shows: calm,
      and: { suspect: true, dropped: 1 },
    },
    'a tool of a foreign turn is not shown, and makes the view suspect': {
      steps: [...answered, toolStarted('k9'), toolCompleted('k9', true)],
      shows: calm,
      and: { suspect: true, dropped: 2 },
    },
    'a whole message of a foreign turn stands on its own': {
      steps: [...answered, whole('Your results are in.')],
      shows: [...calm, 'agent: Your results are in.'],
      and: { suspect: false },
    },
    'a whole message that was just said is not said again': {
      steps: [...answered, whole('Friday')],
      shows: calm,
    },
    'typing outside every turn changes nothing': {
      steps: [...answered, { type: 'agent.typing' }],
      shows: calm,
      and: { turn: { phase: 'idle', size: 0, stopped: false } },
    },
    'a dropped frame is counted': {
      steps: [
        ...answered,
        { type: 'frame.dropped', kind: 'unknown' },
        { type: 'frame.dropped', kind: 'malformed' },
      ],
      shows: calm,
      and: { dropped: 2, suspect: false },
    },
    'a ping says nothing': { steps: [...answered, { type: 'ping' }], shows: calm },
    'the history, once read, is to be trusted again': {
      steps: [...answered, delta('stray'), { type: 'history.loaded', turns: [], earlier: true }],
      shows: calm,
      and: { suspect: false, history: 'loaded' },
    },
    'the history, once looked through, ends the suspicion': {
      steps: [...answered, delta('stray'), { type: 'history.checked' }],
      shows: calm,
      and: { suspect: false },
    },
  });
});

describe('a tool', () => {
  const shownAfter = (steps: readonly Step[]): readonly string[] =>
    screen(replay([...asked, ...steps])).slice(1);
  it.each([
    ['runs until it is completed', [toolStarted('k1')], ['tool: lookup [running]']],
    ['succeeds', [toolStarted('k1'), toolCompleted('k1', true)], ['tool: lookup [succeeded]']],
    ['fails', [toolStarted('k1'), toolCompleted('k1', false)], ['tool: lookup [failed]']],
    ['may not say how it went', [toolStarted('k1'), toolCompleted('k1')], ['tool: lookup [unknown]']],
    ['may have no start', [toolCompleted('k1', true)], ['tool: lookup [succeeded]']],
    ['may have no end', [toolStarted('k1'), done()], ['tool: lookup [unknown]']],
    ['starts once', [toolStarted('k1'), toolStarted('k1')], ['tool: lookup [running]']],
    [
      'ends once',
      [toolStarted('k1'), toolCompleted('k1', true), toolCompleted('k1', false)],
      ['tool: lookup [succeeded]'],
    ],
    [
      'may be called again under the same id once it has ended',
      [toolStarted('k1'), toolCompleted('k1', true), toolStarted('k1')],
      ['tool: lookup [succeeded]', 'tool: lookup [running]'],
    ],
    [
      'is paired by its id, not by its place',
      [
        toolStarted('k1', 'a'),
        toolStarted('k2', 'b'),
        toolCompleted('k1', true, 'a'),
        toolCompleted('k2', false, 'b'),
      ],
      ['tool: a [succeeded]', 'tool: b [failed]'],
    ],
  ] satisfies [string, Step[], string[]][])('%s', (_title, steps, shows) => {
    expect(shownAfter(steps)).toEqual(shows);
  });

  it('keeps what went in and what came out', () => {
    const started = { ...toolStarted('k1'), input: '{"day":5}' } as Step;
    const completed = { ...toolCompleted('k1', true), result: '9:00', durationMs: 40 } as Step;
    expect(replay([...asked, started, completed]).items[1]).toMatchObject({
      input: '{"day":5}',
      result: '9:00',
      durationMs: 40,
    });
  });
});

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
      steps: [...asked, delta('Fri'), failed(false)],
      shows: ['you: hi [delivered]', 'agent: Fri [cut off]'],
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
