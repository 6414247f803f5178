import { describe, expect, it } from 'vitest';
import type { HistoryTurn } from '../../src/conversation/event.js';
import type { TimelineItem } from '../../src/conversation/state.js';
import { screen } from '../support/replay.js';
import { agent, checking, merge, note, turns, you } from '../support/merge.js';

type Row = readonly [
  title: string,
  items: readonly TimelineItem[],
  history: readonly HistoryTurn[],
  shows: readonly string[],
];

describe('a history laid over the screen', () => {
  it.each<Row>([
    [
      'fills an empty screen',
      [],
      turns('a:Hello', 'u:hi', 'a:Friday'),
      ['agent: Hello', 'you: hi [delivered]', 'agent: Friday'],
    ],
    ['leaves out what instructs the agent', [], turns('s:Be kind', 'u:hi'), ['you: hi [delivered]']],
    ['leaves out what is blank', [], turns('a: ', 'u:', 'u:hi'), ['you: hi [delivered]']],
    [
      'adds nothing that is there',
      [agent('Hello'), you('hi')],
      turns('a:Hello', 'u:hi'),
      ['agent: Hello', 'you: hi [delivered]'],
    ],
    ['takes no notice of white space around a text', [you(' hi ')], turns('u:hi'), ['you:  hi  [delivered]']],
    [
      'puts what came before this page above what is on it',
      [agent('Welcome back')],
      turns('u:hi', 'a:Friday', 'a:Welcome back'),
      ['you: hi [delivered]', 'agent: Friday', 'agent: Welcome back'],
    ],
    [
      'puts what was said on another device in its place',
      [you('one'), agent('One.'), you('two'), agent('Two.')],
      turns('u:one', 'a:One.', 'u:elsewhere', 'a:There.', 'u:two', 'a:Two.'),
      [
        'you: one [delivered]',
        'agent: One.',
        'you: elsewhere [delivered]',
        'agent: There.',
        'you: two [delivered]',
        'agent: Two.',
      ],
    ],
    [
      'adds what was said since at the end',
      [you('one'), agent('One.')],
      turns('u:one', 'a:One.', 'u:elsewhere', 'a:There.'),
      ['you: one [delivered]', 'agent: One.', 'you: elsewhere [delivered]', 'agent: There.'],
    ],
    [
      'keeps what only the screen has in its place',
      [agent('Hello'), note(), you('one'), you('lost', 'not-sent'), agent('One.')],
      turns('u:one', 'a:One.'),
      ['agent: Hello', 'note: ended', 'you: one [delivered]', 'you: lost [not-sent]', 'agent: One.'],
    ],
    [
      'keeps what waits to be sent last',
      [you('one'), you('later', 'queued')],
      turns('u:one', 'a:One.', 'u:later'),
      ['you: one [delivered]', 'agent: One.', 'you: later [delivered]', 'you: later [queued]'],
    ],
    [
      'puts the answer to one message above the next that waits',
      [agent('Hello'), checking('one', 0), you('two', 'queued'), you('three', 'queued')],
      turns('a:Hello', 'u:one', 'a:One.'),
      ['agent: Hello', 'you: one [delivered]', 'agent: One.', 'you: two [queued]', 'you: three [queued]'],
    ],
    [
      'puts the answer to one message above the next whose fate is open too',
      [checking('one', 0), checking('two', 1)],
      turns('u:one', 'a:One.'),
      ['you: one [delivered]', 'agent: One.', 'you: two [unconfirmed, checking]'],
    ],
    [
      'puts the answer to one message above the next, which was not sent, although a third was',
      [you('one'), you('two', 'not-sent'), you('three'), agent('Three.')],
      turns('u:one', 'a:One.', 'u:three', 'a:Three.'),
      [
        'you: one [delivered]',
        'agent: One.',
        'you: two [not-sent]',
        'you: three [delivered]',
        'agent: Three.',
      ],
    ],
    [
      'shows a greeting once where the server has it once and the screen once',
      [agent('Hello'), you('hi')],
      turns('a:Hello', 'u:hi'),
      ['agent: Hello', 'you: hi [delivered]'],
    ],
    [
      'shows a greeting as often as the server said it',
      [agent('Hello')],
      turns('a:Hello', 'u:hi', 'a:Friday', 'a:Hello'),
      ['agent: Hello', 'you: hi [delivered]', 'agent: Friday', 'agent: Hello'],
    ],
    [
      'tells apart the same words said twice',
      [you('yes'), agent('First.'), you('yes'), agent('Second.')],
      turns('u:yes', 'a:First.', 'u:yes', 'a:Second.'),
      ['you: yes [delivered]', 'agent: First.', 'you: yes [delivered]', 'agent: Second.'],
    ],
    [
      'leaves alone what is proven to be newer than it, though the words are the same',
      [
        you('yes', 'delivered', { baseline: 0 }),
        agent('Sor', { incomplete: true }),
        you('yes', 'delivered', { baseline: 1 }),
        agent('Sorry.'),
      ],
      turns('u:yes', 'a:Sorry.'),
      ['you: yes [delivered]', 'agent: Sorry.', 'you: yes [delivered]', 'agent: Sorry.'],
    ],
    [
      'finds no answer in what answered something before',
      [you('yes'), agent('Sorry.'), you('no'), agent('Sorry.')],
      turns('u:yes', 'a:Sorry.', 'u:no'),
      ['you: yes [delivered]', 'agent: Sorry.', 'you: no [delivered]', 'agent: Sorry.'],
    ],
    [
      'is not confused by the names of object members',
      [you('__proto__')],
      turns('u:constructor', 'u:__proto__'),
      ['you: constructor [delivered]', 'you: __proto__ [delivered]'],
    ],
  ])('%s', (_title, items, history, shows) => {
    expect(screen(merge(items, history))).toEqual(shows);
  });

  it('counts the person’s turns on the server, whatever is on the screen', () => {
    expect(merge([you('queued', 'queued')], turns('a:Hello', 'u:one', 's:x', 'u:two')).userTurns).toBe(2);
  });

  it('keeps the id of what matches, and takes time and turn id of what it adds', () => {
    const shown = you('hi');
    const history = [
      { role: 'user', text: 'hi' },
      { role: 'agent', text: 'Friday', at: 7, turnId: 't1' },
    ] as const;
    expect(merge([shown], history).items).toEqual([shown, expect.objectContaining({ at: 7, turnId: 't1' })]);
  });
});

