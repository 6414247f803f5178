import { describe, expect, it } from 'vitest';
import { conversationError } from '../../src/conversation/error.js';
import { selectMessages, selectState } from '../../src/conversation/select-view.js';
import {
  delta,
  done,
  handedOver,
  lost,
  opened,
  replay,
  toolStarted,
  typed,
  whole,
} from '../support/replay.js';

const state = replay([
  opened(),
  whole('Hello'),
  done(undefined, 0),
  typed('m1', 'hi'),
  handedOver('m1'),
  toolStarted('k1'),
  delta('Fri'),
  lost,
  { type: 'session.ended', reason: 'completed' },
]);

describe('the messages that a host page sees', () => {
  const messages = selectMessages(state.items, ({ note }) => `(${note})`);

  it('are what was said, oldest first, in the terms of the contract', () => {
    expect(messages).toEqual([
      { id: 'e2', role: 'agent', text: 'Hello', at: '1970-01-01T00:00:01.000Z' },
      { id: 'm1', role: 'user', text: 'hi', at: '1970-01-01T00:00:03.000Z', status: 'delivered' },
      { id: 'e7', role: 'agent', text: 'Fri', at: '1970-01-01T00:00:06.000Z', incomplete: true },
      { id: 'e9', role: 'system', text: '(ended)', at: '1970-01-01T00:00:08.000Z' },
    ]);
  });

  it('cannot be edited', () => {
    expect([messages, ...messages].every(Object.isFrozen)).toBe(true);
  });
});

describe('the state that a host page sees', () => {
  const error = conversationError('connection', 'connection-lost', { detail: '1006', subject: 'x' });

  it('is the contract’s, and cannot be edited', () => {
    const view = selectState(state, { open: true, locked: false, unread: 2 });
    expect(view).toEqual({
      connection: 'idle',
      surface: 'sessions-connect',
      conversationId: 'c1',
      turn: 'idle',
      handover: 'none',
      unread: 2,
      open: true,
      locked: false,
    });
    expect(Object.isFrozen(view)).toBe(true);
  });

  it('tells of an error only what a host may know', () => {
    const { error: told } = selectState(state, { open: true, locked: false, unread: 0, error });
    expect(told).toEqual({
      origin: 'connection',
      code: 'connection-lost',
      severity: 'error',
      retryable: true,
    });
    expect(Object.isFrozen(told)).toBe(true);
  });
});
