// A page may load the script twice, or two versions of it: portals are assembled from parts. The second copy
// must leave before its Lit runs, because creating the Trusted Types policy a second time throws. A module
// cannot return early, so the whole chunk is put into a function that runs only the first time; what it
// exported is kept on the element's class, where the second copy finds it.
import MagicString from 'magic-string';

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

/**
 * @typedef {{ local: string, exported: string }} Export
 * @typedef {{ name: string } | { value: unknown }} ModuleName
 * @typedef {{ local: ModuleName, exported: ModuleName }} Specifier
 * @typedef {{ type: string, start: number, end: number, specifiers?: Specifier[], declaration?: unknown }} Statement
 */

/** @param {ModuleName} name */
const text = (name) => ('name' in name ? name.name : String(name.value));

/** @param {Statement[]} body @returns {Export[]} */
function exportsOf(body) {
  return body
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap(({ specifiers = [] }) => specifiers)
    .map(({ local, exported }) => ({ local: text(local), exported: text(exported) }));
}

/** @param {Statement[]} body */
function requireSelfContained(body) {
  for (const { type, declaration } of body)
    if (
      type === 'ImportDeclaration' ||
      type === 'ExportAllDeclaration' ||
      (type.startsWith('Export') && declaration)
    )
      throw new Error(`The script-tag bundle must be one chunk with an export list; found ${type}.`);
}

/**
 * Wraps a self-contained chunk.
 * @param {string} code an ES module without imports
 * @param {Statement[]} body its statements
 * @param {boolean} classic write a classic script, which exports nothing
 */
export function loadOnce(code, body, classic) {
  requireSelfContained(body);
  const exports = exportsOf(body);
  const output = new MagicString(code);
  for (const { type, start, end } of body) if (type === 'ExportNamedDeclaration') output.remove(start, end);
  const returned = exports.map(({ local, exported }) => `${exported}: ${local}`).join(', ');
  output.prepend(opening(classic ? '' : 'const module = ')).append(`\nreturn { ${returned} };\n});\n`);
  if (!classic) {
    const names = exports.map(({ exported }, index) => ({ exported, local: `export$${index}` }));
    const bindings = names.map(({ exported, local }) => `${exported}: ${local}`).join(', ');
    const list = names.map(({ exported, local }) => `${local} as ${exported}`).join(', ');
    output.append(`const { ${bindings} } = module;\nexport { ${list} };\n`);
  }
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