describe('a message whose fate is open', () => {
  it.each<Row>([
    ['is delivered once it is found', [checking('hi', 0)], turns('u:hi'), ['you: hi [delivered]']],
    [
      'brings its reply along',
      [checking('hi', 0)],
      turns('u:hi', 'a:Friday'),
      ['you: hi [delivered]', 'agent: Friday'],
    ],
    [
      'stays open while it is absent',
      [checking('hi', 0)],
      turns('a:Hello'),
      ['agent: Hello', 'you: hi [unconfirmed, checking]'],
    ],
    [
      'is not proven by the same words said before it',
      [you('yes'), agent('First.'), checking('yes', 1)],
      turns('u:yes', 'a:First.'),
      ['you: yes [delivered]', 'agent: First.', 'you: yes [unconfirmed, checking]'],
    ],
    [
      'is not proven by a copy of the history that lags behind',
      [checking('yes', 2)],
      turns('u:yes'),
      ['you: yes [delivered]', 'you: yes [unconfirmed, checking]'],
    ],
    [
      'is proven by the same words said once more',
      [you('yes'), agent('First.'), checking('yes', 1)],
      turns('u:yes', 'a:First.', 'u:yes'),
      ['you: yes [delivered]', 'agent: First.', 'you: yes [delivered]'],
    ],
    [
      'is not proven by the same words that another, proven message has said',
      [checking('yes', 0), you('one', 'delivered', { baseline: 0 }), agent('One.'), checking('one', 1)],
      turns('u:yes', 'a:Yes.', 'u:one', 'a:One.'),
      [
        'you: yes [delivered]',
        'agent: Yes.',
        'you: one [delivered]',
        'agent: One.',
        'you: one [unconfirmed, checking]',
      ],
    ],
    [
      'without a known number of turns is proven only by the last one',
      [checking('yes')],
      turns('u:yes', 'u:no'),
      ['you: yes [delivered]', 'you: no [delivered]', 'you: yes [unconfirmed, checking]'],
    ],
    [
      'was delivered after all, although it counted as not sent',
      [you('hi', 'not-sent', { baseline: 0 })],
      turns('u:hi'),
      ['you: hi [delivered]'],
    ],
    [
      'that waits to be sent again is not proven by the past',
      [you('hi', 'queued')],
      turns('u:hi'),
      ['you: hi [delivered]', 'you: hi [queued]'],
    ],
    [
      'stands below what was said on another device meanwhile',
      [you('one'), agent('One.'), checking('hi', 1)],
      turns('u:one', 'a:One.', 'u:elsewhere', 'a:There.'),
      [
        'you: one [delivered]',
        'agent: One.',
        'you: elsewhere [delivered]',
        'agent: There.',
        'you: hi [unconfirmed, checking]',
      ],
    ],
  ])('%s', (_title, items, history, shows) => {
    expect(screen(merge(items, history))).toEqual(shows);
  });

  it('waits for its reply until the history has one', () => {
    const message = you('hi', 'delivered', { awaitingReply: true, baseline: 0 });
    expect(screen(merge([message], turns('u:hi')))).toEqual(['you: hi [delivered, awaiting]']);
    expect(screen(merge([message], turns('u:hi', 'a:Friday')))).toEqual([
      'you: hi [delivered]',
      'agent: Friday',
    ]);
  });
});

