import type { AmigoChat } from '../../src/index.js';
import { expect, test } from '../support/network.js';
import { Widget, countFrames } from './widget.js';

/** Time in the page, where a fault is waited for: 45 s take 1.1 s. */
const HURRY = 40;
const socketsOnly = { transport: 'sessions-connect' };

test.use({ serverOptions: { speed: 0 } });

test('A04: a provider that rejects five times leaves no error in the page', async ({
  page,
  mountBehind,
  problems,
}) => {
  const chat = await mountBehind(page, { hurry: HURRY, attributes: { 'token-url': null } });
  const asked = chat.evaluate(
    (element: AmigoChat) =>
      new Promise<number>((resolve) => {
        let times = 0;
        element.getToken = async () => {
          times += 1;
          if (times === 6) resolve(times);
          return times > 5
            ? ((await (await fetch('/token', { method: 'POST' })).json()) as { token: string }).token
            : Promise.reject(new Error('no'));
        };
      }),
  );
  expect(await asked).toBe(6);
  await new Widget(chat).ready();
  expect((await problems.all()).filter((problem) => problem.startsWith('uncaught'))).toEqual([]);
});

for (const status of [401, 503]) {
  test(`A10: an upgrade refused with ${status} is not shown as an ended chat`, async ({
    page,
    mountBehind,
    control,
  }) => {
    control.set({ fault: 'http-status', status });
    const chat = await mountBehind(page, { hurry: HURRY, attributes: socketsOnly });
    const widget = await new Widget(chat).ready();
    expect(control.log().filter(({ kind }) => kind === 'session')).toHaveLength(1);
    expect((await widget.messages()).filter(({ role }) => role === 'system')).toEqual([]);
  });
}

test('A12: a server that selects no subprotocol fails the handshake, and is tried again', async ({
  page,
  mountBehind,
  control,
  network,
}) => {
  control.set({ fault: 'subprotocol', select: 'none' });
  const chat = await mountBehind(page, { hurry: HURRY, attributes: socketsOnly });
  await new Widget(chat).ready();
  expect(network.webSockets).toBe(2);
});

test('A13: a connection that the policy blocks is named once, and not tried again', async ({
  page,
  mountChat,
  network,
  problems,
  site,
}) => {
  await page.clock.install();
  const csp = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'";
  const attributes = { ...socketsOnly, layout: 'inline', 'base-url': network.origin };
  const chat = await mountChat(page, { csp, attributes }, site.origin);
  const widget = new Widget(chat);
  await expect.poll(async () => (await widget.state()).error?.code).toBe('blocked-by-policy');
  expect(await widget.state()).toMatchObject({ connection: 'failed' });
  await page.clock.runFor(120_000);
  // Each try is one more violation.
  const violations = (await problems.all()).filter((problem) => problem.startsWith('CSP violation'));
  expect(violations).toHaveLength(1);
  expect(network.webSockets).toBe(0);
});

test('B01: a half-open connection is found out by its missing pings, and replaced', async ({
  page,
  mountBehind,
  control,
  network,
}) => {
  control.set({ fault: 'pings', every_ms: 50 });
  const pings = countFrames(page, 'ping');
  const widget = await new Widget(await mountBehind(page, { hurry: HURRY, attributes: socketsOnly })).ready();
  await expect.poll(pings).toBeGreaterThan(4);
  expect(network.webSockets).toBe(1);
  network.set({ kind: 'hole' });
  await expect.poll(() => network.webSockets).toBe(2);
  await widget.send('Hello?');
  await widget.settles('Hello?', 'delivered');
});

test('B02: a connection that is reset is resumed', async ({ page, mountBehind, control, network }) => {
  const widget = await new Widget(await mountBehind(page, { hurry: HURRY, attributes: socketsOnly })).ready();
  const before = await widget.state();
  network.set({ kind: 'reset' });
  control.say('You will not hear this.');
  await expect.poll(() => network.webSockets).toBe(2);
  await widget.ready();
  expect((await widget.state()).conversationId).toBe(before.conversationId);
});

for (const [title, fault] of [
  ['byte by byte', { kind: 'slice', way: 'down' }],
  ['half a second late', { kind: 'delay', ms: 500 }],
] as const) {
  test(`B04: a reply that comes ${title} is shown as it was said`, async ({
    page,
    mountBehind,
    control,
    network,
  }) => {
    network.set(fault);
    const widget = await new Widget(await mountBehind(page, { attributes: socketsOnly })).ready();
    await widget.send('I want a guide to healthy blood pressure, in ünïcode 👩‍⚕️');
    await widget.settles('I want a guide to healthy blood pressure, in ünïcode 👩‍⚕️', 'delivered');
    const kept = control.conversations().flatMap(({ turns }) => turns.filter(({ role }) => role === 'agent'));
    expect(await widget.said('agent')).toEqual(kept.map(({ text }) => text));
    expect(network.webSockets).toBe(1);
  });
}

test('B05: a close into a hole frees the person at once', async ({ page, mountBehind, network }) => {
  const widget = await new Widget(await mountBehind(page, { attributes: socketsOnly })).ready();
  network.set({ kind: 'hole' });
  await widget.send('into the hole');
  const closed = await widget.chat.evaluate((element: AmigoChat) => {
    element.disconnect();
    return element.state.connection;
  });
  expect(closed).toBe('closed');
  await widget.chat.evaluate((element: AmigoChat) => {
    element.connect();
  });
  await widget.ready();
  expect(network.webSockets).toBe(2);
});

