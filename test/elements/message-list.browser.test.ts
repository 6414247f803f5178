import { aTimeout, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { userEvent } from 'vitest/browser';
import type { TimelineItem } from '../../src/conversation/state.js';
import type { AmigoMarkdown } from '../../src/elements/markdown/markdown.js';
import '../../src/elements/message-list.js';
// Loaded on demand on a page: here it must be there from the start.
import '../../src/elements/tool-event.js';
import type { AmigoMessageList } from '../../src/elements/message-list.js';
import type { AmigoMessage } from '../../src/elements/message.js';
import { agent, buttonNamed, NOON, note, requestsOf, talk, textOf, tool, turn, user } from './timeline.js';

const DAY = 86_400_000;

async function show(items: readonly TimelineItem[]): Promise<AmigoMessageList> {
  const box = await fixture<HTMLElement>(html`
    <div style="display:flex;flex-direction:column;inline-size:360px;block-size:400px">
      <amigo-message-list .items=${items}></amigo-message-list>
    </div>
  `);
  const list = box.querySelector('amigo-message-list')!;
  await settled();
  return list;
}

/** Layout, resize observers and scroll events of what just changed are through. */
async function settled(): Promise<void> {
  await nextFrame();
  await nextFrame();
  await nextFrame();
}

async function receive(list: AmigoMessageList, items: readonly TimelineItem[]): Promise<void> {
  list.items = items;
  await list.updateComplete;
  await settled();
}

const log = (list: AmigoMessageList): HTMLElement => list.shadowRoot!.querySelector('.log')!;
const lines = (list: AmigoMessageList): HTMLElement[] => [
  ...list.shadowRoot!.querySelectorAll<HTMLElement>('.line'),
];
const messages = (list: AmigoMessageList): AmigoMessage[] => [
  ...list.shadowRoot!.querySelectorAll<AmigoMessage>('amigo-message'),
];
const ids = (list: AmigoMessageList): (string | undefined)[] =>
  messages(list).map((element) => element.message?.id);
const gap = (list: AmigoMessageList): number => {
  const { scrollHeight, clientHeight, scrollTop } = log(list);
  return scrollHeight - clientHeight - scrollTop;
};
const newest = (list: AmigoMessageList): HTMLButtonElement | null =>
  list.shadowRoot!.querySelector('.newest');
const focused = (list: AmigoMessageList): string | undefined =>
  (list.shadowRoot!.activeElement as Partial<AmigoMessage> | null)?.message?.id;

async function scrollTo(list: AmigoMessageList, top: number): Promise<void> {
  log(list).scrollTop = top;
  await settled();
}

describe('amigo-message-list', () => {
  describe('accessibility', () => {
    it('is a labelled focusable region of articles in the order of time, and no live region', async () => {
      const list = await show([user('a'), tool('t'), agent('b'), note('n')]);
      const region = log(list);
      // A section with a name is a region.
      expect(region.localName).to.equal('section');
      expect(region.getAttribute('aria-label')).to.equal('Messages');
      expect(region.tabIndex).to.equal(0);
      expect(lines(list).map((line) => line.getAttribute('role'))).to.deep.equal([
        'article',
        'group',
        'article',
        'note',
      ]);
      expect(list.shadowRoot!.querySelector('[aria-live], [role=log], [role=feed], [role=status]')).to.equal(
        null,
      );
      await expect(list).to.be.accessible();
    });

    it('is accessible while waiting, empty, and with a window', async () => {
      await expect(await show([])).to.be.accessible();
      const list = await show(talk(70));
      list.turn = turn('waiting');
      await list.updateComplete;
      await expect(list).to.be.accessible();
    });

    it('tells session-replay tools to look away', async () => {
      const list = await show([user('a')]);
      expect(log(list).hasAttribute('data-private')).to.equal(true);
      expect(log(list).getAttribute('data-dd-privacy')).to.equal('hidden');
      expect(log(list).classList.contains('fs-exclude')).to.equal(true);
    });
  });

  describe('keyboard', () => {
    it('is one Tab stop, forwards and backwards, whatever is inside', async () => {
      const box = await fixture<HTMLElement>(html`
        <div>
          <button id="before">before</button>
          <amigo-message-list
            .items=${[user('a', { status: 'not-sent' }), agent('b', { text: '[x](https://example.org/)' }), tool('t', { result: '1' })]}
          ></amigo-message-list>
          <button id="after">after</button>
        </div>
      `);
      const list = box.querySelector('amigo-message-list')!;
      await settled();
      box.querySelector<HTMLElement>('#before')!.focus();
      await userEvent.tab();
      expect(list.shadowRoot!.activeElement).to.equal(log(list));
      await userEvent.tab();
      expect(document.activeElement!.id).to.equal('after');
      await userEvent.tab({ shift: true });
      expect(list.shadowRoot!.activeElement).to.equal(log(list));
      await userEvent.keyboard('{ArrowUp}{ArrowUp}');
      expect(focused(list)).to.equal('b');
      await userEvent.tab({ shift: true });
      expect(document.activeElement!.id).to.equal('before');
      await userEvent.tab();
      expect(list.shadowRoot!.activeElement).to.equal(log(list));
      await userEvent.keyboard('{ArrowUp}');
      expect(focused(list)).to.equal('b');
      await userEvent.tab();
      expect(document.activeElement!.id).to.equal('after');
    });

    it('moves between messages with the arrow keys, Home and End', async () => {
      const list = await show([user('a'), agent('b'), user('c')]);
      log(list).focus();
      const visited: (string | undefined)[] = [];
      for (const key of [
        'ArrowUp',
        'ArrowUp',
        'ArrowUp',
        'ArrowUp',
        'ArrowDown',
        'End',
        'ArrowDown',
        'Home',
      ]) {
        await userEvent.keyboard(`{${key}}`);
        visited.push(focused(list));
      }
      expect(visited).to.deep.equal(['c', 'b', 'a', 'a', 'b', 'c', 'c', 'a']);
    });

    it('goes into a message’s controls with Enter, where Tab moves on, and leaves with Escape', async () => {
      const list = await show([user('a', { status: 'unconfirmed' }), agent('b')]);
      const requests = requestsOf(list);
      log(list).focus();
      await userEvent.keyboard('{Home}{Enter}');
      const inside = (): string => textOf(messages(list)[0]!.shadowRoot!.activeElement);
      expect(inside()).to.match(/^Check now/);
      await userEvent.tab();
      expect(inside()).to.match(/^Send again/);
      await userEvent.keyboard('{ArrowDown}');
      expect(inside()).to.match(/^Send again/);
      await userEvent.keyboard('{Escape}');
      expect(requests).to.deep.equal([{ type: 'focus-composer' }]);
    });

    it('asks for the composer on Escape', async () => {
      const list = await show([user('a')]);
      const requests = requestsOf(list);
      log(list).focus();
      await userEvent.keyboard('{Escape}');
      expect(requests).to.deep.equal([{ type: 'focus-composer' }]);
    });

    it('keeps the focus on a message that moves to the end when it is sent again', async () => {
      const failed = user('a', { status: 'not-sent' });
      const list = await show([failed, agent('b')]);
      messages(list)[0]!.enter();
      buttonNamed(messages(list)[0]!.shadowRoot!, 'Send again')!.click();
      await receive(list, [agent('b'), user('a', { status: 'queued' })]);
      expect(ids(list)).to.deep.equal(['b', 'a']);
      expect(focused(list)).to.equal('a');
    });

    it('asks for the composer when the message with the focus is taken back', async () => {
      const list = await show([agent('b'), user('a', { status: 'queued' })]);
      const requests = requestsOf(list);
      messages(list)[1]!.focus();
      await receive(list, [agent('b')]);
      expect(requests).to.deep.equal([{ type: 'focus-composer' }]);
    });
  });

  describe('content', () => {
    it('groups messages of one speaker', async () => {
      const list = await show([agent('a'), agent('b'), user('c')]);
      expect(messages(list).map((message) => [message.groupStart, message.groupEnd])).to.deep.equal([
        [true, false],
        [false, true],
        [true, true],
      ]);
    });

    it('separates days by name and date', async () => {
      const now = Date.now();
      const list = await show([
        agent('a', { at: new Date(2020, 1, 3, 12).getTime() }),
        agent('b', { at: now - DAY }),
        agent('c', { at: now }),
      ]);
      const dates = [...list.shadowRoot!.querySelectorAll('.date')].map(textOf);
      expect(dates).to.deep.equal(['Monday, February 3, 2020', 'Yesterday', 'Today']);
    });

    it('shows typing above what still waits to be sent, while a reply is awaited', async () => {
      const list = await show([user('a', { status: 'sent' }), user('b', { status: 'queued' })]);
      const order = (): string[] =>
        [...list.shadowRoot!.querySelectorAll('amigo-message, amigo-typing')].map(
          ({ localName }) => localName,
        );
      expect(order()).to.deep.equal(['amigo-message', 'amigo-message']);
      list.turn = turn('waiting');
      await list.updateComplete;
      expect(order()).to.deep.equal(['amigo-message', 'amigo-typing', 'amigo-message']);
      list.turn = turn('waiting', { stopped: true });
      await list.updateComplete;
      expect(order()).to.have.length(2);
      list.turn = turn('background');
      await list.updateComplete;
      const typing = list.shadowRoot!.querySelector('amigo-typing')!;
      expect(textOf(typing.shadowRoot!.lastElementChild)).to.equal('AI helper is still working on this…');
    });

    it('welcomes while nothing has been said, in the page’s own words where it has some', async () => {
      const list = await show([]);
      const root = list.shadowRoot!;
      expect(textOf(root.querySelector('.empty'))).to.equal('How can we help?Write a message to start.');
      const own = document.createElement('p');
      own.slot = 'empty';
      own.textContent = 'Good morning';
      list.append(own);
      await settled();
      expect(root.querySelector('.empty')).to.equal(null);
      expect(root.querySelector('slot')!.assignedElements()).to.deep.equal([own]);
      await receive(list, [user('a')]);
      expect(root.querySelector('slot')).to.equal(null);
    });

    it('welcomes in its own words where a slot is passed on empty', async () => {
      const outer = await fixture<HTMLElement>(html`<div></div>`);
      const root = outer.attachShadow({ mode: 'open' });
      const list = document.createElement('amigo-message-list');
      const passedOn = document.createElement('slot');
      passedOn.slot = 'empty';
      list.append(passedOn);
      root.append(list);
      await settled();
      expect(list.shadowRoot!.querySelector('.empty')).not.to.equal(null);
      outer.textContent = 'Good morning';
      await settled();
      expect(list.shadowRoot!.querySelector('.empty')).to.equal(null);
    });

    it('says that earlier messages are being fetched', async () => {
      const list = await show([]);
      list.history = 'loading';
      await list.updateComplete;
      expect(textOf(log(list))).to.equal('Loading your earlier messages…');
    });

    it('passes on what its messages ask for', async () => {
      const list = await show([user('a', { status: 'not-sent' })]);
      const requests = requestsOf(list);
      buttonNamed(messages(list)[0]!.shadowRoot!, 'Send again')!.click();
      expect(requests).to.deep.equal([{ type: 'resend', id: 'a' }]);
    });

    it('exposes the parts of its messages and tools', async () => {
      const list = await show([user('a'), tool('t')]);
      expect(log(list).getAttribute('part')).to.equal('log');
      expect(lines(list).map((line) => line.getAttribute('exportparts'))).to.deep.equal([
        'message, bubble, author, time',
        'tool',
      ]);
    });
  });

  describe('rendering', () => {
    it('renders nothing but the bubble that streams', async () => {
      const items = [...talk(20), agent('live', { text: 'One', streaming: true })];
      const list = await show(items);
      const last = messages(list).at(-1)!;
      const renders = new Map<string, number>();
      for (const message of messages(list)) {
        const { id } = message.message!;
        message.addController({
          hostUpdated: () => {
            renders.set(id, (renders.get(id) ?? 0) + 1);
          },
        });
      }
      for (let index = 0; index < 5; index += 1) {
        list.items = items.with(
          -1,
          agent('live', { text: `One${' more'.repeat(index + 1)}`, streaming: true }),
        );
        await list.updateComplete;
        await last.updateComplete;
      }
      expect(Object.fromEntries(renders)).to.deep.equal({ live: 5 });
      const markdown = last.shadowRoot!.querySelector<AmigoMarkdown>('amigo-markdown')!;
      expect(textOf(markdown.shadowRoot!.querySelector('p'))).to.equal('One more more more more more');
    });

    it('keeps the element of a message when others come in above', async () => {
      const list = await show([agent('b')]);
      const [element] = messages(list);
      await receive(list, [user('a', { at: NOON - DAY }), agent('b')]);
      expect(messages(list)[1]).to.equal(element);
    });
  });

  describe('windows', () => {
    it('shows the latest 60, and 60 more at each request', async () => {
      const list = await show(talk(150));
      expect(ids(list)).to.have.length(60);
      expect(ids(list).at(-1)).to.equal('m149');
      for (const length of [120, 150]) {
        buttonNamed(list.shadowRoot!, 'Show earlier messages')!.click();
        await settled();
        expect(ids(list)).to.have.length(length);
      }
      expect(buttonNamed(list.shadowRoot!, 'Show earlier messages')).to.equal(undefined);
    });

    it('keeps the reader’s place when more is shown above', async () => {
      const list = await show(talk(150));
      for (const top of [0, 40]) {
        await scrollTo(list, top);
        const first = messages(list)[0]!;
        const before = first.getBoundingClientRect().top;
        buttonNamed(list.shadowRoot!, 'Show earlier messages')!.click();
        await settled();
        expect(messages(list)[0]).not.to.equal(first);
        expect(first.getBoundingClientRect().top).to.be.closeTo(before, 1);
        expect(list.shadowRoot!.activeElement).to.equal(first);
      }
    });

    it('reaches the button with the arrow keys', async () => {
      const list = await show(talk(100));
      log(list).focus();
      await userEvent.keyboard('{Home}');
      expect(textOf(list.shadowRoot!.activeElement)).to.equal('Show earlier messages');
      await userEvent.keyboard('{Enter}');
      await settled();
      expect(ids(list)).to.have.length(100);
      expect(focused(list)).to.equal('m40');
    });

    it('does not grow without end while the reader follows', async () => {
      const items = talk(60);
      const list = await show(items);
      for (let index = 60; index <= 130; index += 10) await receive(list, talk(index + 1));
      expect(ids(list).length).to.be.lessThan(121);
      expect(ids(list).at(-1)).to.equal('m130');
      expect(gap(list)).to.be.lessThan(2);
    });

    it('takes nothing away from a reader who is further up', async () => {
      const list = await show(talk(60));
      await scrollTo(list, 100);
      await receive(list, talk(60 + 80));
      expect(ids(list)).to.have.length(140);
      expect(ids(list)[0]).to.equal('m0');
    });

    it('shows everything on paper before the listeners of beforeprint return, and the window again after it', async () => {
      const list = await show(talk(200));
      await scrollTo(list, 300);
      dispatchEvent(new Event('beforeprint'));
      expect(ids(list)).to.have.length(200);
      const inFirst = messages(list)[1]!.shadowRoot!.querySelector('amigo-markdown')!;
      expect(textOf(inFirst.shadowRoot!.querySelector('div'))).to.equal('Answer m1');
      dispatchEvent(new Event('afterprint'));
      expect(ids(list)).to.have.length(60);
      await settled();
      // Firefox places it by fractions of a pixel.
      expect(log(list).scrollTop).to.be.closeTo(300, 0.5);
    });

    it('keeps a reader at the end there while it prints', async () => {
      const list = await show(talk(200));
      dispatchEvent(new Event('beforeprint'));
      await settled();
      dispatchEvent(new Event('afterprint'));
      await settled();
      expect(gap(list)).to.be.lessThan(2);
    });

    it('shows again after printing as many earlier messages as somebody had opened', async () => {
      const list = await show(talk(200));
      list.shadowRoot!.querySelector<HTMLElement>('.earlier')!.click();
      await settled();
      dispatchEvent(new Event('beforeprint'));
      dispatchEvent(new Event('afterprint'));
      expect(ids(list)).to.have.length(120);
    });
  });

  describe('following', () => {
    it('starts at the end and follows what comes, a burst too', async () => {
      const list = await show(talk(30));
      const requests = requestsOf(list);
      expect(gap(list)).to.be.lessThan(2);
      let items: readonly TimelineItem[] = talk(30);
      for (let index = 0; index < 40; index += 1) {
        items = [...items, agent(`burst${String(index)}`, { text: 'line\n\n'.repeat(5) })];
        list.items = items;
        // Some land in one frame, some in several.
        if (index % 3 === 0) await nextFrame();
      }
      await settled();
      expect(gap(list)).to.be.lessThan(2);
      expect(requests).to.deep.equal([]);
    });

    it('follows a bubble that grows and a window that shrinks', async () => {
      const list = await show([...talk(20), agent('live', { streaming: true, text: 'a' })]);
      list.items = [...talk(20), agent('live', { streaming: true, text: 'a\n\nb\n\nc\n\nd\n\ne\n\nf' })];
      await settled();
      expect(gap(list)).to.be.lessThan(2);
      list.parentElement!.style.blockSize = '250px';
      await settled();
      expect(gap(list)).to.be.lessThan(2);
    });

    it('takes a line that goes just before another comes for no reader who left', async () => {
      const list = await show(talk(30));
      list.turn = turn('waiting');
      await list.updateComplete;
      await settled();
      list.turn = turn('idle');
      await list.updateComplete;
      // Whoever looks at the layout now has the browser move the view up to where the end is for a moment.
      expect(gap(list)).to.be.at.most(1);
      list.items = [...list.items, note('n1')];
      await list.updateComplete;
      await settled();
      expect(newest(list)).to.equal(null);
      expect(gap(list)).to.be.at.most(1);
    });

    it('never moves a reader who scrolled back, not even a little', async () => {
      const list = await show([...talk(20), agent('live', { streaming: true, text: 'a' })]);
      const requests = requestsOf(list);
      await scrollTo(list, log(list).scrollTop - 3);
      const { scrollTop } = log(list);
      for (let index = 2; index < 12; index += 1) {
        list.items = [...talk(20), agent('live', { streaming: true, text: 'a\n\n'.repeat(index) })];
        await nextFrame();
      }
      await receive(list, [...list.items, agent('next')]);
      expect(log(list).scrollTop).to.equal(scrollTop);
      expect(requests).to.deep.equal([{ type: 'following', following: false }]);
    });

    it('does not move a reader when something above them changes', async () => {
      const items = talk(40);
      const list = await show(items);
      await scrollTo(list, 900);
      const view = log(list).getBoundingClientRect();
      const line = lines(list).find((candidate) => candidate.getBoundingClientRect().top > view.top)!;
      const before = line.getBoundingClientRect().top;
      await receive(list, items.with(1, agent('m1', { at: items[1]!.at, text: 'longer\n\n'.repeat(20) })));
      expect(line.getBoundingClientRect().top).to.be.closeTo(before, 1);
    });

    it('leaves the button in place when the details of a tool open below it', async () => {
      const result = JSON.stringify(Array.from({ length: 40 }, (_, index) => index));
      const list = await show([...talk(20), tool('t', { result })]);
      const button = lines(list).at(-1)!.shadowRoot!.querySelector('button')!;
      const before = button.getBoundingClientRect().top;
      button.click();
      await settled();
      expect(button.getBoundingClientRect().top).to.be.closeTo(before, 1);
      button.click();
      await settled();
      expect(gap(list)).to.be.lessThan(2);
      expect(newest(list)).to.equal(null);
    });

    it('keeps its place while the panel is hidden', async () => {
      const list = await show(talk(30));
      await scrollTo(list, 200);
      const requests = requestsOf(list);
      list.parentElement!.style.display = 'none';
      await receive(list, [...talk(30), agent('new')]);
      list.parentElement!.style.display = 'flex';
      await settled();
      // Firefox places it by fractions of a pixel.
      expect(log(list).scrollTop).to.be.closeTo(200, 0.5);
      expect(requests).to.deep.equal([]);
      expect(textOf(newest(list))).to.equal('1 new message');
    });

    it('stays at the end while the panel is hidden', async () => {
      const list = await show(talk(30));
      list.parentElement!.style.display = 'none';
      await receive(list, [...talk(30), agent('new', { text: 'line\n\n'.repeat(30) })]);
      list.parentElement!.style.display = 'flex';
      await settled();
      expect(gap(list)).to.be.lessThan(2);
    });

    it('follows again once the reader is back at the end', async () => {
      const list = await show(talk(30));
      const requests = requestsOf(list);
      await scrollTo(list, 100);
      await scrollTo(list, log(list).scrollHeight);
      expect(requests).to.deep.equal([
        { type: 'following', following: false },
        { type: 'following', following: true },
      ]);
      await receive(list, [...talk(30), agent('new')]);
      expect(gap(list)).to.be.lessThan(2);
    });

    it('follows again when the person sends', async () => {
      const list = await show(talk(30));
      await scrollTo(list, 100);
      await receive(list, [...talk(30), user('mine', { status: 'queued' })]);
      expect(gap(list)).to.be.lessThan(2);
      expect(newest(list)).to.equal(null);
    });

    it('offers the new messages, which scrolls to the first of them and focuses it', async () => {
      const list = await show(talk(30));
      expect(newest(list)).to.equal(null);
      await scrollTo(list, 100);
      expect(textOf(newest(list))).to.equal('Go to the newest message');
      const long = 'line\n\n'.repeat(30);
      await receive(list, [...talk(30), agent('n1', { text: long }), agent('n2', { text: long })]);
      expect(textOf(newest(list))).to.equal('2 new messages');
      await expect(list).to.be.accessible();
      newest(list)!.click();
      await settled();
      expect(focused(list)).to.equal('n1');
      const top = messages(list)
        .find(({ message }) => message?.id === 'n1')!
        .getBoundingClientRect().top;
      expect(top - log(list).getBoundingClientRect().top).to.be.closeTo(0, 1);
      expect(textOf(newest(list))).to.equal('Go to the newest message');
    });

    it('goes to the end where nothing is new', async () => {
      const list = await show(talk(30));
      await scrollTo(list, 100);
      newest(list)!.click();
      await settled();
      expect(gap(list)).to.be.lessThan(2);
      expect(focused(list)).to.equal('m29');
      expect(newest(list)).to.equal(null);
    });

    it('never moves the focus when something arrives', async () => {
      const outside = await fixture<HTMLInputElement>(html`<input aria-label="outside" />`);
      const list = await show(talk(30));
      outside.focus();
      await receive(list, [...talk(30), agent('new')]);
      expect(document.activeElement).to.equal(outside);
    });

    it('begins anew with another conversation', async () => {
      const list = await show(talk(30));
      await scrollTo(list, 100);
      await receive(list, []);
      await receive(list, talk(40));
      expect(gap(list)).to.be.lessThan(2);
      expect(newest(list)).to.equal(null);
    });

    it('lets go of its listeners when it leaves the page, and takes them up again', async () => {
      const list = await show(talk(30));
      const parent = list.parentElement!;
      const requests = requestsOf(list);
      list.remove();
      await aTimeout(0);
      parent.append(list);
      await settled();
      await scrollTo(list, 50);
      await scrollTo(list, log(list).scrollHeight);
      expect(requests.map(({ type }) => type)).to.deep.equal(['following', 'following']);
      await receive(list, [...talk(30), agent('new')]);
      expect(gap(list)).to.be.lessThan(2);
    });
  });
});
