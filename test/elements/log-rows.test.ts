import { describe, expect, it } from 'vitest';
import { dayName, firstNewReply, lastSent, logRows, repliesFrom } from '../../src/elements/log-rows.js';
import { en } from '../../src/i18n/locales/en.js';
import { agent, NOON, tool, user } from './timeline.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('rows of the log', () => {
  it('groups consecutive messages of one speaker', () => {
    const rows = logRows([user('a'), user('b'), agent('c'), agent('d'), agent('e')], 0);
    expect(rows.map(({ groupStart, groupEnd }) => [groupStart, groupEnd])).toEqual([
      [true, false],
      [false, true],
      [true, false],
      [false, false],
      [false, true],
    ]);
  });

  it('ends a group at a tool, and after more than five minutes', () => {
    const later = { at: NOON + 6 * MINUTE };
    const rows = logRows([agent('a'), tool('t'), agent('b'), agent('c', later)], 0);
    expect(rows.map(({ groupStart }) => groupStart)).toEqual([true, true, true, true]);
  });

  it('marks the first row of each day', () => {
    const rows = logRows([user('a', { at: NOON - DAY }), user('b'), agent('c')], 0);
    expect(rows.map(({ newDay }) => newDay)).toEqual([true, true, false]);
  });

  it('marks the first row of a window as a new day and a new group', () => {
    const rows = logRows([agent('a'), agent('b')], 1);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ newDay: true, groupStart: true });
  });
});

describe('the name of a day', () => {
  const name = (at: Date, now: Date): string => dayName(at.getTime(), now.getTime(), en, 'en');

  it.each([
    [new Date(2026, 10, 20, 0, 1), 'Today'],
    [new Date(2026, 10, 19, 23, 59), 'Yesterday'],
    [new Date(2026, 10, 18, 12), 'Wednesday, November 18, 2026'],
  ])('%s is %s', (at, expected) => {
    expect(name(at, new Date(2026, 10, 20, 0, 2))).toBe(expected);
    expect(name(at, new Date(2026, 10, 20, 23, 58))).toBe(expected);
  });
});

describe('what is new', () => {
  const before = [user('a'), agent('b')];

  it('is the first reply after what was there', () => {
    expect(firstNewReply(before, [...before, user('c'), agent('d'), agent('e')])).toBe('d');
  });

  it('is not what the history adds above', () => {
    expect(firstNewReply(before, [user('x'), agent('y'), ...before])).toBeUndefined();
  });

  it('is nothing when everything came at once', () => {
    expect(firstNewReply([], before)).toBeUndefined();
  });

  it('is found above a message that still waits to be sent', () => {
    const queued = user('q', { status: 'queued' });
    expect(firstNewReply([...before, queued], [...before, agent('d'), queued])).toBe('d');
  });

  it('counts replies only', () => {
    const items = [...before, agent('d'), tool('t'), user('u'), agent('e')];
    expect(repliesFrom(items, 'd')).toBe(2);
    expect(repliesFrom(items, 'gone')).toBe(0);
  });
});

describe('the message just sent', () => {
  it.each([
    ['queued', 'b'],
    ['sent', 'b'],
    ['delivered', undefined],
    ['unconfirmed', undefined],
    ['not-sent', undefined],
  ] as const)('with status %s is %s', (status, expected) => {
    expect(lastSent([user('a'), user('b', { status }), agent('c')])).toBe(expected);
  });
});
