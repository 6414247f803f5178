import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import { expect as onPage } from 'vitest';
import { page } from 'vitest/browser';
import '../../src/elements/more.js';
import type { AmigoMore } from '../../src/elements/more.js';
import type { RequestEvent, Wish } from '../../src/elements/request.js';
import { es } from '../../src/i18n/locales/es.js';
import '../theme/themed-stage.js';

let more: AmigoMore;
let wishes: (Wish | undefined)[];

beforeEach(async () => {
  const stage = await fixture(html`
    <themed-stage theme="light"><amigo-more has-talk></amigo-more></themed-stage>
  `);
  more = stage.querySelector('amigo-more') as AmigoMore;
  wishes = [];
  more.addEventListener('amigo-request', ({ request }: RequestEvent) => {
    if (request.type === 'menu') wishes.push(request.wish);
  });
});

const button = (name: string) => page.getByRole('button', { name, exact: true });

describe('<amigo-more>', () => {
  it('is accessible, with every part open', async () => {
    more.readAloud = true;
    more.voiceless = true;
    more.reading = true;
    await button('Save this chat').click();
    await expect(more).to.be.accessible();
  });

  it('has targets of at least 44 px', async () => {
    await button('Save this chat').click();
    const boxes = Array.from(more.shadowRoot!.querySelectorAll('button'), (one) =>
      one.getBoundingClientRect(),
    ).filter(({ width }) => width > 0);
    expect(boxes).to.have.lengthOf(7);
    expect(Math.min(...boxes.flatMap(({ width, height }) => [width, height]))).to.be.at.least(44);
  });

  it('speaks the person’s language, numbers too', async () => {
    more.strings = es;
    more.locale = 'es';
    more.textSize = 1.5;
    await elementUpdated(more);
    await onPage.element(page.getByRole('group', { name: 'Tamaño del texto: 150' })).toBeVisible();
  });

  it('asks for larger and smaller text, not beyond the ends', async () => {
    await button('Smaller text').click({ force: true });
    await button('Larger text').click();
    more.textSize = 1.9;
    await elementUpdated(more);
    await button('Larger text').click();
    await button('Smaller text').click();
    expect(wishes.map((wish) => (wish?.type === 'text-size' ? wish.size : wish))).to.deep.equal([
      1.25, 2, 1.65,
    ]);
  });

  it('asks for saving and printing only after their warning, one at a time', async () => {
    await onPage.element(page.getByText('Anyone who opens this file')).not.toBeVisible();
    await button('Save this chat').click();
    await onPage.element(page.getByText('Anyone who opens this file')).toBeVisible();
    await button('Save as data').click();
    await button('Print this chat').click();
    await onPage.element(page.getByText('Anyone who opens this file')).not.toBeVisible();
    await button('Print').click();
    expect(wishes).to.deep.equal([{ type: 'save', format: 'json' }, { type: 'print' }]);
  });

  it('offers neither without a conversation', async () => {
    more.hasTalk = false;
    await elementUpdated(more);
    await onPage.element(button('Save this chat')).not.toBeInTheDocument();
    await onPage.element(button('Print this chat')).not.toBeInTheDocument();
  });

  it('switches reading aloud, stops it, and says where the device has no voice', async () => {
    const toggle = page.getByRole('switch', { name: 'Read replies aloud' });
    await toggle.click();
    more.readAloud = true;
    more.reading = true;
    more.voiceless = true;
    await elementUpdated(more);
    await onPage
      .element(page.getByRole('switch', { name: 'Read replies aloud', checked: true }))
      .toBeVisible();
    await onPage.element(page.getByText('This device has no voice of its own')).toBeVisible();
    await button('Stop reading').click();
    await toggle.click();
    expect(wishes).to.deep.equal([
      { type: 'read-aloud', on: true },
      { type: 'stop-reading' },
      { type: 'read-aloud', on: false },
    ]);
  });
});
