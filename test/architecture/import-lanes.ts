import ts from 'typescript';

/** One source file to check. */
export interface SourceFile {
  /** From the repository's root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** The modules of `src`, and what each may import: of ours (`*` = all), and of packages. */
const lanes: Record<string, { readonly ours: readonly string[]; readonly packages: readonly string[] }> = {
  lib: { ours: [], packages: [] },
  conversation: { ours: ['lib'], packages: [] },
  transport: { ours: ['lib'], packages: ['reconnecting-websocket'] },
  // Framing belongs to the surface: HTTP turns come as server-sent events, classic as lines.
  protocol: { ours: ['conversation', 'lib'], packages: ['zod/mini', 'eventsource-parser'] },
  config: { ours: ['conversation', 'lib'], packages: ['zod/mini'] },
  session: { ours: ['protocol', 'conversation', 'transport', 'lib'], packages: [] },
  theme: { ours: ['lib'], packages: ['lit'] },
  i18n: { ours: ['lib', 'conversation'], packages: ['lit'] },
  elements: { ours: ['conversation', 'theme', 'i18n', 'lib'], packages: ['lit'] },
  announcer: { ours: ['conversation', 'theme', 'i18n', 'lib'], packages: ['lit'] },
  'public-events': { ours: ['conversation'], packages: [] },
  'amigo-chat': {
    ours: [
      'announcer',
      'config',
      'conversation',
      'elements',
      'i18n',
      'lib',
      'protocol',
      'public-events',
      'session',
      'theme',
      'transport',
    ],
    packages: ['lit'],
  },
  element: {
    ours: ['amigo-chat', 'announcer', 'conversation', 'elements', 'i18n', 'public-events', 'session'],
    packages: [],
  },
  index: { ours: ['element', 'amigo-chat', 'public-events', 'lib'], packages: [] },
  platform: { ours: ['protocol', 'lib'], packages: ['zod/mini'] },
  'dev-server': { ours: [], packages: [] },
};

/** Modules of which only the types may be used: their code would drag the core into a leaf. */
const typesOnly: Record<string, readonly string[]> = {
  config: ['conversation'],
  element: ['announcer', 'conversation', 'elements', 'i18n', 'session'],
  protocol: ['conversation'],
  elements: ['conversation'],
  announcer: ['conversation'],
  i18n: ['conversation'],
};

/** Vocabulary rather than behaviour: constants and makers of plain data, which those may use too. */
const vocabulary = new Set(['src/conversation/error.ts']);

/** What to do instead, by the module that imported too much. */
const remedies: Record<string, string> = {
  lib: 'lib stands alone: pass the thing in as an argument, or move the helper to the module that needs it',
  conversation: 'the core is deterministic: let time, ids and data arrive in the event',
  transport: 'transport knows no protocol: take a callback or a plain value instead',
  protocol: 'protocol translates frames and commands: what acts on them belongs in session',
  session: 'session knows no element: publish state and let <amigo-chat> hand it down',
  platform: 'platform runs without a DOM, on its own: it shares the wire and lib alone',
  elements: 'elements render properties and raise request events: let <amigo-chat> act',
  announcer: 'the announcer is told what to say: let <amigo-chat> tell it',
};

interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
  readonly line: number;
}

