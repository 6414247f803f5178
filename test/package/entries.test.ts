import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../', import.meta.url));
const execute = promisify(execFile);

type Conditions = string | Readonly<Record<string, string>>;
interface Manifest {
  readonly exports: Readonly<Record<string, Conditions>>;
  readonly customElements: string;
  readonly unpkg: string;
  readonly jsdelivr: string;
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(root + path, 'utf8')) as T;
const manifest = readJson<Manifest>('package.json');
const codeEntries = Object.entries(manifest.exports)
  .filter(([, target]) => typeof target === 'object')
  .map(([entry]) => `amigo-chat${entry.slice(1)}`);

/** Imports a package entry by its public name in a Node process of its own, without a DOM. */
async function namesExportedBy(specifier: string): Promise<string[]> {
  const code = `console.log(JSON.stringify(Object.keys(await import(${JSON.stringify(specifier)}))))`;
  const { stdout } = await execute(process.execPath, ['--input-type=module', '--eval', code], { cwd: root });
  return JSON.parse(stdout) as string[];
}

describe('package entries', () => {
  it('are those that the design names so far', () => {
    expect(codeEntries).toEqual(['amigo-chat', 'amigo-chat/element', 'amigo-chat/dev-server']);
  });

  it('name only files that the build writes', () => {
    const { exports, customElements, unpkg, jsdelivr } = manifest;
    const targets = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    const missing = [...targets, customElements, unpkg, jsdelivr].filter((path) => !existsSync(root + path));
    expect(missing).toEqual([]);
  });

  it.each([
    ['amigo-chat', 'AmigoChat'],
    ['amigo-chat/element', 'AmigoChat'],
    ['amigo-chat/dev-server', 'createDevServer'],
  ])('%s can be imported in bare Node and exports %s', async (specifier, name) => {
    expect(await namesExportedBy(specifier)).toContain(name);
  });

  it('the main entry exports all that the side-effect-free one does', async () => {
    expect(await namesExportedBy('amigo-chat')).toEqual(await namesExportedBy('amigo-chat/element'));
  });
});

describe('the files for a script tag', () => {
  it('have their integrity hashes published', () => {
    const hashes = readJson<Record<string, string>>('dist/SRI.json');
    expect(Object.keys(hashes)).toEqual(['amigo-chat.iife.js', 'amigo-chat.js']);
    for (const [file, hash] of Object.entries(hashes)) {
      const digest = createHash('sha384')
        .update(readFileSync(`${root}dist/${file}`))
        .digest('base64');
      expect(hash).toBe(`sha384-${digest}`);
    }
  });

  it.each(['dist/amigo-chat.js', 'dist/amigo-chat.iife.js'])('%s imports nothing and is not UMD', (file) => {
    const code = readFileSync(root + file, 'utf8');
    expect(code).not.toMatch(/\bimport\s*[({"'`*]|\brequire\s*\(|\bdefine\.amd\b/);
    expect(code).toContain(`createPolicy(\`amigo-chat\``);
  });
});

describe('the custom-elements manifest', () => {
  it('describes <amigo-chat> in files that an importer can resolve', () => {
    const { modules } = readJson<{
      modules: { path: string; declarations?: { tagName?: string; attributes?: { name: string }[] }[] }[];
    }>(manifest.customElements);
    const element = modules.flatMap(({ declarations = [] }) => declarations).find((it) => it.attributes);
    expect(element?.attributes?.map(({ name }) => name)).toContain('workspace-id');
    expect(modules.filter(({ path }) => !existsSync(root + path))).toEqual([]);
  });
});
