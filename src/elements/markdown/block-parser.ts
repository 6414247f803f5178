import { InlineParser } from './inline-parser.js';
import { CLOSING_FENCE, FENCE, HEADING, ITEM, peekLine, RULE, UNDECIDED } from './line-markers.js';
import type { MarkdownAttributes, MarkdownTag, Renderer } from './renderer.js';
import { RowParser, tableHead, type TableHead } from './table.js';

/** Deepest nesting of lists and quotes together; markers beyond it are text. */
const MAX_DEPTH = 16;
interface Container {
  readonly tag: 'blockquote' | 'ol' | 'ul';
  /** Column of the newest marker; what follows belongs to its item from two columns further on. */
  column: number;
}

/** What text at the current position would go into. */
type Leaf = 'none' | 'text' | 'heading' | 'table' | 'fence';

/**
 * Parses markdown as it arrives and tells a {@link Renderer} what to append.
 *
 * The rule against flicker: what was shown is never taken back or changed. So text is held back while it could
 * still turn out to be something else: the marker at the beginning of a line (up to 100 characters), a table's
 * first line until its delimiter row (2,000), a link, address or code span until it ends (1,000), an emphasis
 * marker until its partner is seen. An emphasis longer than 128 characters is taken for granted and ends with
 * its line at the latest. {@link end} shows whatever is still held.
 *
 * Differences from CommonMark, all for text that arrives in pieces and is read in a chat: a single newline is a
 * line break; inline constructs end with their line; list items are nested from two columns on; only lines that
 * begin with `|` make a table; there are no setext headings, no indented code, no reference links and no HTML
 * (entities and tags are text).
 */
export class MarkdownParser {
  private readonly inline: InlineParser;
  private readonly containers: Container[] = [];
  private source = '';
  private at = 0;
  private final = false;

  private leaf: Leaf = 'none';
  /** Tags the leaf has open. */
  private leafTags = 0;
  /** What reads the rest of the line; undefined at the start of a line, before and between its markers. */
  private rest: (() => boolean) | undefined;
  /** Containers that the line has continued so far. */
  private matched = 0;
  private column = 0;
  /** The newest list item has nothing in it yet: its first text needs no paragraph. */
  private itemEmpty = false;

  private fence = '';
  private fenceColumn = 0;
  private fenceEmpty = true;
  private table: TableHead | undefined;
  private row: RowParser | undefined;

  constructor(private readonly renderer: Renderer) {
    this.inline = new InlineParser(renderer);
  }

  /** Parses more text. The work depends on the length of `delta`, not on what came before. */
  write(delta: string): void {
    this.source = this.source.slice(this.at) + delta.replaceAll('\r', '');
    this.at = 0;
    while (this.rest ? this.rest() : this.lineStart());
  }

  /** Shows what was held back and closes everything. Nothing may be written afterwards. */
  end(): void {
    this.final = true;
    this.write('');
    this.inline.finish();
    this.closeContainers(0);
  }

  /** Reads one marker, or all indentation; false where more text is needed. */
  private lineStart(): boolean {
    this.skipIndentation();
    const next = this.source[this.at];
    if (next === undefined) return false;
    const container = this.containers[this.matched];
    const blank = next === '\n';
    if (container && this.continues(container, next)) {
      this.matched += 1;
      if (container.tag === 'blockquote') this.advance(1);
      return true;
    }
    if (this.leaf === 'fence' && !container) return this.fenceLine();
    if (blank) return this.blankLine();
    if (this.leaf === 'table' && !container && next === '|') return this.openRow('td');
    if (this.leaf === 'table' || this.leaf === 'fence') this.closeContainers(this.matched);
    return this.block(next);
  }

  private skipIndentation(): void {
    for (let next; (next = this.source[this.at]) === ' ' || next === '\t'; this.at += 1) {
      this.column += next === '\t' ? 4 - (this.column % 4) : 1;
    }
  }

  /** Code in a fence needs no indentation to stay in its item: agents often forget it. */
  private continues({ tag, column }: Container, next: string): boolean {
    if (tag === 'blockquote') return next === '>';
    return next === '\n' || this.leaf === 'fence' || this.column >= column + 2;
  }

  private blankLine(): boolean {
    if (this.matched < this.containers.length) this.closeContainers(this.matched);
    else this.closeLeaf();
    return this.newline();
  }

  private block(next: string): boolean {
    if (next === '>' && this.matched < MAX_DEPTH) return this.openQuote();
    if (next === '|') return this.openTable();
    const { text, decided } = peekLine(this.source, this.at, this.final);
    if (!decided && UNDECIDED.test(text)) return false;
    let found: RegExpMatchArray | null;
    if ((found = text.match(HEADING))) return this.openHeading(found[1]!.length);
    if ((found = text.match(RULE))) return this.rule(found[0].length);
    if ((found = text.match(FENCE))) return this.openFence(found[0].length, found[1]!, found[2]!);
    if ((found = text.match(ITEM)) && this.openItem(found, text)) return true;
    return this.openText();
  }

  private openQuote(): true {
    this.closeContainers(this.matched);
    this.containers.push({ tag: 'blockquote', column: this.column });
    this.matched += 1;
    this.itemEmpty = false;
    this.renderer.open('blockquote');
    return this.advance(1);
  }

  private openHeading(level: number): true {
    this.openLeaf('heading', 'h', { level });
    this.rest = this.inlineRest;
    return this.advance(level);
  }

