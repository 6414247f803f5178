import { elementUpdated, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { expect as onPage } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AmigoPanel } from '../../src/elements/panel.js';
import '../../src/elements/panel.js';
import '../../src/elements/header.js';
import type { RequestEvent } from '../../src/elements/request.js';
import { deepActiveElement } from '../../src/lib/deep-active-element.js';
import '../theme/themed-stage.js';

const desktop = [1024, 768] as const;
const phone = [360, 640] as const;
/** 1280 × 1024 at 400 % zoom. */
const zoomed = [320, 256] as const;

let panel: AmigoPanel;
let requests: string[];

const make = async (rest: { layout?: string; open?: boolean; notice?: number } = {}): Promise<void> => {
  const stage = await fixture(html`
    <themed-stage theme="light" style="height:500px">
      <amigo-panel layout=${rest.layout ?? 'popup'} ?open=${rest.open ?? true}>
        <amigo-header slot="header" can-hide></amigo-header>
        <div slot="notice" style="height:${rest.notice ?? 60}px">
          In an emergency call <a href="tel:911">911</a>
        </div>
        <div slot="banner"></div>
        <div slot="log" tabindex="0" role="group" aria-label="Messages" style="overflow:auto">
          <p style="height:3000px;margin:0">A long conversation</p>
        </div>
        <div slot="composer" style="height:70px"><button>Send</button></div>
      </amigo-panel>
    </themed-stage>
  `);
  panel = stage.querySelector('amigo-panel') as AmigoPanel;
  requests = [];
  panel.addEventListener('amigo-request', (event: RequestEvent) => requests.push(event.request.type));
};
const frame = (): HTMLElement => panel.shadowRoot?.querySelector('[part=panel]') as HTMLElement;
const slotted = (name: string): HTMLElement => panel.querySelector(`[slot=${name}]`) as HTMLElement;
/** What fades or slides in has done so; it begins with the frame after the panel is shown. */
const still = async (): Promise<void> => {
  await nextFrame();
  await Promise.all(
    frame()
      .getAnimations()
      .map((animation) => animation.finished),
  );
};

beforeEach(() => page.viewport(...desktop));

