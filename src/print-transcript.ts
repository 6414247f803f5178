import type { PublicMessage } from './conversation/select-view.js';
import { createMarkdownStream } from './elements/markdown/markdown-stream.js';
import { formatMoment } from './i18n/formats.js';
import type { Strings } from './i18n/strings.js';
import type { Cancel } from './lib/clock.js';
import { authorOf, remarksOn } from './transcript.js';

const sheet = `
body { margin: 0; color: #000; background: #fff; font: 12pt/1.45 system-ui, sans-serif; }
h1 { font-size: 16pt; margin: 0 0 4pt; }
article { margin-block-start: 14pt; }
h2 { font-size: 11pt; margin: 0 0 2pt; break-after: avoid; }
h2 span { font-weight: normal; }
p, ul, ol, pre, blockquote { margin-block: 0 6pt; }
.typed { white-space: pre-wrap; }
pre { white-space: pre-wrap; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 2pt 6pt; text-align: start; }
a { color: inherit; }
.run { display: block; }
.visually-hidden { display: none; }`;

/** What is printed: the conversation, in the language and direction of the widget. */
export interface Sheet {
  readonly messages: readonly PublicMessage[];
  readonly strings: Strings;
  readonly locale: string;
  readonly dir: string;
}

/**
 * Prints the conversation alone, without the page around it: as a document of its own in a frame that nobody
 * sees. It is gone with the end of printing.
 *
 * @param place where in the page the frame stands
 * @returns takes the frame away, where the browser did not tell that printing is over
 */
export function printTranscript(place: ParentNode, content: Sheet): Cancel {
  const frame = document.createElement('iframe');
  // Not hidden: Firefox prints nothing of a frame that is. Not by an attribute: a page's policy may forbid it.
  Object.assign(frame.style, {
    position: 'fixed',
    inlineSize: '0',
    blockSize: '0',
    border: '0',
    opacity: '0',
  });
  frame.tabIndex = -1;
  frame.ariaHidden = 'true';
  place.append(frame);
  const { contentDocument: paper, contentWindow: printer } = frame;
  const remove = (): void => {
    frame.remove();
  };
  if (!paper || !printer) {
    remove();
    return remove;
  }
  write(paper, content);
  printer.addEventListener('afterprint', remove);
  printer.print();
  return remove;
}

function write(paper: Document, content: Sheet): void {
  const { strings, locale, dir, messages } = content;
  const { CSSStyleSheet: Sheet } = paper.defaultView as Window & typeof globalThis;
  const styles = new Sheet();
  styles.replaceSync(sheet);
  paper.adoptedStyleSheets = [styles];
  paper.documentElement.lang = locale;
  paper.documentElement.dir = dir;
  paper.title = strings.panelTitle;
  paper.body.append(
    element('h1', strings.panelTitle),
    element('p', strings.disclosure),
    ...messages.map((message) => article(message, content)),
  );
}

function article(message: PublicMessage, { strings, locale }: Sheet): Element {
  const heading = element('h2', authorOf(message, strings), ' ');
  heading.append(element('span', formatMoment(locale, Date.parse(message.at))));
  const text = message.role === 'agent' ? markdown(message.text, strings) : element('div', message.text);
  if (message.role !== 'agent') text.className = 'typed';
  text.dir = 'auto';
  const remarks = remarksOn(message, strings).map((remark) => element('p', remark));
  return element('article', heading, text, ...remarks);
}

function markdown(text: string, strings: Strings): HTMLElement {
  const box = element('div');
  const { table, codeBlock: code, crossedOut } = strings;
  const stream = createMarkdownStream(box, { strings: { newTab: '', table, code, crossedOut } });
  stream.write(text);
  stream.end();
  return box;
}

function element(tag: string, ...content: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
}
