import { describe, expect, it } from 'vitest';
import { conversationError } from '../src/conversation/error.js';
import { reduce } from '../src/conversation/reduce.js';
import { initialState } from '../src/conversation/state.js';
import { Publisher } from '../src/publish.js';
import {
  delta,
  done,
  failed,
  handedOver,
  lost,
  opened,
  stamp,
  toolCompleted,
  toolStarted,
  typed,
  whole,
  type Step,
} from './support/replay.js';

const TYPES = [
  'amigo-connection-change',
  'amigo-session-start',
  'amigo-session-end',
  'amigo-message',
  'amigo-message-status',
  'amigo-turn-complete',
  'amigo-tool-start',
  'amigo-tool-complete',
  'amigo-error',
  'amigo-auth-required',
  'amigo-handover',
] as const;

type Heard = readonly [type: string, detail: unknown];

/** What a host page hears of these steps. */
function heard(steps: readonly Step[], withText = false): readonly Heard[] {
  const target = new EventTarget();
  const publisher = new Publisher(target, () => withText);
  const events: Heard[] = [];
  for (const type of TYPES) {
    target.addEventListener(type, (event) =>
      events.push([type.replace('amigo-', ''), (event as CustomEvent).detail]),
    );
  }
  let state = initialState('sessions-connect');
  for (const event of stamp(steps)) {
    const previous = state;
    state = reduce(state, event);
    publisher.publish(state, previous, event);
  }
  return events;
}

const only = (type: string, events: readonly Heard[]): readonly unknown[] =>
  events.filter(([name]) => name === type).map(([, detail]) => detail);

const asked: readonly Step[] = [
  opened(),
  whole('Hello'),
  done(undefined, 0),
  typed('m1', 'hi'),
  handedOver('m1'),
];
const history = (texts: readonly string[], earlier = true): Step => ({
  type: 'history.loaded',
  turns: texts.map((text, index) => ({ role: index % 2 === 0 ? 'user' : 'agent', text })),
  earlier,
});

