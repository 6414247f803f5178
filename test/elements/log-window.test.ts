import { describe, expect, it } from 'vitest';
import type { TimelineItem } from '../../src/conversation/state.js';
import { LogWindow, WINDOW_SIZE } from '../../src/elements/log-window.js';
import { talk, user } from './timeline.js';

/** The ids shown after each of the steps, as [first, count]. */
function shown(
  window: LogWindow,
  items: readonly TimelineItem[],
  unwatched = false,
): [string | undefined, number] {
  window.place(items, unwatched);
  return [items[window.start]?.id, items.length - window.start];
}

describe('the window', () => {
  it('starts at the latest items', () => {
    expect(shown(new LogWindow(), talk(100))).toEqual(['m40', WINDOW_SIZE]);
    expect(shown(new LogWindow(), talk(10))).toEqual(['m0', 10]);
    expect(shown(new LogWindow(), [])).toEqual([undefined, 0]);
  });

  it('stays at its first item while messages arrive below', () => {
    const window = new LogWindow();
    shown(window, talk(100));
    expect(shown(window, talk(300))).toEqual(['m40', 260]);
  });

  it('lets go of what is far above where nobody watches', () => {
    const window = new LogWindow();
    shown(window, talk(100));
    expect(shown(window, talk(160), true)).toEqual(['m40', 120]);
    expect(shown(window, talk(161), true)).toEqual(['m101', WINDOW_SIZE]);
  });

  it('takes in the history that comes in above while it is not full', () => {
    const window = new LogWindow();
    shown(window, [user('live')]);
    expect(shown(window, [...talk(100), user('live')])).toEqual(['m41', WINDOW_SIZE]);
  });

  it('is not moved by history above once it is full', () => {
    const window = new LogWindow();
    const live = Array.from({ length: 80 }, (_, index) => user(`live${String(index)}`));
    shown(window, live);
    expect(shown(window, [...talk(100), ...live])).toEqual(['live20', WINDOW_SIZE]);
  });

  it('goes back by its size', () => {
    const window = new LogWindow();
    shown(window, talk(150));
    window.extend(talk(150));
    expect(shown(window, talk(150))).toEqual(['m30', 120]);
    window.extend(talk(150));
    expect(shown(window, talk(150))).toEqual(['m0', 150]);
  });

  it('starts anew where its first item is gone', () => {
    const window = new LogWindow();
    shown(window, [user('gone')]);
    expect(shown(window, talk(100))).toEqual(['m40', WINDOW_SIZE]);
  });

  it('shows the whole, and what it showed before', () => {
    const window = new LogWindow();
    shown(window, talk(200));
    window.whole = true;
    expect(shown(window, talk(200), true)).toEqual(['m0', 200]);
    window.whole = false;
    expect(shown(window, talk(200), true)).toEqual(['m140', WINDOW_SIZE]);
  });
});
