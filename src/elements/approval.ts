import { html, LitElement, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import type { Approval } from '../conversation/state.js';
import { en } from '../i18n/locales/en.js';
import { approvalWords, withOwnWords } from '../i18n/own-words.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { approvalStyles } from './approval.styles.js';
import { request } from './request.js';

/**
 * An action with consequences, put before the person to approve or decline. The words come from the host page.
 *
 * @summary The card that asks for approval.
 * @fires amigo-request - `decide`
 * @csspart approval - The card.
 */
export class AmigoApproval extends LitElement {
  static override styles: CSSResultGroup = approvalStyles;

  @property({ attribute: false }) approval: Approval | undefined;

  @property({ attribute: false }) strings: Strings = en;

  private readonly approve = (): void => {
    this.decide('approve');
  };

  private readonly reject = (): void => {
    this.decide('reject');
  };

  /** Stays focusable while the answer is on its way: a button that vanishes would drop the focus. */
  private decide(decision: 'approve' | 'reject'): void {
    if (this.approval && !this.approval.deciding)
      request(this, { type: 'decide', id: this.approval.id, decision });
  }

  override render(): unknown {
    const { approval } = this;
    const strings = withOwnWords(this.strings, approvalWords);
    const busy = approval?.deciding ? 'true' : 'false';
    return html`
      <section class="approval" part="approval" aria-labelledby="title" aria-busy=${busy}>
        <h2 id="title">${strings.approvalTitle}</h2>
        <p id="summary" dir="auto">${approval?.summary}</p>
        <div class="actions">
          <button
            class="primary"
            type="button"
            aria-disabled=${busy}
            aria-describedby="summary"
            @click=${this.approve}
          >
            ${strings.approve}
          </button>
          <button type="button" aria-disabled=${busy} aria-describedby="summary" @click=${this.reject}>
            ${strings.reject}
          </button>
        </div>
      </section>
    `;
  }
}

define('amigo-approval', AmigoApproval);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-approval': AmigoApproval;
  }
}
