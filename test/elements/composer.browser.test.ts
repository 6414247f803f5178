import { expect, fixture, html } from '@open-wc/testing';
import { userEvent } from 'vitest/browser';
import '../../src/elements/composer.js';
import type { AmigoComposer } from '../../src/elements/composer.js';
import type { Request, RequestEvent } from '../../src/elements/request.js';
import { buttonNamed, requestsOf, textOf } from './timeline.js';

const show = (draft = ''): Promise<AmigoComposer> =>
  fixture<AmigoComposer>(html`<amigo-composer .draft=${draft}></amigo-composer>`);
const input = (element: AmigoComposer): HTMLTextAreaElement => element.shadowRoot!.querySelector('textarea')!;
const send = (element: AmigoComposer): HTMLButtonElement => element.shadowRoot!.querySelector('.send')!;
const press = (element: AmigoComposer, key: string, rest: KeyboardEventInit = {}): KeyboardEvent => {
  const event = new KeyboardEvent('keydown', {
    key,
    bubbles: true,
    composed: true,
    cancelable: true,
    ...rest,
  });
  input(element).dispatchEvent(event);
  return event;
};
const sent = (requests: readonly Request[]): Request[] => requests.filter(({ type }) => type === 'send');

/** Does what `<amigo-chat>` does: what is sent is accepted, and the draft cleared. */
function accepting(element: AmigoComposer): string[] {
  const accepted: string[] = [];
  element.addEventListener('amigo-request', ({ request }: RequestEvent) => {
    if (request.type !== 'send') return;
    accepted.push(request.text);
    element.draft = '';
  });
  return accepted;
}

