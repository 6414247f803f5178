import { beforeEach, describe, expect, it } from 'vitest';
import { AnnouncementQueue } from '../../src/announcer/announcement-queue.js';
import { FakeClock } from './fake-clock.js';

let clock: FakeClock;
let queue: AnnouncementQueue;
let writes: { at: number; text: string; priority: string }[];
let focus: number;

/** Lets the microtasks run that separate one tick from the next. */
const tick = (): Promise<void> => Promise.resolve();
const texts = (): string[] => writes.map(({ text }) => text);

beforeEach(() => {
  clock = new FakeClock();
  writes = [];
  focus = 0;
  let seen = 0;
  queue = new AnnouncementQueue(
    clock,
    (text, priority) => writes.push({ at: clock.monotonic(), text, priority }),
    () => {
      const moved = focus !== seen;
      seen = focus;
      return moved;
    },
  );
});

describe('AnnouncementQueue', () => {
  it('says things in the order they came', async () => {
    for (const text of ['one', 'two', 'three']) {
      queue.add(text);
      await tick();
    }
    clock.advance(5000);
    expect(texts()).toEqual(['one', 'two', 'three']);
  });

  it('never writes twice within 500 ms', async () => {
    for (let index = 0; index < 10; index += 1) {
      queue.add(`text ${index}`, { key: `key ${index}` });
      await tick();
      clock.advance(40);
    }
    clock.advance(10_000);
    expect(writes).toHaveLength(10);
    const gaps = writes.slice(1).map(({ at }, index) => at - (writes[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(500);
  });

  it('makes one write of the texts of one tick, and says the same text once', async () => {
    queue.add('Message sent.');
    queue.add('Message sent.');
    queue.add('AI helper is replying.');
    await tick();
    queue.add('Later.');
    clock.advance(5000);
    expect(texts()).toEqual(['Message sent. AI helper is replying.', 'Later.']);
  });

  it('says only the last of the waiting texts with one key, in the place of the first', async () => {
    queue.add('3 new', { key: 'unread' });
    await tick();
    queue.add('Connected.');
    await tick();
    queue.add('4 new', { key: 'unread' });
    clock.advance(5000);
    expect(texts()).toEqual(['4 new', 'Connected.']);
  });

  it('says a text that keeps changing all the same', () => {
    for (let count = 1; count <= 20; count += 1) {
      queue.add(`${count} new`, { key: 'unread' });
      clock.advance(50);
    }
    expect(writes.length).toBeGreaterThan(0);
  });

  it('waits 250 ms after the focus moved, also where it moved while waiting', () => {
    queue.add('Connected.');
    clock.advance(90);
    focus += 1;
    clock.advance(10);
    expect(writes).toHaveLength(0);
    clock.advance(249);
    expect(writes).toHaveLength(0);
    clock.advance(1);
    expect(texts()).toEqual(['Connected.']);
  });

  it('lets an assertive text go first', async () => {
    queue.add('Reply.');
    await tick();
    queue.add('The screen locks soon.', { priority: 'assertive' });
    clock.advance(5000);
    expect(writes.map(({ text, priority }) => [text, priority])).toEqual([
      ['The screen locks soon.', 'assertive'],
      ['Reply.', 'polite'],
    ]);
  });

  it('keeps the distance that a key asks for, and holds nobody else up by it', async () => {
    const unread = { key: 'unread', spacing: 10_000 };
    queue.add('1 new', unread);
    clock.advance(1000);
    queue.add('2 new', unread);
    await tick();
    queue.add('Connected.');
    clock.advance(1000);
    queue.add('3 new', unread);
    clock.advance(20_000);
    expect(texts()).toEqual(['1 new', 'Connected.', '3 new']);
    expect((writes[2]?.at ?? 0) - (writes[0]?.at ?? 0)).toBeGreaterThanOrEqual(10_000);
  });

  it('keeps the distance that a text without a key asks for', async () => {
    for (const text of ['First.', 'Second.', 'Third.']) {
      queue.add(text, { spacing: 1500 });
      await tick();
    }
    clock.advance(10_000);
    const gaps = writes.slice(1).map(({ at }, index) => at - (writes[index]?.at ?? 0));
    expect(texts()).toEqual(['First.', 'Second.', 'Third.']);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(1500);
  });

  it('forgets what waits when cleared, and leaves no timer', async () => {
    queue.add('One.');
    await tick();
    queue.add('Two.');
    queue.clear();
    expect(clock.pending).toBe(0);
    clock.advance(5000);
    expect(writes).toHaveLength(0);
  });
});
