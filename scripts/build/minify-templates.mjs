// Takes the layout of the source out of css`` and html`` templates, which no JavaScript minifier may touch.
// Only what cannot change the meaning goes: in HTML a run of white space stays one space, because between
// inline elements it is visible.
import MagicString from 'magic-string';

/** White space and comments of CSS; quoted text is left as it is. @param {string} css */
export function minifyCss(css) {
  return css
    .split(/("[^"\n]*"|'[^'\n]*')/)
    .map((part, index) => (index % 2 === 1 ? part : minifyUnquoted(part)))
    .join('');
}

/** @param {string} css */
function minifyUnquoted(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,]) ?/g, '$1')
    .replace(/: /g, ':')
    .replaceAll(';}', '}');
}

/** Runs of white space become one space. @param {string} html */
export function minifyHtml(html) {
  return /<(?:pre|textarea)\b/.test(html) ? html : html.replace(/\s*\n\s*/g, ' ');
}

/** @type {Record<string, (text: string) => string>} */
const minifiers = { css: minifyCss, html: minifyHtml, svg: minifyHtml };

/**
 * Every tagged template below a syntax node that we minify.
 * @param {any} node
 * @param {(tag: string, quasis: any[]) => void} found
 */
function visitTemplates(node, found) {
  if (typeof node !== 'object' || node === null) return;
  if (node.type === 'TaggedTemplateExpression' && node.tag.name in minifiers)
    found(node.tag.name, node.quasi.quasis);
  for (const child of Object.values(node)) visitTemplates(child, found);
}

/**
 * @param {string} code a module after TypeScript
 * @param {unknown} program its syntax tree
 * @returns {MagicString}
 */
export function minifyTemplates(code, program) {
  const output = new MagicString(code);
  visitTemplates(program, (tag, quasis) => {
    for (const { start, end } of quasis) {
      const text = code.slice(start, end);
      const minified = minifiers[tag]?.(text) ?? text;
      if (minified !== text && start < end) output.update(start, end, minified);
    }
  });
  return output;
}

/** @returns {import('vite').Plugin} */
export function minifyTemplatesPlugin() {
  return {
    name: 'amigo-chat:minify-templates',
    enforce: 'post',
    transform: {
      filter: { id: /[\\/]src[\\/].*\.ts$/, code: /\b(?:css|html|svg)`/ },
      handler(code) {
        const output = minifyTemplates(code, this.parse(code));
        return output.hasChanged()
          ? { code: output.toString(), map: output.generateMap({ hires: true }) }
          : null;
      },
    },
  };
}
