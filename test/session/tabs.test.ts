import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  FakeServer,
  accepts,
  acceptsSilently,
  answers,
  diesBeforeTaking,
  fallsSilent,
  replyTo,
  thinks,
} from '../support/fake-server.js';
import { FakeBrowser } from '../support/fake-tabs.js';
import { stopTime } from '../support/session-bench.js';
import { TabPage, closeTabs, pass } from '../support/tab-bench.js';
import type { TabPageOptions } from '../support/tab-bench.js';

let server: FakeServer;
let browser: FakeBrowser;

beforeEach(() => {
  stopTime();
  server = new FakeServer();
  browser = new FakeBrowser();
});

afterEach(() => closeTabs(server, browser));

async function open(options?: TabPageOptions): Promise<TabPage> {
  const page = new TabPage(browser, server, options);
  page.connect();
  await pass();
  return page;
}

const said = (text: string): string[] => [`you: ${text} [delivered]`, `agent: ${replyTo(text)}`];

describe('several tabs', () => {
  it('cost the platform one socket and one token, and show the same', async () => {
    const tabs = [await open(), await open(), await open()];
    tabs[0]?.say('Hi');
    await pass();
    expect(server.connections).toHaveLength(1);
    expect(tabs.map(({ tokenRequests }) => tokenRequests)).toEqual([1, 0, 0]);
    for (const tab of tabs) expect(tab.screen).toEqual(['agent: Hello', ...said('Hi')]);
    expect(tabs[2]?.state).toEqual(tabs[0]?.state);
  });

  it('send from any of them, in order and once', async () => {
    const [one, two, three] = [await open(), await open(), await open()];
    two.say('from two');
    three.say('from three');
    one.say('from one');
    await pass(100);
    expect([...server.handedOver].sort()).toEqual(['from one', 'from three', 'from two']);
    for (const tab of [two, three]) expect(tab.screen).toEqual(one.screen);
  });

  it('a tab that joins shows what was said, and tells of no message anew', async () => {
    const one = await open();
    one.say('Hi');
    await pass();
    const two = await open();
    expect(two.screen).toEqual(one.screen);
    expect(two.events.map(({ type }) => type)).toEqual(['state.mirrored']);
  });

  it('names nothing in clear', async () => {
    await open();
    for (const name of browser.names) expect(name).not.toMatch(/e1|w1|s1|example/);
  });

  it('are apart where they speak for different persons', async () => {
    const one = await open();
    const other = await open({ entityId: 'e2' });
    one.say('Only mine');
    await pass();
    expect(server.connections).toHaveLength(2);
    expect(other.screen).toEqual(['agent: Hello']);
  });

  it('are apart where their tokens stand for different persons, though the entity is the same', async () => {
    const token = (subject: string) => (): { token: string; subject: string } => ({ token: 't', subject });
    const one = await open({ getToken: token('ann') });
    one.say('Only mine');
    await pass();
    const same = await open({ getToken: token('ann') });
    const other = await open({ getToken: token('bob') });
    expect(same.screen).toEqual(one.screen);
    expect(server.connections).toHaveLength(2);
    // A tab that follows asks for one token, to know that it stands for the same person, and never for another.
    same.say('And mine');
    await pass(1_000);
    expect([one, same].map(({ tokenRequests }) => tokenRequests)).toEqual([1, 1]);
    // The fake server is one clinic with one history; what the tab itself showed must not come from the other.
    expect(other.events.some((event) => event.type === 'state.mirrored')).toBe(false);
  });

  it('never say in one person’s name what another typed, though the command was on its way', async () => {
    const token = (subject: string): { token: string; subject: string } => ({ token: subject, subject });
    const heard: (string | undefined)[] = [];
    server.onTurn((connection, text) => {
      heard.push(connection.token);
      answers(connection, text);
    });
    let subject = 'ann';
    const one = await open({ getToken: () => token(subject) });
    const two = await open({ getToken: () => token('ann') });
    one.tab.freeze();
    two.say('words of ann');
    subject = 'ben';
    server.connection.close(1006);
    await pass(900);
    one.tab.wake();
    await pass(5_000);
    // What ann typed goes out from her own tab.
    expect(heard).toEqual(['ann']);
    expect(two.screen.join()).toContain('words of ann [delivered]');
    expect(one.screen.join()).not.toContain('words of ann [');
  });

  it('show nothing of one person to another, though the page has just given the leader a new way to tokens', async () => {
    const token = (subject: string) => (): { token: string; subject: string } => ({ token: 't', subject });
    const one = await open({ getToken: token('ann') });
    one.say('Only mine');
    await pass();
    // A page that renders anew may hand in a new function every time.
    one.tokens.use(token('ann'));
    server.history = [];
    const other = await open({ getToken: token('ben') });
    await pass(1_000);
    expect(other.events.some((event) => event.type === 'state.mirrored')).toBe(false);
    expect(other.screen.join()).not.toContain('Only mine');
  });

  it('stand alone where the browser cannot share', async () => {
    const one = await open({ alone: true });
    const two = await open({ alone: true });
    one.say('Hi');
    await pass();
    expect(server.connections).toHaveLength(2);
    expect(two.screen).not.toContain('you: Hi [delivered]');
  });

  it('take nothing that is not theirs: junk on the channel changes nothing', async () => {
    const one = await open();
    const two = await open();
    const [name = ''] = [...browser.names];
    const stranger = browser.tab().channel(name, () => undefined);
    const before = two.state;
    const term = 9e15;
    for (const junk of [
      null,
      'text',
      { type: 'event' },
      { type: 'event', term, seq: 1, event: { type: 'agent.message', at: 1, id: 'x' } },
      { type: 'event', term, seq: 1, event: { type: 'constructor', at: 1, id: 'x' } },
      { type: 'snapshot', term, seq: 0, state: { items: 'none' } },
      { type: 'snapshot', term, seq: 0, state: { ...before, items: [{ kind: 'user' }] } },
      { type: 'command', id: 1, at: 0, command: {} },
    ]) {
      stranger.post(junk);
      await pass();
    }
    expect(two.state).toEqual(before);
    expect(server.connections).toHaveLength(1);
    one.say('Still here');
    await pass();
    expect(two.screen).toContain('you: Still here [delivered]');
    stranger.close();
  });
});