describe('<amigo-panel>', () => {
  describe('accessibility', () => {
    it('is one named landmark', async () => {
      await make();
      await onPage.element(page.getByRole('region', { name: 'Chat with us' })).toBeVisible();
      await still();
      await expect(panel).to.be.accessible();
    });

    it('is a modal dialog on a phone, the page behind it inert, and a landmark again after', async () => {
      await page.viewport(...phone);
      const outside = await fixture<HTMLButtonElement>(html`<button>Page</button>`);
      await make();
      await onPage.element(page.getByRole('dialog', { name: 'Chat with us' })).toBeVisible();
      expect(frame().matches(':modal')).to.equal(true);
      outside.focus();
      expect(document.activeElement, 'what is behind takes no focus').not.to.equal(outside);
      await still();
      await expect(panel).to.be.accessible();
      await page.viewport(...desktop);
      await nextFrame();
      await elementUpdated(panel);
      await onPage.element(page.getByRole('region', { name: 'Chat with us' })).toBeVisible();
      outside.focus();
      expect(document.activeElement).to.equal(outside);
    });

    it('keeps the focus where it is when the window becomes small, or large again', async () => {
      await make();
      const send = slotted('composer').querySelector('button') as HTMLElement;
      send.focus();
      for (const [width, height] of [phone, desktop]) {
        await page.viewport(width, height);
        await nextFrame();
        await elementUpdated(panel);
        expect(deepActiveElement(document)).to.equal(send);
      }
    });

    it('asks to be hidden when the phone goes back, and stays until that is granted', async () => {
      await page.viewport(...phone);
      await make();
      const dialog = frame() as HTMLDialogElement;
      dialog.requestClose();
      expect(requests).to.deep.equal(['hide']);
      expect(dialog.open).to.equal(true);
      // Asked again without anything done in between, a browser closes it whatever we say.
      dialog.close();
      await nextFrame();
      expect(requests).to.deep.equal(['hide', 'hide']);
    });

    it('takes its name from the page where there is one', async () => {
      await make();
      panel.label = 'Elm Street Clinic';
      await elementUpdated(panel);
      await onPage.element(page.getByRole('region', { name: 'Elm Street Clinic' })).toBeVisible();
    });
  });

  describe('layouts', () => {
    it('popup: shown only while open, in the corner', async () => {
      await make({ open: false });
      expect(frame().getBoundingClientRect().height).to.equal(0);
      panel.open = true;
      await elementUpdated(panel);
      await still();
      const box = frame().getBoundingClientRect();
      expect([box.width, box.height]).to.deep.equal([400, 640]);
      expect(innerWidth - box.right).to.equal(20);
      panel.open = false;
      await elementUpdated(panel);
      await still();
      expect(frame().getBoundingClientRect().height).to.equal(0);
    });

    it('popup: at the other side where the page reads from right to left', async () => {
      await make();
      (panel.parentElement as HTMLElement).dir = 'rtl';
      expect(frame().getBoundingClientRect().left).to.equal(20);
    });

    it('popup: all of a phone', async () => {
      await page.viewport(...phone);
      await make();
      await still();
      const { x, y, width, height } = frame().getBoundingClientRect();
      expect([x, y, width, height]).to.deep.equal([0, 0, ...phone]);
    });

    it('inline: where it stands, open or not', async () => {
      await make({ layout: 'inline', open: false });
      expect(frame().getBoundingClientRect().height).to.equal(500);
      expect(frame().matches(':popover-open')).to.equal(false);
    });

    it('fullscreen: the whole window, as a landmark that may be left', async () => {
      await make({ layout: 'fullscreen', open: false });
      const { width, height } = frame().getBoundingClientRect();
      expect([width, height]).to.deep.equal([...desktop]);
      expect(frame().getAttribute('role')).to.equal('region');
    });

    it('may change while shown', async () => {
      await make();
      panel.layout = 'inline';
      await elementUpdated(panel);
      expect(frame().getBoundingClientRect().height).to.equal(500);
      panel.layout = 'popup';
      await elementUpdated(panel);
      expect(frame().matches(':popover-open')).to.equal(true);
    });
  });

  describe('room', () => {
    it('goes to the log, which alone scrolls', async () => {
      await make({ notice: 60 });
      await still();
      const body = panel.shadowRoot?.querySelector('.body') as HTMLElement;
      expect(body.scrollHeight).to.equal(body.clientHeight);
      expect(slotted('log').scrollHeight).to.be.above(slotted('log').clientHeight);
      expect(slotted('log').getBoundingClientRect().height).to.be.above(300);
    });

    it('leaves the composer whole at 400 % zoom, with nothing wider than the window', async () => {
      await page.viewport(...zoomed);
      await make({ notice: 120 });
      await still();
      const composer = slotted('composer').getBoundingClientRect();
      expect(composer.height).to.equal(70);
      expect(composer.bottom).to.be.at.most(256);
      expect(frame().scrollWidth).to.be.at.most(320);
      const log = slotted('log').getBoundingClientRect();
      expect(log.bottom, 'the newest message is the first thing seen').to.be.at.most(composer.top + 1);
      expect(log.height).to.be.at.least(100);
    });
  });

  describe('the on-screen keyboard', () => {
    const view = visualViewport as VisualViewport;
    const measures = (rest: Partial<VisualViewport>): void => {
      for (const [name, value] of Object.entries(rest)) {
        Object.defineProperty(view, name, { value, configurable: true });
      }
      view.dispatchEvent(new Event('resize'));
    };

    afterEach(() => {
      for (const name of ['height', 'offsetTop', 'scale']) Reflect.deleteProperty(view, name);
    });

    it('leaves the composer above it', async () => {
      await page.viewport(...phone);
      await make();
      await still();
      measures({ height: 340, offsetTop: 20 });
      const box = frame().getBoundingClientRect();
      expect([box.top, box.bottom]).to.deep.equal([20, 360]);
      expect(slotted('composer').getBoundingClientRect().bottom).to.be.at.most(360);
    });

    it('is not mistaken for somebody who zooms in', async () => {
      await page.viewport(...phone);
      await make();
      await still();
      measures({ height: 213, scale: 3 });
      expect(frame().getBoundingClientRect().height).to.equal(640);
    });

    it('is not listened to any more once the panel is gone', async () => {
      await page.viewport(...phone);
      await make();
      const gone = frame();
      panel.remove();
      measures({ height: 100 });
      expect(gone.style.getPropertyValue('--visible-size')).to.equal('640px');
    });
  });

  describe('keyboard', () => {
    it('Escape asks to be hidden, unless somebody used it up', async () => {
      await make();
      slotted('log').focus();
      await userEvent.keyboard('{Escape}');
      slotted('composer').addEventListener('keydown', (event) => event.preventDefault());
      slotted('composer').querySelector('button')?.focus();
      await userEvent.keyboard('{Escape}');
      expect(requests).to.deep.equal(['hide']);
    });

    it('Escape does nothing where there is nothing to close', async () => {
      await make({ layout: 'inline' });
      slotted('log').focus();
      await userEvent.keyboard('{Escape}');
      expect(requests).to.deep.equal([]);
    });

    it('Tab leaves the popup on a desktop', async () => {
      await make();
      const after = await fixture<HTMLButtonElement>(html`<button>Page</button>`);
      slotted('composer').querySelector('button')?.focus();
      await userEvent.tab();
      expect(deepActiveElement(document)).to.equal(after);
    });

    it('Tab goes round on a phone, in both directions', async () => {
      await page.viewport(...phone);
      await make();
      await fixture(html`<button>Page</button>`);
      const send = slotted('composer').querySelector('button') as HTMLElement;
      send.focus();
      await userEvent.tab();
      const first = deepActiveElement(document);
      expect(first?.getAttribute('aria-label')).to.equal('More options');
      await userEvent.tab({ shift: true });
      expect(deepActiveElement(document)).to.equal(send);
    });
  });

  describe('the page around it', () => {
    it('cannot cover, clip or trap it', async () => {
      const stage = await fixture(html`
        <div style="transform:scale(.5);overflow:hidden;width:10px;height:10px">
          <themed-stage
            ><amigo-panel open><b slot="log">Hi</b></amigo-panel></themed-stage
          >
        </div>
      `);
      await fixture(html`<div style="position:fixed;inset:0;z-index:2147483647"></div>`);
      panel = stage.querySelector('amigo-panel') as AmigoPanel;
      await still();
      const { width, x, y } = frame().getBoundingClientRect();
      expect(width).to.equal(400);
      expect(panel.contains(document.elementFromPoint(x + 20, y + 200))).to.equal(true);
    });

    it('hands nothing of its own text style down, but the spacing that people read by', async () => {
      const stage = await fixture(html`
        <div style="font:italic 9px serif;text-transform:uppercase;line-height:1;letter-spacing:2px">
          <themed-stage
            ><amigo-panel layout="inline"><b slot="log">Hi</b></amigo-panel></themed-stage
          >
        </div>
      `);
      const style = getComputedStyle(stage.querySelector('b') as HTMLElement);
      expect([style.fontStyle, style.fontSize, style.textTransform]).to.deep.equal([
        'normal',
        '16px',
        'none',
      ]);
      expect(style.letterSpacing).to.equal('2px');
    });
  });

  describe('lifetime', () => {
    it('is shown again after it was moved', async () => {
      await make();
      const stage = panel.parentElement as HTMLElement;
      panel.remove();
      stage.append(panel);
      expect(frame().matches(':popover-open')).to.equal(true);
    });

    it('is modal again after it was moved on a phone', async () => {
      await page.viewport(...phone);
      await make();
      const stage = panel.parentElement as HTMLElement;
      panel.remove();
      stage.append(panel);
      expect(frame().matches(':modal')).to.equal(true);
    });
  });
});
