import { css, html, LitElement, type CSSResultGroup } from 'lit';
import { property, query } from 'lit/decorators.js';
import { languages } from '../i18n/languages.js';
import { en } from '../i18n/locales/en.js';
import { languageWords, withOwnWords } from '../i18n/own-words.js';
import type { Strings } from '../i18n/strings.js';
import { define } from '../lib/define.js';
import { icon } from './icons.js';
import { baseStyles } from '../theme/base.styles.js';
import { request } from './request.js';

const globeIcon = icon('M12 3a9 9 0 1 0 .01 0zM3 12h18M12 3a14 14 0 0 1 0 18a14 14 0 0 1 0-18z');

/**
 * The list of languages, each in its own words and marked as such, so that everybody finds and hears their own.
 * A file of its own: few pages want it. The browser's own control, because phones know best how to show it.
 *
 * @summary Choice of the widget's language.
 * @fires amigo-request - `language`
 */
export class AmigoLanguageSelect extends LitElement {
  static override styles: CSSResultGroup = [
    baseStyles,
    css`
      select {
        max-inline-size: 8.5em;
        min-block-size: var(--amigo-target-size);
        padding-inline: var(--amigo-space-2);
        border: 1px solid var(--amigo-color-border-strong);
        border-radius: var(--amigo-radius-medium);
        background: var(--amigo-color-surface-raised);
        color: var(--amigo-color-text);
        font: inherit;
        text-overflow: ellipsis;
        cursor: pointer;
      }
      svg {
        display: none;
      }
      /* Beside a title in a small window there is room for the sign only; the list opens from it all the same. */
      @container (max-width: 26em) {
        :host {
          display: grid;
          place-items: center;
        }
        :host > * {
          grid-area: 1 / 1;
        }
        svg {
          display: block;
          color: var(--amigo-color-text-muted);
          pointer-events: none;
        }
        select {
          appearance: none;
          inline-size: var(--amigo-target-size);
          /* No room for the word: it is cut off, and its colour stays as it is for those who measure it. */
          padding: 0;
          padding-inline-start: var(--amigo-target-size);
          border-color: transparent;
          border-radius: var(--amigo-radius-pill);
          background: none;
        }
      }
      @media print {
        :host {
          display: none;
        }
      }
    `,
  ];

  @query('select') private readonly select!: HTMLSelectElement;

  /** Tag of the language shown now, by its key in our list. */
  @property({ attribute: false }) language = 'en';

  @property({ attribute: false }) strings: Strings = en;

  /** A choice that came to nothing is not shown as taken. */
  protected override updated(): void {
    this.select.value = this.language;
  }

  private readonly onChange = (event: Event): void => {
    request(this, { type: 'language', tag: (event.target as HTMLSelectElement).value });
  };

  override render(): unknown {
    const option = ([tag, name]: [string, string]): unknown =>
      html`<option value=${tag} lang=${tag}>${name}</option>`;
    return html`${globeIcon}<select
        aria-label=${withOwnWords(this.strings, languageWords).language}
        @change=${this.onChange}
      >
        ${Object.entries(languages).map(option)}
      </select>`;
  }
}

define('amigo-language-select', AmigoLanguageSelect);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-language-select': AmigoLanguageSelect;
  }
}
