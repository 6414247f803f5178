import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import type { AmigoAnnouncer } from '../../src/announcer/announcer.js';
import '../../src/announcer/announcer.js';
import { FakeClock } from './fake-clock.js';

let clock: FakeClock;
let announcer: AmigoAnnouncer;

const regions = (): HTMLElement[] => Array.from(announcer.shadowRoot?.querySelectorAll('[aria-live]') ?? []);
const spoken = (): string[] => regions().map((region) => region.textContent ?? '');
const tick = (): Promise<void> => Promise.resolve();

beforeEach(async () => {
  clock = new FakeClock();
  announcer = await fixture(html`<amigo-announcer .clock=${clock}></amigo-announcer>`);
});

describe('<amigo-announcer>', () => {
  describe('accessibility', () => {
    it('has three polite regions and an assertive one, empty before anything is said', () => {
      expect(regions().map((region) => region.getAttribute('aria-live'))).to.deep.equal([
        'polite',
        'polite',
        'polite',
        'assertive',
      ]);
      expect(spoken()).to.deep.equal(['', '', '', '']);
    });

    it('has no role that speaks a second time, and reads no region as a whole', () => {
      expect(announcer.shadowRoot?.querySelectorAll('[role], [aria-atomic]')).to.have.lengthOf(0);
    });

    it('is out of sight but not out of the accessibility tree', async () => {
      const { display, visibility } = getComputedStyle(announcer);
      expect(display).to.not.equal('none');
      expect(visibility).to.equal('visible');
      expect(announcer.getBoundingClientRect().width).to.be.at.most(1);
      await expect(announcer).to.be.accessible();
    });
  });

  describe('what it says', () => {
    it('goes around the polite regions', async () => {
      for (const text of ['one', 'two', 'three', 'four']) {
        announcer.announce(text);
        await tick();
      }
      clock.advance(100);
      expect(spoken()).to.deep.equal(['one', '', '', '']);
      clock.advance(500);
      expect(spoken()).to.deep.equal(['one', 'two', '', '']);
      clock.advance(500);
      expect(spoken()).to.deep.equal(['', 'two', 'three', '']);
      clock.advance(500);
      expect(spoken()).to.deep.equal(['four', '', 'three', '']);
    });

    it('appends a node and removes it after a second; no node is ever written twice', async () => {
      const added: Node[] = [];
      let changes = 0;
      const observer = new MutationObserver((records) => {
        for (const { addedNodes, type } of records) {
          if (type === 'characterData') changes += 1;
          added.push(...addedNodes);
        }
      });
      observer.observe(announcer.renderRoot, { childList: true, characterData: true, subtree: true });
      announcer.announce('one');
      clock.advance(100);
      clock.advance(999);
      expect(spoken().join('')).to.equal('one');
      clock.advance(1);
      expect(spoken().join('')).to.equal('');
      await tick();
      observer.disconnect();
      expect(added.map((node) => node.textContent)).to.deep.equal(['one']);
      expect(changes).to.equal(0);
    });

    it('puts what cannot wait into the assertive region', () => {
      announcer.announce('The screen locks soon.', { priority: 'assertive' });
      clock.advance(100);
      expect(spoken()).to.deep.equal(['', '', '', 'The screen locks soon.']);
    });

    it('is text, never markup, and nothing for nothing', () => {
      announcer.announce('<img src=x>');
      announcer.announce('');
      clock.advance(5000 - 4000);
      expect(announcer.shadowRoot?.querySelector('img')).to.equal(null);
    });

    it('waits until the focus has settled, inside shadow roots too', async () => {
      const outer = await fixture(html`<div></div>`);
      const root = outer.attachShadow({ mode: 'open' });
      const [first, second] = [document.createElement('button'), document.createElement('button')];
      root.append(first, second);
      first.focus();
      announcer.announce('one');
      clock.advance(200);
      second.focus();
      clock.advance(50);
      expect(spoken().join('')).to.equal('');
      clock.advance(250);
      expect(spoken().join('')).to.equal('one');
    });
  });

  describe('lifetime', () => {
    it('leaves no timer and no text behind when it leaves the page', () => {
      announcer.announce('one');
      clock.advance(100);
      announcer.announce('two');
      announcer.remove();
      expect(clock.pending).to.equal(0);
      expect(spoken()).to.deep.equal(['', '', '', '']);
    });

    it('speaks again after it was moved', async () => {
      const parent = announcer.parentElement as HTMLElement;
      announcer.remove();
      announcer.announce('unheard');
      parent.append(announcer);
      await elementUpdated(announcer);
      announcer.announce('heard');
      clock.advance(1000);
      expect(spoken().join('')).to.equal('heard');
    });
  });
});
