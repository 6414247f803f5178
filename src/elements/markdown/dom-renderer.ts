import type { MarkdownAttributes, MarkdownTag, Renderer } from './renderer.js';

/** The few words that are not the reply's own. */
export interface MarkdownStrings {
  /** Read after a link that opens in a new tab, e.g. "(opens in new tab)". */
  readonly newTab: string;
  /** Accessible name of a table's scrolling region. */
  readonly table: string;
  /** Accessible name of a scrolling block of code. */
  readonly code: string;
  /** Read around text that is struck through. Few screen readers say so by themselves. */
  readonly crossedOut: (text: string) => string;
}

export interface DomRendererOptions {
  readonly strings: MarkdownStrings;
  /** Heading element for `#`, 1 to 6; default 3, below the portal's own title and the chat's. */
  readonly headingBase?: number | undefined;
}

/** Stands for the struck text in the words around it. */
const STRUCK = '\0';

/** Longest text node: appending copies the node's text, so without a bound a long line costs its square. */
const LONGEST_TEXT = 1024;

/**
 * Text nodes in a row that stand in one block. A browser lays out a whole block again when its text grows, and
 * Chromium was seen to crash on one of 600 KB that did: text without any end goes on in blocks of its own.
 */
const LONGEST_RUN = 16;

/** Second half of a character that two UTF-16 units make, which must not be parted from the first. */
function isLowSurrogate(unit: number): boolean {
  return (unit & 0xfc00) === 0xdc00;
}

/** Appends elements and text nodes to a container. No HTML is parsed and no tag name comes from the reply. */
export class DomRenderer implements Renderer {
  private readonly path: Node[] = [];
  private pendingText = '';

  constructor(
    private node: Node,
    private readonly options: DomRendererOptions,
  ) {}

  open(tag: MarkdownTag, attributes: MarkdownAttributes = {}): void {
    this.flush();
    this.path.push(this.node);
    this.node = this.node.appendChild(this.create(tag, attributes));
    if (tag === 'table') this.node = this.node.appendChild(document.createElement('table'));
    if (tag === 'del') this.say(0);
  }

  close(): void {
    this.flush();
    if (this.node instanceof HTMLAnchorElement && this.node.target)
      this.hide(` ${this.options.strings.newTab}`);
    if (this.node.nodeName === 'DEL') this.say(1);
    this.node = this.path.pop()!;
  }

  text(value: string): void {
    this.pendingText += value;
  }

  /** Puts text that has come since the last tag into the document; call it once per chunk. */
  flush(): void {
    let rest = this.pendingText;
    this.pendingText = '';
    while (rest) {
      const block = this.block();
      const last = block.lastChild;
      const node = last instanceof Text ? last : undefined;
      const room = node ? Math.max(0, LONGEST_TEXT - node.length) : 0;
      const end = node && isLowSurrogate(rest.charCodeAt(room)) ? room + 1 : room;
      if (node && end > 0) node.appendData(rest.slice(0, end));
      else newTextIn(block);
      rest = rest.slice(end);
    }
  }

  /** Where text goes next: the innermost element, or the newest block of one whose text has grown too long. */
  private block(): Node {
    const { lastChild } = this.node;
    return lastChild instanceof HTMLElement && lastChild.className === 'run' ? lastChild : this.node;
  }

  private create(tag: MarkdownTag, attributes: MarkdownAttributes): HTMLElement {
    const { strings, headingBase = 3 } = this.options;
    const { level = 1, start, language, href, title, align } = attributes;
    if (tag === 'table') return scroller('div', 'table', 'region', strings.table);
    if (tag === 'pre') return scroller('pre', '', 'group', strings.code);
    const element = document.createElement(tag === 'h' ? `h${Math.min(6, headingBase + level - 1)}` : tag);
    if (start !== undefined) element.setAttribute('start', `${start}`);
    if (language) element.dataset['language'] = language;
    if (tag === 'th') element.setAttribute('scope', 'col');
    if (align) element.className = align;
    if (title) element.title = title;
    if (href) link(element, href);
    return element;
  }

  /** Says where struck text begins (0) and ends (1): a dose that is crossed out must not be heard as valid. */
  private say(end: 0 | 1): void {
    this.hide(this.options.strings.crossedOut(STRUCK).split(STRUCK)[end] ?? '');
  }

  /** Adds text that is heard and not seen. */
  private hide(text: string): void {
    const note = document.createElement('span');
    note.className = 'visually-hidden';
    note.textContent = text;
    this.node.appendChild(note);
  }
}

/** Adds an empty text node, in a block of its own where too many stand in a row already. */
function newTextIn(block: Node): void {
  let row = 0;
  for (let node = block.lastChild; node instanceof Text; node = node.previousSibling) row += 1;
  const text = document.createTextNode('');
  if (row < LONGEST_RUN) {
    block.appendChild(text);
    return;
  }
  const run = document.createElement('span');
  run.className = 'run';
  run.append(text);
  const whole = block instanceof HTMLElement && block.className === 'run';
  if (whole) block.after(run);
  else block.appendChild(run);
}

/** Scrolls by keyboard too, so it takes focus and has a name. */
function scroller(tag: string, className: string, role: string, label: string): HTMLElement {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.tabIndex = 0;
  element.setAttribute('role', role);
  element.setAttribute('aria-label', label);
  return element;
}

/** Web pages open beside the portal; the mail and telephone programs open by themselves. */
function link(element: HTMLElement, href: string): void {
  element.setAttribute('href', href);
  element.setAttribute('rel', 'noopener noreferrer');
  if (href.startsWith('http')) element.setAttribute('target', '_blank');
}
