import { expect, fixture, html } from '@open-wc/testing';
import '../../src/elements/consent.js';
import type { AmigoConsent } from '../../src/elements/consent.js';
import { es } from '../../src/i18n/locales/es.js';
import '../theme/themed-stage.js';
import { buttonNamed, requestsOf, textOf } from './timeline.js';

const show = (canHide: boolean): Promise<AmigoConsent> =>
  fixture<AmigoConsent>(html`<amigo-consent .canHide=${canHide}></amigo-consent>`);
const text = (element: AmigoConsent): HTMLElement => element.shadowRoot!.querySelector('#text')!;

describe('amigo-consent', () => {
  it('asks to agree, or to close', async () => {
    const element = await show(true);
    const requests = requestsOf(element);
    buttonNamed(element.shadowRoot!, 'I agree and want to chat')!.click();
    buttonNamed(element.shadowRoot!, 'Not now')!.click();
    expect(requests).to.deep.equal([{ type: 'agree' }, { type: 'hide' }]);
    await expect(element).to.be.accessible();
  });

  it('offers to close only what can be closed', async () => {
    const element = await show(false);
    expect([...element.shadowRoot!.querySelectorAll('button')].map(textOf)).to.deep.equal([
      'I agree and want to chat',
    ]);
    await expect(element).to.be.accessible();
  });

  it('says in plain words what happens, until the page says it in its own', async () => {
    const element = await show(true);
    expect(textOf(text(element))).to.contain('Nothing is sent until you agree.');
    element.strings = es;
    await element.updateComplete;
    expect(textOf(text(element))).to.contain('No se envía nada hasta que usted acepte.');
    const own = document.createElement('p');
    own.slot = 'text';
    own.textContent = 'Ours';
    element.append(own);
    await new Promise((resolve) => {
      text(element).querySelector('slot')!.addEventListener('slotchange', resolve, { once: true });
    });
    await element.updateComplete;
    expect(textOf(text(element))).to.equal('');
  });

  it('takes the focus where it is told to, and when asked', async () => {
    const quiet = await show(true);
    expect(quiet.shadowRoot!.activeElement).to.equal(null);
    quiet.focus();
    expect(quiet.shadowRoot!.activeElement!.localName).to.equal('h2');
    const led = await fixture<AmigoConsent>(html`<amigo-consent .takesFocus=${true}></amigo-consent>`);
    expect(led.shadowRoot!.activeElement!.localName).to.equal('h2');
  });

  it('has targets of the size that thumbs need', async () => {
    // The size comes from the theme, which stands around it.
    const stage = await fixture(
      html`<themed-stage><amigo-consent .canHide=${true}></amigo-consent></themed-stage>`,
    );
    const element = stage.querySelector('amigo-consent')!;
    expect(element.shadowRoot!.querySelectorAll('button')).to.have.length(2);
    for (const button of element.shadowRoot!.querySelectorAll('button')) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(24);
    }
  });
});
