import type { ReactiveControllerHost } from 'lit';
import { nothing } from 'lit';
import type { LanguageSelect } from './elements/language-select.js';
import { builtInCatalogues, matchCatalogue } from './i18n/catalogues.js';

/** Brings the language picker when it is first asked for, and keeps it. */
export class LanguagePicker {
  private select: LanguageSelect | undefined;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly host: ReactiveControllerHost & HTMLElement,
    private readonly choose: (tag: string) => void,
  ) {}

  /** The picker, or nothing until it has come. @param locale the language shown @param label name of the control */
  render(locale: string, label: string): unknown {
    this.loading ??= import('./elements/language-select.js').then(
      ({ LanguageSelect }) => {
        if (this.host.shadowRoot) this.select = new LanguageSelect(this.host.shadowRoot, this.choose);
        this.host.requestUpdate();
      },
      () => undefined,
    );
    this.select?.update(matchCatalogue(locale, builtInCatalogues) ?? 'en', label);
    return this.select?.element ?? nothing;
  }
}
