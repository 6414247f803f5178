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

/** The strip before the lock falls. The announcer speaks for it. */
export function renderLockWarning(lock: ScreenLock, strings: Strings): unknown {
  if (!lock.warning) return nothing;
  return html`
    <div slot="banner" class="strip">
      ${strings.lockWarning}
      <button type="button" @click=${lock.stay}>${strings.keepOpen}</button>
    </div>
  `;
}
