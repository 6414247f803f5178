import { html, type CSSResultGroup } from 'lit';
import { property } from 'lit/decorators.js';
import type { Note } from '../conversation/state.js';
import { noteText } from '../i18n/note-text.js';
import { define } from '../lib/define.js';
import { infoIcon } from './icons.js';
import { LogItem } from './log-item.js';
import { noteStyles } from './note.styles.js';

/**
 * Something the widget itself tells the person: the chat has ended, an earlier one goes on.
 *
 * @summary A note in the flow of the conversation.
 */
export class AmigoNote extends LogItem {
  static override styles: CSSResultGroup = noteStyles;

  @property({ attribute: false }) note: Note | undefined;

  protected override readonly lineRole = 'note';

  protected override label(): string {
    return this.note ? noteText(this.note.note, this.strings) : '';
  }

  override render(): unknown {
    return html`${infoIcon}<span>${this.label()}</span>`;
  }
}

define('amigo-note', AmigoNote);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-note': AmigoNote;
  }
}
