import fc from 'fast-check';

/** Pieces that meet each other's edges: markers, half constructs, and words between them. */
const PIECES = [
  ...'*_~`[]()<>!|\\#->+:"\' \n\t&h1',
  '**', '***', '~~', '``', '```', '~~~', '\n\n', '\n- ', '\n  - ', '\n1. ', '\n3) ', '\n> ', '\n## ', '\n---\n',
  '\n| a | b |\n|---|:-:|\n| 1 |', '|--', '](', '[a](https://a.b)', 'https://a.b/c_d', 'http', '<https://x.y>',
  '![', '\\*', '\\|', ' | ', 'word', 'ein Wort', '你好', '🙂', '\u00a0', '\u2028', '\r\n', '<b onclick=x>',
]; // prettier-ignore

/** Markdown that no author would write, up to about 200 characters. */
export const anyMarkdown = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 40 })
  .map((pieces) => pieces.join(''));

/** Sizes of the pieces in which a reply arrives. */
export const anyCut = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 });
