import { html, nothing } from 'lit';
import type { Strings } from './i18n/strings.js';
import './elements/lock-screen.js';
import type { ScreenLock } from './screen-lock.js';

/** In place of the conversation, of which nothing is in the page. */
export function renderLock(lock: ScreenLock, takesFocus: boolean, strings: Strings): unknown {
  return html`
    <amigo-lock-screen
      slot="log"
      .signIn=${lock.reason === 'signed-out'}
      .canUnlock=${lock.reason !== 'host'}
      .takesFocus=${takesFocus}
      .strings=${strings}
    ></amigo-lock-screen>
  `;
}

/** Whatever hides or ends the conversation when nobody is there. */
type Watch = Pick<ScreenLock, 'warning' | 'stay'>;

/** The strip before the lock falls, or the conversation is finished. The announcer speaks for it. */
export function renderWarning(watch: Watch, text: string, strings: Strings): unknown {
  if (!watch.warning) return nothing;
  return html`
    <div slot="banner" class="strip">
      ${text}
      <button type="button" @click=${watch.stay}>${strings.keepOpen}</button>
    </div>
  `;
}
