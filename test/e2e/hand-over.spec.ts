import type { BrowserContext, Page } from '@playwright/test';
import type { Control, LogEntry } from '../../demo/server/index.js';
import { expect, test, type HostPage } from '../support/e2e.js';
import { Widget } from '../faults/widget.js';

/** 20 for the figures of docs/reliability.md. */
const TIMES = Number(process.env['HAND_OVERS'] ?? 2);

type Mount = (page: Page, host?: HostPage) => Promise<import('@playwright/test').Locator>;

interface Tab {
  readonly page: Page;
  readonly widget: Widget;
}

/** The ways in which a page that leads can go. */
const ways: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  closed: (page) => page.close(),
  'left for another page': (page) => page.goto('about:blank'),
  // The process dies: no event fires, nothing is said.
  crashed: (page) => page.goto('chrome://crash').catch(() => undefined),
};

async function openTab(context: BrowserContext, mountChat: Mount): Promise<Tab> {
  const page = await context.newPage();
  const attributes = { layout: 'inline', transport: 'sessions-connect' };
  return { page, widget: await new Widget(await mountChat(page, { attributes })).ready() };
}

/** What the server saw, by its own clock: the only witness of a connection. */
function entries(control: Control, kind: LogEntry['kind']): readonly LogEntry[] {
  return control.log().filter((entry) => entry.kind === kind);
}

/** Milliseconds of each hand-over, for a person to read: no test depends on them. */
function report(way: string, waits: readonly number[]): void {
  const sorted = [...waits].sort((one, other) => one - other);
  const [least, median, most] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((at) => sorted[at]);
  console.log(`hand-over, leader ${way}, ${String(waits.length)} times:`, { least, median, most }, 'ms');
}

for (const [way, go] of Object.entries(ways)) {
  test(`a leader that is ${way} hands over: one socket, and what is sent meanwhile arrives once`, async ({
    context,
    mountChat,
    control,
  }) => {
    test.setTimeout(TIMES * 60_000);
    // As they stand in line for the lead.
    const line: Tab[] = [];
    for (let tab = 0; tab < 3; tab += 1) line.push(await openTab(context, mountChat));
    const asked: string[] = [];
    const waits: number[] = [];
    const send = async (tab: Tab | undefined, text: string): Promise<void> => {
      asked.push(text);
      await tab?.widget.send(text);
    };
    for (let time = 0; time < TIMES; time += 1) {
      const before = entries(control, 'connected').length;
      const leader = line.shift();
      const since = Date.now();
      const gone = leader && go(leader.page);
      await Promise.all([gone, send(line[1], `Sent while nobody led, ${String(time)}`)]);
      await expect.poll(() => entries(control, 'connected').length, { intervals: [20] }).toBe(before + 1);
      waits.push(Date.parse(entries(control, 'connected').at(-1)?.at ?? '') - since);
      await send(line[0], `Sent by the new leader, ${String(time)}`);
      for (const text of asked.slice(-2)) await line[1]?.widget.settles(text, 'delivered');
      await leader?.page.close();
      line.push(await openTab(context, mountChat));
    }
    report(way, waits);
    const heard = entries(control, 'user-text').map(({ text }) => text);
    expect([...heard].sort()).toEqual([...asked].sort());
    for (const { widget } of line) expect(await widget.said('user')).toEqual(heard);
    expect(entries(control, 'connected')).toHaveLength(1 + TIMES);
    expect(control.conversations().map(({ connections }) => connections)).toEqual([1]);
  });
}
