import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMarkdownStream } from '../../../src/elements/markdown/markdown-stream.js';
import { anyCut, anyMarkdown } from './generated.js';
import '../../support/property-seed.js';

const strings = {
  newTab: '(opens in new tab)',
  table: 'Table',
  code: 'Code',
  crossedOut: (text: string): string => `(crossed out: ${text})`,
};

function render(markdown: string, sizes: readonly number[] = [markdown.length || 1]): HTMLElement {
  const container = document.createElement('div');
  const stream = createMarkdownStream(container, { strings });
  for (let at = 0, turn = 0; at < markdown.length; turn += 1) {
    const size = sizes[turn % sizes.length]!;
    stream.write(markdown.slice(at, at + size));
    at += size;
  }
  stream.end();
  return container;
}

const TAGS = new Set(
  'A BLOCKQUOTE BR CODE DEL DIV EM H3 H4 H5 H6 HR LI OL P PRE SPAN STRONG TABLE TBODY TD TH THEAD TR UL'.split(
    ' ',
  ),
);
const ATTRIBUTES = new Set(
  'aria-label class data-language href rel role scope start tabindex target title'.split(' '),
);
const CLASSES = new Set(['table', 'start', 'center', 'end', 'visually-hidden']);

/** Fails on anything that the reply could have smuggled into the document. */
function expectHarmless(container: Element): void {
  for (const element of container.querySelectorAll('*')) {
    expect(TAGS).toContain(element.tagName);
    for (const { name, value } of element.attributes) {
      expect(ATTRIBUTES).toContain(name);
      if (name === 'href') expect(value).toMatch(/^(?:https?:\/\/|mailto:|tel:)/);
      if (name === 'class') expect(CLASSES).toContain(value);
    }
  }
}

describe('elements', () => {
  it.each([
    ['# A\n#### B\n###### C', '<h3>A</h3><h6>B</h6><h6>C</h6>'],
    ['2. a\n3. b', '<ol start="2"><li>a</li><li>b</li></ol>'],
    ['a **b**\n*c*', '<p>a <strong>b</strong><br><em>c</em></p>'],
    [
      '```js\na<b\n```',
      '<pre tabindex="0" role="group" aria-label="Code"><code data-language="js">a&lt;b</code></pre>',
    ],
    [
      '[a](https://x.y/ "t")',
      '<p><a title="t" href="https://x.y/" rel="noopener noreferrer" target="_blank">a' +
        '<span class="visually-hidden"> (opens in new tab)</span></a></p>',
    ],
    ['[call](tel:911)', '<p><a href="tel:911" rel="noopener noreferrer">call</a></p>'],
    [
      '|A|B|\n|-|-:|\n|1|2|',
      '<div class="table" tabindex="0" role="region" aria-label="Table"><table>' +
        '<thead><tr><th scope="col">A</th><th scope="col" class="end">B</th></tr></thead>' +
        '<tbody><tr><td>1</td><td class="end">2</td></tr></tbody></table></div>',
    ],
    ['- a\n  - b\n\npara', '<ul><li>a<ul><li>b</li></ul></li></ul><p>para</p>'],
  ])('%j', (markdown, html) => {
    expect(render(markdown).innerHTML).toBe(html);
  });

  it('begins headings where the page asks', () => {
    const container = document.createElement('div');
    const stream = createMarkdownStream(container, { strings, headingBase: 2 });
    stream.write('# A');
    stream.end();
    expect(container.firstElementChild?.tagName).toBe('H2');
  });
});

