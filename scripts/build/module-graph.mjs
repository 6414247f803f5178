// What our sources import at run time, read from the sources themselves: the parts of the build that must agree
// (the bundle, and each file loaded on demand) ask here, so that none has to wait for another's output.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { root } from '../install.mjs';

/**
 * @typedef {object} Import
 * @property {string} module path of one of our sources from the root, or the name of a package's module
 * @property {readonly string[] | undefined} names what is taken from it; undefined: all of it, as a namespace
 */

/** @param {string} importer @param {string} specifier @returns {string} */
export const moduleOf = (importer, specifier) =>
  specifier.startsWith('.')
    ? relative(root, resolve(root, dirname(importer), specifier)).replace(/\.js$/, '.ts')
    : specifier;

/** @param {ts.ImportDeclaration} declaration @returns {readonly string[] | undefined | false} false: types only */
function namesOf({ importClause }) {
  if (!importClause) return [];
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return false;
  const { name, namedBindings } = importClause;
  if (namedBindings && ts.isNamespaceImport(namedBindings)) return undefined;
  const named = (namedBindings?.elements ?? []).filter(({ isTypeOnly }) => !isTypeOnly);
  const names = named.map(({ name, propertyName }) => (propertyName ?? name).text);
  return name ? ['default', ...names] : names;
}

/** @param {ts.ExportDeclaration} declaration @returns {readonly string[] | undefined | false} false: types only */
function reexportedBy({ exportClause, isTypeOnly }) {
  if (isTypeOnly) return false;
  if (!exportClause || ts.isNamespaceExport(exportClause)) return undefined;
  const named = exportClause.elements.filter((element) => !element.isTypeOnly);
  return named.length > 0 && named.map(({ name, propertyName }) => (propertyName ?? name).text);
}

/**
 * The static imports of one of our sources, without those of types.
 * @param {string} path from the root
 * @returns {Import[]}
 */
export function staticImports(path) {
  const code = readFileSync(join(root, path), 'utf8');
  const { statements } = ts.createSourceFile(path, code, ts.ScriptTarget.ES2022);
  return statements.flatMap((statement) => {
    const imports = ts.isImportDeclaration(statement);
    if (!imports && !ts.isExportDeclaration(statement)) return [];
    const { moduleSpecifier } = statement;
    if (!moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return [];
    const names = imports ? namesOf(statement) : reexportedBy(statement);
    return names === false ? [] : [{ module: moduleOf(path, moduleSpecifier.text), names }];
  });
}

/** Whether one of our sources loads something on demand. @param {string} path from the root */
export const loadsOnDemand = (path) => /\bimport\(/.test(readFileSync(join(root, path), 'utf8'));

/**
 * Visits everything that some of our sources import, directly or not.
 * @param {Iterable<string>} entries paths from the root
 * @param {(found: Import) => boolean} enter told of each import; whether to go on into that module
 * @returns {Set<string>} our sources that were entered, the entries among them
 */
export function walk(entries, enter) {
  const seen = new Set(entries);
  for (const path of seen)
    for (const found of staticImports(path))
      if (enter(found) && found.module.startsWith('src/')) seen.add(found.module);
  return seen;
}
