import { expect, fixture, html } from '@open-wc/testing';
import '../../src/elements/message.js';
import type { AmigoMessage } from '../../src/elements/message.js';
import '../../src/elements/thumbs.js';
import type { AgentMessage } from '../../src/conversation/state.js';
import '../theme/themed-stage.js';
import { hasButton } from './heard.js';
import { agent, requestsOf } from './timeline.js';

type Feedback = AmigoMessage['feedback'];

async function show(feedback: Feedback, rest: Partial<AgentMessage> = {}): Promise<AmigoMessage> {
  const message = agent('a1', { text: 'Take **one** pill', ...rest });
  return fixture<AmigoMessage>(
    html`<amigo-message .message=${message} .feedback=${feedback}></amigo-message>`,
  );
}
const buttons = (element: AmigoMessage): HTMLButtonElement[] => [
  ...(element.shadowRoot!.querySelector('amigo-thumbs')?.shadowRoot?.querySelectorAll('button') ?? []),
];
const pressed = (element: AmigoMessage): string[] =>
  buttons(element).map((button) => button.getAttribute('aria-pressed') ?? '');

describe('amigo-thumbs', () => {
  it('ask whether a reply helped, and name it', async () => {
    const element = await show('none');
    const requests = requestsOf(element);
    expect(hasButton('Helpful: “Take **one** pill”')).to.equal(true);
    expect(hasButton('Not helpful: “Take **one** pill”')).to.equal(true);
    for (const button of buttons(element)) button.click();
    expect(requests).to.deep.equal([
      { type: 'feedback', id: 'a1', value: 'up' },
      { type: 'feedback', id: 'a1', value: 'down' },
    ]);
    await expect(element).to.be.accessible();
  });

  it('show the answer as the pressed one of two', async () => {
    expect(pressed(await show('none'))).to.deep.equal(['false', 'false']);
    expect(pressed(await show('up'))).to.deep.equal(['true', 'false']);
    expect(pressed(await show('down'))).to.deep.equal(['false', 'true']);
    await expect(await show('down')).to.be.accessible();
  });

  it('are not there where nobody asks, while a reply streams, and where it has no text', async () => {
    expect(buttons(await show(undefined))).to.deep.equal([]);
    expect(buttons(await show('none', { streaming: true }))).to.deep.equal([]);
    expect(buttons(await show('none', { text: '' }))).to.deep.equal([]);
  });

  it('are targets of 24 px at least, apart from each other', async () => {
    // The size comes from the theme, which stands around it.
    const stage = await fixture(html`<themed-stage></themed-stage>`);
    stage.append(await show('none'));
    const [up, down] = buttons(stage.querySelector('amigo-message')!).map((button) =>
      button.getBoundingClientRect(),
    );
    for (const box of [up!, down!]) expect(Math.min(box.width, box.height)).to.be.at.least(24);
    expect(down!.left).to.be.at.least(up!.right);
  });
});