describe('arrival in pieces', () => {
  it('builds the same nodes however the text was cut', () => {
    fc.assert(
      fc.property(anyMarkdown, anyCut, (markdown, cut) => {
        expect(render(markdown, cut).isEqualNode(render(markdown))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps text nodes bounded, whole characters together, and the same for every cut', () => {
    const text = '🙂x'.repeat(2000);
    const nodes = [...render(text, [7]).firstElementChild!.childNodes] as Text[];
    expect(nodes.length).toBe(6);
    expect(nodes.map((node) => node.data).join('') === text).toBe(true);
    for (const node of nodes)
      expect(node.data).toBe(new TextDecoder().decode(new TextEncoder().encode(node.data)));
    expect(render(text, [7]).isEqualNode(render(text))).toBe(true);
  });

  it('goes on in blocks of its own where a text has no end, the same for every cut', () => {
    const text = 'flood '.repeat(10_000);
    const container = render(text, [11]);
    const paragraph = container.firstElementChild!;
    const blocks = [...paragraph.querySelectorAll(':scope > .run')];
    expect(blocks.length).toBe(3);
    for (const block of [paragraph, ...blocks])
      expect([...block.childNodes].filter((node) => node instanceof Text).length).toBeLessThanOrEqual(16);
    expect(container.textContent).toBe(text.trimEnd());
    expect(container.isEqualNode(render(text))).toBe(true);
  });

  it('removes nothing and changes no text but by appending', () => {
    const markdown = 'a **b** [c](https://x.y)\n\n- d\n  - `e`\n\n|f|g|\n|-|-|\n|h|i|\n\n```\nj\n```\nk *l';
    const container = document.createElement('div');
    const stream = createMarkdownStream(container, { strings });
    const observer = new MutationObserver(() => {});
    observer.observe(container, {
      childList: true,
      characterData: true,
      subtree: true,
      characterDataOldValue: true,
    });
    const records: MutationRecord[] = [];
    for (const character of markdown) {
      stream.write(character);
      records.push(...observer.takeRecords());
    }
    stream.end();
    records.push(...observer.takeRecords());
    expect(records.length).toBeGreaterThan(20);
    for (const record of records) {
      expect(record.removedNodes.length).toBe(0);
      if (record.type === 'characterData') {
        expect((record.target as Text).data.startsWith(record.oldValue ?? '')).toBe(true);
      }
    }
  });

  it('touches the document as often late in a reply as early', () => {
    const container = document.createElement('div');
    const stream = createMarkdownStream(container, { strings });
    const observer = new MutationObserver(() => {});
    observer.observe(container, { childList: true, characterData: true, subtree: true });
    const mutations = Array.from({ length: 200 }, () => {
      stream.write('## A\n\nWords **and** more.\n\n- item\n\n');
      return observer.takeRecords().length;
    });
    expect(new Set(mutations.slice(1)).size).toBe(1);
  });
});

describe('hostile text', () => {
  const SCHEMES = [
    'javascript:',
    'JaVaScRiPt:',
    'java\tscript:',
    '\u0001javascript:',
    'javascript&colon;',
    'data:text/html,',
    'vbscript:',
  ];
  const SHAPES: ((payload: string) => string)[] = [
    (payload) => `[a](${payload}alert(1))`,
    (payload) => `[a](<${payload}alert(1)>)`,
    (payload) => `![a](${payload}alert(1) "t")`,
    (payload) => `<${payload}alert(1)>`,
    (payload) => `|a|\n|-|\n|[b](${payload}x)|`,
  ];

  it.each(SCHEMES.flatMap((scheme) => SHAPES.map((shape) => shape(scheme))))(
    'makes no link of %j',
    (markdown) => {
      const container = render(markdown);
      expect(container.querySelectorAll('a, img').length).toBe(0);
    },
  );

  it.each([
    '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<b style="x">y</b>',
    '<iframe srcdoc="x"></iframe>', '<!-- a -->', '<a href="javascript:x">y</a>', '&lt;b&gt;',
  ])('shows %j as text', (markdown) => {
    const container = render(markdown);
    expect(container.textContent).toBe(markdown);
    expectHarmless(container);
  }); // prettier-ignore

  it('cannot leave an attribute', () => {
    const container = render('[a](https://x.y/"onclick="z) [b](https://x.y \'"><i>\')\n```"><i>\nx');
    expectHarmless(container);
    expect(container.querySelectorAll('i').length).toBe(0);
  });

  it('makes only known elements and attributes of anything', () => {
    fc.assert(
      fc.property(anyMarkdown, (markdown) => expectHarmless(render(markdown))),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => expectHarmless(render(text))),
      { numRuns: 300 },
    );
  });
});