describe('a reply', () => {
  it('that was cut off is completed in its place, without starting over', () => {
    const cut = agent('Fri', { incomplete: true });
    const { items } = merge([you('hi'), cut], turns('u:hi', 'a:Friday'));
    expect(items[1]).toEqual({ ...cut, text: 'Friday', incomplete: false });
  });

  it('that was cut off stays so while the server has none', () => {
    expect(screen(merge([you('hi'), agent('Fri', { incomplete: true })], turns('u:hi')))).toEqual([
      'you: hi [delivered]',
      'agent: Fri [cut off]',
    ]);
  });

  it('that was cut off is not completed by the answer to something else', () => {
    const items = [you('one'), agent('Fri', { incomplete: true }), you('two')];
    expect(screen(merge(items, turns('u:one', 'u:two', 'a:Friday')))).toEqual([
      'you: one [delivered]',
      'agent: Fri [cut off]',
      'you: two [delivered]',
      'agent: Friday',
    ]);
  });

  it('that was cut off is completed although the conversation went on elsewhere', () => {
    const items = [you('one'), agent('Fri', { incomplete: true })];
    expect(screen(merge(items, turns('u:one', 'a:Friday', 'u:elsewhere', 'a:There.')))).toEqual([
      'you: one [delivered]',
      'agent: Friday',
      'you: elsewhere [delivered]',
      'agent: There.',
    ]);
  });

  it('that was cut off is completed although its message counts a turn too many before it', () => {
    const items = [
      you('one', 'delivered', { baseline: 0 }),
      agent('One.'),
      you('two', 'delivered', { baseline: 2 }),
      agent('Fri', { incomplete: true }),
      you('three', 'delivered', { baseline: 3 }),
      agent('Three.'),
    ];
    const history = turns('u:one', 'a:One.', 'u:two', 'a:Friday', 'u:three', 'a:Three.', 'u:four', 'a:Four.');
    expect(screen(merge(items, history)).slice(2, 4)).toEqual(['you: two [delivered]', 'agent: Friday']);
  });

  it('that was cut off before the history was read is completed below what came before', () => {
    const items = [agent('Welc', { incomplete: true, greeting: true })];
    expect(screen(merge(items, turns('u:old', 'a:Old.', 'a:Welcome back')))).toEqual([
      'you: old [delivered]',
      'agent: Old.',
      'agent: Welcome back',
    ]);
  });

  it('that streams now is neither touched nor doubled', () => {
    const live = agent('Fri', { streaming: true });
    const { items } = merge([you('hi'), live], turns('u:hi', 'a:Friday'), { liveReplyId: live.id });
    expect(items[1]).toBe(live);
    expect(items).toHaveLength(2);
  });

  it('that the wire is about to tell is not told by a history that is ahead of it', () => {
    const message = you('hi', 'sent', { baseline: 1 });
    const history = turns('u:one', 'a:One.', 'u:hi', 'a:Friday', 'a:Or Monday', 'u:elsewhere', 'a:There.');
    const waiting = [you('one'), agent('One.'), message, you('later', 'queued')];
    const shows = [
      'you: one [delivered]',
      'agent: One.',
      'you: hi [delivered]',
      'you: elsewhere [delivered]',
      'agent: There.',
      'you: later [queued]',
    ];
    expect(screen(merge(waiting, history, { liveMessageId: message.id }))).toEqual(shows);
    const live = agent('Fri', { streaming: true });
    const replying = merge([...waiting.toSpliced(3, 0, live)], history, {
      liveMessageId: message.id,
      liveReplyId: live.id,
    });
    expect(screen(replying)).toEqual(shows.toSpliced(3, 0, 'agent: Fri…'));
  });

  it('that the person stopped keeps the words it had', () => {
    const stopped = agent('Fri', { stopped: true });
    const { items } = merge([you('hi'), stopped], turns('u:hi', 'a:Friday'));
    expect(items[1]).toBe(stopped);
    expect(items).toHaveLength(2);
  });
});

