import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const names = new Set(['sessions-connect', 'text-stream', 'turns', 'classic']);

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`);

/** Lines on which a program names a surface; types, import paths and comments do nothing, and may. */
function surfacesNamed(text: string): readonly number[] {
  const source = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true);
  const found: number[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isStringLiteralLike(node) && names.has(node.text))
      found.push(source.getLineAndCharacterOfPosition(node.getStart()).line + 1);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** What may know no surface: everything but the wire, the line of registration and the reading of attributes. */
const blind = [
  ...filesUnder('src/conversation'),
  ...filesUnder('src/elements'),
  ...filesUnder('src/announcer'),
  ...filesUnder('src/transport'),
  ...filesUnder('src/i18n').filter((path) => !path.includes('/locales/')),
  ...filesUnder('src/session').filter((path) => path !== 'src/session/surfaces.ts'),
  ...readdirSync(root + 'src')
    .filter((file) => file.endsWith('.ts') && file !== 'config.ts')
    .map((file) => `src/${file}`),
];

describe('which surface is in use', () => {
  it('is known to nothing that could act on it', () => {
    expect(blind).toEqual(
      expect.arrayContaining(['src/amigo-chat.ts', 'src/conversation/reduce.ts', 'src/session/http-link.ts']),
    );
    const found = blind.flatMap((path) =>
      surfacesNamed(readFileSync(root + path, 'utf8')).map((line) => `${path}:${String(line)}`),
    );
    expect(found).toEqual([]);
  });

  it('is registered in one place, a line for each folder of the wire', () => {
    const folders = readdirSync(root + 'src/protocol', { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .filter((name) =>
        /carrier: '(?:socket|http)'/.test(readFileSync(`${root}src/protocol/${name}/index.ts`, 'utf8')),
      );
    expect(new Set(folders)).toEqual(names);
    const registered = surfacesNamed(readFileSync(`${root}src/session/surfaces.ts`, 'utf8'));
    expect(registered.length).toBeGreaterThan(0);
    const others = [...blind, 'src/config.ts'].filter((path) =>
      [...names].some((name) => readFileSync(root + path, 'utf8').includes(`/protocol/${name}/`)),
    );
    expect(others).toEqual([]);
  });
});

describe('the check', () => {
  it.each([
    "if (state.connection.surface === 'classic') finish();",
    'const slow = surface.name !== `turns`;',
    "switch (name) { case 'text-stream': break; }",
    "const table = { 'sessions-connect': 1 };",
  ])('sees %s', (text) => {
    expect(surfacesNamed(text)).toEqual([1]);
  });

  it.each([
    "type SurfaceName = 'classic' | 'turns';",
    "import { classic } from './classic';",
    '// text-stream, turns',
    "const { turns } = history; const word = 'classical';",
  ])('lets pass %s', (text) => {
    expect(surfacesNamed(text)).toEqual([]);
  });
});
