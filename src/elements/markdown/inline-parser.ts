import { EMPHASIS_LOOKAHEAD, firstCloser, mayClose, VISIBLE, WORD } from './emphasis.js';
import type { MarkdownTag, MarkdownAttributes, Renderer } from './renderer.js';
import { safeHref } from './safe-href.js';

/** Longest link, code span or run of markers, in UTF-16 units; what is longer is shown as it was typed. */
const LONGEST_SPAN = 1000;
/** Deepest nesting of emphasis; further markers are text. */
const MAX_DEPTH = 8;
/** "Nothing consumed: ask again with more text." */
const WAIT = 0;

const PLAIN = /[^ \t\\`*_~[!<hH]+/y;
const SPACES = /[ \t]+/y;
const MARKERS = /\*+|_+|~+/y;
const TICKS = /`+/y;
const CODE = /(`+)([^`](?:[^]*?[^`])??)\1(?=[^`])/y;
const LABEL = String.raw`!?\[((?:\\[^]|[^\\[\]])*)`;
const LINK = new RegExp(
  LABEL +
    String.raw`\]\((?:<([^\s<>]*)>|(?!<)((?:\\\S|[^\\\s()]|\([^\\\s()]*\))*))(?:\s+(?:"([^"]*)"|'([^']*)'))?\s*\)`,
  'y',
);
/** Every beginning of a LINK: what does not match can be shown at once. */
const LINK_BEGUN = new RegExp(LABEL + String.raw`(?:\\|\]|\]\(\S*(?:\s+(?:["'][^]*)?)?)?$`, 'y');
const ANGLE_LINK = /<((?:https?:\/\/|mailto:|tel:)[^\s<>]*)>/iy;
const ANGLE_BEGUN = /<(?:[a-z][^\s<>]*)?$/iy;
const BARE_LINK = /https?:\/\/[^\s<>"\\`]*/iy;
const PUNCTUATION = /[!-/:-@[-`{-~]/;

interface Emphasis {
  readonly mark: string;
  readonly size: number;
}

function match(pattern: RegExp, text: string, at = 0): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

/** Punctuation that ends a sentence rather than an address; a bracket belongs to it only if it opened there. */
function trimAddress(address: string): string {
  const loose = address.includes('(') ? `?!.,:;*_~'"]` : `?!.,:;*_~'"])`;
  let end = address.length;
  while (loose.includes(address.charAt(end - 1))) end -= 1;
  return address.slice(0, end);
}

/**
 * Parses the text of one line (a paragraph's, a heading's, a table cell's) as it arrives.
 *
 * Every decision depends on the text alone, never on where it was cut into chunks: a construct that could
 * still become something else is left unconsumed until a bounded number of characters tells. Patterns look at
 * bounded windows only, so work is linear in the text whatever it contains.
 */
export class InlineParser {
  private readonly open: Emphasis[] = [];
  private previous = ' ';
  private empty = true;
  private spacePending = false;

  /** @param withinLink - true for a link's own label, where addresses stay text */
  constructor(
    private readonly renderer: Renderer,
    private readonly withinLink = false,
  ) {}

  /**
   * Consumes as much of `source` as can be decided and returns how much that was.
   * @param complete - whether the line ends where `source` ends; then everything is consumed
   */
  parse(source: string, complete: boolean): number {
    let at = 0;
    while (at < source.length) {
      const length = this.step(source, at, complete);
      if (length === WAIT) break;
      at += length;
      this.previous = source.charAt(at - 1);
    }
    return at;
  }

  /** Ends the line: closes what is open and forgets trailing spaces. */
  finish(): void {
    this.closeTo(0);
    this.previous = ' ';
    this.empty = true;
    this.spacePending = false;
  }

  private step(source: string, at: number, complete: boolean): number {
    switch (source[at]) {
      case ' ':
      case '\t':
        this.spacePending = true;
        return match(SPACES, source, at)![0].length;
      case '\\':
        return this.escape(source[at + 1], complete);
      case '*':
      case '_':
      case '~':
        return this.emphasis(source, at, complete);
      case 'h':
      case 'H':
        if (this.withinLink || WORD.test(this.previous)) return this.say('h', source[at]);
    }
    const plain = match(PLAIN, source, at);
    if (plain) return this.say(plain[0]);
    const span = source.slice(at, at + LONGEST_SPAN);
    return this.span(span, complete || span.length === LONGEST_SPAN);
  }

  /** Constructs that are shown whole or not at all. */
  private span(source: string, ended: boolean): number {
    switch (source[0]) {
      case '`':
        return this.code(source, ended);
      case '<':
        return this.angleLink(source, ended);
      case 'h':
      case 'H':
        return this.bareLink(source, ended);
      default:
        return this.link(source, ended);
    }
  }

  private escape(next: string | undefined, complete: boolean): number {
    if (next === undefined) return complete ? 1 : WAIT; // at the end of a line: a line break
    if (!PUNCTUATION.test(next)) return this.say('\\');
    this.say(next);
    return 2;
  }

  private code(source: string, ended: boolean): number {
    const code = match(CODE, ended ? `${source}\n` : source);
    if (!code) return ended ? this.say(match(TICKS, source)![0]) : WAIT;
    const content = code[2]!;
    const padded = content.startsWith(' ') && content.endsWith(' ') && content.trim();
    this.element('code', {}, () => this.renderer.text(padded ? content.slice(1, -1) : content));
    return code[0].length;
  }

  private link(source: string, ended: boolean): number {
    const link = this.withinLink ? null : match(LINK, source);
    if (link) {
      const [whole, label = '', angle, plain = '', title, title2] = link;
      this.anchor((angle ?? plain).replace(/\\(\W)/g, '$1'), label, title ?? title2);
      return whole.length;
    }
    const begun = !this.withinLink && (source === '!' || match(LINK_BEGUN, source));
    return begun && !ended ? WAIT : this.say(source[0]!);
  }

  private angleLink(source: string, ended: boolean): number {
    const link = this.withinLink ? null : match(ANGLE_LINK, source);
    if (!link) return !ended && match(ANGLE_BEGUN, source) ? WAIT : this.say('<');
    this.anchor(link[1]!, '');
    return link[0].length;
  }

  private bareLink(source: string, ended: boolean): number {
    const found = match(BARE_LINK, source)?.[0];
    if (!found) {
      const start = source.slice(0, 8).toLowerCase();
      const begun = 'https://'.startsWith(start) || 'http://'.startsWith(start);
      return begun && !ended ? WAIT : this.say(source[0]!);
    }
    if (found.length === source.length && !ended) return WAIT;
    const address = trimAddress(found);
    const usable = found.length < LONGEST_SPAN && safeHref(address);
    if (!usable) return this.say(source[0]!);
    this.anchor(address, '');
    return address.length;
  }

  /** A link whose address may not be followed is its label and nothing more. */
  private anchor(address: string, label: string, title?: string): void {
    const href = safeHref(address);
    const content = (): void => {
      if (!label) return this.renderer.text(address);
      const inner = new InlineParser(this.renderer, true);
      inner.parse(label, true);
      inner.finish();
    };
    if (href) this.element('a', { href, title }, content);
    else {
      this.flushSpace();
      content();
    }
  }

  private emphasis(source: string, at: number, complete: boolean): number {
    const run = match(MARKERS, source.slice(at, at + LONGEST_SPAN))![0];
    const mark = run.charAt(0);
    const size = run.length;
    const next = source[at + size] ?? ' ';
    if (at + size === source.length && !complete && size < LONGEST_SPAN) return WAIT;
    if (this.mayClose(mark, this.previous, next) && this.closeEmphasis(mark, size)) return size;
    if (!this.mayOpen(mark, size, next)) return this.say(run);
    const start = at + size;
    const ahead = source.slice(start, start + EMPHASIS_LOOKAHEAD);
    const full = ahead.length === EMPHASIS_LOOKAHEAD;
    const closer = firstCloser(ahead, mark, size, complete || full);
    if (closer === undefined) return WAIT;
    if (!closer && !full) return this.say(run);
    this.openEmphasis(mark, size, closer);
    return size;
  }

  /** Unlike CommonMark, `**Note:**text` closes, which languages without spaces need. */
  private mayClose(mark: string, before: string, after: string): boolean {
    return mayClose(mark, before, after) && this.open.some((emphasis) => emphasis.mark === mark);
  }

  /** Unlike CommonMark, a single `*` does not open within a word: "5*3" is a sum; nor does a single `~` ("~5 mg"). */
  private mayOpen(mark: string, size: number, after: string): boolean {
    if (!VISIBLE.test(after) || this.open.length >= MAX_DEPTH) return false;
    if (mark === '~') return size === 2;
    return size <= 3 && ((mark === '*' && size > 1) || !WORD.test(this.previous));
  }

  private openEmphasis(mark: string, size: number, firstCloser: number): void {
    const sizes = size < 3 ? [size] : firstCloser === 1 ? [2, 1] : [1, 2];
    this.flushSpace();
    for (const part of sizes) {
      this.open.push({ mark, size: part });
      this.renderer.open(mark === '~' ? 'del' : part === 1 ? 'em' : 'strong');
    }
  }

  /** Closes what `size` markers can close and shows those left over; false where they close nothing. */
  private closeEmphasis(mark: string, size: number): boolean {
    let left = size;
    while (left > 0) {
      const fits = (exact: boolean): number =>
        this.open.findLastIndex((it) => it.mark === mark && (exact ? it.size === left : it.size < left));
      const exact = fits(true);
      const index = exact < 0 ? fits(false) : exact;
      if (index < 0) break;
      left -= this.open[index]!.size;
      this.closeTo(index);
    }
    if (left === size) return false;
    if (left > 0) this.say(mark.repeat(left));
    return true;
  }

  private closeTo(depth: number): void {
    while (this.open.length > depth) {
      this.open.pop();
      this.renderer.close();
    }
  }

  private element(tag: MarkdownTag, attributes: MarkdownAttributes, content: () => void): void {
    this.flushSpace();
    this.renderer.open(tag, attributes);
    content();
    this.renderer.close();
  }

  private say(text: string, shown = text): number {
    this.flushSpace();
    this.renderer.text(shown);
    return text.length;
  }

  private flushSpace(): void {
    if (this.spacePending && !this.empty) this.renderer.text(' ');
    this.spacePending = false;
    this.empty = false;
  }
}
