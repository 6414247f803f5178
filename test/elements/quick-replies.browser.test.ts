import { expect, fixture, html } from '@open-wc/testing';
import '../../src/elements/quick-replies.js';
import type { AmigoQuickReplies } from '../../src/elements/quick-replies.js';
import type { Request, RequestEvent } from '../../src/elements/request.js';
import '../theme/themed-stage.js';
import { textOf } from './timeline.js';

let requests: Request[];

async function show(replies: readonly string[]): Promise<AmigoQuickReplies> {
  const stage = await fixture(html`
    <themed-stage theme="light"><amigo-quick-replies .replies=${replies}></amigo-quick-replies></themed-stage>
  `);
  const element = stage.querySelector('amigo-quick-replies')!;
  requests = [];
  element.addEventListener('amigo-request', (event: RequestEvent) => requests.push(event.request));
  return element;
}

const buttons = (element: AmigoQuickReplies): HTMLButtonElement[] => [
  ...element.shadowRoot!.querySelectorAll('button'),
];

describe('amigo-quick-replies', () => {
  it('is a named list of buttons', async () => {
    const element = await show(['Yes', 'No']);
    expect(element.shadowRoot!.querySelector('ul')!.getAttribute('aria-label')).to.equal('Suggested replies');
    expect(element.shadowRoot!.querySelectorAll('li')).to.have.length(2);
    expect(buttons(element).map(textOf)).to.deep.equal(['Yes', 'No']);
    await expect(element).to.be.accessible();
  });

  it('asks to say the words that were chosen, exactly, after the focus has somewhere to go', async () => {
    const words = ' “Yes” <b>please</b> ';
    const element = await show(['No', words]);
    buttons(element)[1]!.click();
    expect(requests).to.deep.equal([{ type: 'focus-composer' }, { type: 'quick-reply', text: words }]);
  });

  it('shows markup as text', async () => {
    const element = await show(['<img src=x onerror=alert(1)>']);
    expect(element.shadowRoot!.querySelector('img')).to.equal(null);
    expect(textOf(buttons(element)[0] ?? null)).to.equal('<img src=x onerror=alert(1)>');
  });

  it('keeps what it shows up to date', async () => {
    const element = await show(['Yes']);
    element.replies = ['On Friday', 'On Monday', 'No'];
    await element.updateComplete;
    expect(buttons(element).map(textOf)).to.deep.equal(['On Friday', 'On Monday', 'No']);
  });

  it('leaves room for the conversation, whatever is suggested, and breaks long words', async () => {
    const element = await show(Array.from({ length: 40 }, () => 'x'.repeat(300)));
    const stage = element.parentElement!;
    expect(element.getBoundingClientRect().height).to.be.at.most(200);
    expect(element.shadowRoot!.querySelector('ul')!.scrollWidth).to.be.at.most(stage.clientWidth);
  });

  it('is large enough to touch', async () => {
    const element = await show(['A']);
    const { width, height } = buttons(element)[0]!.getBoundingClientRect();
    expect(Math.min(width, height)).to.be.at.least(44);
  });

  it('reads from right to left where the words do', async () => {
    const element = await show(['نعم']);
    expect(getComputedStyle(buttons(element)[0]!).direction).to.equal('rtl');
  });
});
