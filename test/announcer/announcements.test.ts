import { beforeEach, describe, expect, it } from 'vitest';
import type { Announcement } from '../../src/announcer/announcement.js';
import { Announcements, type AnnounceContext } from '../../src/announcer/announcements.js';
import { conversationError } from '../../src/conversation/error.js';
import {
  initialState,
  type AgentMessage,
  type Connection,
  type ConversationState,
  type TimelineItem,
  type UserMessage,
} from '../../src/conversation/state.js';
import { en } from '../../src/i18n/locales/en.js';

const plain = (markdown: string): string => markdown.replaceAll('**', '');
const context: AnnounceContext = { strings: en, locale: 'en', mode: 'message', open: true, unread: 0 };

const agent = (rest: Partial<AgentMessage>): AgentMessage => ({
  kind: 'agent',
  id: 'a1',
  text: '',
  revision: 0,
  at: 0,
  streaming: false,
  incomplete: false,
  greeting: false,
  ...rest,
});
const user = (rest: Partial<UserMessage>): UserMessage => ({
  kind: 'user',
  id: 'u1',
  text: 'Hello',
  at: 0,
  status: 'queued',
  ...rest,
});

const start = initialState('sessions-connect');
const withItems = (...items: TimelineItem[]): ConversationState => ({ ...start, items });
const replying = (...items: TimelineItem[]): ConversationState => ({
  ...withItems(...items),
  turn: { phase: 'replying', size: 0, stopped: false },
});
const connected = (rest: Partial<Connection>): ConversationState => ({
  ...start,
  connection: { ...start.connection, status: 'open', ...rest },
});

let announcements: Announcements;
beforeEach(() => {
  announcements = new Announcements(plain);
});

/** Plays states one after the other and collects what is said. */
function play(states: ConversationState[], rest: Partial<AnnounceContext> = {}): Announcement[] {
  return states
    .slice(1)
    .flatMap((after, index) => announcements.next(states[index] ?? start, after, { ...context, ...rest }));
}
const said = (states: ConversationState[], rest: Partial<AnnounceContext> = {}): string[] =>
  play(states, rest).map(({ text }) => text);

/** A reply of 200 deltas, as the reducer makes it. */
function streamedReply(): ConversationState[] {
  const words = Array.from({ length: 200 }, (_, index) => `w${index}`);
  const deltas = words.map((_, index) =>
    replying(agent({ text: words.slice(0, index + 1).join(' '), streaming: true })),
  );
  return [start, replying(), ...deltas, withItems(agent({ text: `**${words.join(' ')}**` }))];
}

describe('a reply', () => {
  it('of 200 tokens is two texts: that it comes, and what it says', () => {
    const texts = said(streamedReply());
    expect(texts).toHaveLength(2);
    expect(texts[0]).toBe('AI helper is replying.');
    expect(texts[1]).toMatch(/^AI helper: w0 .* w199$/);
  });

  it('is said once, however often the state changes after it', () => {
    const done = withItems(agent({ text: 'Hi' }));
    expect(said([replying(agent({ streaming: true })), done, { ...done, items: [...done.items] }])).toEqual([
      'AI helper: Hi',
    ]);
  });

  it('that never streamed is said too', () => {
    expect(said([start, withItems(agent({ text: 'Hi' }))])).toEqual(['AI helper: Hi']);
  });

  it('is announced as coming once per turn, though the phase goes to and fro', () => {
    const waiting: ConversationState = { ...start, turn: { phase: 'waiting', size: 0, stopped: false } };
    const turn = [start, waiting, replying(), waiting, replying()];
    expect(said([...turn, start, ...turn])).toEqual(['AI helper is replying.', 'AI helper is replying.']);
  });

  it('of 1,000 characters is said whole; a longer one by two sentences and how to read on', () => {
    const whole = 'x'.repeat(1000);
    expect(said([start, withItems(agent({ text: whole }))])).toEqual([`AI helper: ${whole}`]);
    const long = 'Your test is fine. Nothing to do. ' + 'More words here. '.repeat(60);
    expect(said([start, withItems(agent({ text: long }))])).toEqual([
      'AI helper: Your test is fine. Nothing to do. This is a long reply. Go to the messages to read it all.',
    ]);
  });

  it('that was cut off is said to be, and read out when it is whole', () => {
    const cut = agent({ text: 'Hal', incomplete: true });
    expect(
      said([replying(agent({ streaming: true })), withItems(cut), withItems(agent({ text: 'Half' }))]),
    ).toEqual(['This reply was cut off.', 'AI helper: Half']);
  });

  it('that the person stopped is not read out', () => {
    const streaming = replying(agent({ text: 'One', streaming: true }));
    const stopped = { ...streaming, turn: { ...streaming.turn, stopped: true } };
    const frozen = withItems(agent({ text: 'One', stopped: true }));
    const found = withItems(agent({ text: 'One two', stopped: true }));
    expect(said([streaming, stopped, frozen, found])).toEqual(['Reply stopped.']);
  });

  it('that is provisional waits for the final one', () => {
    const draft = agent({ text: 'Looking', provisional: true });
    expect(said([start, withItems(draft), withItems(agent({ text: 'Found' }))])).toEqual([
      'AI helper: Found',
    ]);
  });
});