/** Texts that no source may hold, where, and what to do instead. */
const banned: readonly { pattern: RegExp; where: RegExp; except?: RegExp; instead: string }[] = [
  {
    pattern: /\b(?:innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML|unsafeSVG|setHTMLUnsafe)\b/,
    where: /^src\//,
    instead: 'text from the server is never HTML: create elements or render Lit templates',
  },
  {
    pattern: /\beval\s*\(|\bnew Function\b|\bdocument\.write\b/,
    where: /^src\//,
    instead: 'no code from strings: strict pages forbid it',
  },
  {
    pattern: /\bstyleMap\b|\bstyle=/,
    where: /^src\//,
    instead: 'inline styles break a strict CSP: use a class or set a custom property through the CSSOM',
  },
  {
    pattern: /\b(?:localStorage|indexedDB)\b|\bdocument\.cookie\b/,
    where: /^src\//,
    instead: 'the widget keeps nothing on the device',
  },
  {
    pattern: /\.shadowRoot\b/,
    where: /^src\//,
    except: /^src\/lib\/shadow-root\.ts$/,
    instead:
      'a closed root shows itself to nobody: ask the element, or use shadowRootOf of lib/shadow-root.ts',
  },
  {
    pattern: /\bsessionStorage\b/,
    where: /^src\//,
    except: /^src\/kept-(?:slot|history)\.ts$/,
    instead: 'only history="session" keeps anything, and kept-history.ts does it',
  },
  { pattern: /\bconsole\./, where: /^src\//, instead: 'errors are data: put them into state' },
  {
    pattern: /\bset(?:Timeout|Interval)\s*\(/,
    where: /^src\/elements\//,
    instead: 'elements time nothing: let the session or a controller with a Clock do it',
  },
  {
    pattern: /\bJSON\.parse\b/,
    where: /^src\//,
    except: /^src\/(?:lib\/json\.ts|protocol\/(?:[^/]+\/)*decode\.ts)$/,
    instead: 'bytes enter through one door: use parseJson of lib/json.ts or a decode.ts of protocol',
  },
];

/** The longest a source may be before somebody must look at it hard. */
const MAX_LINES = 300;

/** Looked at hard and left whole: why, and how long they may be. */
const longFiles: Record<string, { readonly lines: number; readonly why: string }> = {
  'src/session/conversation-session.ts': {
    lines: 350,
    why: 'the one place that knows both sides: wiring, and what it wires are files of their own',
  },
  'src/session/http-link.ts': {
    lines: 330,
    why: 'what each answer means for the message under way, in one place beside the exchange itself',
  },
  'src/amigo-chat.ts': {
    lines: 370,
    why: 'a fifth of it is the documentation of the tag, which belongs to the class',
  },
  'src/chat-commands.ts': { lines: 350, why: 'every public method with its documentation' },
  'src/elements/markdown/block-parser.ts': { lines: 330, why: 'one state machine over one line of input' },
  'src/elements/markdown/inline-parser.ts': {
    lines: 310,
    why: 'one state machine over the text of one line',
  },
};

/** Every breach of the lanes and bans, as sentences: what, where, and what to do instead. */
export function checkSources(files: readonly SourceFile[]): string[] {
  return files.flatMap((file) => [...checkImports(file), ...checkBans(file), ...checkLength(file)]);
}

function checkImports({ path, text }: SourceFile): string[] {
  const module = moduleOf(path);
  return importsOf(path, text).flatMap(({ specifier, typeOnly, line }) => {
    const problem = specifier.startsWith('.')
      ? checkOwn(path, module, resolve(path, specifier), typeOnly)
      : checkPackage(path, module, specifier);
    return problem ? [`${path}:${line} imports ${specifier}: ${problem}`] : [];
  });
}

function checkOwn(path: string, module: string, target: string, typeOnly: boolean): string | undefined {
  if (path.startsWith('demo/server/'))
    return target.startsWith('src/')
      ? 'demo/server is the second reading of the protocol: write it anew'
      : undefined;
  if (!path.startsWith('src/')) return undefined;
  if (module === 'dev-server')
    return target.startsWith('demo/server/') ? undefined : 'it exports demo/server only';
  if (!target.startsWith('src/')) return 'src imports nothing outside src';
  const other = moduleOf(target);
  if (other === module) return undefined;
  const lane = lanes[module];
  if (!lane) return unknownModule(module);
  if (!lane.ours.includes(other)) return `${module} may not import ${other}; ${remedyFor(module)}`;
  if (typesOnly[module]?.includes(other) && !typeOnly && !vocabulary.has(target))
    return `${module} may import only types of ${other}: write "import type", or move the helper to lib`;
  return undefined;
}

function checkPackage(path: string, module: string, specifier: string): string | undefined {
  if (!path.startsWith('src/') || module === 'dev-server') return undefined;
  if (specifier === 'zod' || (specifier.startsWith('zod/') && specifier !== 'zod/mini'))
    return 'classic zod costs 17 KB and trips the CSP eval report: import zod/mini';
  const lane = lanes[module];
  if (!lane) return unknownModule(module);
  const allowed = lane.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`));
  return allowed ? undefined : `${module} may not import ${specifier}; ${remedyFor(module)}`;
}

const remedyFor = (module: string): string => remedies[module] ?? 'see the lanes in test/architecture';
const unknownModule = (module: string): string =>
  `src/${module} has no lane yet: give it one in test/architecture/import-lanes.ts`;

/** Looks at the code alone: what a comment or a string says breaks nothing. */
function checkBans({ path, text }: SourceFile): string[] {
  const code = withoutComments(path, text).split('\n');
  return banned
    .filter(({ where, except }) => where.test(path) && !except?.test(path))
    .flatMap(({ pattern, instead }) =>
      code.flatMap((line, index) => {
        const found = pattern.exec(line)?.[0];
        return found ? [`${path}:${index + 1} uses ${found}: ${instead}`] : [];
      }),
    );
}

function checkLength({ path, text }: SourceFile): string[] {
  const lines = text.trimEnd().split('\n').length;
  const most = longFiles[path]?.lines ?? MAX_LINES;
  if (!path.startsWith('src/') || lines <= most) return [];
  return [`${path} has ${lines} lines, at most ${most}: split it, or list it with the reason in longFiles`];
}

/**
 * `src/elements/x.ts` belongs to `elements`, `src/config.ts` to `config`; a file directly in `src` without a
 * lane of its own is a part of `<amigo-chat>` that was given a file of its own.
 */
function moduleOf(path: string): string {
  const [, name = '', ...deeper] = path.split('/');
  if (deeper.length > 0) return name;
  const file = name.replace(/\.ts$/, '');
  return file in lanes ? file : 'amigo-chat';
}

function resolve(from: string, specifier: string): string {
  const base = `file:///${from}`;
  return new URL(specifier, base).pathname.slice(1).replace(/\.js$/, '.ts');
}

function importsOf(path: string, text: string): Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const add = (node: ts.Node, specifier: ts.Node | undefined, typeOnly: boolean): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) return;
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    found.push({ specifier: specifier.text, typeOnly, line });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, importsTypesOnly(node.importClause));
    else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node, node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node, node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function importsTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (!clause) return false; // `import './x.js'` runs it.
  if (clause.isTypeOnly) return true;
  const { name, namedBindings } = clause;
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false;
  return namedBindings.elements.every((element) => element.isTypeOnly);
}

/** Blanks comments, keeping lines where they are. */
function withoutComments(path: string, text: string): string {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const ranges = new Map<number, number>();
  const visit = (node: ts.Node): void => {
    // Text in a template or string looks like a comment to the scanner of trivia, but is none.
    if (node.getChildCount(source) === 0) {
      const before = ts.getLeadingCommentRanges(text, node.getFullStart()) ?? [];
      const after = ts.getTrailingCommentRanges(text, node.getEnd()) ?? [];
      for (const { pos, end } of [...before, ...after]) ranges.set(pos, end);
    }
    node.getChildren(source).forEach(visit);
  };
  visit(source);
  let code = text;
  for (const [start, end] of ranges)
    code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end);
  return code;
}
