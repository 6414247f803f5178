// A page may load the script twice, or two versions of it: portals are assembled from parts. The second copy
// must leave before its Lit runs, because creating the Trusted Types policy a second time throws. A module
// cannot return early, so the whole chunk is put into a function that runs only the first time; what it
// exported is kept on the element's class, where the second copy finds it.
//
// A classic script finds the files beside it by its own address. `import('./x.js')` alone would, too, but not
// where it comes from another origin without `crossorigin`: there the browser hides the script's address from it.
import MagicString from 'magic-string';
import { exportsOf, requireSelfContained, returned } from './chunk.mjs';

const tagName = 'amigo-chat';

/** Where the first copy keeps its exports. A registered symbol, because another version must find it too. */
export const exportsKey = 'amigo-chat:exports';

const opening = (/** @type {string} */ binding) => `${binding}((load) => {
  if (typeof customElements === 'undefined') return {};
  const key = Symbol.for('${exportsKey}');
  const present = customElements.get('${tagName}');
  if (present) return present[key] ?? { AmigoChat: present };
  const loaded = load();
  const defined = customElements.get('${tagName}');
  if (defined) Object.defineProperty(defined, key, { value: loaded });
  return loaded;
})(() => {
`;

/** The address is there only while the script runs. Inside a page, or put together with others, it has none. */
const addressing = `const address$ = document.currentScript?.src;
const beside$ = (file) => (address$ ? new URL(file, address$).href : file);
`;

/** @param {MagicString} output @param {any} node */
function addressImports(output, node) {
  if (typeof node !== 'object' || node === null) return;
  if (node.type === 'ImportExpression')
    output.appendLeft(node.source.start, 'beside$(').appendRight(node.source.end, ')');
  for (const child of Object.values(node)) addressImports(output, child);
}

/**
 * Wraps a self-contained chunk.
 * @param {string} code an ES module without imports
 * @param {import('./chunk.mjs').Statement[]} body its statements
 * @param {boolean} classic write a classic script, which exports nothing
 */
export function loadOnce(code, body, classic) {
  requireSelfContained(body);
  const exports = exportsOf(body);
  const output = new MagicString(code);
  for (const { type, start, end } of body) if (type === 'ExportNamedDeclaration') output.remove(start, end);
  if (classic) {
    addressImports(output, body);
    output.prepend(addressing);
  }
  output.prepend(opening(classic ? '' : 'const module$ = ')).append(`\n${returned(exports)}\n});\n`);
  if (!classic)
    output.append(`export const { ${exports.map(({ exported }) => exported).join(', ')} } = module$;\n`);
  return output;
}

/**
 * The plugin for one output.
 * @param {{ classic: boolean }} options
 * @returns {import('vite').Plugin}
 */
export function loadOncePlugin({ classic }) {
  return {
    name: 'amigo-chat:load-once',
    renderChunk(code, chunk) {
      if (!chunk.isEntry) return null;
      const { body } = this.parse(code);
      const output = loadOnce(code, /** @type {any} */ (body), classic);
      return { code: output.toString(), map: output.generateMap({ hires: true }) };
    },
  };
}
