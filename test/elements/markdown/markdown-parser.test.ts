import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkdownParser } from '../../../src/elements/markdown/block-parser.js';
import { anyCut, anyMarkdown } from './generated.js';
import { record, RecordingRenderer } from './recording-renderer.js';
import { expectLinear, stepsOf } from '../../support/steps.js';

const BLOCKS: Record<string, [markdown: string, expected: string]> = {
  'paragraphs and soft line breaks': ['a\nb\n\nc', '<p>a<br></br>b</p><p>c</p>'],
  'hard line breaks': ['a  \nb\\\nc', '<p>a<br></br>b<br></br>c</p>'],
  'Windows line ends': ['a\r\n\r\nb\r\n', '<p>a</p><p>b</p>'],
  headings: ['# a\n###### b\nc', '<h level=1>a</h><h level=6>b</h><p>c</p>'],
  'seven hashes and hashtags as text': ['####### a\n#b', '<p>####### a<br></br>#b</p>'],
  rules: ['a\n---\n* * *\n___', '<p>a</p><hr></hr><hr></hr><hr></hr>'],
  'a nested list, then a paragraph (peers: swallowed into the item)': [
    '- a\n  - b\n\npara',
    '<ul><li>a<ul><li>b</li></ul></li></ul><p>para</p>',
  ],
  'an ordered list with a start and bullets two columns in': [
    '3. a\n  - b\n4. c',
    '<ol start=3><li>a<ul><li>b</li></ul></li><li>c</li></ol>',
  ],
  'one list across blank lines': ['- a\n\n- b', '<ul><li>a</li><li>b</li></ul>'],
  'a second paragraph in an item': ['- a\n\n  b', '<ul><li>a<p>b</p></li></ul>'],
  'a number that begins a line': ['call\n555. Thanks', '<p>call<br></br>555. Thanks</p>'],
  'an item without text': ['-\n- a', '<ul><li></li><li>a</li></ul>'],
  quotes: ['> a\n> > b\n\nc', '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote><p>c</p>'],
  'a list in a quote': ['> - a\n>   b', '<blockquote><ul><li>a<br></br>b</li></ul></blockquote>'],
  'fenced code': ['```js x\na\n\n  *b*\n```\nc', '<pre><code language=js>a\n\n  *b*</code></pre><p>c</p>'],
  'code in an item': [
    '- a\n  ~~~\n  x\n   y\n  ~~~\n- b',
    '<ul><li>a<pre><code>x\n y</code></pre></li><li>b</li></ul>',
  ],
  'code that never ends': ['```\na', '<pre><code>a</code></pre>'],
  'three backticks within a line': ['```a``` b', '<p><code>a</code> b</p>'],
  'a table': [
    'x\n| A | B |\n|:--|--:|\n| 1 | **2** |\n|3\ny',
    '<p>x</p><table><thead><tr><th align=start>A</th><th align=end>B</th></tr></thead><tbody>' +
      '<tr><td align=start>1</td><td align=end><strong>2</strong></td></tr>' +
      '<tr><td align=start>3</td></tr></tbody></table><p>y</p>',
  ],
  'a table without rows': ['|A|\n|-|', '<table><thead><tr><th>A</th></tr></thead></table>'],
  'cells beyond the head, empty cells, escaped pipes': [
    '|A|\n|-|\n|1|| a\\|b |',
    '<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td><td></td><td>a|b</td></tr></tbody></table>',
  ],
  'a cell that begins with a space which does not break': [
    '|A|\n|-|\n| 1 |\u00a0*',
    '<table><thead><tr><th>A</th></tr></thead><tbody><tr><td>1</td><td>\u00a0*</td></tr></tbody></table>',
  ],
  'a bar that heads no table': ['| a |\n| b |', '<p>| a |<br></br>| b |</p>'],
};

const INLINES: Record<string, [markdown: string, expected: string]> = {
  emphasis: [
    '*a* _b_ **c** __d__ ~~e~~',
    '<em>a</em> <em>b</em> <strong>c</strong> <strong>d</strong> <del>e</del>',
  ],
  'both at once': ['***a***', '<em><strong>a</strong></em>'],
  'both, strong first to end': ['***a** b*', '<em><strong>a</strong> b</em>'],
  'both, emphasis first to end': ['***a* b**', '<strong><em>a</em> b</strong>'],
  'nested emphasis': ['**a *b***', '<strong>a <em>b</em></strong>'],
  'strong before a word': ['**Note:**text', '<strong>Note:</strong>text'],
  'strong without spaces': ['这是**重点**内容', '这是<strong>重点</strong>内容'],
  'sums, doses and names': ['5*3*2 ~5 mg~ a_b_c 2 * 3 *', '5*3*2 ~5 mg~ a_b_c 2 * 3 *'],
  'what never closes': ['**a *b `c [d', '**a *b `c [d'],
  'a marker hidden in code': ['**a `**` b**', '<strong>a <code>**</code> b</strong>'],
  code: ['`a*b*` `` ` `` `<b>`', '<code>a*b*</code> <code>`</code> <code>&lt;b></code>'.replace('&lt;', '<')],
  'code that ends at the first run of its length': [
    '``x`` ```*```*```*',
    '<code>x</code> <code>*</code><em>```</em>',
  ],
  escapes: ['\\*a\\* \\[b](c) \\d', '*a* [b](c) \\d'],
  'HTML and entities': ['<b>x</b> &lt; &amp;', '<b>x</b> &lt; &amp;'],
  links: ['[a *b*](https://x.y/ "t")', '<a href=https://x.y/ title=t>a <em>b</em></a>'],
  'links with brackets in the address': ['[a](https://x.y/b_(c))', '<a href=https://x.y/b_(c)>a</a>'],
  'addresses in angle brackets': [
    '[a](<tel:911>)<mailto:a@b.c>',
    '<a href=tel:911>a</a><a href=mailto:a@b.c>mailto:a@b.c</a>',
  ],
  'bare addresses': ['(see https://x.y/z).', '(see <a href=https://x.y/z>https://x.y/z</a>).'],
  'bare addresses in bold': ['**https://x.y/z**', '<strong><a href=https://x.y/z>https://x.y/z</a></strong>'],
  'links that may not be followed': ['[a](javascript:x) [b](/c) [d](//e.f)', 'a b d'],
  'images as links': [
    '![scan](https://x.y/i.png) ![a](data:image/png,x)',
    '<a href=https://x.y/i.png>scan</a> a',
  ],
  'brackets that are no link': ['[x] [1](note to self) a](b)', '[x] [1](note to self) a](b)'],
};

