import { languages } from '../i18n/languages.js';

const rules = `
.language {
  flex: none;
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
@media print {
  .language {
    display: none;
  }
}`;

/**
 * The list of languages, each in its own words and marked as such, so that everybody finds and hears their own.
 * A file of its own: few pages want it. The browser's own control, because phones know best how to show it.
 */
export class LanguageSelect {
  /** To be placed in a shadow root that has the tokens. */
  readonly element: HTMLSelectElement;

  /**
   * @param root where the element will stand; gets its styles
   * @param choose told the tag of the language that was picked
   */
  constructor(root: ShadowRoot, choose: (tag: string) => void) {
    const { ownerDocument } = root;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    this.element = ownerDocument.createElement('select');
    this.element.className = 'language';
    for (const [tag, name] of Object.entries(languages)) {
      const option = this.element.appendChild(ownerDocument.createElement('option'));
      Object.assign(option, { value: tag, lang: tag, textContent: name });
    }
    this.element.addEventListener('change', () => {
      choose(this.element.value);
    });
  }

  /** @param tag the language shown now, by its key in our list @param label name of the control */
  update(tag: string, label: string): void {
    this.element.value = tag;
    this.element.setAttribute('aria-label', label);
  }
}
