import { html } from 'lit';
import { builtInCatalogues, matchCatalogue } from './i18n/catalogues.js';
import type { Strings } from './i18n/strings.js';
import { onDemand } from './lib/on-demand.js';

const needPicker = onDemand(() => import('./elements/language-select.js'));

/** The choice of language for the header. @param locale the language shown */
export function renderLanguagePicker(locale: string, strings: Strings): unknown {
  needPicker();
  return html`<amigo-language-select
    slot="tools"
    .language=${matchCatalogue(locale, builtInCatalogues) ?? 'en'}
    .strings=${strings}
  ></amigo-language-select>`;
}