describe('sentence mode', () => {
  it('says each sentence when it is complete, spaced, and the rest at the end', () => {
    const streaming = (text: string): ConversationState => replying(agent({ text, streaming: true }));
    const texts = play(
      [
        start,
        streaming('Your **test**'),
        streaming('Your **test** is fine. It'),
        streaming('Your **test** is fine. It shows'),
        streaming('Your **test** is fine. It shows no signs. Call'),
        withItems(agent({ text: 'Your **test** is fine. It shows no signs. Call us' })),
      ],
      { mode: 'sentences' },
    );
    expect(texts.map(({ text }) => text)).toEqual([
      'AI helper is replying.',
      'AI helper: Your test is fine.',
      'It shows no signs.',
      'Call us',
    ]);
    expect(texts.slice(1).every(({ spacing }) => spacing === 1500)).toBe(true);
  });

  it('reads the whole reply where it ended unlike its deltas', () => {
    const states = [
      replying(agent({ text: '', streaming: true })),
      replying(agent({ text: 'I think so. Per', streaming: true })),
      withItems(agent({ text: 'No.' })),
    ];
    expect(said(states, { mode: 'sentences' }).slice(-2)).toEqual([
      'AI helper: I think so.',
      'AI helper: No.',
    ]);
  });
});

describe('a history that loads', () => {
  const loading: ConversationState = { ...start, history: 'loading' };

  it('says nothing', () => {
    const items = [user({ id: 'h1', status: 'delivered' }), agent({ id: 'h2', text: 'Before' })];
    expect(said([start, loading, { ...loading, history: 'loaded', items }])).toEqual([]);
  });

  it('says nothing of what it puts before a greeting that is there already', () => {
    const greeting = agent({ id: 'g', text: 'Hi' });
    const items = [agent({ id: 'h2', text: 'Before' }), greeting];
    expect(
      said([
        { ...loading, items: [greeting] },
        { ...start, history: 'loaded', items },
      ]),
    ).toEqual([]);
  });

  it('says nothing of what a later reading finds before the last question', () => {
    const asked = user({ status: 'delivered' });
    const items = [agent({ id: 'h1', text: 'Older' }), asked];
    const loaded: ConversationState = { ...start, history: 'loaded', items: [asked] };
    expect(said([loaded, { ...loaded, items }])).toEqual([]);
  });

  it('says the answer it brings to a question asked here', () => {
    const asked = user({ status: 'unconfirmed' });
    const items = [user({ status: 'delivered' }), agent({ id: 'h9', text: 'Yes' })];
    expect(
      said([
        { ...loading, items: [asked] },
        { ...start, history: 'loaded', items },
      ]),
    ).toEqual(['AI helper: Yes']);
  });
});