describe('where nothing from before this page is wanted', () => {
  it.each<Row>([
    ['an empty screen stays empty', [], turns('u:old', 'a:Old.'), []],
    ['a greeting stays alone', [agent('Hello')], turns('u:old', 'a:Old.', 'a:Hello'), ['agent: Hello']],
    [
      'the reply that was missed is shown',
      [agent('Hello'), checking('hi', 1)],
      turns('u:old', 'a:Old.', 'a:Hello', 'u:hi', 'a:Friday'),
      ['agent: Hello', 'you: hi [delivered]', 'agent: Friday'],
    ],
    [
      'a greeting that the server has only from long ago brings nothing along',
      [agent('Hello'), checking('hi', 1)],
      turns('a:Hello', 'u:old', 'a:Old.', 'u:hi', 'a:Friday'),
      ['agent: Hello', 'you: hi [delivered]', 'agent: Friday'],
    ],
    [
      'a message that is absent brings nothing along',
      [agent('Hello'), checking('hi', 1)],
      turns('a:Hello', 'u:old', 'a:Old.'),
      ['agent: Hello', 'you: hi [unconfirmed, checking]'],
    ],
  ])('%s', (_title, items, history, shows) => {
    expect(screen(merge(items, history, { earlier: false }))).toEqual(shows);
  });
});

describe('a copy of the history', () => {
  const items = [
    you('yes', 'delivered', { baseline: 0 }),
    agent('Yes.'),
    you('yes', 'delivered', { baseline: 1 }),
  ];

  it('is current where it has all that is proven', () => {
    expect(merge(items, turns('u:yes', 'a:Yes.', 'u:yes'))).toMatchObject({ userTurns: 2, current: true });
  });

  it('lags behind where it lacks something proven, also of the same words', () => {
    expect(merge(items, turns('u:yes', 'a:Yes.'))).toMatchObject({ userTurns: 1, current: false });
  });
});