test('B06: offline is said, and nothing tried; online again, the chat is back', async ({
  page,
  context,
  mountBehind,
}) => {
  await page.clock.install();
  let tries = 0;
  page.on('websocket', () => (tries += 1));
  const widget = await new Widget(await mountBehind(page, { attributes: socketsOnly })).ready();
  await context.setOffline(true);
  await expect(page.getByText('You are offline').first()).toBeVisible();
  // A socket that stands is only stalled here; a new one is what may not be tried.
  await widget.chat.evaluate((element: AmigoChat) => {
    element.disconnect();
    element.connect();
  });
  await page.clock.runFor(120_000);
  expect(await widget.state()).not.toMatchObject({ connection: 'open' });
  expect(tries).toBe(1);
  await context.setOffline(false);
  await widget.ready();
  expect(tries).toBe(2);
});

test('B07: an online event without a network changes nothing for the worse', async ({
  page,
  mountBehind,
  control,
  network,
}) => {
  const widget = await new Widget(await mountBehind(page, { attributes: socketsOnly })).ready();
  control.set({ fault: 'http-status', status: 503, times: 3 });
  control.drop();
  for (let event = 0; event < 20; event += 1)
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
  expect(network.webSockets).toBeLessThanOrEqual(5);
  await expect.poll(async () => (await widget.state()).connection, { timeout: 20_000 }).toBe('open');
});

test('B08: a stall that passes delivers the message once', async ({
  page,
  mountBehind,
  control,
  network,
}) => {
  const widget = await new Widget(await mountBehind(page, { attributes: socketsOnly })).ready();
  control.set({ fault: 'half-open', at: 'now', ms: 700 });
  const statuses = widget.chat.evaluate(
    (element: AmigoChat) =>
      new Promise<readonly string[]>((resolve) => {
        const seen: string[] = [];
        element.addEventListener('amigo-message-status', ({ detail: { status } }) => {
          seen.push(status);
          if (status === 'delivered') resolve(seen);
        });
      }),
  );
  await widget.send('during the stall');
  expect(await statuses).toEqual(['queued', 'sent', 'delivered']);
  await widget.settles('during the stall', 'delivered');
  expect(control.log().filter(({ kind }) => kind === 'user-text')).toHaveLength(1);
  expect(network.webSockets).toBe(1);
});

test('B13: where WebSockets cannot be opened, HTTP carries the same conversation', async ({
  page,
  mountBehind,
  control,
}) => {
  control.set({ fault: 'http-status', status: 403, times: 1_000 });
  const widget = await new Widget(await mountBehind(page, { hurry: 4 })).ready();
  expect(await widget.state()).toMatchObject({ surface: 'turns' });
  await widget.send('over HTTP');
  await widget.settles('over HTTP', 'delivered');
  const turns = control.conversations().flatMap((conversation) => conversation.turns);
  const said = async (): Promise<string[]> => (await widget.messages()).map(({ text }) => text);
  await expect.poll(said).toEqual(turns.map(({ text }) => text));
});

test('B14: a streamed reply cut in the middle of a line keeps what came, and is never posted again', async ({
  page,
  mountBehind,
  control,
}) => {
  const widget = await new Widget(
    await mountBehind(page, { hurry: 4, attributes: { transport: 'turns' } }),
  ).ready();
  control.set({ fault: 'cut-stream', bytes: 333, how: 'rst' });
  await widget.send('I need a guide to healthy blood pressure');
  await widget.settles('I need a guide to healthy blood pressure', 'delivered');
  const kept = (role: string): string[] =>
    control
      .conversations()
      .flatMap(({ turns }) => turns.flatMap((turn) => (turn.role === role ? [turn.text] : [])));
  await expect.poll(() => widget.said('agent'), { timeout: 20_000 }).toEqual(kept('agent'));
  expect(kept('user')).toHaveLength(1);
  expect((await widget.messages()).filter(({ incomplete }) => incomplete)).toEqual([]);
});

test('E07: Enter pressed twice, and a double click on Send, send one message each', async ({
  page,
  mountBehind,
  control,
}) => {
  const widget = await new Widget(await mountBehind(page)).ready();
  const input = page.getByRole('textbox', { name: 'Your message' });
  await input.fill('with Enter');
  await input.evaluate((field) => {
    for (let press = 0; press < 2; press += 1) {
      field.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, cancelable: true }),
      );
    }
  });
  await widget.settles('with Enter', 'delivered');
  await input.fill('with a click');
  await page.getByRole('button', { name: 'Send', exact: true }).dblclick();
  await widget.settles('with a click', 'delivered');
  const heard = control.log().filter(({ kind }) => kind === 'user-text');
  expect(heard.map(({ text }) => text)).toEqual(['with Enter', 'with a click']);
});

test('E09: a message that arrives late, after it was given up, is not sent again', async ({
  page,
  mountBehind,
  control,
}) => {
  const widget = await new Widget(await mountBehind(page, { hurry: HURRY, attributes: socketsOnly })).ready();
  control.set({ fault: 'half-open', at: 'now', ms: 3_500 });
  await widget.send('slow boat');
  await widget.settles('slow boat', 'not-sent');
  // The server wakes, and reads what was under way all along.
  await expect.poll(() => control.log().filter(({ kind }) => kind === 'user-text').length).toBe(1);
  await widget.send('next');
  await widget.settles('next', 'delivered');
  const heard = control.log().flatMap(({ kind, text }) => (kind === 'user-text' && text ? [text] : []));
  expect(heard).toEqual(['slow boat', 'next']);
});
