import { expect, fixture, html } from '@open-wc/testing';
import type { ToolCall } from '../../src/conversation/state.js';
import '../../src/elements/tool-event.js';
import type { AmigoToolEvent } from '../../src/elements/tool-event.js';
import { hasButton } from './heard.js';
import { textOf, tool } from './timeline.js';

const show = (call: ToolCall): Promise<AmigoToolEvent> =>
  fixture<AmigoToolEvent>(html`<amigo-tool-event .call=${call}></amigo-tool-event>`);
const button = (element: AmigoToolEvent): HTMLButtonElement => element.shadowRoot!.querySelector('button')!;

describe('amigo-tool-event', () => {
  const cases: readonly (readonly [ToolCall['status'], string])[] = [
    ['running', 'Working: Schedule lookup'],
    ['succeeded', 'Done: Schedule lookup'],
    ['failed', 'Did not work: Schedule lookup'],
    ['unknown', 'Finished: Schedule lookup'],
  ];
  for (const [status, words] of cases) {
    it(`says in words and with an icon that it is ${status}`, async () => {
      const element = await show(tool('t', { status, result: 'x' }));
      expect(textOf(element.shadowRoot!.querySelector('bdi'))).to.equal(words);
      expect(element.getAttribute('aria-label')).to.equal(words);
      expect(element.shadowRoot!.querySelector('.line > svg')).not.to.equal(null);
      await expect(element).to.be.accessible();
    });
  }

  it('tells the duration in the person’s language', async () => {
    const call = tool('t', { durationMs: 1234 });
    const element = await fixture<AmigoToolEvent>(
      html`<amigo-tool-event locale="es" .call=${call}></amigo-tool-event>`,
    );
    expect(textOf(element.shadowRoot!.querySelector('.duration'))).to.equal('1,2 s');
  });

  it('has no disclosure where there is nothing to disclose', async () => {
    const element = await show(tool('t'));
    expect(element.shadowRoot!.querySelector('button')).to.equal(null);
    expect(element.enter()).to.equal(false);
  });

  it('discloses input and result as text, JSON indented', async () => {
    const element = await show(tool('t', { input: '{"day":"Mon"}', result: '<b>two</b> slots' }));
    expect(button(element).getAttribute('aria-expanded')).to.equal('false');
    expect(element.shadowRoot!.querySelector('pre')).to.equal(null);

    button(element).click();
    await element.updateComplete;

    expect(button(element).getAttribute('aria-expanded')).to.equal('true');
    const blocks = [...element.shadowRoot!.querySelectorAll('pre')];
    expect(blocks.map((block) => block.textContent)).to.deep.equal([
      '{\n  "day": "Mon"\n}',
      '<b>two</b> slots',
    ]);
    expect(element.shadowRoot!.querySelector('b')).to.equal(null);
    expect(blocks.every((block) => block.tabIndex === 0)).to.equal(true);
    await expect(element).to.be.accessible();

    button(element).click();
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('pre')).to.equal(null);
  });

  it('shows JSON that nests too deeply as it came', async () => {
    const deep = '['.repeat(500) + ']'.repeat(500);
    const element = await show(tool('t', { result: deep }));
    button(element).click();
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('pre')!.textContent).to.equal(deep);
  });

  it('stays open while the call goes on', async () => {
    const element = await show(tool('t', { status: 'running', input: '{}' }));
    button(element).click();
    element.call = tool('t', { input: '{}', result: '[1]' });
    await element.updateComplete;
    expect(element.shadowRoot!.querySelectorAll('pre')).to.have.length(2);
  });

  it('goes into its disclosure, named by what it discloses', async () => {
    const element = await show(tool('t', { result: 'x' }));
    expect(element.enter()).to.equal(true);
    expect(element.shadowRoot!.activeElement).to.equal(button(element));
    expect(hasButton('Details: Done: Schedule lookup')).to.equal(true);
  });

  it('exposes the part tool', async () => {
    const element = await show(tool('t'));
    expect(element.shadowRoot!.querySelector('[part=tool]')).not.to.equal(null);
  });
});
