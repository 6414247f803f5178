import { elementUpdated, expect, fixture, html } from '@open-wc/testing';
import { conversationError, type ConversationError, type ErrorCode } from '../../src/conversation/error.js';
import type { Connection } from '../../src/conversation/state.js';
import type { AmigoErrorBanner } from '../../src/elements/error-banner.js';
import '../../src/elements/error-banner.js';
import type { RequestEvent } from '../../src/elements/request.js';
import { en } from '../../src/i18n/locales/en.js';
import '../theme/themed-stage.js';

const connection = (rest: Partial<Connection> = {}): Connection => ({
  status: 'open',
  surface: 'sessions-connect',
  attempt: 0,
  offline: false,
  ...rest,
});
const failed = (code: ErrorCode, rest: Partial<ConversationError> = {}): ConversationError =>
  conversationError('connection', code, rest);

let banner: AmigoErrorBanner;
let requests: string[];

beforeEach(async () => {
  const stage = await fixture(html`
    <themed-stage theme="light"
      ><amigo-error-banner .connection=${connection()}></amigo-error-banner
    ></themed-stage>
  `);
  banner = stage.querySelector('amigo-error-banner') as AmigoErrorBanner;
  requests = [];
  banner.addEventListener('amigo-request', (event: RequestEvent) => requests.push(event.request.type));
});

const show = async (error: ConversationError | undefined, rest: Partial<Connection> = {}): Promise<void> => {
  banner.error = error;
  banner.connection = connection(rest);
  await elementUpdated(banner);
};
const alert = (): HTMLElement => banner.shadowRoot?.querySelector('[role=alert]') as HTMLElement;
const text = (): string =>
  banner.shadowRoot?.querySelector('[part=banner]')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
const buttons = (): HTMLButtonElement[] => Array.from(banner.shadowRoot?.querySelectorAll('button') ?? []);
const labels = (): string[] => buttons().map((button) => button.textContent?.trim() ?? '');
const press = (label: string): void => buttons()[labels().indexOf(label)]?.click();

describe('<amigo-error-banner>', () => {
  describe('accessibility', () => {
    it('has an empty alert before anything goes wrong, and takes no room', () => {
      expect(alert().textContent?.trim()).to.equal('');
      expect(banner.getBoundingClientRect().height).to.equal(0);
    });

    it('tells whoever set up the page where to look, after the words for the person', async () => {
      await show(failed('not-found', { subject: 'workspace-id, service-id' }), { status: 'failed' });
      expect(text()).to.contain('Please call your clinic. (workspace-id, service-id)');
      await show(failed('not-found'), { status: 'failed' });
      expect(text()).not.to.contain('(');
    });

    it('puts every error into that same alert', async () => {
      const node = alert();
      await show(failed('server-error'), { status: 'failed' });
      expect(alert()).to.equal(node);
      expect(node.textContent).to.contain('Something went wrong on our side. Please try again in a minute.');
      await show(undefined);
      await show(failed('forbidden', { severity: 'fatal', retryable: false }), { status: 'failed' });
      expect(alert()).to.equal(node);
      expect(node.textContent).to.contain('You do not have access');
    });

    it('keeps the buttons out of what the alert reads', async () => {
      await show(failed('server-error'), { status: 'failed' });
      expect(alert().querySelector('button')).to.equal(null);
      await expect(banner).to.be.accessible();
    });

    it('leaves warnings and a lost network to the announcer', async () => {
      await show(failed('history-unavailable', { severity: 'warning' }));
      expect(text()).to.contain(en.errors['history-unavailable'][0]);
      expect(alert().textContent?.trim()).to.equal('');
      await show(undefined, { status: 'reconnecting', offline: true });
      expect(text()).to.contain('You are offline.');
      expect(alert().textContent?.trim()).to.equal('');
      await expect(banner).to.be.accessible();
    });
  });

  describe('words', () => {
    for (const code of Object.keys(en.errors) as ErrorCode[]) {
      it(`says what happened and what to do for ${code}, and never the code`, async () => {
        await show(failed(code, { subject: 'service-id', detail: '4404' }), { status: 'failed' });
        expect(text()).to.match(/\w.*[.!] .*[.!]/);
        expect(text()).to.not.contain('4404');
        expect(text()).to.not.contain(code.includes('-') ? code : '—');
      });
    }

    it('names the attribute at fault to the integrator', async () => {
      await show(
        conversationError('configuration', 'missing-attribute', { subject: 'service-id', retryable: false }),
      );
      expect(text()).to.contain('service-id');
    });
  });

  describe('the connection', () => {
    it('a short break is not worth a strip', async () => {
      await show(undefined, { status: 'reconnecting', attempt: 1 });
      expect(banner.getBoundingClientRect().height).to.equal(0);
    });

    it('a longer one is, and can be tried now', async () => {
      await show(undefined, { status: 'reconnecting', attempt: 2 });
      expect(text()).to.contain('The connection was lost.');
      expect(labels()).to.deep.equal(['Try now']);
      press('Try now');
      expect(requests).to.deep.equal(['reconnect']);
    });

    it('without a network there is nothing to try', async () => {
      await show(failed('could-not-connect'), { status: 'reconnecting', offline: true, attempt: 12 });
      expect(text()).to.contain('You are offline.');
      expect(labels()).to.deep.equal([]);
    });
  });

  describe('buttons', () => {
    const cases: [string, ConversationError, Partial<Connection>, string[]][] = [
      [
        'could not connect, still trying',
        failed('could-not-connect'),
        { status: 'reconnecting' },
        ['Try now'],
      ],
      ['stopped, but may work again', failed('server-error'), { status: 'failed' }, ['Try again']],
      [
        'stopped for good',
        failed('forbidden', { severity: 'fatal', retryable: false }),
        { status: 'failed' },
        [],
      ],
      [
        'open elsewhere',
        failed('open-elsewhere'),
        { status: 'reconnecting' },
        ['Use it here', 'Start a new chat'],
      ],
      ['unknown conversation', failed('conversation-not-found'), { status: 'failed' }, ['Start a new chat']],
      ['a warning', failed('history-unavailable', { severity: 'warning' }), {}, ['Dismiss']],
      ['a reply that failed', conversationError('server', 'reply-failed'), {}, ['Dismiss']],
      [
        'bad configuration',
        conversationError('configuration', 'invalid-attribute', { subject: 'x' }),
        { status: 'failed' },
        [],
      ],
    ];
    for (const [name, error, rest, expected] of cases) {
      it(`for ${name}: ${expected.join(', ') || 'none'}`, async () => {
        await show(error, rest);
        expect(labels()).to.deep.equal(expected);
      });
    }

    it('ask for what they say', async () => {
      await show(failed('open-elsewhere'), { status: 'reconnecting' });
      press('Use it here');
      press('Start a new chat');
      await show(failed('history-unavailable', { severity: 'warning' }));
      press('Dismiss');
      expect(requests).to.deep.equal(['reconnect', 'new-conversation', 'dismiss-error']);
    });

    it('are at least 44 px high', async () => {
      await show(failed('open-elsewhere'), { status: 'reconnecting' });
      expect(Math.min(...buttons().map((button) => button.getBoundingClientRect().height))).to.be.at.least(
        44,
      );
    });
  });
});
