import { aTimeout, elementUpdated, expect, fixture, html } from '@open-wc/testing';
import { expect as onPage } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Connection } from '../../src/conversation/state.js';
import type { AmigoHeader } from '../../src/elements/header.js';
import '../../src/elements/header.js';
import type { RequestEvent } from '../../src/elements/request.js';
import { es } from '../../src/i18n/locales/es.js';
import '../theme/themed-stage.js';

const connection = (rest: Partial<Connection>): Connection => ({
  status: 'open',
  surface: 'sessions-connect',
  attempt: 0,
  offline: false,
  ...rest,
});

let header: AmigoHeader;
let requests: string[];

beforeEach(async () => {
  const stage = await fixture(html`
    <themed-stage theme="light"
      ><amigo-header .connection=${connection({})} can-hide></amigo-header
    ></themed-stage>
  `);
  header = stage.querySelector('amigo-header') as AmigoHeader;
  requests = [];
  header.addEventListener('amigo-request', (event: RequestEvent) => requests.push(event.request.type));
});

const menuButton = () => page.getByRole('button', { name: 'More options' });
const focused = (): string => header.shadowRoot?.activeElement?.textContent?.trim() ?? '';
const status = (): string => header.shadowRoot?.querySelector('.status')?.textContent?.trim() ?? '';

describe('<amigo-header>', () => {
  describe('accessibility', () => {
    it('has a heading, and buttons with names', async () => {
      await onPage.element(page.getByRole('heading', { name: 'Chat with us' })).toBeVisible();
      await onPage.element(page.getByRole('button', { name: 'Close chat' })).toBeVisible();
      await expect(header).to.be.accessible();
    });

    it('has targets of at least 44 px', () => {
      const boxes = Array.from(header.shadowRoot?.querySelectorAll('button') ?? [], (one) =>
        one.getBoundingClientRect(),
      );
      const shown = boxes.filter(({ width }) => width > 0);
      expect(shown).to.have.lengthOf(2);
      expect(Math.min(...shown.flatMap(({ width, height }) => [width, height]))).to.be.at.least(44);
    });

    it('speaks the person’s language', async () => {
      header.strings = es;
      await onPage.element(page.getByRole('heading', { name: 'Hable con nosotros' })).toBeVisible();
      expect(status()).to.equal('Conectado');
    });
  });

  describe('properties', () => {
    it('shows the page’s title', async () => {
      header.title = 'Elm Street Clinic';
      await onPage.element(page.getByRole('heading', { name: 'Elm Street Clinic' })).toBeVisible();
      expect(header.hasAttribute('title')).to.equal(false);
    });

    it('has a close button only where it can be closed', async () => {
      header.canHide = false;
      await elementUpdated(header);
      await onPage.element(page.getByRole('button', { name: 'Close chat' })).not.toBeInTheDocument();
    });

    const words: [Partial<Connection>, string][] = [
      [{ status: 'connecting' }, 'Connecting…'],
      [{ status: 'open' }, 'Connected'],
      [{ status: 'reconnecting' }, 'Connecting again…'],
      [{ status: 'reconnecting', offline: true }, 'You are offline'],
      [{ status: 'idle', offline: true }, 'You are offline'],
      [{ status: 'closed' }, 'Chat ended'],
      [{ status: 'failed' }, 'Not connected'],
      [{ status: 'idle' }, ''],
    ];
    for (const [state, text] of words) {
      it(`says "${text}" for ${JSON.stringify(state)}, with a picture and not by colour alone`, async () => {
        header.connection = connection(state);
        await elementUpdated(header);
        expect(status()).to.equal(text);
        expect(header.shadowRoot?.querySelectorAll('.status svg')).to.have.lengthOf(text ? 1 : 0);
      });
    }
  });

  describe('requests', () => {
    it('asks to be hidden', async () => {
      await page.getByRole('button', { name: 'Close chat' }).click();
      expect(requests).to.deep.equal(['hide']);
    });

    it('asks for a new conversation and for the end of this one', async () => {
      await menuButton().click();
      await page.getByRole('button', { name: 'Start a new chat' }).click();
      await menuButton().click();
      await page.getByRole('button', { name: 'End this chat' }).click();
      // Each opening tells that what else the menu holds is wanted.
      expect(requests).to.deep.equal(['menu', 'new-conversation', 'menu', 'end-conversation']);
    });

    it('asks for neither while there is no conversation to act on', async () => {
      header.canRestart = false;
      await menuButton().click();
      await onPage.element(page.getByRole('button', { name: 'Start a new chat' })).not.toBeInTheDocument();
      await onPage.element(page.getByRole('button', { name: 'End this chat' })).not.toBeInTheDocument();
    });
  });

  describe('the menu', () => {
    it('is a disclosure', async () => {
      await onPage.element(page.getByRole('button', { name: 'More options', expanded: false })).toBeVisible();
      await menuButton().click();
      await onPage.element(page.getByRole('button', { name: 'More options', expanded: true })).toBeVisible();
      await expect(header).to.be.accessible();
    });

    it('is reached by Tab, closed by Escape, and gives the focus back', async () => {
      await menuButton().click();
      await userEvent.tab();
      expect(focused()).to.equal('Start a new chat');
      let outside = 0;
      header.addEventListener('keydown', (event) => (outside += event.defaultPrevented ? 0 : 1));
      await userEvent.keyboard('{Escape}');
      expect(header.shadowRoot?.activeElement?.getAttribute('aria-label')).to.equal('More options');
      expect(outside, 'Escape must not close the panel too').to.equal(0);
      await onPage.element(page.getByRole('button', { name: 'Start a new chat' })).not.toBeInTheDocument();
    });

    it('closes when the focus goes elsewhere', async () => {
      await menuButton().click();
      await userEvent.tab();
      (header.shadowRoot?.activeElement as HTMLElement).blur();
      await elementUpdated(header);
      await onPage.element(page.getByRole('button', { name: 'More options', expanded: false })).toBeVisible();
    });

    it('holds what the page’s widget puts into it, and stays open while the focus is there', async () => {
      const own = Object.assign(document.createElement('button'), {
        slot: 'menu',
        textContent: 'More of it',
      });
      header.append(own);
      await menuButton().click();
      own.focus();
      await elementUpdated(header);
      await onPage.element(page.getByRole('button', { name: 'More of it' })).toBeVisible();
      await userEvent.keyboard('{Escape}');
      await onPage.element(page.getByText('More of it')).not.toBeVisible();
      expect(header.shadowRoot?.activeElement?.getAttribute('aria-label')).to.equal('More options');
    });

    it('closes after a choice and keeps the focus in the header', async () => {
      await menuButton().click();
      await page.getByRole('button', { name: 'Start a new chat' }).click();
      await elementUpdated(header);
      expect(header.shadowRoot?.activeElement?.getAttribute('aria-expanded')).to.equal('false');
    });
  });

  describe('the title slot', () => {
    it('takes the place of the heading, and gives it back', async () => {
      const own = Object.assign(document.createElement('h3'), { slot: 'title', textContent: 'Elm Street' });
      header.append(own);
      await aTimeout(0);
      await elementUpdated(header);
      await onPage.element(page.getByRole('heading', { name: 'Elm Street' })).toBeVisible();
      expect(header.shadowRoot?.querySelector('h2')).to.equal(null);
      own.remove();
      await onPage.element(page.getByRole('heading', { name: 'Chat with us' })).toBeVisible();
    });
  });
});
