import { elementUpdated, expect, fixture, html, waitUntil } from '@open-wc/testing';
import { LitElement, type CSSResultGroup } from 'lit';
import { define } from '../../src/lib/define.js';
import { contrast, parseColour, type Rgb } from '../../src/theme/colour.js';
import { PageColours } from '../../src/theme/page-colours.js';
import { themeStyles } from '../../src/theme/theme.styles.js';

class ColourProbe extends LitElement {
  static override styles: CSSResultGroup = themeStyles;
  readonly invalid: string[] = [];
  readonly colours = new PageColours(this, (name) => this.invalid.push(name));

  override render(): unknown {
    return html`<slot></slot>`;
  }
}
define('colour-probe', ColourProbe);

const make = async (style: string, theme = 'light'): Promise<ColourProbe> => {
  const probe = await fixture<ColourProbe>(html`<colour-probe></colour-probe>`);
  probe.setAttribute('theme', theme);
  probe.style.cssText = style;
  await elementUpdated(probe);
  return probe;
};

/** A token as the browser computes it where it is used. */
const colour = (probe: ColourProbe, name: string): string => {
  const used = probe.appendChild(document.createElement('i'));
  used.style.color = `var(--amigo-color-${name}, #0f0)`;
  const { color } = getComputedStyle(used);
  used.remove();
  return color;
};
const rgb = (probe: ColourProbe, name: string): Rgb => parseColour(colour(probe, name)) as Rgb;
const ratio = (probe: ColourProbe, one: string, other: string): number =>
  contrast(rgb(probe, one), rgb(probe, other));

describe('a brand colour of the page’s own', () => {
  for (const theme of ['light', 'dark']) {
    it(`gets its theme derived, ${theme}`, async () => {
      const probe = await make('--amigo-color-brand: yellow', theme);
      await waitUntil(() => ratio(probe, 'on-brand', 'brand-fill') >= 4.5);
      expect(ratio(probe, 'brand-fill', 'surface')).to.be.at.least(3);
      expect(ratio(probe, 'brand-text', 'surface')).to.be.at.least(4.5);
      expect(probe.invalid).to.deep.equal([]);
    });
  }

  it('may be written in any notation of CSS', async () => {
    const probe = await make('--amigo-color-brand: oklch(0.45 0.2 300)');
    await waitUntil(() => colour(probe, 'on-brand') === 'rgb(255, 255, 255)');
    await waitUntil(() => /^rgb/.test(colour(probe, 'brand-fill')));
  });

  it('loses to what the page says of a derived colour', async () => {
    const probe = await make('--amigo-color-brand: yellow; --amigo-color-on-brand: rgb(1, 2, 3)');
    await waitUntil(() => colour(probe, 'brand-fill') !== 'rgb(255, 255, 0)');
    expect(colour(probe, 'on-brand')).to.equal('rgb(1, 2, 3)');
  });

  it('may change live, and go', async () => {
    const probe = await make('--amigo-color-brand: #5a1e78');
    await waitUntil(() => colour(probe, 'brand-fill') === 'rgb(90, 30, 120)');
    probe.style.cssText = '--amigo-color-brand: #8a1538';
    await waitUntil(() => colour(probe, 'brand-fill') === 'rgb(138, 21, 56)');
    probe.style.cssText = '';
    await waitUntil(() => colour(probe, 'agent-bubble') === 'rgb(238, 243, 245)');
    expect(colour(probe, 'brand-fill')).to.equal('rgb(11, 101, 112)');
  });
});

describe('what is no colour', () => {
  it('gives way to the default, and is told once', async () => {
    const probe = await make('--amigo-color-surface: banana; --amigo-color-text: 12px');
    await waitUntil(() => colour(probe, 'surface') === 'rgb(255, 255, 255)');
    expect(colour(probe, 'text')).to.equal('rgb(20, 33, 43)');
    probe.className = 'looked-at-again';
    await elementUpdated(probe);
    expect([...probe.invalid].sort()).to.deep.equal(['color-surface', 'color-text']);
  });

  it('as a brand colour leaves the default theme', async () => {
    const probe = await make('--amigo-color-brand: clinic-blue', 'dark');
    await waitUntil(() => colour(probe, 'brand-fill') === 'rgb(26, 127, 139)');
    expect(colour(probe, 'brand')).to.equal('rgb(26, 127, 139)');
  });

  it('is taken back when the page corrects it', async () => {
    const probe = await make('--amigo-color-surface: banana');
    await waitUntil(() => colour(probe, 'surface') === 'rgb(255, 255, 255)');
    probe.style.cssText = '--amigo-color-surface: rgb(250, 250, 240)';
    await waitUntil(() => colour(probe, 'surface') === 'rgb(250, 250, 240)');
  });
});

it('the default colours load nothing and say nothing', async () => {
  const probe = await make('');
  expect(probe.invalid).to.deep.equal([]);
  expect(probe.shadowRoot?.adoptedStyleSheets.at(-1)?.cssRules.length).to.equal(0);
});

it('an element that is not shown at all has no colours to look at', async () => {
  const closed = await fixture(html`<div></div>`);
  closed.attachShadow({ mode: 'open' });
  const probe = closed.appendChild(document.createElement('colour-probe')) as ColourProbe;
  await elementUpdated(probe);
  expect(probe.invalid).to.deep.equal([]);
});