describe('when the leader goes', () => {
  it('another connects at once and goes on with the same transcript', async () => {
    const one = await open();
    const two = await open();
    one.say('Hi');
    await pass();
    one.close();
    await pass();
    expect(two.state.connection.status).toBe('open');
    expect(two.screen).toEqual(['agent: Hello', ...said('Hi')]);
    expect(server.live).toHaveLength(1);
    two.say('More');
    await pass();
    expect(two.screen.slice(-2)).toEqual(said('More'));
  });

  it('a message that was on its way is looked up, never sent again', async () => {
    server.onTurn(thinks);
    const one = await open();
    const two = await open();
    two.say('Hi');
    await pass();
    expect(two.messages[0]?.status).toBe('sent');
    one.crash();
    server.keep('agent', replyTo('Hi'));
    await pass(1_000);
    expect(two.screen).toEqual(['agent: Hello', ...said('Hi')]);
    expect(server.handedOver).toEqual(['Hi']);
  });

  it('a message that never arrived ends as not sent, and its person may send it again', async () => {
    server.onTurn(fallsSilent);
    const one = await open();
    const two = await open();
    two.say('Hi');
    await pass();
    one.crash();
    await pass(10_000);
    expect(two.screen.at(-1)).toBe('you: Hi [not-sent]');
    const [message] = two.messages;
    if (message) two.sendAgain(message);
    await pass();
    expect(two.screen.slice(-2)).toEqual(said('Hi'));
    expect(server.handedOver).toEqual(['Hi', 'Hi']);
  });

  it('a message handed over with the last breath counts as one that may have left', async () => {
    const one = await open();
    const two = await open();
    // The socket takes the text, and the tab is gone before it can say so.
    const { connection } = server;
    connection.receive = (frame: string): void => {
      one.tab.kill();
      server.handedOver.push((JSON.parse(frame) as { text: string }).text);
      server.keep('user', 'Hi');
      server.keep('agent', replyTo('Hi'));
    };
    one.say('Hi');
    one.crash();
    await pass(1_000);
    expect(server.handedOver).toEqual(['Hi']);
    expect(two.screen.slice(-2)).toEqual(said('Hi'));
  });

  it('a command that it did not carry out is carried out by the next, once', async () => {
    const one = await open();
    const two = await open();
    one.tab.kill();
    two.say('Hi');
    one.crash();
    await pass(1_000);
    expect(server.handedOver).toEqual(['Hi']);
    expect(two.screen.slice(-2)).toEqual(said('Hi'));
  });

  it('what waits to be sent still waits, and goes out once', async () => {
    server.onTurn(thinks);
    const one = await open();
    const two = await open();
    two.say('first');
    two.say('second');
    await pass();
    one.crash();
    server.keep('agent', replyTo('first'));
    await pass(2_000);
    expect(server.handedOver).toEqual(['first', 'second']);
    expect(two.screen).toEqual(['agent: Hello', ...said('first'), ...said('second')]);
  });

  it('a frozen one loses the lead to a tab that is asked for something, and does not act when it wakes', async () => {
    const one = await open();
    const two = await open();
    one.tab.freeze();
    two.say('Hi');
    await pass(3_000);
    expect(server.handedOver).toEqual(['Hi']);
    expect(two.screen.slice(-2)).toEqual(said('Hi'));
    one.tab.wake();
    await pass(3_000);
    expect(server.handedOver).toEqual(['Hi']);
    expect(server.live).toHaveLength(1);
    expect(one.screen).toEqual(two.screen);
  });

  it('a page that goes into the back/forward cache hands over, and follows when it comes back', async () => {
    const one = await open();
    const two = await open();
    one.environment.signal('pagehide');
    await pass();
    expect(two.state.connection.status).toBe('open');
    two.say('Hi');
    await pass();
    one.environment.signal('pageshow');
    await pass();
    expect(one.screen).toEqual(two.screen);
    expect(server.live).toHaveLength(1);
    one.say('Back');
    await pass();
    expect(two.screen.slice(-2)).toEqual(said('Back'));
  });

  it('what the agent works on in the background is collected by the next one', async () => {
    server.onConnect(accepts, acceptsSilently);
    const polls: boolean[] = [];
    let pending = true;
    const answer = server.fetch;
    const fetch: typeof answer = async (input, init) => {
      if (!(input instanceof Request ? input.url : String(input)).includes('poll'))
        return answer(input, init);
      polls.push(pending);
      const output = pending ? [] : [{ role: 'agent', text: 'Here it is.' }];
      return new Response(JSON.stringify({ output, background_pending: pending }));
    };
    Object.assign(server, { fetch });
    server.onTurn((connection, text) => {
      server.keep('user', text);
      server.keep('agent', 'Let me look.');
      connection.send('message', { role: 'agent', text: 'Let me look.' });
      connection.send('done', { turn_id: 't1', turn_count: 1, background_pending: true });
    });
    const one = await open();
    const two = await open();
    one.say('Hi');
    await pass(6_000);
    expect(two.state.turn.phase).toBe('background');
    expect(polls.length).toBeGreaterThan(0);
    one.crash();
    pending = false;
    await pass(8_000);
    expect(polls.filter((still) => !still)).toHaveLength(1);
    expect(two.state.turn.phase).toBe('idle');
    expect(two.screen).toEqual([
      'agent: Hello',
      'you: Hi [delivered]',
      'agent: Let me look.',
      'agent: Here it is.',
    ]);
  });

  it('a conversation that was ended stays ended', async () => {
    const one = await open();
    const two = await open();
    two.session.command({ type: 'end-conversation' });
    await pass();
    one.close();
    await pass(1_000);
    expect(two.state.connection.status).toBe('closed');
    expect(server.connections).toHaveLength(1);
  });

  it('a dead wire stays a dead wire: the message is not sent twice by two tabs', async () => {
    server.onTurn(diesBeforeTaking);
    const one = await open();
    const two = await open();
    two.say('Hi');
    await pass();
    one.crash();
    await pass(12_000);
    expect(server.handedOver).toEqual(['Hi']);
    expect(two.screen.at(-1)).toBe('you: Hi [not-sent]');
  });
});
