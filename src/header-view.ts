import { html, nothing } from 'lit';
import type { Connection } from './conversation/state.js';
import './elements/header.js';
import { builtInCatalogues, matchCatalogue } from './i18n/catalogues.js';
import type { Strings } from './i18n/strings.js';
import { onDemand } from './lib/on-demand.js';

export interface HeaderView {
  /** Undefined while it is of no concern. */
  readonly connection: Connection | undefined;
  readonly canHide: boolean;
  /** Whether there is a conversation that may be begun anew or ended. */
  readonly canRestart: boolean;
  /** Whether the person may choose the language. */
  readonly languagePicker: boolean;
  /** What the menu offers besides, rendered. */
  readonly more: unknown;
  readonly strings: Strings;
  readonly locale: string;
}

/** The panel's title strip, with the tools that the page asked for. */
export function renderHeader(view: HeaderView): unknown {
  return html`<amigo-header
    slot="header"
    exportparts="header"
    .connection=${view.connection}
    .canHide=${view.canHide}
    .canRestart=${view.canRestart}
    .strings=${view.strings}
  >
    <slot name="header" slot="title"></slot>
    ${view.more} ${view.languagePicker ? renderLanguagePicker(view) : nothing}
  </amigo-header>`;
}

const needPicker = onDemand(() => import('./elements/language-select.js'));

function renderLanguagePicker({ locale, strings }: HeaderView): unknown {
  needPicker();
  return html`<amigo-language-select
    slot="tools"
    .language=${matchCatalogue(locale, builtInCatalogues) ?? 'en'}
    .strings=${strings}
  ></amigo-language-select>`;
}
