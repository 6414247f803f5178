// What the script-tag bundle lends to the files that it loads on demand, so that Lit, the base styles, the texts
// and our elements exist once on a page. Such a file cannot import the bundle: a classic script has no address
// to import, and a query string or an integrity hash would make a second instance of a module. So it is built
// as a function of what it takes from the bundle, and the bundle calls it:
//
//   in the source    import('./language-select.js')                       (left alone in the npm package)
//   in the bundle    lend(import('./language-select.js'))
//   in the file      export default (core) => { const { LitElement, html } = core; …; return { … } }
//
// What is lent follows from the sources: every name that a file takes from a shared module. A file that takes
// none stays a plain module.
import MagicString from 'magic-string';
import { parseSync } from 'vite';
import { relative } from 'node:path';
import { root } from '../install.mjs';
import { exportsOf, namesIn, requireSelfContained, returned } from './chunk.mjs';
import { loadsOnDemand, moduleOf, walk } from './module-graph.mjs';
import { onDemandFiles, sourceOf } from './on-demand.mjs';

/** The module, made by the build, that lends; how a borrowed one is called; and what all that is lent is called. */
const lender = 'amigo-chat:lender';
const borrowed = 'amigo-chat:core/';
const core = 'core$';

/** Decorators become plain members before anything is bundled. */
const dissolved = 'lit/decorators.js';

/** Our sources that the bundle holds from the start. */
export const inCore = walk(['src/index.ts'], () => true);

/**
 * Whether a module exists once for the whole page: Lit, and what elements are made of, where the bundle has it
 * anyway. The rest (the wire, small helpers, zod) has no identity; a file that wants some brings its own, and the
 * bundle stays free to inline or drop it.
 * @param {string} module as `module-graph` names it
 */
export const isShared = (module) =>
  /^lit(?:\/|$)/.test(module)
    ? module !== dissolved
    : inCore.has(module) && /^src\/(?:elements|theme|i18n\/locales)\//.test(module);

/**
 * What an on-demand module takes from shared ones, and whether it has to be lent anything: it does, too, where it
 * only loads another on-demand module and has to pass things on.
 * @param {string} source
 */
function needsOf(source) {
  /** @type {Map<string, Set<string>>} */
  const taken = new Map();
  const own = walk([source], ({ module, names }) => {
    if (!isShared(module)) return module !== dissolved;
    if (!names) throw new Error(`${source} takes all of ${module}: it has to name what it needs.`);
    taken.set(module, new Set([...(taken.get(module) ?? []), ...names]));
    return false;
  });
  return { taken, borrows: taken.size > 0 || [...own].some(loadsOnDemand) };
}

const needs = new Map([...onDemandFiles.keys()].map((source) => [source, needsOf(source)]));

/** Whether an on-demand module is built as a function. @param {string} source */
export const borrows = (source) => needs.get(source)?.borrows ?? false;

/** @returns {Map<string, string>} every name that is lent → its module */
function lentNames() {
  const lent = new Map();
  for (const { taken } of needs.values())
    for (const [module, names] of taken)
      for (const name of names) {
        const other = lent.get(name) ?? module;
        if (other !== module)
          throw new Error(`Both ${module} and ${other} lend "${name}": one has to be renamed.`);
        lent.set(name, module);
      }
  return lent;
}

/** The lender inside the bundle. Names are read when a file has come: by then every module has run. */
function lendingCode() {
  const lent = [...lentNames()].sort(([one], [other]) => (one < other ? -1 : 1));
  const address = (/** @type {string} */ module) => (module.startsWith('src/') ? `/${module}` : module);
  const imports = lent.map(([name, module]) => `import { ${name} } from '${address(module)}';`);
  const names = lent.map(([name]) => name).join(', ');
  return `${imports.join('\n')}\nexport const lend = async (file) => (await file).default({ ${names} });`;
}

/** The lender inside an on-demand file, which passes on what it was lent itself. */
const passingOn = `export const lend = async (file) => (await file).default(${core});`;

/**
 * @param {string} code a module in TypeScript
 * @param {string} id its file name
 * @param {(specifier: string) => boolean} lends whether the module at that specifier is to be lent something
 */
export function lendToImports(code, id, lends) {
  const output = new MagicString(code);
  /** @param {any} node */
  const visit = (node) => {
    if (typeof node !== 'object' || node === null) return;
    if (node.type === 'ImportExpression' && lends(node.source.value))
      output.appendLeft(node.start, 'lend(').appendRight(node.end, ')');
    Object.values(node).forEach(visit);
  };
  visit(parseSync(id, code).program);
  if (output.hasChanged()) output.prepend(`import { lend } from '${lender}';\n`);
  return output;
}

/**
 * Lends to whatever is imported on demand.
 * @param {{ inCore: boolean }} where
 * @returns {import('vite').Plugin}
 */
export function lendPlugin({ inCore: isCore }) {
  return {
    name: 'amigo-chat:lend',
    enforce: 'pre',
    resolveId: { filter: { id: new RegExp(`^${lender}$`) }, handler: () => `\0${lender}` },
    load: { filter: { id: new RegExp(`${lender}$`) }, handler: () => (isCore ? lendingCode() : passingOn) },
    transform: {
      filter: { id: /[\\/]src[\\/].*\.ts$/, code: /\bimport\(/ },
      handler(code, id) {
        const output = lendToImports(code, id, (specifier) => borrows(sourceOf(specifier, id)));
        return output.hasChanged()
          ? { code: output.toString(), map: output.generateMap({ hires: true }) }
          : null;
      },
    },
  };
}

/**
 * Makes a chunk a function of what it borrows. Called again, it hands out what the first call made.
 * @param {string} code an ES module whose imports are all borrowed
 * @param {import('./chunk.mjs').Statement[]} body its statements
 */
export function asFunctionOfCore(code, body) {
  requireSelfContained(body, (address) => address.startsWith(borrowed));
  const output = new MagicString(code);
  for (const statement of body)
    if (statement.type === 'ImportDeclaration') {
      const names = namesIn(statement).map(({ imported, local }) => `${imported}: ${local}`);
      output.update(statement.start, statement.end, `const { ${names.join(', ')} } = ${core};`);
    } else if (statement.type === 'ExportNamedDeclaration') output.remove(statement.start, statement.end);
  return output
    .prepend(`let made$;\nconst make$ = (${core}) => {\n`)
    .append(`\n${returned(exportsOf(body))}\n};\nexport default (${core}) => (made$ ??= make$(${core}));\n`);
}

/**
 * For the build of one on-demand file.
 * @param {string} source the on-demand module
 * @returns {import('vite').Plugin}
 */
export function borrowPlugin(source) {
  return {
    name: 'amigo-chat:borrow',
    enforce: 'pre',
    resolveId(specifier, importer) {
      if (!importer || specifier === lender) return null;
      const module = moduleOf(relative(root, importer), specifier);
      return isShared(module) ? { id: borrowed + module, external: true, moduleSideEffects: false } : null;
    },
    renderChunk(code) {
      if (!borrows(source)) return null;
      const { body } = this.parse(code);
      const output = asFunctionOfCore(code, /** @type {any} */ (body));
      return { code: output.toString(), map: output.generateMap({ hires: true }) };
    },
  };
}
