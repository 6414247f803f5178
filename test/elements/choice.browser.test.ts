import { expect, fixture, html } from '@open-wc/testing';
import '../../src/elements/choice.js';
import type { AmigoChoice } from '../../src/elements/choice.js';
import type { Request, RequestEvent } from '../../src/elements/request.js';
import { es } from '../../src/i18n/locales/es.js';
import { spanish } from '../i18n/catalogue-words.js';
import '../theme/themed-stage.js';
import { textOf } from './timeline.js';

let requests: Request['type'][];

async function show(): Promise<AmigoChoice> {
  const stage = await fixture(html`<themed-stage theme="light"><amigo-choice></amigo-choice></themed-stage>`);
  const element = stage.querySelector('amigo-choice')!;
  requests = [];
  element.addEventListener('amigo-request', (event: RequestEvent) => requests.push(event.request.type));
  return element;
}

const buttons = (element: AmigoChoice): HTMLButtonElement[] => [
  ...element.shadowRoot!.querySelectorAll('button'),
];

describe('amigo-choice', () => {
  it('asks a question, and its two answers are one group of that name', async () => {
    const element = await show();
    const group = element.shadowRoot!.querySelector('[role=group]')!;
    const question = element.shadowRoot!.getElementById(group.getAttribute('aria-labelledby')!);
    expect(textOf(question)).to.contain('You have a chat that is not finished.');
    expect(buttons(element).map(textOf)).to.deep.equal(['Continue', 'Start over']);
    await expect(element).to.be.accessible();
  });

  for (const [index, type] of [
    [0, 'continue-conversation'],
    [1, 'start-over'],
  ] as const) {
    it(`asks for ${type}, after the focus has somewhere to go`, async () => {
      const element = await show();
      buttons(element)[index]!.click();
      expect(requests).to.deep.equal(['focus-composer', type]);
    });
  }

  it('asks for nothing by itself', async () => {
    await show();
    expect(requests).to.deep.equal([]);
  });

  it('is as large to touch as any button, and speaks the person’s language', async () => {
    const element = await show();
    element.strings = es;
    await element.updateComplete;
    expect(buttons(element).map(textOf)).to.deep.equal([spanish.continueChat, spanish.startOver]);
    for (const button of buttons(element)) {
      const { width, height } = button.getBoundingClientRect();
      expect(Math.min(width, height)).to.be.at.least(44);
    }
  });
});
