import type { InlineParser } from './inline-parser.js';
import type { Alignment, Renderer } from './renderer.js';

/** Longest first line, and longest delimiter row, of a table; longer ones are text. */
const LONGEST_ROW = 2000;

const DELIMITER_ROW = /^[ \t>]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*\n/;
const DELIMITER_BEGUN = /^[ \t>]*(?:\|[-: \t|]*)?$/;
const CELL_END = /\\[^\n]|[|\n]/g;

export interface TableHead {
  readonly columns: readonly Alignment[];
  /** Length of the delimiter row with its newline, if it has one. */
  readonly delimiter: number;
}

/**
 * Looks whether the line at the start of `source` is followed by a delimiter row and so heads a table.
 * @returns null where it does not, undefined while more text could tell
 */
export function tableHead(source: string, final: boolean): TableHead | null | undefined {
  const end = source.slice(0, LONGEST_ROW).indexOf('\n');
  if (end < 0) return source.length >= LONGEST_ROW || final ? null : undefined;
  let next = source.slice(end + 1, end + 1 + LONGEST_ROW);
  const full = next.length === LONGEST_ROW;
  if (final && !full) next += '\n';
  const row = next.match(DELIMITER_ROW)?.[0];
  if (row) return { columns: row.match(/:?-+:?/g)!.map(alignment), delimiter: row.length };
  return !full && DELIMITER_BEGUN.test(next) ? undefined : null;
}

function alignment(cell: string): Alignment {
  if (!cell.endsWith(':')) return cell.startsWith(':') ? 'start' : undefined;
  return cell.startsWith(':') ? 'center' : 'end';
}

/** Parses one row, from behind its first `|`, as it arrives. Cells beyond the head's are shown too: nothing is lost. */
export class RowParser {
  /** Whether the line has ended. */
  done = false;
  private column = 0;
  private cellOpen = false;

  constructor(
    private readonly renderer: Renderer,
    private readonly inline: InlineParser,
    readonly tag: 'td' | 'th',
    private readonly columns: readonly Alignment[],
  ) {}

  /** Consumes what can be decided, up to the newline, and returns how much that was. */
  parse(source: string, final: boolean): number {
    let at = 0;
    while (!this.done) {
      const end = cellEnd(source, at);
      const mark = source[end];
      const content = source.slice(at, end);
      const complete = mark !== undefined || final;
      if (/[^ \t]/.test(content) || mark === '|') this.openCell();
      const length = this.inline.parse(content, complete);
      at += length;
      if (length < content.length || !complete) break;
      this.closeCell();
      if (mark === '|') at += 1;
      else this.done = true;
    }
    return at;
  }

  private openCell(): void {
    if (this.cellOpen) return;
    const align = this.columns[this.column];
    this.renderer.open(this.tag, { align });
    this.column += 1;
    this.cellOpen = true;
  }

  private closeCell(): void {
    this.inline.finish();
    if (this.cellOpen) this.renderer.close();
    this.cellOpen = false;
  }
}

/** Where the next `|` without a backslash, or the newline, stands; else the end. */
function cellEnd(source: string, at: number): number {
  CELL_END.lastIndex = at;
  for (let found; (found = CELL_END.exec(source));) if (found[0].length === 1) return found.index;
  return source.length;
}
