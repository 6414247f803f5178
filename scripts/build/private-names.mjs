// Which property names may be shortened: those that TypeScript keeps inside their class. A minifier renames by
// name alone, everywhere at once, so a name qualifies only if it means nothing else: it is declared `private`
// wherever it is declared, no text could be it (a key, an attribute, a selector), and no library says it.
// Everything else keeps its name, because files that are loaded on demand share it.
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
