import { expect, it } from 'vitest';
import fc from 'fast-check';
import { markdownToPlainText } from '../../../src/elements/markdown/plain-text.js';
import { en } from '../../../src/i18n/locales/en.js';
import { anyMarkdown } from './generated.js';

it.each([
  ['# Your results\nAll **normal**, `A1c` too.', 'Your results\n\nAll normal, A1c too.'],
  ['Take:\n1. one\n   - with food\n2. two\n\nDone.', 'Take:\n\n1. one\n  • with food\n2. two\n\nDone.'],
  ['5. five\n6. six', '5. five\n6. six'],
  ['| Drug | Dose |\n|---|---|\n| A | 5 mg |\n| B | |', 'Drug: A; Dose: 5 mg\nDrug: B'],
  ['| Drug | Dose |\n|---|---|', 'Drug; Dose'],
  ['[our page](https://x.example/a)', 'our page (x.example/a)'],
  ['[x.example](https://x.example/) https://x.example/b', 'x.example https://x.example/b'],
  ['[555-1234](tel:5551234) [call](tel:5551234)', '555-1234 call (5551234)'],
  ['[bad](javascript:x)', 'bad'],
  ['> a\n> b\n\n---\n\n```js\nlet x;\n```', 'a\nb\n\nlet x;'],
  ['<b>5 < 6</b>', '<b>5 < 6</b>'],
  ['Take ~~10 mg~~ **20 mg**', 'Take (crossed out: 10 mg, end of crossed out text) 20 mg'],
  [
    '| Drug | Dose |\n|---|---|\n| A | ~~5 mg~~ |',
    'Drug: A; Dose: (crossed out: 5 mg, end of crossed out text)',
  ],
  ['', ''],
])('reads %j', (markdown, text) => {
  expect(markdownToPlainText(markdown, en)).toBe(text);
});

it('never throws', () => {
  fc.assert(
    fc.property(anyMarkdown, (markdown) => typeof markdownToPlainText(markdown, en) === 'string'),
    { numRuns: 300 },
  );
});
