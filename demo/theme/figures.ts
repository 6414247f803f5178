import { create } from '../portal/dom.js';
import { contrastOf } from './contrast.js';

interface Pair {
  readonly what: string;
  readonly front: string;
  readonly back: string;
  readonly least: 4.5 | 3;
}

const pair = (what: string, front: string, back: string, least: 4.5 | 3 = 4.5): Pair => ({
  what,
  front,
  back,
  least,
});

const pairs: readonly Pair[] = [
  pair('Your messages', 'on-user-bubble', 'user-bubble'),
  pair('The agent’s messages', 'on-agent-bubble', 'agent-bubble'),
  pair('Links in them', 'link', 'agent-bubble'),
  pair('Send button’s icon', 'on-brand', 'brand-fill'),
  pair('The same, under the pointer', 'on-brand', 'brand-fill-hover'),
  pair('Other buttons', 'brand-text', 'surface-raised'),
  pair('Times and hints', 'text-muted', 'surface'),
  pair('Send button on the panel', 'brand-fill', 'surface', 3),
  pair('Outline of the message field', 'border-strong', 'surface', 3),
  pair('Focus ring', 'focus', 'surface', 3),
];

/** The table of contrast figures: what the widget really shows, not what it should. */
export class Figures {
  private readonly body = create('tbody');
  readonly element = create(
    'table',
    { className: 'figures' },
    create('caption', { textContent: 'Contrast in the preview' }),
    create(
      'thead',
      {},
      create('tr', {}, ...['What', 'Ratio', 'Needed', 'Enough'].map((textContent) => heading(textContent))),
    ),
    this.body,
  );
  private shown = '';

  constructor(private readonly widget: HTMLElement) {}

  /** Reads the widget's colours again; true where something changed. */
  refresh(): boolean {
    const style = getComputedStyle(this.widget);
    const colour = (name: string): string => style.getPropertyValue(`--amigo-color-${name}`).trim();
    const found = JSON.stringify(pairs.map(({ front, back }) => [colour(front), colour(back)]));
    if (found === this.shown) return false;
    this.shown = found;
    this.body.replaceChildren(
      ...pairs.map(({ what, front, back, least }) =>
        row(what, contrastOf(colour(front), colour(back)), least),
      ),
    );
    return true;
  }
}

const heading = (textContent: string): HTMLElement => create('th', { scope: 'col', textContent });

function row(what: string, ratio: number | undefined, least: number): HTMLElement {
  const enough = ratio !== undefined && ratio >= least;
  return create(
    'tr',
    { className: enough ? 'enough' : 'short' },
    create('th', { scope: 'row', textContent: what }),
    // Rounded down: 4.499 is not 4.5.
    create('td', {
      textContent: ratio === undefined ? '–' : `${(Math.floor(ratio * 100) / 100).toFixed(2)}:1`,
    }),
    create('td', { textContent: `${least}:1` }),
    create('td', { textContent: enough ? 'Yes' : 'No' }),
  );
}
