import { MarkdownParser } from './block-parser.js';
import type { MarkdownAttributes, MarkdownTag, Renderer } from './renderer.js';

interface Frame {
  readonly tag: MarkdownTag;
  readonly attributes: MarkdownAttributes;
  text: string;
  /** `ol`, `ul`: number of the next item. */
  next: number;
}

/** What stands for markup that has a meaning. */
export interface PlainTextWords {
  /** Around text that is struck through: without it, a dose that is crossed out would read as valid. */
  readonly crossedOut: (text: string) => string;
}

const NOT_SPOKEN = /[^\p{L}\p{N}]/gu;

/** Writes what a person would read out: no markers, addresses only where the label does not say them. */
class PlainTextRenderer implements Renderer {
  private readonly frames: Frame[] = [{ tag: 'p', attributes: {}, text: '', next: 1 }];
  private head: string[] = [];
  private cells: string[] = [];

  constructor(private readonly words: PlainTextWords) {}

  get result(): string {
    return this.top.text.replace(/\n{3,}/g, '\n\n').trim();
  }

  open(tag: MarkdownTag, attributes: MarkdownAttributes = {}): void {
    this.frames.push({ tag, attributes, text: '', next: attributes.start ?? 1 });
  }

  close(): void {
    const frame = this.frames.pop()!;
    this.top.text += this.written(frame);
  }

  text(value: string): void {
    this.top.text += value;
  }

  private get top(): Frame {
    return this.frames.at(-1)!;
  }

  private written({ tag, attributes, text }: Frame): string {
    switch (tag) {
      case 'a':
        return text + addressBeside(text, attributes.href ?? '');
      case 'br':
        return '\n';
      case 'del':
        return this.words.crossedOut(text);
      case 'li':
        return this.item(text);
      case 'th':
      case 'td':
        this.cells.push(text.trim());
        return '';
      case 'tr':
        return this.row();
      case 'table':
        return this.table(text);
      case 'p':
      case 'h':
      case 'hr':
      case 'pre':
      case 'blockquote':
        return `\n\n${text}\n\n`;
      default:
        return text;
    }
  }

  private item(text: string): string {
    const list = this.top;
    const marker = list.tag === 'ol' ? `${list.next}. ` : '• ';
    list.next += 1;
    return `\n${marker}${text.trim().replaceAll('\n', '\n  ')}`;
  }

  /** The head is kept and said with every value, as in "Dose: 5 mg; When: morning". */
  private row(): string {
    const cells = this.cells;
    this.cells = [];
    if (this.top.tag === 'thead') {
      this.head = cells;
      return '';
    }
    const named = cells.map((cell, column) =>
      cell && this.head[column] ? `${this.head[column]}: ${cell}` : cell,
    );
    return `\n${named.filter(Boolean).join('; ')}`;
  }

  private table(rows: string): string {
    return `\n\n${rows || this.head.join('; ')}\n\n`;
  }
}

function addressBeside(label: string, href: string): string {
  const address = href.replace(/^(?:https?:\/\/|mailto:|tel:)/, '');
  const said = label.toLowerCase().replace(NOT_SPOKEN, '');
  return said.includes(address.toLowerCase().replace(NOT_SPOKEN, ''))
    ? ''
    : ` (${address.replace(/\/$/, '')})`;
}

/**
 * The words of a reply without its markup, for screen readers, copying and the transcript. Rows of a table are
 * written as "header: value" pairs, items with their number or a bullet, links with their address unless the
 * label is the address.
 */
export function markdownToPlainText(text: string, words: PlainTextWords): string {
  const renderer = new PlainTextRenderer(words);
  const parser = new MarkdownParser(renderer);
  parser.write(text);
  parser.end();
  return renderer.result;
}
