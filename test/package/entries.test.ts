import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { onDemandFiles } from '../../scripts/build/on-demand.mjs';

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
    const entries = [
      'amigo-chat',
      'amigo-chat/element',
      'amigo-chat/locales/*',
      'amigo-chat/platform',
      'amigo-chat/dev-server',
    ];
    expect(codeEntries).toEqual(entries);
  });

  it('name only files that the build writes', () => {
    const { exports, customElements, unpkg, jsdelivr } = manifest;
    const targets = Object.values(exports).flatMap((target) =>
      typeof target === 'string' ? [target] : Object.values(target),
    );
    const files = [...targets, customElements, unpkg, jsdelivr].map((path) => path.replace('*', 'fr'));
    const missing = files.filter((path) => !existsSync(root + path));
    expect(missing).toEqual([]);
  });

  it.each([
    ['amigo-chat', 'AmigoChat'],
    ['amigo-chat/element', 'AmigoChat'],
    ['amigo-chat/locales/fr', 'default'],
    ['amigo-chat/dev-server', 'createDevServer'],
  ])('%s can be imported in bare Node and exports %s', async (specifier, name) => {
    expect(await namesExportedBy(specifier)).toContain(name);
  });

  it('the main entry exports all that the side-effect-free one does', async () => {
    expect(await namesExportedBy('amigo-chat')).toEqual(await namesExportedBy('amigo-chat/element'));
  });
});

describe('the files for a script tag', () => {
  const files = ['amigo-chat.closed.js', 'amigo-chat.iife.js', 'amigo-chat.js'];
  const besides = [...onDemandFiles.values()];

  it('have their integrity hashes published, and so have the files beside them', () => {
    const hashes = readJson<Record<string, string>>('dist/SRI.json');
    expect(Object.keys(hashes).sort()).toEqual([...files, ...besides].sort());
    for (const [file, hash] of Object.entries(hashes)) {
      const digest = createHash('sha384')
        .update(readFileSync(`${root}dist/${file}`))
        .digest('base64');
      expect(hash).toBe(`sha384-${digest}`);
    }
  });

  it.each(files)('%s imports nothing but the files beside it, on demand, and is not UMD', (file) => {
    const code = readFileSync(`${root}dist/${file}`, 'utf8');
    const onDemand = [...code.matchAll(/\bimport\((?:\w+\()?["'`](?:\.\/)?([^"'`]+)["'`]\)+/g)];
    expect(
      onDemand.map(([, address]) => address).filter((address) => !besides.includes(address ?? '')),
    ).toEqual([]);
    const rest = onDemand.reduce((text, [whole]) => text.replace(whole, ''), code);
    expect(rest).not.toMatch(/\bimport\s*[({"'`*]|\brequire\s*\(|\bdefine\.amd\b/);
    expect(code).toMatch(/createPolicy\(["'`]amigo-chat["'`]/);
  });

  it('bring the licences of the libraries inside', () => {
    const licences = readFileSync(`${root}dist/THIRD-PARTY-LICENSES.txt`, 'utf8');
    const inside = ['eventsource-parser', 'lit-html', 'reconnecting-websocket'];
    expect(inside.filter((name) => !licences.includes(`${name} `))).toEqual([]);
    expect(licences).toMatch(
      /Permission is hereby granted[\s\S]+Redistribution and use|Redistribution and use[\s\S]+Permission is hereby granted/,
    );
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
