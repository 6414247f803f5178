import { expect, fixture, html } from '@open-wc/testing';
import { contrast, luminance, parseColour, type Rgb } from '../../src/theme/colour.js';
import { controlPairs, textPairs, type Colour, type ContrastPair } from './contrast-pairs.js';
import './themed-stage.js';

const rgb = (computed: string): Rgb => {
  const parsed = parseColour(computed);
  if (!parsed) throw new Error(`no colour: ${computed}`);
  return parsed;
};

for (const theme of ['light', 'dark'] as const) {
  describe(`contrast of the ${theme} theme`, () => {
    let computed: (name: Colour) => Rgb;

    beforeEach(async () => {
      const stage = await fixture(html`<themed-stage theme=${theme}><i></i></themed-stage>`);
      const probe = stage.querySelector('i') as HTMLElement;
      computed = (name) => {
        probe.style.color = `var(--amigo-${name})`;
        return rgb(getComputedStyle(probe).color);
      };
    });

    const check = (pairs: readonly ContrastPair[], least: number): void => {
      for (const [front, backs] of pairs) {
        for (const back of backs) {
          it(`${front} on ${back} is at least ${least}:1`, () => {
            expect(contrast(computed(front), computed(back))).to.be.at.least(least);
          });
        }
      }
    };

    check(textPairs, 4.5);
    check(controlPairs, 3);
  });
}

describe('the theme attribute', () => {
  const surface = (stage: Element): string => getComputedStyle(stage).backgroundColor;

  it('fixes the scheme, of the browser’s own controls too', async () => {
    const light = await fixture(html`<themed-stage theme="light"></themed-stage>`);
    const dark = await fixture(html`<themed-stage theme="dark"></themed-stage>`);
    expect(surface(light)).to.equal('rgb(255, 255, 255)');
    expect(luminance(rgb(surface(dark)))).to.be.below(0.05);
    expect(getComputedStyle(dark).colorScheme).to.equal('dark');
  });

  it('follows the system by default', async () => {
    const stage = await fixture(html`<themed-stage></themed-stage>`);
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    expect(luminance(rgb(surface(stage))) < 0.5).to.equal(dark);
  });

  it('lets a rule of the page win, and what derives from it follow', async () => {
    const page = await fixture(html`
      <div>
        <style>
          themed-stage {
            --amigo-color-brand: rgb(90, 30, 120);
          }
        </style>
        <themed-stage theme="dark"><i></i></themed-stage>
      </div>
    `);
    const probe = page.querySelector('i') as HTMLElement;
    probe.style.color = 'var(--amigo-color-user-bubble)';
    expect(getComputedStyle(probe).color).to.equal('rgb(90, 30, 120)');
  });
});
