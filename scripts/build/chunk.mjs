// The statements of a chunk that a plugin puts into a function: a function can hold neither import nor export.

/**
 * @typedef {{ local: string, exported: string }} Export
 * @typedef {{ name: string } | { value: unknown }} ModuleName
 * @typedef {{ local: ModuleName, exported: ModuleName, imported: ModuleName, type: string }} Specifier
 * @typedef {{ type: string, start: number, end: number, specifiers?: Specifier[], declaration?: unknown, source?: { value: string } }} Statement
 */

/** @param {ModuleName} name */
const text = (name) => ('name' in name ? name.name : String(name.value));

/** @param {Statement[]} body @returns {Export[]} */
export function exportsOf(body) {
  return body
    .filter(({ type }) => type === 'ExportNamedDeclaration')
    .flatMap(({ specifiers = [] }) => specifiers)
    .map(({ local, exported }) => ({ local: text(local), exported: text(exported) }));
}

/**
 * @param {Statement} statement an import
 * @returns {{ local: string, imported: string }[]}
 */
export function namesIn({ specifiers = [] }) {
  return specifiers.map(({ type, local, imported }) => {
    if (type === 'ImportNamespaceSpecifier')
      throw new Error('A whole module cannot be borrowed: name what is needed.');
    return { local: text(local), imported: type === 'ImportDefaultSpecifier' ? 'default' : text(imported) };
  });
}

/**
 * @param {Statement[]} body
 * @param {(address: string) => boolean} [borrowed] imports that the caller takes out itself
 */
export function requireSelfContained(body, borrowed = () => false) {
  for (const { type, declaration, source } of body)
    if (
      (type === 'ImportDeclaration' && !borrowed(source?.value ?? '')) ||
      type === 'ExportAllDeclaration' ||
      (type.startsWith('Export') && declaration)
    )
      throw new Error(`A script-tag file must be one chunk with an export list; found ${type}.`);
}

/** The object that a function returns in place of exporting. @param {Export[]} exports */
export const returned = (exports) =>
  `return { ${exports.map(({ local, exported }) => `${exported}: ${local}`).join(', ')} };`;
