import { elementUpdated, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { cdp } from 'vitest/browser';
import '../../src/elements/header.js';
import '../../src/elements/launcher.js';
import '../../src/elements/panel.js';
import './themed-stage.js';

/** The part of the DevTools protocol that these tests speak. */
interface Devtools {
  send(
    method: 'Emulation.setEmulatedMedia',
    parameters: { features: { name: string; value: string }[] },
  ): Promise<void>;
}

const emulate = async (features: Record<string, string>): Promise<void> => {
  const list = Object.entries(features).map(([name, value]) => ({ name, value }));
  await (cdp() as unknown as Devtools).send('Emulation.setEmulatedMedia', { features: list });
  await nextFrame();
};

const computed = (within: Element, property: string, value: string): string => {
  const probe = within.appendChild(document.createElement('i'));
  probe.style.setProperty(property, value);
  const result = getComputedStyle(probe).getPropertyValue(property);
  probe.remove();
  return result;
};
const colour = (within: Element, name: string): string =>
  computed(within, 'color', `var(--amigo-color-${name})`);

const make = (): Promise<HTMLElement> =>
  fixture(html`
    <themed-stage theme="light">
      <amigo-launcher unread="2"></amigo-launcher>
      <amigo-panel open><amigo-header slot="header" can-hide></amigo-header></amigo-panel>
    </themed-stage>
  `);

afterEach(() => emulate({}));

describe('what the person asks their system for', () => {
  it('dark: the theme follows, unless the page fixes it', async () => {
    await emulate({ 'prefers-color-scheme': 'dark' });
    const auto = await fixture(html`<themed-stage></themed-stage>`);
    const light = await fixture(html`<themed-stage theme="light"></themed-stage>`);
    expect(getComputedStyle(auto).colorScheme).to.equal('dark');
    expect(colour(auto, 'surface')).to.equal('rgb(17, 25, 30)');
    expect(colour(light, 'surface')).to.equal('rgb(255, 255, 255)');
  });

  it('more contrast: muted text and faint lines become strong', async () => {
    await emulate({ 'prefers-contrast': 'more' });
    const stage = await make();
    expect(colour(stage, 'text-muted')).to.equal(colour(stage, 'text'));
    expect(colour(stage, 'border')).to.equal(colour(stage, 'text'));
  });

  it('less transparency: code stands on a solid ground', async () => {
    await emulate({ 'prefers-reduced-transparency': 'no-preference' });
    const stage = await make();
    expect(colour(stage, 'code-background')).to.equal('rgba(127, 127, 127, 0.15)');
    await emulate({ 'prefers-reduced-transparency': 'reduce' });
    expect(colour(stage, 'code-background')).to.equal(colour(stage, 'surface-sunken'));
  });

  it('less motion: nothing moves, not even where the page lengthens transitions', async () => {
    await emulate({ 'prefers-reduced-motion': 'reduce' });
    const stage = await make();
    stage.style.setProperty('--amigo-duration', '5s');
    const panel = stage.querySelector('amigo-panel') as HTMLElementTagNameMap['amigo-panel'];
    panel.open = false;
    await elementUpdated(panel);
    panel.open = true;
    await elementUpdated(panel);
    await nextFrame();
    expect(panel.shadowRoot?.getAnimations()).to.deep.equal([]);
    expect(colour(stage, 'text')).to.equal('rgb(20, 33, 43)');
  });

  it('moves otherwise, so that the test above can fail', async () => {
    await emulate({ 'prefers-reduced-motion': 'no-preference' });
    const stage = await make();
    stage.style.setProperty('--amigo-duration', '5s');
    const panel = stage.querySelector('amigo-panel') as HTMLElementTagNameMap['amigo-panel'];
    panel.open = false;
    await elementUpdated(panel);
    await nextFrame();
    expect(panel.shadowRoot?.getAnimations()).to.not.deep.equal([]);
  });

  it('its own colours: every control keeps a visible edge, bubbles their text', async () => {
    await emulate({ 'forced-colors': 'active' });
    const stage = await make();
    const canvas = computed(stage, 'color', 'Canvas');
    const parts = ['amigo-launcher', 'amigo-header', 'amigo-panel'].flatMap((name) => [
      ...(stage.querySelector(name)?.shadowRoot?.querySelectorAll<HTMLElement>('button, .panel, .badge') ??
        []),
    ]);
    const edges = parts
      .filter((part) => part.getClientRects().length > 0)
      .map((part) => getComputedStyle(part));
    expect(edges).to.have.lengthOf(5);
    for (const edge of edges) {
      expect(edge.borderTopWidth).to.match(/^[12]px$/);
      expect(edge.borderTopColor).to.not.equal(canvas);
      expect(edge.borderTopColor).to.not.equal('rgba(0, 0, 0, 0)');
    }
    expect(colour(stage, 'on-user-bubble')).to.not.equal(colour(stage, 'user-bubble'));
    expect(colour(stage, 'focus')).to.equal(computed(stage, 'color', 'Highlight'));
  });
});
