import { LitElement, type CSSResultGroup, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { define } from '../../lib/define.js';
import type { MarkdownStrings } from './dom-renderer.js';
import { createMarkdownStream, type MarkdownStream } from './markdown-stream.js';
import { styles } from './markdown.styles.js';

const ENGLISH: MarkdownStrings = {
  newTab: '(opens in new tab)',
  table: 'Table',
  code: 'Code',
  crossedOut: (text) => `(crossed out: ${text})`,
};

function stringsChanged(value: MarkdownStrings, old: MarkdownStrings | undefined): boolean {
  const names = Object.keys(value) as (keyof MarkdownStrings)[];
  return names.some((name) => value[name] !== old?.[name]);
}

/**
 * @summary Shows an agent's markdown while it arrives, appending only what is new.
 *
 * Within one `revision` the text only grows, so what is on screen stays as it is: the same nodes, the same
 * selection. It is built anew only for another `revision`, for other `strings`, and for text that grows again
 * after its end.
 */
export class AmigoMarkdown extends LitElement {
  static override styles: CSSResultGroup = styles;

  /** The reply so far. */
  @property({ attribute: false }) text = '';
  /** Changes when `text` is another text rather than a longer one. */
  @property({ attribute: false }) revision = 0;
  /** Whether more text may come; false shows what was held back as possibly unfinished. */
  @property({ attribute: false }) streaming = false;
  /** Labels in the person's language. */
  @property({ attribute: false, hasChanged: stringsChanged }) strings: MarkdownStrings = ENGLISH;

  private content: HTMLElement | undefined;
  private stream: MarkdownStream | undefined;
  private consumed = 0;

  protected override updated(changed: PropertyValues<this>): void {
    const grewAfterEnd = !this.stream && this.text.length > this.consumed;
    if (changed.has('revision') || changed.has('strings') || grewAfterEnd) this.restart();
    this.stream?.write(this.text.slice(this.consumed));
    this.consumed = this.text.length;
    if (this.streaming) return;
    this.stream?.end();
    this.stream = undefined;
  }

  /** The first link, or wide table that scrolls; null where there is none. */
  firstControl(): HTMLElement | null {
    return this.renderRoot.querySelector('a[href], [tabindex="0"]');
  }

  /** The container is Lit's to place, its content is the stream's alone. */
  protected override render(): unknown {
    return (this.content ??= this.createContent());
  }

  private createContent(): HTMLElement {
    const content = document.createElement('div');
    content.dir = 'auto';
    return content;
  }

  private restart(): void {
    this.content!.replaceChildren();
    this.stream = createMarkdownStream(this.content!, { strings: this.strings });
    this.consumed = 0;
  }
}

define('amigo-markdown', AmigoMarkdown);

declare global {
  interface HTMLElementTagNameMap {
    'amigo-markdown': AmigoMarkdown;
  }
}
