import { describe, expect, it } from 'vitest';
import {
  delta,
  done,
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
import { turns } from '../support/merge.js';
import { asked, table } from '../support/reduce-table.js';

const history = (...lines: readonly string[]): Step => ({
  type: 'history.loaded',
  turns: turns(...lines),
  earlier: true,
});

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
      steps: [opened(), { type: 'session.idle' }, delta('Hello')],
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
    'is over once what was worked out in the background has come, under the same id': {
      steps: [
        ...asked,
        whole('One moment'),
        done('t1', 1),
        { type: 'turn.pending' },
        whole('Friday'),
        done('t1'),
      ],
      shows: ['you: hi [delivered]', 'agent: One moment', 'agent: Friday'],
      and: { turn: { phase: 'idle', size: 0, stopped: false }, lastTurnId: 't1' },
    },
    'goes on in the background where its end is said twice': {
      steps: [
        ...asked,
        whole('One moment'),
        done('t1', 1),
        { type: 'turn.pending' },
        done('t1', 1),
        { type: 'turn.pending' },
      ],
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
    'an answer that the history knows before the wire has told it is shown once': {
      steps: [...asked, history('u:hi', 'a:Friday'), delta('Fri'), delta('day'), done('t1')],
      shows: ['you: hi [delivered]', 'agent: Friday'],
    },
    'an answer that the history knew is shown although the wire breaks before it has told it': {
      steps: [...asked, history('u:hi', 'a:Friday'), lost, history('u:hi', 'a:Friday')],
      shows: ['you: hi [delivered]', 'agent: Friday'],
    },
    'a greeting that the history knows before the wire has told it is shown once': {
      steps: [opened(), { type: 'agent.typing' }, history('a:Hello'), delta('Hel'), delta('lo'), done()],
      shows: ['agent: Hello'],
    },
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
