import { html, nothing } from 'lit';
import type { ConversationState } from './conversation/state.js';
import { en } from './i18n/locales/en.js';
import type { Strings } from './i18n/strings.js';

/**
 * What stays in view above the messages, whatever the agent or the connection does: the emergency line, that
 * an AI answers, and how to reach a human (California AB 3030) or an interpreter. Static text and the page's own slots.
 */
export function renderNotices(strings: Strings): unknown {
  return html`
    <div slot="notice" class="notice">
      <div class="emergency">
        <slot name="emergency"
          ><p lang=${strings.emergency === en.emergency ? 'en' : nothing} dir="auto">
            <a href="tel:911">${strings.emergency}</a>
          </p></slot
        >
      </div>
      <div class="about">
        <slot name="notice"></slot>
        <slot name="disclosure"><p>${strings.disclosure}</p></slot>
        <slot name="human-contact"><p>${strings.humanContact}</p></slot>
        <slot name="interpreter"></slot>
      </div>
    </div>
  `;
}

/** Stays for as long as the hand-over does. The announcer has spoken of it. */
export function renderHandover(handover: ConversationState['handover'], strings: Strings): unknown {
  if (handover === 'none') return nothing;
  return html`<p slot="banner" class="strip handover">${strings.takenOver}</p>`;
}