describe('amigo-composer', () => {
  describe('accessibility', () => {
    it('has a label that stays when something is typed', async () => {
      const element = await show('Hello');
      expect(input(element).labels).to.have.length(1);
      expect(textOf(input(element).labels[0])).to.equal('Your message');
      await expect(element).to.be.accessible();
    });

    it('keeps the send button reachable and says why it cannot be used', async () => {
      const element = await show();
      expect(send(element).disabled).to.equal(false);
      expect(send(element).getAttribute('aria-disabled')).to.equal('true');
      expect(textOf(element.shadowRoot!.querySelector('#why'))).to.equal('Write something first.');
      element.draft = 'Hi';
      await element.updateComplete;
      expect(send(element).getAttribute('aria-disabled')).to.equal('false');
      expect(send(element).hasAttribute('aria-describedby')).to.equal(false);
      expect(textOf(send(element))).to.equal('Send');
    });

    it('has text of at least 16 px, so that phones do not zoom, however small the theme’s', async () => {
      const element = await show();
      element.style.setProperty('--amigo-font-size', '12px');
      expect(Number.parseFloat(getComputedStyle(input(element)).fontSize)).to.equal(16);
    });

    it('focuses its input', async () => {
      const element = await show();
      element.focus();
      expect(element.shadowRoot!.activeElement).to.equal(input(element));
    });

    it('tells session-replay tools to look away', async () => {
      const element = await show();
      for (const name of [
        'data-private',
        'data-hj-suppress',
        'data-sentry-mask',
        'data-dd-privacy',
        'data-clarity-mask',
      ]) {
        expect(input(element).hasAttribute(name), name).to.equal(true);
      }
      for (const name of ['fs-exclude', 'rr-block', 'ph-no-capture']) {
        expect(input(element).classList.contains(name), name).to.equal(true);
      }
    });
  });

  describe('typing', () => {
    it('hands up the draft as it is typed', async () => {
      const element = await show();
      const requests = requestsOf(element);
      element.focus();
      await userEvent.keyboard('Hi');
      expect(requests).to.deep.equal([
        { type: 'draft', text: 'H' },
        { type: 'draft', text: 'Hi' },
      ]);
      expect(element.draft).to.equal('Hi');
    });

    it('sends on Enter and starts a line on Shift+Enter', async () => {
      const element = await show();
      const accepted = accepting(element);
      element.focus();
      await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two');
      expect(accepted).to.deep.equal([]);
      await userEvent.keyboard('{Enter}');
      expect(accepted).to.deep.equal(['one\ntwo']);
      await element.updateComplete;
      expect(input(element).value).to.equal('');
    });

    it('leaves Enter to an input method', async () => {
      const element = await show('に');
      const requests = requestsOf(element);
      press(element, 'Enter', { isComposing: true });
      press(element, 'Enter', { keyCode: 229 });
      expect(sent(requests)).to.deep.equal([]);
    });

    it('is possible while a reply streams', async () => {
      const element = await show();
      element.stoppable = true;
      await element.updateComplete;
      expect(input(element).disabled || input(element).readOnly).to.equal(false);
    });

    it('keeps keys and text from the page, but for Escape, F6 and Tab', async () => {
      const element = await show();
      const seen: string[] = [];
      const note = (event: Event): void => {
        seen.push(event instanceof KeyboardEvent ? event.key : event.type);
      };
      const types = ['keydown', 'keypress', 'keyup', 'beforeinput', 'input', 'paste'];
      for (const type of types) document.addEventListener(type, note);
      element.focus();
      await userEvent.keyboard('k/?');
      input(element).dispatchEvent(new Event('paste', { bubbles: true, composed: true }));
      for (const key of ['Escape', 'F6', 'Tab']) press(element, key);
      for (const type of types) document.removeEventListener(type, note);
      expect(seen).to.deep.equal(['Escape', 'F6', 'Tab']);
    });

    it('asks to hide on Escape and keeps the draft', async () => {
      const element = await show('half a thought');
      const requests = requestsOf(element);
      expect(press(element, 'Escape').defaultPrevented).to.equal(true);
      expect(requests).to.deep.equal([{ type: 'hide' }]);
      expect(element.draft).to.equal('half a thought');
    });

    it('leaves F6 to the browser', async () => {
      expect(press(await show(), 'F6').defaultPrevented).to.equal(false);
    });

    it('passes the spell checker’s switch on', async () => {
      const element = await show();
      expect(input(element).getAttribute('spellcheck')).to.equal('true');
      element.spellcheck = false;
      await element.updateComplete;
      expect(input(element).getAttribute('spellcheck')).to.equal('false');
    });

    it('grows with its text, up to a limit', async () => {
      const element = await show();
      const height = (): number => input(element).getBoundingClientRect().height;
      element.draft = 'a';
      await element.updateComplete;
      const one = height();
      element.draft = 'a\nb\nc';
      await element.updateComplete;
      const three = height();
      expect(three).to.be.greaterThan(one);
      element.draft = 'a\n'.repeat(200);
      await element.updateComplete;
      expect(height()).to.be.greaterThan(three);
      expect(height()).to.be.lessThan(one * 10);
    });
  });

  describe('sending', () => {
    it('asks once for two events in the same tick', async () => {
      const element = await show('refill');
      const requests = requestsOf(element);
      press(element, 'Enter');
      press(element, 'Enter');
      send(element).click();
      expect(sent(requests)).to.deep.equal([{ type: 'send', text: 'refill' }]);
    });

    it('asks again later where the text was not accepted', async () => {
      const element = await show('refill');
      const requests = requestsOf(element);
      press(element, 'Enter');
      await element.updateComplete;
      press(element, 'Enter');
      expect(sent(requests)).to.have.length(2);
      expect(input(element).value).to.equal('refill');
    });

    it('does not send while Enter is held down', async () => {
      const element = await show('refill');
      const requests = requestsOf(element);
      press(element, 'Enter', { repeat: true });
      expect(sent(requests)).to.deep.equal([]);
    });

    it('hands the text up exactly as typed and goes back to the input', async () => {
      const element = await show(' a \n b ');
      const requests = requestsOf(element);
      send(element).click();
      expect(sent(requests)).to.deep.equal([{ type: 'send', text: ' a \n b ' }]);
      expect(element.shadowRoot!.activeElement).to.equal(input(element));
    });

    it('quietly refuses a blank text', async () => {
      const element = await show(' \n\t ');
      const requests = requestsOf(element);
      press(element, 'Enter');
      send(element).click();
      expect(sent(requests)).to.deep.equal([]);
      expect(textOf(element.shadowRoot!.querySelector('[role=status]'))).to.equal('');
    });
  });

  describe('length', () => {
    const counter = (element: AmigoComposer): string => textOf(element.shadowRoot!.querySelector('.counter'));

    it('is counted from 9,000 code points on', async () => {
      expect(counter(await show('x'.repeat(8999)))).to.equal('');
      expect(counter(await show('x'.repeat(9000)))).to.equal('1,000 characters left');
    });

    it('is that of code points', async () => {
      // Two UTF-16 units each.
      expect(counter(await show('😀'.repeat(5000)))).to.equal('');
      const element = await show('😀'.repeat(10_000));
      const requests = requestsOf(element);
      expect(counter(element)).to.equal('0 characters left');
      press(element, 'Enter');
      expect(sent(requests)).to.have.length(1);
    });

    it('over 10,000 is refused in words, and the text kept', async () => {
      const text = 'x'.repeat(10_001);
      const element = await show(text);
      const requests = requestsOf(element);
      press(element, 'Enter');
      send(element).click();
      expect(sent(requests)).to.deep.equal([]);
      expect(input(element).value).to.equal(text);
      expect(input(element).getAttribute('aria-invalid')).to.equal('true');
      expect(counter(element)).to.equal('1 character too long');
      const status = element.shadowRoot!.querySelector('[role=status]');
      expect(textOf(status)).to.equal('Your message is too long. Make it shorter, or send it in parts.');
      await expect(element).to.be.accessible();
    });

    it('says that a text is too long in a region that was there before', async () => {
      const element = await show();
      const status = element.shadowRoot!.querySelector('[role=status]');
      element.draft = 'x'.repeat(10_001);
      await element.updateComplete;
      expect(element.shadowRoot!.querySelector('[role=status]')).to.equal(status);
    });
  });

  it('offers to stop a reply only while one is under way', async () => {
    const element = await show();
    expect(buttonNamed(element.shadowRoot!, 'Stop reply')).to.equal(undefined);
    element.stoppable = true;
    await element.updateComplete;
    const requests = requestsOf(element);
    buttonNamed(element.shadowRoot!, 'Stop reply')!.click();
    expect(requests).to.deep.equal([{ type: 'stop' }]);
    await expect(element).to.be.accessible();
  });

  it('leaves its form with nobody while it is out of the page, and moves with text and field as they were', async () => {
    const element = await show('Half a sen');
    const field = input(element);
    const place = element.parentElement!;
    element.remove();
    expect(field.isConnected).to.equal(false);
    expect(element.shadowRoot!.querySelector('form')).to.equal(null);
    place.append(element);
    await element.updateComplete;
    expect(input(element)).to.equal(field);
    expect(field.value).to.equal('Half a sen');
  });

  it('exposes the parts composer, input, send and the slot actions', async () => {
    const element = await show();
    for (const part of ['composer', 'input', 'send']) {
      expect(element.shadowRoot!.querySelectorAll(`[part=${part}]`), part).to.have.length(1);
    }
    expect(element.shadowRoot!.querySelector('slot[name=actions]')).not.to.equal(null);
  });
});