  private rule(length: number): true {
    this.openLeaf('none', 'hr');
    this.closeLeaf();
    this.at += length - 1;
    return this.newline();
  }

  /** False where the marker is text: too deep, or a number or a dash that merely begins a line of a paragraph. */
  private openItem([marker, number]: RegExpMatchArray, text: string): boolean {
    const tag = number === undefined ? 'ul' : 'ol';
    const start = Number(number ?? 1);
    const sibling = this.containers[this.matched];
    const continuesList = sibling?.tag === tag;
    const bare = text[marker.length] === '\n';
    if (!continuesList && this.leaf === 'text' && (start !== 1 || bare)) return false;
    if (!continuesList && this.matched >= MAX_DEPTH) return false;
    if (continuesList) {
      this.closeContainers(this.matched + 1);
      this.renderer.close();
      sibling.column = this.column;
    } else {
      this.closeContainers(this.matched);
      this.renderer.open(tag, start === 1 ? {} : { start });
      this.containers.push({ tag, column: this.column });
    }
    this.renderer.open('li');
    this.matched = this.containers.length;
    this.itemEmpty = true;
    return this.advance(marker.length);
  }

  private openText(): true {
    if (this.leaf === 'text') {
      this.renderer.open('br');
      this.renderer.close();
    } else if (this.itemEmpty && this.matched === this.containers.length) {
      this.leaf = 'text';
      this.itemEmpty = false;
    } else this.openLeaf('text', 'p');
    this.rest = this.inlineRest;
    return true;
  }

  private inlineRest = (): boolean => {
    const newline = this.source.indexOf('\n', this.at);
    const line = this.source.slice(this.at, newline < 0 ? this.source.length : newline);
    this.at += this.inline.parse(line, newline >= 0 || this.final);
    if (newline < 0) return false;
    this.inline.finish();
    if (this.leaf === 'heading') this.closeLeaf();
    return this.newline();
  };

  private openFence(length: number, fence: string, language: string): true {
    this.fenceColumn = this.column;
    this.openLeaf('fence', 'pre');
    this.renderer.open('code', language ? { language } : {});
    this.leafTags = 2;
    this.fence = fence;
    this.fenceEmpty = true;
    this.at += length - 1;
    return this.newline();
  }

  private fenceLine(): boolean {
    const { text, decided } = peekLine(this.source, this.at, this.final);
    const line = text.replace('\n', '');
    if (CLOSING_FENCE.test(line) && this.fence.startsWith(line.charAt(0))) {
      if (!decided) return false;
      if (text !== line && line.trimEnd().length >= this.fence.length) {
        this.closeLeaf();
        this.at += line.length;
        return this.newline();
      }
    }
    const indentation = ' '.repeat(Math.max(0, this.column - this.fenceColumn));
    this.renderer.text((this.fenceEmpty ? '' : '\n') + (line && indentation));
    this.fenceEmpty = false;
    this.rest = this.fenceRest;
    return true;
  }

  private fenceRest = (): boolean => {
    const newline = this.source.indexOf('\n', this.at);
    const end = newline < 0 ? this.source.length : newline;
    if (end > this.at) this.renderer.text(this.source.slice(this.at, end));
    this.at = end;
    return newline >= 0 && this.newline();
  };

  private openTable(): boolean {
    const head = tableHead(this.source.slice(this.at), this.final);
    if (head === undefined) return false;
    if (head === null) return this.openText();
    this.openLeaf('table', 'table');
    this.table = head;
    return this.openRow('th');
  }

  private openRow(tag: 'td' | 'th'): true {
    if (this.leafTags === 1) {
      this.renderer.open(tag === 'th' ? 'thead' : 'tbody');
      this.leafTags = 2;
    }
    this.renderer.open('tr');
    this.row = new RowParser(this.renderer, this.inline, tag, this.table!.columns);
    this.rest = this.rowRest;
    return this.advance(1);
  }

  private rowRest = (): boolean => {
    const row = this.row!;
    this.at += row.parse(this.source.slice(this.at), this.final);
    if (!row.done) return false;
    this.renderer.close();
    this.newline();
    if (row.tag === 'th') {
      this.renderer.close();
      this.leafTags = 1;
      this.at += this.table!.delimiter; // seen already, to tell that this is a table
    }
    return true;
  };

  private openLeaf(leaf: Leaf, tag: MarkdownTag, attributes?: MarkdownAttributes): void {
    this.closeContainers(this.matched);
    this.renderer.open(tag, attributes);
    this.leaf = leaf;
    this.leafTags = 1;
    this.itemEmpty = false;
  }

  private closeLeaf(): void {
    for (; this.leafTags > 0; this.leafTags -= 1) this.renderer.close();
    this.leaf = 'none';
  }

  private closeContainers(depth: number): void {
    this.closeLeaf();
    while (this.containers.length > depth) {
      if (this.containers.pop()!.tag !== 'blockquote') this.renderer.close();
      this.renderer.close();
      this.itemEmpty = false;
    }
  }

  private advance(length: number): true {
    this.at += length;
    this.column += length;
    return true;
  }

  /** Passes a newline, where there is one, and begins the next line. */
  private newline(): true {
    if (this.source[this.at] === '\n') this.at += 1;
    this.matched = 0;
    this.column = 0;
    this.rest = undefined;
    return true;
  }
}
