import { expect, fixture, html } from '@open-wc/testing';
import '../../src/elements/typing.js';
import type { AmigoTyping } from '../../src/elements/typing.js';
import { es } from '../../src/i18n/locales/es.js';
import { textOf } from './timeline.js';

describe('amigo-typing', () => {
  it('says that a reply is on its way, and is no live region', async () => {
    const element = await fixture<AmigoTyping>(html`<amigo-typing></amigo-typing>`);
    expect(textOf(element.shadowRoot!.lastElementChild)).to.equal('AI helper is writing…');
    expect(element.shadowRoot!.querySelector('[aria-live], [role]')).to.equal(null);
    await expect(element).to.be.accessible();
  });

  it('says that the agent goes on working, in the person’s language', async () => {
    const element = await fixture<AmigoTyping>(html`<amigo-typing background .strings=${es}></amigo-typing>`);
    expect(textOf(element.shadowRoot!.lastElementChild)).to.equal(es.stillWorking);
  });
});
