import { aTimeout, elementUpdated, expect, fixture, html } from '@open-wc/testing';
import { expect as onPage } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AmigoLauncher } from '../../src/elements/launcher.js';
import '../../src/elements/launcher.js';
import type { RequestEvent } from '../../src/elements/request.js';
import { es } from '../../src/i18n/locales/es.js';
import '../theme/themed-stage.js';

const make = (content: unknown): Promise<AmigoLauncher> =>
  fixture(html`<themed-stage theme="light">${content}</themed-stage>`).then(
    (stage) => stage.querySelector('amigo-launcher') as AmigoLauncher,
  );
const button = (launcher: AmigoLauncher): HTMLButtonElement =>
  launcher.shadowRoot?.querySelector('button') as HTMLButtonElement;

describe('<amigo-launcher>', () => {
  describe('accessibility', () => {
    it('is a button that tells whether the panel is open', async () => {
      const launcher = await make(html`<amigo-launcher></amigo-launcher>`);
      await onPage.element(page.getByRole('button', { name: 'Chat with us', expanded: false })).toBeVisible();
      launcher.open = true;
      await elementUpdated(launcher);
      await onPage.element(page.getByRole('button', { name: 'Chat with us', expanded: true })).toBeVisible();
      await expect(launcher).to.be.accessible();
    });

    it('has the unread count in its name', async () => {
      const launcher = await make(html`<amigo-launcher .unread=${2}></amigo-launcher>`);
      await onPage.element(page.getByRole('button', { name: 'Chat with us, 2 new messages' })).toBeVisible();
      await expect(launcher).to.be.accessible();
    });

    it('has a text of the page’s own in its name', async () => {
      await make(html`<amigo-launcher><b slot="icon">Ask a nurse</b></amigo-launcher>`);
      await onPage.element(page.getByRole('button', { name: /Ask a nurse.*Chat with us/ })).toBeVisible();
    });

    it('speaks the person’s language', async () => {
      await make(html`<amigo-launcher .strings=${es} .unread=${1}></amigo-launcher>`);
      await onPage
        .element(page.getByRole('button', { name: 'Hable con nosotros, 1 mensaje nuevo' }))
        .toBeVisible();
    });

    it('is at least 44 px in both directions', async () => {
      const box = button(await make(html`<amigo-launcher></amigo-launcher>`)).getBoundingClientRect();
      expect(Math.min(box.width, box.height)).to.be.at.least(44);
    });
  });

  describe('the badge', () => {
    const badge = (launcher: AmigoLauncher): string | undefined =>
      launcher.shadowRoot?.querySelector('[part=badge]')?.textContent ?? undefined;

    it('shows what is unread, up to 99', async () => {
      const launcher = await make(html`<amigo-launcher></amigo-launcher>`);
      expect(badge(launcher)).to.equal(undefined);
      launcher.unread = 7;
      await elementUpdated(launcher);
      expect(badge(launcher)).to.equal('7');
      launcher.unread = 120;
      await elementUpdated(launcher);
      expect(badge(launcher)).to.equal('99+');
    });
  });

  describe('requests', () => {
    it('asks for toggle by click, Enter and Space', async () => {
      const launcher = await make(html`<amigo-launcher></amigo-launcher>`);
      const seen: string[] = [];
      launcher.addEventListener('amigo-request', (event: RequestEvent) => seen.push(event.request.type));
      button(launcher).click();
      launcher.focus();
      await userEvent.keyboard('{Enter}');
      await userEvent.keyboard(' ');
      expect(seen).to.deep.equal(['toggle', 'toggle', 'toggle']);
    });
  });

  describe('the icon slot', () => {
    const drawn = (launcher: AmigoLauncher): number =>
      launcher.shadowRoot?.querySelectorAll('svg').length ?? 0;

    it('replaces the picture', async () => {
      const launcher = await make(html`<amigo-launcher><i slot="icon">☏</i></amigo-launcher>`);
      await aTimeout(0);
      await elementUpdated(launcher);
      expect(drawn(launcher)).to.equal(0);
    });

    it('keeps the picture where an outer slot is passed on empty', async () => {
      const outer = await fixture(html`<div></div>`);
      const root = outer.attachShadow({ mode: 'open' });
      const launcher = document.createElement('amigo-launcher');
      const slot = Object.assign(document.createElement('slot'), { name: 'launcher-icon', slot: 'icon' });
      launcher.append(slot);
      root.append(launcher);
      await aTimeout(0);
      await elementUpdated(launcher);
      expect(drawn(launcher)).to.equal(1);
    });
  });

  describe('the page around it', () => {
    it('cannot cover, clip or trap it', async () => {
      const stage = await fixture(html`
        <div
          style="position:relative;z-index:0;transform:translateX(40px);overflow:hidden;width:10px;height:10px"
        >
          <themed-stage theme="light"><amigo-launcher></amigo-launcher></themed-stage>
        </div>
      `);
      const cover = await fixture(html`<div style="position:fixed;inset:0;z-index:2147483647"></div>`);
      const launcher = stage.querySelector('amigo-launcher') as AmigoLauncher;
      const box = button(launcher).getBoundingClientRect();
      expect(innerWidth - box.right).to.equal(20);
      const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      expect(top).to.equal(launcher);
      expect(top).to.not.equal(cover);
    });

    it('gets it back into the top layer when it is moved', async () => {
      const launcher = await make(html`<amigo-launcher></amigo-launcher>`);
      const stage = launcher.parentElement as HTMLElement;
      launcher.remove();
      stage.append(launcher);
      expect(button(launcher).matches(':popover-open')).to.equal(true);
    });
  });
});
