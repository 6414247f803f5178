import { html, LitElement, nothing, type CSSResultGroup, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import type { ConversationError } from '../conversation/error.js';
import type { Connection } from '../conversation/state.js';
import { errorText } from '../i18n/error-text.js';
import type { WordedError } from '../i18n/error-text.js';
import { en } from '../i18n/locales/en.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { errorBannerStyles } from './error-banner.styles.js';
import { FocusKeeper } from './focus-keeper.js';
import { alertIcon, closeIcon, offlineIcon, waitIcon } from './icons.js';
import { request } from './request.js';

/** A short break mends itself unseen: the strip comes from this many failed tries on. */
const NOTICEABLE_TRIES = 2;

/** What is shown: an alert, or a strip that the announcer speaks for. */
interface BannerView extends WordedError {
  readonly kind: 'error' | 'quiet' | 'quiet warning';
  readonly icon: TemplateResult;
  /** It goes when the person has read it; the state of the connection stays for as long as it lasts. */
  readonly dismissable?: boolean;
}

/**
 * Says what went wrong and what can be done about it. Errors land in an alert that is in the page from
 * the start; warnings, a lost network and reconnecting are a quieter strip without one.
 *
 * @summary The strip for errors and for the state of the connection.
 * @fires amigo-request - `reconnect`, `new-conversation`, `collect`, `dismiss-error`, `focus-composer`
 * @csspart banner - The strip.
 */
export class AmigoErrorBanner extends LitElement {
  static override styles: CSSResultGroup = errorBannerStyles;

  @property({ attribute: false }) error: ConversationError | undefined;

  @property({ attribute: false }) connection: Connection | undefined;

  @property({ attribute: false }) strings: Strings = en;

  constructor() {
    super();
    new FocusKeeper(this, () => {
      request(this, { type: 'focus-composer' });
    });
  }

  private readonly reconnect = (): void => {
    request(this, { type: 'reconnect' });
  };

  private readonly newConversation = (): void => {
    request(this, { type: 'new-conversation' });
  };

  private readonly collect = (): void => {
    request(this, { type: 'collect' });
  };

  private readonly dismiss = (): void => {
    request(this, { type: 'dismiss-error' });
  };

  override render(): unknown {
    const view = this.view();
    const look = view?.look ? ` (${view.look})` : '';
    const text = view && html`<p><strong>${view.what}</strong> ${view.action}${look}</p>`;
    const alert = view?.kind === 'error';
    return html`
      <div class="banner ${view?.kind ?? ''}" part="banner">
        ${view?.icon}
        <div class="body">
          <div class="text" role="alert">${alert ? text : nothing}</div>
          ${view && !alert ? html`<div class="text">${text}</div>` : nothing}
          ${view ? this.actions() : nothing}
        </div>
        ${view?.dismissable ? this.dismissButton() : nothing}
      </div>
    `;
  }

  private view(): BannerView | undefined {
    const { error, connection, strings } = this;
    if (connection?.offline || error?.code === 'offline') {
      return { kind: 'quiet', icon: offlineIcon, ...worded('offline', strings) };
    }
    const reconnecting = connection?.status === 'reconnecting';
    if (error && !(reconnecting && error.code === 'connection-lost')) {
      const kind = error.severity === 'warning' ? 'quiet warning' : 'error';
      const dismissable = error.severity === 'warning' || connection?.status === 'open';
      return { kind, icon: alertIcon, dismissable, ...errorText(error, strings) };
    }
    if (!reconnecting || connection.attempt < NOTICEABLE_TRIES) return undefined;
    return { kind: 'quiet', icon: waitIcon, ...worded('connection-lost', strings) };
  }

  private actions(): unknown {
    const { error, connection, strings } = this;
    const code = error?.code;
    const status = connection?.status;
    const elsewhere = code === 'open-elsewhere';
    const anew = elsewhere || code === 'conversation-not-found';
    const away = status !== 'open' && !connection?.offline && error?.origin !== 'configuration';
    const delayed = code === 'reply-delayed';
    const reconnect = !anew && !delayed && away && (error?.retryable ?? true);
    return html`<div class="actions">
      ${elsewhere ? button('primary', strings.useHere, this.reconnect) : nothing}
      ${delayed ? button('', strings.checkAgain, this.collect) : nothing}
      ${anew ? button('', strings.newConversation, this.newConversation) : nothing}
      ${reconnect ? button('', status === 'reconnecting' ? strings.tryNow : strings.tryAgain, this.reconnect) : nothing}
    </div>`;
  }

  private dismissButton(): TemplateResult {
    return html`<button class="dismiss icon quiet" type="button" @click=${this.dismiss}>
      ${closeIcon}<span class="visually-hidden">${this.strings.dismiss}</span>
    </button>`;
  }
}

function button(kind: string, label: string, run: () => void): TemplateResult {
  return html`<button class=${kind} type="button" @click=${run}>${label}</button>`;
}

/** The words of a connection that is away. */
function worded(code: 'offline' | 'connection-lost', strings: Strings): { what: string; action: string } {
  const [what, action] = strings.errors[code];
  return { what, action };
}

define('amigo-error-banner', AmigoErrorBanner);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-error-banner': AmigoErrorBanner;
  }
}
