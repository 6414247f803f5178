// Which property names may be shortened: those that TypeScript keeps inside their class. A minifier renames by
// name alone, everywhere at once, so a name qualifies only if it means nothing else: it is declared `private`
// wherever it is declared, no text could be it (a key, an attribute, a selector), and no library says it.
// Everything else keeps its name, because files that are loaded on demand share it. Those are built apart, so that
// what they call by a name must not be shortened in the core: `clashes` finds it, and the build stops.
import ts from 'typescript';

/** @typedef {{ id: string, code: string }} Source */

/** @param {ts.Node} node @returns {ts.Identifier | undefined} the name, where the node declares a member */
function declaredName(node) {
  const declares =
    ts.isClassElement(node) ||
    ts.isTypeElement(node) ||
    ts.isObjectLiteralElementLike(node) ||
    (ts.isParameter(node) && ts.isParameterPropertyDeclaration(node, node.parent));
  return declares && node.name && ts.isIdentifier(node.name) ? node.name : undefined;
}

/** @param {ts.Node} node */
const isPrivate = (node) =>
  ts.canHaveModifiers(node) &&
  Boolean(ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword));

const wordsOf = (/** @type {string} */ text) => text.match(/[\w$]+/g) ?? [];

/**
 * @param {Source[]} sources TypeScript modules whose private members may be renamed
 * @param {string[]} libraries code of everything else in the bundle
 * @returns {{ names: string[], taken: string[] }} what to rename, and what no new name may be
 */
export function privateNames(sources, libraries) {
  const own = new Set();
  const taken = new Set(libraries.flatMap(wordsOf));
  /** @param {ts.Node} node */
  const visit = (node) => {
    const name = declaredName(node);
    if (name) (isPrivate(node) ? own : taken).add(name.text);
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node))
      for (const word of wordsOf(node.text)) taken.add(word);
    ts.forEachChild(node, visit);
  };
  for (const { id, code } of sources) visit(ts.createSourceFile(id, code, ts.ScriptTarget.ES2022, true));
  return {
    names: [...own].filter((name) => !taken.has(name)).sort(),
    // The renamer counts up from one letter, and looks through a list: words it cannot reach only cost time.
    taken: [...taken].filter((name) => name.length < 4).sort(),
  };
}

/** @param {ts.Node} node @returns {string[]} the names under which others reach what it declares */
function reachedBy(node) {
  if (ts.isExportSpecifier(node)) return [node.name.text];
  const exported =
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
  if (exported && ts.isVariableStatement(node))
    return node.declarationList.declarations.map(({ name }) => name.getText());
  const name = exported ? /** @type {ts.DeclarationStatement} */ (node).name : declaredName(node);
  return name && !isPrivate(node) ? [name.text] : [];
}

/**
 * Names that would be shortened in the core although a module loaded on demand exports them, or declares members of
 * that name: the core would look there for what is called otherwise.
 * @param {readonly string[]} names what {@link privateNames} found to rename
 * @param {Source[]} onDemand modules that are built apart
 * @returns {string[]} one sentence for each
 */
export function clashes(names, onDemand) {
  const renamed = new Set(names);
  return onDemand.flatMap(({ id, code }) => {
    /** @type {Set<string>} */
    const found = new Set();
    /** @param {ts.Node} node */
    const visit = (node) => {
      for (const name of reachedBy(node)) if (renamed.has(name)) found.add(name);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(id, code, ts.ScriptTarget.ES2022, true));
    return [...found].map(
      (name) => `"${name}" is private in the core and public in ${id}: rename one of them.`,
    );
  });
}