describe('an answer found late', () => {
  const found = (first: UserMessage, ...behind: readonly UserMessage[]): string[] => {
    const loaded: ConversationState = { ...start, history: 'loaded', items: [first, ...behind] };
    const answered = [user({ status: 'delivered' }), agent({ id: 'h9', text: 'Yes' }), ...behind];
    return said([loaded, { ...loaded, items: answered }]).filter((text) => text.startsWith('AI helper'));
  };

  it('is said although another message waits behind its question', () => {
    const waiting = user({ id: 'u2', status: 'queued' });
    expect(found(user({ status: 'unconfirmed' }), waiting)).toEqual(['AI helper: Yes']);
    expect(found(user({ status: 'delivered', awaitingReply: true }), waiting)).toEqual(['AI helper: Yes']);
    expect(found(user({ status: 'delivered' }), waiting)).toEqual(['AI helper: Yes']);
  });

  it('is said although another message was not sent behind its question', () => {
    const failed = user({ id: 'u2', status: 'not-sent' });
    expect(found(user({ status: 'unconfirmed' }), failed)).toEqual(['AI helper: Yes']);
  });
});

describe('what the person sends', () => {
  it('is confirmed once: the two states of one tick share a key', () => {
    const texts = play([
      start,
      withItems(user({})),
      withItems(user({ status: 'sent' })),
      withItems(user({ status: 'delivered' })),
    ]);
    expect(texts.map(({ text }) => text)).toEqual(['Your message waits to be sent.', 'Message sent.']);
    expect(new Set(texts.map(({ key }) => key)).size).toBe(1);
  });

  it.each([
    ['not-sent', 'Your message was not sent.'],
    ['unconfirmed', 'We are not sure your message arrived.'],
  ] as const)('and is %s is said', (status, text) => {
    expect(said([withItems(user({ status: 'sent' })), withItems(user({ status }))])).toEqual([text]);
  });
});

describe('the connection', () => {
  it('is one text per change, and none for the first', () => {
    const states = [
      start,
      connected({ status: 'connecting' }),
      connected({}),
      connected({ status: 'reconnecting', attempt: 1 }),
      connected({ status: 'reconnecting', attempt: 2 }),
      connected({ status: 'reconnecting', attempt: 2, offline: true }),
      connected({ status: 'reconnecting' }),
      connected({}),
    ];
    expect(said(states)).toEqual([
      'Connection lost. We are trying again.',
      'You are offline.',
      'Connection lost. We are trying again.',
      'Chat connected.',
    ]);
  });

  it('says nothing of it while the panel is closed', () => {
    expect(said([connected({}), connected({ status: 'reconnecting' })], { open: false })).toEqual([]);
  });
});

describe('errors', () => {
  const fails = (
    code: 'signed-out' | 'history-unavailable',
    severity: 'warning' | 'fatal',
  ): ConversationState => ({
    ...start,
    error: conversationError('authentication', code, { severity }),
  });

  it('are left to the banner’s alert while the panel is open', () => {
    expect(said([start, fails('signed-out', 'fatal')])).toEqual([]);
  });

  it('are one polite text while it is closed', () => {
    const error = fails('signed-out', 'fatal');
    const texts = play([start, error, { ...error }], { open: false });
    expect(texts).toEqual([
      { text: 'You are signed out. Sign in again to go on with the chat.', key: 'error' },
    ]);
  });

  it('that are only warnings are said here, since no alert shows them', () => {
    expect(said([start, fails('history-unavailable', 'warning')])).toEqual([
      'We could not load your old messages. You can still write new ones.',
    ]);
  });

  it('of the page’s own making are never said to a patient', () => {
    const error = conversationError('configuration', 'missing-attribute', {
      subject: 'service-id',
      severity: 'fatal',
    });
    expect(said([start, { ...start, error }], { open: false })).toEqual([]);
  });
});

describe('while the panel is closed', () => {
  it('replies are counted, not read out', () => {
    const texts = play([replying(), withItems(agent({ text: 'Secret' }))], { open: false, unread: 3 });
    expect(texts).toEqual([{ text: '3 new messages in the chat.', key: 'unread', spacing: 10_000 }]);
  });
});

describe('notes and the mode "off"', () => {
  it('says a note once', () => {
    const ended = withItems({ kind: 'note', id: 'n', note: 'ended', at: 0 });
    expect(said([start, ended, { ...ended, items: [...ended.items] }])).toEqual(['This chat has ended.']);
  });

  it('says nothing at all where announcements are off', () => {
    expect(said(streamedReply(), { mode: 'off' })).toEqual([]);
  });
});
