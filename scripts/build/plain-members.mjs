// Lit's decorators as plain class members, as Lit documents them for JavaScript: `static properties` for
// @property and @state, a getter for @query and @queryAll. The compiled decorator calls name every field once
// more in a string, and bring helpers of their own. Only the script-tag files are built like this.
import MagicString from 'magic-string';
import { parseSync } from 'vite';

const module = 'lit/decorators.js';

/** @typedef {import('magic-string').default} Output */

/** What a query's getter answers, exactly as Lit's own decorator does. @type {Record<string, (selector: string) => string>} */
const queries = {
  query: (selector) => `this.renderRoot?.querySelector(${selector}) ?? null`,
  queryAll: (selector) => `this.renderRoot?.querySelectorAll(${selector}) ?? []`,
};

/**
 * Every class below a syntax node.
 * @param {any} node
 * @param {(body: any[]) => void} found
 */
function visitClasses(node, found) {
  if (typeof node !== 'object' || node === null) return;
  if (node.type === 'ClassBody') found(node.body);
  for (const child of Object.values(node)) visitClasses(child, found);
}

/** The one decorator of a member, as Lit's are written: `@name(…)`. @param {any} member */
function decoratorOf(member) {
  const [decorator, ...others] = member.decorators ?? [];
  if (!decorator) return undefined;
  const { expression } = decorator;
  if (others.length > 0 || expression.type !== 'CallExpression' || expression.callee.type !== 'Identifier')
    throw new Error(`Only one decorator of Lit's, called, can stand on a member: ${member.key?.name}.`);
  return {
    name: expression.callee.name,
    args: expression.arguments,
    start: decorator.start,
    end: decorator.end,
  };
}

/**
 * @param {string} code a TypeScript module
 * @param {string} id its file name
 * @returns {MagicString}
 */
export function plainMembers(code, id) {
  const output = new MagicString(code);
  const textOf = (/** @type {any} */ node) => code.slice(node.start, node.end);

  /** @param {any} member @returns {string[]} the entry that goes into `static properties`, if any */
  const rewrite = (member) => {
    const decorator = decoratorOf(member);
    if (!decorator) return [];
    const { name, args, start, end } = decorator;
    const key = textOf(member.key);
    if (name === 'property' || name === 'state') {
      output.remove(start, end);
      const options = name === 'state' ? '{ state: true }' : args.length > 0 ? textOf(args[0]) : '{}';
      return [`${key}: ${options}`];
    }
    const query = queries[name];
    if (!query || args.length !== 1) throw new Error(`@${name} of ${key} has no plain form here (${id}).`);
    output.update(start, member.end, `get ${key}() { return ${query(textOf(args[0]))}; }`);
    return [];
  };

  const { program } = parseSync(id, code);
  for (const node of program.body)
    if (node.type === 'ImportDeclaration' && node.source.value === module)
      output.remove(node.start, node.end);
  visitClasses(program, (body) => {
    const entries = body.flatMap(rewrite);
    if (entries.length === 0) return;
    if (body.some(({ static: isStatic, key }) => isStatic && key?.name === 'properties'))
      throw new Error(`A class has both decorators and static properties (${id}).`);
    output.appendLeft(body[0].start, `static properties = { ${entries.join(', ')} };\n`);
  });
  return output;
}

/** @returns {import('vite').Plugin} */
export function plainMembersPlugin() {
  return {
    name: 'amigo-chat:plain-members',
    enforce: 'pre',
    transform: {
      filter: { id: /[\\/]src[\\/].*\.ts$/, code: module },
      handler(code, id) {
        const output = plainMembers(code, id);
        return { code: output.toString(), map: output.generateMap({ hires: true }) };
      },
    },
  };
}
