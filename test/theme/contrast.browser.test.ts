import { expect, fixture, html } from '@open-wc/testing';
import type { TokenName } from '../../src/theme/tokens.js';
import './themed-stage.js';

type Colour = Extract<TokenName, `color-${string}`>;

const surfaces: Colour[] = ['color-surface', 'color-surface-raised', 'color-surface-sunken'];
const strips: Colour[] = ['color-info-surface', 'color-warning-surface', 'color-error-surface'];

/** Each colour of text with every background it may stand on: 4.5:1 (WCAG 1.4.3). */
const textPairs: [Colour, Colour[]][] = [
  ['color-text', [...surfaces, ...strips, 'color-agent-bubble']],
  ['color-text-muted', [...surfaces, ...strips, 'color-agent-bubble']],
  ['color-brand-text', [...surfaces, 'color-agent-bubble']],
  ['color-link', [...surfaces, 'color-agent-bubble', 'color-info-surface', 'color-emergency-surface']],
  ['color-on-brand', ['color-brand']],
  ['color-on-agent-bubble', ['color-agent-bubble']],
  ['color-on-user-bubble', ['color-user-bubble']],
  ['color-success', [...surfaces, 'color-agent-bubble']],
  ['color-warning', [...surfaces, 'color-warning-surface', 'color-agent-bubble']],
  ['color-error', [...surfaces, 'color-error-surface', 'color-agent-bubble']],
  ['color-surface', ['color-error']],
  ['color-emergency', ['color-emergency-surface', ...surfaces]],
];

/** Outlines, rings and filled controls: 3:1 (WCAG 1.4.11). */
const controlPairs: [Colour, Colour[]][] = [
  ['color-border-strong', [...surfaces, ...strips]],
  ['color-focus', [...surfaces, ...strips, 'color-agent-bubble']],
  ['color-brand', surfaces],
];

/** Relative luminance of a computed `rgb(…)`. */
function luminance(rgb: string): number {
  const [red = 0, green = 0, blue = 0] = (rgb.match(/[\d.]+/g) ?? []).map((part) => {
    const channel = Number(part) / 255;
    return channel <= 0.03928 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

for (const theme of ['light', 'dark'] as const) {
  describe(`contrast of the ${theme} theme`, () => {
    let computed: (name: Colour) => string;

    beforeEach(async () => {
      const stage = await fixture(html`<themed-stage theme=${theme}><i></i></themed-stage>`);
      const probe = stage.querySelector('i') as HTMLElement;
      computed = (name) => {
        probe.style.color = `var(--amigo-${name})`;
        return getComputedStyle(probe).color;
      };
    });

    const check = (pairs: [Colour, Colour[]][], least: number): void => {
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
    expect(luminance(surface(dark))).to.be.below(0.05);
    expect(getComputedStyle(dark).colorScheme).to.equal('dark');
  });

  it('follows the system by default', async () => {
    const stage = await fixture(html`<themed-stage></themed-stage>`);
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    expect(luminance(surface(stage)) < 0.5).to.equal(dark);
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
