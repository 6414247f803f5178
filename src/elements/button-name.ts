import { html, type TemplateResult } from 'lit';

/**
 * The content of a button whose name says more than its label: seen is the label, heard the whole name. The name
 * is one piece of text, because browsers put a space between a visible piece and a hidden one ("Edit : …"). No
 * `aria-label`: session-replay tools record attributes of what they mask as text.
 *
 * @param label what is seen; also how speech control finds the button (WCAG 2.5.3), so the name begins with it
 * @param about what follows it in the name, with its own punctuation
 */
export function buttonName(label: string, about: string): TemplateResult {
  return html`<span aria-hidden="true">${label}</span><span class="visually-hidden">${label}${about}</span>`;
}