describe('a host page', () => {
  it('hears a turn from beginning to end, each thing once', () => {
    const steps = [
      ...asked,
      toolStarted('k1'),
      toolCompleted('k1', true),
      delta('Fri'),
      whole('Friday'),
      done('t1', 1),
    ];
    expect(heard(steps)).toEqual([
      ['session-start', { conversationId: 'c1', resumed: false }],
      ['message', { id: 'e2', role: 'agent' }],
      ['turn-complete', { messageIds: ['e2'] }],
      ['message', { id: 'm1', role: 'user' }],
      ['message-status', { id: 'm1', status: 'queued' }],
      ['message-status', { id: 'm1', status: 'sent' }],
      ['message-status', { id: 'm1', status: 'delivered' }],
      ['tool-start', { callId: 'k1', toolName: 'lookup' }],
      ['tool-complete', { callId: 'k1', toolName: 'lookup', succeeded: true }],
      ['message', { id: 'e8', role: 'agent' }],
      ['turn-complete', { turnId: 't1', messageIds: ['e8'] }],
    ]);
  });

  it('hears once that a person takes over, and that another conversation begins', () => {
    const escalated: Step = { type: 'session.ended', reason: 'escalated' };
    expect(only('handover', heard([...asked, escalated, escalated]))).toEqual([{ state: 'escalated' }]);
    expect(only('handover', heard([...asked, escalated, { type: 'conversation.cleared' }]))).toEqual([
      { state: 'escalated' },
      { state: 'none' },
    ]);
    expect(only('handover', heard([...asked, { type: 'session.ended', reason: 'completed' }]))).toEqual([]);
  });

  it('hears no text, but where the page asked for it', () => {
    const steps = [...asked, whole('Friday'), done('t1', 1)];
    expect(JSON.stringify(heard(steps))).not.toMatch(/Hello|Friday|"hi"/);
    expect(only('message', heard(steps, true))).toEqual([
      { id: 'e2', role: 'agent', text: 'Hello' },
      { id: 'm1', role: 'user', text: 'hi' },
      { id: 'e6', role: 'agent', text: 'Friday' },
    ]);
  });

  it('hears nothing of a reply while it streams, and nothing of one that stays cut off', () => {
    expect(only('message', heard([...asked, delta('Fri'), delta('day')]))).toHaveLength(2);
    expect(only('message', heard([...asked, delta('Fri'), lost]))).toHaveLength(2);
  });

  it('hears of a reply once its rest was found', () => {
    const events = heard([...asked, delta('Fri'), lost, history(['hi', 'Friday'])]);
    expect(only('message', events).at(-1)).toEqual({ id: 'e6', role: 'agent' });
  });

  it('hears no message of the history, whenever it comes', () => {
    const loading: Step = { type: 'history.loading' };
    const failure: Step = { type: 'history.failed' };
    const old = history(['old', 'Old.', 'older', 'Older.']);
    expect(only('message', heard([opened(), loading, old]))).toEqual([]);
    expect(only('message', heard([opened(), loading, failure, old]))).toEqual([]);
    expect(only('message-status', heard([opened(), loading, old]))).toEqual([]);
  });

  it('hears how each message fared', () => {
    const statuses = (steps: readonly Step[]): unknown[] =>
      only('message-status', heard(steps)).map((detail) => (detail as { status: string }).status);
    expect(statuses([...asked, lost])).toEqual(['queued', 'sent', 'unconfirmed']);
    expect(statuses([...asked, failed(false, true)])).toEqual(['queued', 'sent', 'not-sent']);
    const notSent: Step = { type: 'message.status', messageId: 'm1', status: 'not-sent' };
    const again: Step = { type: 'message.status', messageId: 'm1', status: 'queued' };
    expect(statuses([...asked, lost, notSent, again])).toEqual([
      'queued',
      'sent',
      'unconfirmed',
      'not-sent',
      'queued',
    ]);
  });

  it('hears of a connection when it changes, and only then', () => {
    const change = (status: 'connecting' | 'open', attempt = 0): Step => ({
      type: 'connection.changed',
      status,
      attempt,
    });
    expect(heard([change('connecting'), change('connecting', 1), change('open')])).toEqual([
      ['connection-change', { connection: 'connecting', surface: 'sessions-connect' }],
      ['connection-change', { connection: 'open', surface: 'sessions-connect' }],
    ]);
  });

  it('hears of a session’s start and its end, once, and whether it was resumed', () => {
    const ended: Step = { type: 'session.ended', reason: 'completed' };
    expect(heard([opened(), lost, opened(), ended, ended]).filter(([type]) => type !== 'message')).toEqual([
      ['session-start', { conversationId: 'c1', resumed: false }],
      ['session-start', { conversationId: 'c1', resumed: true }],
      ['session-end', { conversationId: 'c1', reason: 'completed' }],
    ]);
  });

  it('is not told of a resumed session where the first merely got its name', () => {
    expect(only('session-start', heard([{ type: 'session.opened' }, opened()]))).toEqual([
      { conversationId: undefined, resumed: false },
      { conversationId: 'c1', resumed: false },
    ]);
  });

  it('hears of an error once, however often it is raised', () => {
    const error = conversationError('connection', 'connection-lost', { severity: 'warning', detail: '1006' });
    const raised: Step = { type: 'error.raised', error };
    expect(heard([raised, { ...raised, error: { ...error } }, raised])).toEqual([
      ['error', { origin: 'connection', code: 'connection-lost', severity: 'warning', retryable: true }],
    ]);
    expect(heard([raised, { type: 'error.cleared' }, raised])).toHaveLength(2);
  });

  it('hears of a turn that failed', () => {
    expect(only('error', heard([...asked, failed(true)]))).toEqual([
      { origin: 'server', code: 'reply-failed', severity: 'error', retryable: true },
    ]);
  });

  it('hears that the person has to sign in, once nothing is tried any more', () => {
    const error = conversationError('authentication', 'signed-out', { retryable: false });
    const raised: Step = { type: 'error.raised', error };
    expect(only('auth-required', heard([raised]))).toEqual([]);
    expect(only('auth-required', heard([{ type: 'connection.changed', status: 'failed' }, raised]))).toEqual([
      { reason: 'signed-out' },
    ]);
  });

  it('hears that a tool ended without a word of how', () => {
    expect(only('tool-complete', heard([...asked, toolStarted('k1'), done('t1', 1)]))).toEqual([
      { callId: 'k1', toolName: 'lookup', succeeded: undefined },
    ]);
  });
});
