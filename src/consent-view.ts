import { html } from 'lit';
import type { ConsentGate } from './consent-gate.js';
import type { ConversationError } from './conversation/error.js';
import './elements/error-banner.js';
import type { Strings } from './i18n/strings.js';

/** In place of the conversation, of which nothing is in the page, until the person has agreed to it. */
export function renderConsent(
  gate: ConsentGate,
  error: ConversationError | undefined,
  canHide: boolean,
  strings: Strings,
): unknown {
  return html`
    <amigo-error-banner
      slot="banner"
      exportparts="banner"
      .error=${gate.error ?? error}
      .strings=${strings}
    ></amigo-error-banner>
    <amigo-consent slot="log" .canHide=${canHide} .takesFocus=${gate.takesFocus} .strings=${strings}>
      <slot name="consent" slot="text"></slot>
    </amigo-consent>
  `;
}
