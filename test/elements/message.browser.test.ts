import { expect, fixture, html } from '@open-wc/testing';
import { conversationError } from '../../src/conversation/error.js';
import type { AgentMessage, UserMessage } from '../../src/conversation/state.js';
import type { AmigoMarkdown } from '../../src/elements/markdown/markdown.js';
import '../../src/elements/message.js';
import type { AmigoMessage } from '../../src/elements/message.js';
import { es } from '../../src/i18n/locales/es.js';
import { hasButton } from './heard.js';
import { agent, buttonNamed, NOON, requestsOf, textOf, user } from './timeline.js';

const show = (message: UserMessage | AgentMessage): Promise<AmigoMessage> =>
  fixture<AmigoMessage>(html`<amigo-message .message=${message}></amigo-message>`);
const markdown = (element: AmigoMessage): AmigoMarkdown =>
  element.shadowRoot!.querySelector('amigo-markdown')!;
/** Spaces of all kinds are one: `Intl` writes a narrow one before "PM". */
const name = (element: Element): string => (element.getAttribute('aria-label') ?? '').replace(/\s/g, ' ');

describe('amigo-message', () => {
  describe('accessibility', () => {
    it('is an article named by sender and time', async () => {
      const mine = await show(user('u'));
      expect(mine.getAttribute('role')).to.equal('article');
      expect(name(mine)).to.equal('You, 12:00 PM');
      const theirs = await show(agent('a'));
      expect(name(theirs)).to.equal('AI helper, 12:00 PM');
      await expect(mine).to.be.accessible();
      await expect(theirs).to.be.accessible();
    });

    it('names the agent as the page does, in the person’s language and time format', async () => {
      const element = await fixture<AmigoMessage>(
        html`<amigo-message
          .message=${agent('a')}
          agent-name="Ana"
          locale="es"
          .strings=${es}
        ></amigo-message>`,
      );
      expect(name(element)).to.equal('Ana, 12:00');
    });

    it('shows sender and time, the time for machines too', async () => {
      const element = await show(user('u'));
      const time = element.shadowRoot!.querySelector('time')!;
      expect(textOf(element.shadowRoot!.querySelector('.byline'))).to.match(/^You 12:00\sPM$/);
      expect(Date.parse(time.dateTime)).to.equal(NOON);
    });

    it('keeps sender and time for screen readers within a run of messages', async () => {
      const element = await fixture<AmigoMessage>(
        html`<amigo-message .message=${user('u')} .groupStart=${false}></amigo-message>`,
      );
      const author = element.shadowRoot!.querySelector('.author')!;
      expect(author.parentElement!.className).to.equal('visually-hidden');
      expect(textOf(author)).to.equal('You');
    });

    it('is busy while the reply streams', async () => {
      const element = await show(agent('a', { streaming: true }));
      expect(element.getAttribute('aria-busy')).to.equal('true');
      element.message = agent('a');
      await element.updateComplete;
      expect(element.getAttribute('aria-busy')).to.equal('false');
    });

    it('keeps what is inside out of the Tab order until it is entered', async () => {
      const element = await show(user('u', { status: 'not-sent' }));
      expect(element.tabIndex).to.equal(-1);
      expect(element.enter()).to.equal(true);
      expect(element.tabIndex).to.equal(0);
      expect(element.shadowRoot!.activeElement).to.equal(buttonNamed(element.shadowRoot!, 'Send again'));
    });

    it('enters a link of the reply before its buttons', async () => {
      const element = await show(agent('a', { text: 'See [the page](https://example.org/)' }));
      await markdown(element).updateComplete;
      expect(element.enter()).to.equal(true);
      expect(markdown(element).shadowRoot!.activeElement?.localName).to.equal('a');
    });

    it('has nothing to enter where there is no control', async () => {
      const element = await show(user('u'));
      expect(element.enter()).to.equal(false);
      expect(element.tabIndex).to.equal(-1);
    });
  });

  describe('text', () => {
    it('shows what the person typed as it was typed', async () => {
      const text = '  <b>one</b>\n\n**two** &amp;';
      const element = await show(user('u', { text }));
      const bubble = element.shadowRoot!.querySelector<HTMLElement>('.bubble')!;
      const typed = bubble.querySelector('.typed')!;
      expect(typed.textContent).to.equal(text);
      expect(bubble.dir).to.equal('auto');
      expect(getComputedStyle(typed).whiteSpace).to.contain('pre-wrap');
      expect(getComputedStyle(bubble).whiteSpace).not.to.contain('pre');
    });

    it('shows the agent’s text as Markdown, and only adds to it while it streams', async () => {
      const element = await show(agent('a', { text: 'A **bold**', streaming: true }));
      await markdown(element).updateComplete;
      const content = markdown(element).shadowRoot!;
      const first = content.querySelector('p');
      element.message = agent('a', { text: 'A **bold** word\n\nmore' });
      await element.updateComplete;
      await markdown(element).updateComplete;
      expect(textOf(content.querySelector('strong'))).to.equal('bold');
      expect(content.querySelector('p')).to.equal(first);
      expect(content.querySelectorAll('p')).to.have.length(2);
    });
  });

  describe('states of a reply', () => {
    const cases: readonly (readonly [string, Partial<AgentMessage>, string])[] = [
      ['cut off', { incomplete: true }, 'This reply was cut off.'],
      ['provisional', { provisional: true }, 'Still working on the full answer.'],
      ['stopped', { stopped: true }, 'You stopped this reply.'],
    ];
    for (const [state, rest, words] of cases) {
      it(`says with icon and words that it is ${state}`, async () => {
        const element = await show(agent('a', rest));
        const status = element.shadowRoot!.querySelector('.status')!;
        expect(textOf(status)).to.equal(words);
        expect(status.querySelector('svg')).not.to.equal(null);
        await expect(element).to.be.accessible();
      });
    }

    it('says nothing of a whole one', async () => {
      const element = await show(agent('a'));
      expect(element.shadowRoot!.querySelector('.status')).to.equal(null);
    });
  });

  describe('requests', () => {
    const cases: readonly (readonly [Partial<UserMessage>, string, string])[] = [
      [{ status: 'queued' }, 'Don’t send', 'withdraw'],
      [{ status: 'unconfirmed' }, 'Check now', 'check'],
      [{ status: 'unconfirmed' }, 'Send again', 'resend'],
      [{ status: 'unconfirmed' }, 'It arrived', 'confirm'],
      [{ status: 'not-sent' }, 'Send again', 'resend'],
      [{ status: 'not-sent', error: conversationError('send', 'message-refused') }, 'Edit', 'edit'],
      [{ error: conversationError('server', 'reply-failed') }, 'Ask again', 'ask-again'],
    ];
    for (const [rest, label, type] of cases) {
      it(`${rest.status ?? 'delivered'}: "${label}" asks to ${type}, and names the message`, async () => {
        const element = await show(
          user('u7', { ...rest, text: 'I need a refill\nof my blood pressure pills, please' }),
        );
        const requests = requestsOf(element);
        const button = buttonNamed(element.shadowRoot!, label)!;
        expect(hasButton(`${label}: “I need a refill of my blood pressure pil…”`)).to.equal(true);
        expect(button.innerText).to.contain(label);
        expect(button.hasAttribute('aria-label')).to.equal(false);
        button.click();
        expect(requests).to.deep.equal([{ type, id: 'u7' }]);
        await expect(element).to.be.accessible();
      });
    }

    it('keeps the focus on the message when its button goes', async () => {
      const element = await show(user('u', { status: 'not-sent' }));
      element.enter();
      buttonNamed(element.shadowRoot!, 'Send again')!.click();
      element.message = user('u', { status: 'sent' });
      await element.updateComplete;
      expect(document.activeElement).to.equal(element);
    });

    it('offers to copy a finished reply, and says that it was copied', async () => {
      const element = await show(agent('a', { text: 'Take **one** pill' }));
      const requests = requestsOf(element);
      buttonNamed(element.shadowRoot!, 'Copy: “Take')!.click();
      expect(requests).to.deep.equal([{ type: 'copy', id: 'a' }]);
      element.copied = true;
      await element.updateComplete;
      expect(buttonNamed(element.shadowRoot!, 'Copied')).not.to.equal(undefined);
    });

    it('offers no copy of a reply that still streams', async () => {
      const element = await show(agent('a', { streaming: true }));
      expect(element.shadowRoot!.querySelector('button')).to.equal(null);
    });
  });

  it('says what went wrong with the reply in a sentence', async () => {
    const element = await show(user('u', { error: conversationError('server', 'reply-timeout') }));
    expect(textOf(element.shadowRoot!.querySelector('.problem'))).to.equal('The reply took too long.');
    expect(textOf(element.shadowRoot!.querySelector('.status'))).to.equal('Delivered');
  });

  it('exposes the parts message, bubble, author, time', async () => {
    for (const message of [user('u'), agent('a')]) {
      const { shadowRoot } = await show(message);
      for (const part of ['message', 'bubble', 'author', 'time']) {
        expect(shadowRoot!.querySelectorAll(`[part=${part}]`), part).to.have.length(1);
      }
    }
  });
});