describe('blocks', () => {
  it.each(Object.entries(BLOCKS))('%s', (_name, [markdown, expected]) => {
    expect(record(markdown).markup).toBe(expected);
    expect(record(markdown, [1]).markup).toBe(expected);
  });
});

describe('inline', () => {
  it.each(Object.entries(INLINES))('%s', (_name, [markdown, expected]) => {
    expect(record(markdown).markup).toBe(`<p>${expected}</p>`);
    expect(record(markdown, [1]).markup).toBe(`<p>${expected}</p>`);
  });
});

describe('arrival in pieces', () => {
  it('gives the same document however the text was cut', () => {
    fc.assert(
      fc.property(anyMarkdown, anyCut, (markdown, cut) => {
        expect(record(markdown, cut).markup).toBe(record(markdown).markup);
      }),
      { numRuns: 2000 },
    );
  });

  it('closes whatever it opened', () => {
    fc.assert(
      fc.property(anyMarkdown, (markdown) => record(markdown).unclosed === 0),
      { numRuns: 500 },
    );
  });

  it('only ever appends to what is shown', () => {
    fc.assert(
      fc.property(anyMarkdown, (markdown) => {
        const whole = record(markdown).visible;
        const renderer = new RecordingRenderer();
        const parser = new MarkdownParser(renderer);
        for (const character of markdown) {
          parser.write(character);
          expect(whole.startsWith(renderer.visible)).toBe(true);
        }
      }),
      { numRuns: 300 },
    );
  });

  it.each(['[a](https://', '`', 'https://x', '<a', '| a', '| a |\n|', '**', '*', '-', '```', '1'])(
    'holds back a bounded tail after %j',
    (opening) => {
      const renderer = new RecordingRenderer();
      const parser = new MarkdownParser(renderer);
      parser.write(opening + '-'.repeat(5000));
      expect(renderer.visible.length).toBeGreaterThan(5000 - 2100);
    },
  );

  it('shows a word of plain text as soon as it is there', () => {
    const renderer = new RecordingRenderer();
    const parser = new MarkdownParser(renderer);
    parser.write('Take one');
    expect(renderer.visible).toBe('Take one');
  });

  it('shows long emphasis while it arrives', () => {
    const renderer = new RecordingRenderer();
    new MarkdownParser(renderer).write(`**${'word '.repeat(40)}`);
    expect(renderer.markup).toContain('<p><strong>word word');
  });
});

describe('hostile input', () => {
  const UNITS = [
    '- ', '> ', '[', '*', '`', '_a', '|', '(', '~~a', '**a ', '***a', '[a](', '![', '[x](y "', '`` ` ', '<a',
    'https://', '\\', '#', '1. ', ' ', '- a\n', '|\n|-|\n', ' a`b', '\n> - ',
  ]; // prettier-ignore

  it.each(UNITS)('asks for work in proportion to the length of %j × n', (unit) => {
    for (const count of [100, 1000, 10_000]) {
      const text = unit.repeat(count);
      expect(record(text, [5]).operations).toBeLessThanOrEqual(2 * text.length + 100);
    }
  });

  it.each(UNITS)('takes steps in proportion to the length of %j × n, whole and in pieces', async (unit) => {
    const stepsFor = (length: number, sizes?: readonly number[]): Promise<number> => {
      const text = unit.repeat(Math.ceil(length / unit.length));
      return stepsOf(() => record(text, sizes));
    };
    // Longer than what is held back at most: only beyond that does the length alone tell.
    expectLinear([await stepsFor(3_000), await stepsFor(30_000), await stepsFor(300_000)]);
    expectLinear([await stepsFor(3_000, [5]), await stepsFor(30_000, [5])]);
  });

  it('nests no deeper than 16 lists and quotes', () => {
    const steps = Array.from({ length: 200 }, (_, level) => `${' '.repeat(2 * level)}- a`).join('\n');
    expect(record(steps).deepest).toBeLessThanOrEqual(2 * 16 + 2);
    expect(record('> '.repeat(500)).deepest).toBeLessThanOrEqual(18);
  });

  it('nests emphasis no deeper than 9', () => {
    expect(record('*a **b '.repeat(50) + '** *'.repeat(50)).deepest).toBeLessThanOrEqual(11);
  });
});
