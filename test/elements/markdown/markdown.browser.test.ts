import { page } from 'vitest/browser';
import { expect as a11y, fixture, html } from '@open-wc/testing';
import { describe, expect, it } from 'vitest';
import type { AmigoMarkdown } from '../../../src/elements/markdown/markdown.js';
import '../../../src/elements/markdown/markdown.js';

async function mount(properties: Partial<AmigoMarkdown> = {}): Promise<AmigoMarkdown> {
  const element = await fixture<AmigoMarkdown>(html`<amigo-markdown></amigo-markdown>`);
  return update(element, properties);
}

async function update(element: AmigoMarkdown, properties: Partial<AmigoMarkdown>): Promise<AmigoMarkdown> {
  Object.assign(element, properties);
  await element.updateComplete;
  return element;
}

const content = (element: AmigoMarkdown): HTMLElement => element.shadowRoot!.querySelector('div')!;

describe('<amigo-markdown>', () => {
  it('appends to what is shown while the text grows', async () => {
    const element = await mount({ text: 'Hello **wor', streaming: true });
    const paragraph = content(element).firstElementChild;
    expect(content(element).textContent).toBe('Hello');
    await update(element, { text: 'Hello **world**, you' });
    expect(content(element).innerHTML).toBe('<p>Hello <strong>world</strong>, you</p>');
    expect(content(element).firstElementChild).toBe(paragraph);
  });

  it('shows what was held back, and rebuilds nothing, when the stream ends', async () => {
    const element = await mount({ text: 'a **b', streaming: true });
    const paragraph = content(element).firstElementChild;
    await update(element, { streaming: false });
    expect(content(element).textContent).toBe('a **b');
    expect(content(element).firstElementChild).toBe(paragraph);
    await update(element, { streaming: true });
    expect(content(element).firstElementChild).toBe(paragraph);
  });

  it('starts over for another revision', async () => {
    const element = await mount({ text: 'first', streaming: true });
    await update(element, { text: 'other', revision: 1, streaming: false });
    expect(content(element).textContent).toBe('other');
  });

  it('starts over when the text grows after its end', async () => {
    const element = await mount({ text: '**a' });
    await update(element, { text: '**a**' });
    expect(content(element).innerHTML).toBe('<p><strong>a</strong></p>');
  });

  it('takes over labels of another language, and keeps its nodes for equal ones', async () => {
    const element = await mount({ text: '[a](https://x.y)' });
    const paragraph = content(element).firstElementChild;
    await update(element, { strings: { ...element.strings } });
    expect(content(element).firstElementChild).toBe(paragraph);
    await update(element, { strings: { ...element.strings, newTab: '(pestaña nueva)' } });
    expect(content(element).textContent).toBe('a (pestaña nueva)');
  });

  it('says where struck text begins and ends, for those who do not see the line', async () => {
    const element = await mount({ text: 'Take ~~10 mg~~ 20 mg' });
    const struck = page.getByRole('deletion').element();
    expect(content(element).textContent).toBe('Take (crossed out: 10 mg) 20 mg');
    expect(struck.textContent).toBe('(crossed out: 10 mg)');
    expect(getComputedStyle(struck).textDecorationLine).toBe('line-through');
    for (const words of struck.querySelectorAll('span')) expect(words.clientWidth).toBeLessThanOrEqual(1);
    await update(element, {
      strings: { ...element.strings, crossedOut: (text) => `(tachado: ${text}, fin)` },
    });
    expect(content(element).textContent).toBe('Take (tachado: 10 mg, fin) 20 mg');
  });

  it('keeps its text when it is moved', async () => {
    const element = await mount({ text: 'a', streaming: true });
    document.body.append(element);
    await update(element, { text: 'a b' });
    expect(content(element).textContent).toBe('a b');
    element.remove();
  });

  it('scrolls wide tables and code inside themselves', async () => {
    const word = 'x'.repeat(200);
    const element = await mount({ text: `|a|\n|-|\n|\`${word}\`|\n\n\`\`\`\n${word}\n\`\`\`\n${word}` });
    element.style.inlineSize = '200px';
    for (const scroller of content(element).querySelectorAll('[tabindex="0"]')) {
      expect(scroller.clientWidth).toBeLessThanOrEqual(200);
      expect(scroller.scrollWidth).toBeGreaterThan(scroller.clientWidth);
    }
    expect(element.scrollWidth).toBeLessThanOrEqual(200);
  });

  it('is accessible', async () => {
    const element = await mount({
      text: '### A\n\n1. b\n   - c\n\n|d|e|\n|-|-|\n|f|g|\n\n```\nh\n```\n> [i](https://x.y)',
    });
    await a11y(element).to.be.accessible();
  });
});
