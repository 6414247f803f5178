import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minify } from 'terser';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { withClosedRoots } from '../../scripts/build/closed-roots.mjs';
import { loadOnce } from '../../scripts/build/load-once.mjs';
import { minifyCss, minifyHtml, minifyTemplates } from '../../scripts/build/minify-templates.mjs';
import { onlyTheLoop, used } from '../../scripts/build/modern-socket-library.mjs';
import { plainMembers } from '../../scripts/build/plain-members.mjs';
import { minifyOptions } from '../../scripts/build/minify.mjs';
import { clashes, privateNames } from '../../scripts/build/private-names.mjs';
import { settle } from '../../scripts/build/settle-lit.mjs';
import { asFunctionOfCore, borrows, isShared, lendToImports } from '../../scripts/build/shared-modules.mjs';
import { renamePolicy } from '../../scripts/build/rename-lit-policy.mjs';

const parse = (code: string) => parseSync('chunk.js', code).program;
const wrap = (code: string, classic = false) => loadOnce(code, parse(code).body as never, classic).toString();

/** What a plugin wrote, as a function, so that a test can see what it does. */
const runs = (code: string, parameters: readonly string[] = []): ((...values: unknown[]) => unknown) =>
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- there is no other way to run a classic script here
  new Function(...parameters, code) as never;

describe('renaming Lit’s Trusted Types policy', () => {
  it('finds it in the Lit that is installed', () => {
    const lit = readFileSync(join('node_modules', 'lit-html', 'lit-html.js'), 'utf8');
    const renamed = renamePolicy(lit)?.toString() ?? '';
    expect(renamed).toContain('createPolicy("amigo-chat"');
    expect(renamed).not.toContain('createPolicy("lit-html"');
  });

  it('says so where there is none', () => {
    expect(renamePolicy('const name = "lit-html";')).toBeUndefined();
  });
});

describe('settling what Lit asks of the browser', () => {
  const modules = [
    ['@lit/reactive-element', 'css-tag.js'],
    ['@lit/reactive-element', 'reactive-element.js'],
    ['lit-element', 'lit-element.js'],
    ['lit-html', 'lit-html.js'],
  ] as const;

  it.each(modules)('finds the questions in the Lit that is installed: %s/%s', (folder, file) => {
    const settled = settle(readFileSync(join('node_modules', folder, file), 'utf8'), file).toString();
    expect(settled).not.toMatch(/PolyfillSupport|HydrateSupport|ShadyCSS|Symbol\.metadata/);
    expect(() => parse(settled)).not.toThrow();
    // `void 0?.(…)` would call 0.
    expect(settled).not.toContain('void 0?.');
  });

  it('stops where a newer Lit asks otherwise, and leaves its other modules alone', () => {
    expect(() => settle('export const css = 1;', 'css-tag.js')).toThrow(/css-tag\.js/);
    expect(settle('export const repeat = 1;', 'repeat.js').hasChanged()).toBe(false);
  });
});

describe('closed shadow roots', () => {
  it('finds the one place in the Lit that is installed', () => {
    const lit = readFileSync(join('node_modules', '@lit', 'reactive-element', 'reactive-element.js'), 'utf8');
    const closed = withClosedRoots(lit);
    expect(closed).toContain('shadowRootOptions={mode:"closed"}');
    expect(closed).not.toContain('mode:"open"');
    expect(closed).not.toContain('sourceMappingURL');
  });

  it('refuses a script without it, or with more than one', () => {
    const place = 'x.shadowRootOptions={mode:"open"};';
    expect(() => withClosedRoots('')).toThrow(/found 0/);
    expect(() => withClosedRoots(place + place)).toThrow(/found 2/);
  });
});

describe('leaving before a second copy runs', () => {
  it('refuses a chunk that is not self-contained', () => {
    expect(() => wrap('import { html } from "lit";')).toThrow(/one chunk/);
    expect(() => wrap('export * from "lit";')).toThrow(/one chunk/);
    expect(() => wrap('export const a = 1;')).toThrow(/export list/);
  });

  it('keeps the names of the exports', () => {
    const body = parse(wrap('const a = 1; const b = 2; export { a as One, b };')).body;
    const last = body.at(-1) as unknown as {
      type: string;
      declaration: { declarations: { id: { properties: { value: { name: string } }[] } }[] };
    };
    expect(last.type).toBe('ExportNamedDeclaration');
    const names = last.declaration.declarations.flatMap(({ id }) => id.properties);
    expect(names.map(({ value }) => value.name)).toEqual(['One', 'b']);
  });

  it('leaves neither export nor global in a classic script', () => {
    const classic = wrap('const a = 1; export { a as One };', true);
    expect(parse(classic).body.map(({ type }) => type)).toEqual(['ExpressionStatement']);
  });
});

describe('a classic script’s address', () => {
  it('is taken while it runs, and every import on demand is resolved against it', () => {
    const classic = wrap('const load = () => import("./x.js"); export { load };', true);
    const run = (script: { src: string } | null): string => {
      const asked: string[] = [];
      const body = classic.replaceAll('import(', 'ask(').replace('return { load: load };', 'load();');
      const names = ['document', 'customElements', 'ask'];
      const stubs = [{ currentScript: script }, { get: () => undefined }, (file: string) => asked.push(file)];
      runs(body, names)(...stubs);
      return asked.join();
    };
    expect(run({ src: 'https://cdn.test/v1/amigo-chat.iife.js?2' })).toBe('https://cdn.test/v1/x.js');
    expect(run(null), 'put together with other scripts').toBe('./x.js');
    expect(run({ src: '' }), 'written into the page').toBe('./x.js');
  });
});

describe('lending to what is loaded on demand', () => {
  const lend = (code: string): string =>
    lendToImports(code, 'a.ts', (specifier) => specifier === './lit.js').toString();

  it('hands the core’s modules to those imports that borrow, and to no other', () => {
    expect(lend(`const a = () => import('./lit.js'), b = () => import('./plain.js');`)).toBe(
      `import { lend } from 'amigo-chat:lender';\n` +
        `const a = () => lend(import('./lit.js')), b = () => import('./plain.js');`,
    );
    expect(lend(`import('./plain.js')`)).toBe(`import('./plain.js')`);
  });

  const asFunction = (code: string): string =>
    asFunctionOfCore(code, parse(code).body as never)
      .toString()
      .replace('export default', 'return');
  const load = (code: string): ((core: object) => Record<string, unknown>) =>
    runs(asFunction(code))() as never;

  it('makes a file a function of what it borrows, which runs once', () => {
    const file = load(
      `import { html as h } from "amigo-chat:core/lit"; const a = { h }; const d = 1; export { a as one, d as default };`,
    );
    const first = file({ html: 'lent' });
    expect(first).toEqual({ one: { h: 'lent' }, default: 1 });
    expect(file({ html: 'again' })).toBe(first);
  });

  it('refuses what a function cannot hold', () => {
    expect(() => load(`import { html } from "lit"; export { html };`)).toThrow(/one chunk/);
    expect(() => load(`import * as lit from "amigo-chat:core/lit"; export { lit };`)).toThrow(/name what/);
  });

  it('lends Lit and what elements are made of, and nothing that the core would not have anyway', () => {
    const lent = ['lit', 'lit/directives/live.js', 'src/elements/request.ts', 'src/theme/base.styles.ts'];
    const own = ['lit/decorators.js', 'zod/mini', 'src/lib/define.ts', 'src/elements/language-select.ts'];
    expect(lent.filter((module) => !isShared(module))).toEqual([]);
    expect(own.filter(isShared)).toEqual([]);
    expect(borrows('src/elements/language-select.ts')).toBe(true);
    expect(borrows('src/i18n/locales/fr.ts')).toBe(false);
  });
});

describe('minifying templates', () => {
  it.each([
    ['a  {\n  color: red;\n}\n', 'a{color:red}'],
    [':host( [open] ) b :is(i, u) { margin: 0 auto }', ':host( [open] ) b :is(i,u){margin:0 auto}'],
    ['a::before { content: ";  :"; } /* why */ b { }', 'a::before{content:";  :"}b{}'],
    ['p { width: calc(1px + 2px); }', 'p{width:calc(1px + 2px)}'],
    ['a { top: ', 'a{top:'],
  ])('writes CSS %j as %j', (source, minified) => {
    expect(minifyCss(source)).toBe(minified);
  });

  it('keeps one space between inline elements, and the text of a pre as it is', () => {
    expect(minifyHtml('<b>a</b>\n    <b>c</b>')).toBe('<b>a</b> <b>c</b>');
    expect(minifyHtml('<pre>\n a</pre>')).toBe('<pre>\n a</pre>');
  });

  it('changes only tagged templates', () => {
    const code = 'const a = css`b {\n c: d }`, e = `f\n\n g`, h = html`i\n  ${css`j  {}`}`;';
    expect(minifyTemplates(code, parse(code)).toString()).toBe(
      'const a = css`b{c:d}`, e = `f\n\n g`, h = html`i ${css`j{}`}`;',
    );
  });
});

describe('Lit’s decorators as plain members', () => {
  const plain = (body: string) =>
    plainMembers(`class A extends LitElement { ${body} }`, 'a.ts').toString().replace(/\s+/g, ' ');

  it('gathers properties and state, with their options and initial values', () => {
    expect(
      plain(`@property() a = ''; @property({ type: Boolean }) b = false; @state() private c?: string;`),
    ).toBe(
      `class A extends LitElement { static properties = { a: {}, b: { type: Boolean }, c: { state: true } }; ` +
        `a = ''; b = false; private c?: string; }`,
    );
  });

  it('asks the render root where a query stood', () => {
    expect(plain(`@query('b') private readonly b!: HTMLElement;`)).toContain(
      `{ get b() { return this.renderRoot?.querySelector('b') ?? null; } }`,
    );
    expect(plain(`@queryAll('i') readonly all!: NodeList;`)).toContain(
      `get all() { return this.renderRoot?.querySelectorAll('i') ?? []; }`,
    );
  });

  it('refuses what it does not know, rather than dropping it', () => {
    expect(() => plain(`@query('b', true) b!: Element;`)).toThrow(/no plain form/);
    expect(() => plain(`@eventOptions({ passive: true }) onScroll() {}`)).toThrow(/no plain form/);
    expect(() => plain(`@property() @other() a = 1;`)).toThrow(/one decorator/);
    expect(() => plain(`static properties = {}; @state() a = 1;`)).toThrow(/both/);
  });

  it('knows every decorator in the sources', () => {
    for (const name of readdirSync('src', { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const file = join('src', name);
      const code = readFileSync(file, 'utf8');
      if (!code.includes('lit/decorators.js')) continue;
      expect(plainMembers(code, file).toString(), file).not.toMatch(/^\s*@\w+\(.*\).*[;=]/m);
    }
  });
});

describe('the socket library from its source', () => {
  it('has no debug output left, and is of the version whose package is installed', () => {
    const folder = join('node_modules', 'reconnecting-websocket');
    const source = onlyTheLoop(readFileSync(join(folder, 'reconnecting-websocket.ts'), 'utf8')).toString();
    expect(source).toContain('class ReconnectingWebSocket');
    expect(source).not.toContain('this._debug(');
    expect(source).not.toMatch(/bufferedAmount|\bsend\(data/);
    // Neither what is left of it nor its only user may ask for a member that is gone.
    const asked = (code: string, of: string): string[] =>
      [...code.matchAll(new RegExp(`${of}\\.(\\w+)`, 'g'))].map(([, name]) => name ?? '');
    const user = readFileSync('src/transport/reconnecting-socket.ts', 'utf8');
    expect(asked(user, 'this\\.loop').filter((name) => !used.includes(name))).toEqual([]);
    const own = asked(source, '\\bthis').filter((name) => !/^(?:_|on)/.test(name));
    expect(own.filter((name) => !used.includes(name))).toEqual([]);
    expect(asked(source, 'ReconnectingWebSocket').filter((name) => !used.includes(name))).toEqual([]);
    const { scripts, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      scripts: { build: string };
      version: string;
    };
    // A newer version must be looked at: whether its files are still made from this source.
    expect(version).toBe('4.4.0');
    expect(scripts.build).toContain('rollup');
  });
});

describe('shortening private names', () => {
  const names = (code: string, libraries: string[] = []) =>
    privateNames([{ id: 'a.ts', code }], libraries).names;

  it('takes private fields, methods, accessors and constructor parameters', () => {
    const code = `class A {
      private field = 1;
      private static count = 0;
      private method() {}
      private get accessor() { return 1; }
      constructor(private readonly parameter: string, plain: number) {}
      protected shared = 2;
      open = 3;
    }`;
    expect(names(code)).toEqual(['accessor', 'count', 'field', 'method', 'parameter']);
  });

  it.each([
    ['is public elsewhere', 'interface B { field: string }'],
    ['is a key of an object', 'const b = { field: 1 };'],
    ['is a shorthand key', 'const field = 1, b = { field };'],
    ['is a method of a literal', 'const b = { field() {} };'],
    ['is the text of a string', `changed.has('field');`],
    ['stands in a template', 'html`<p .field=${1}></p>`;'],
  ])('leaves a name alone that %s', (_title, other) => {
    expect(names(`class A { private field = 1; private mine = 2 } ${other}`)).toEqual(['mine']);
  });

  it('leaves a name alone that a library says', () => {
    expect(names('class A { private field = 1; private mine = 2 }', ['host.field = 1'])).toEqual(['mine']);
  });

  it.each([
    ['exports as a function', 'export function keep() {}'],
    ['exports as a constant', 'export const keep = 1;'],
    ['exports under another name', 'const kept = 1; export { kept as keep };'],
    ['has as a member', 'export class B { keep() {} }'],
    ['has in an interface', 'interface B { keep: string }'],
    ['has as a key', 'export const made = () => ({ keep: 1 });'],
  ])('stops at a name that a file loaded on demand %s', (_title, code) => {
    expect(clashes(['keep'], [{ id: 'b.ts', code }])).toEqual([
      '"keep" is private in the core and public in b.ts: rename one of them.',
    ]);
  });

  it('goes on where such a name is private there too, or is the name of something local', () => {
    const code = 'const keep = 1; export class B { private keep = keep; }';
    expect(clashes(['keep'], [{ id: 'b.ts', code }])).toEqual([]);
  });

  it('never gives a name that means something, and keeps what behaves', async () => {
    const source = `class A { constructor(a, e) { this.firstAddend = a; this.otherAddend = e; } sum() { return this.firstAddend + this.otherAddend; } }
      export const result = [new A(1, 2).sum(), Object.keys(new A(1, 2)), 'e'];`;
    const privates = { names: ['firstAddend', 'otherAddend'], taken: ['a', 'e', 't'] };
    const { code = '' } = await minify(source, minifyOptions(privates));
    const load = (url: string): Promise<{ result: [number, string[]] }> =>
      import(/* @vite-ignore */ url) as never;
    const { result } = await load(`data:text/javascript,${encodeURIComponent(code)}`);
    expect(result[0]).toBe(3);
    expect(result[1]).toHaveLength(2);
    for (const key of result[1]) expect(['firstAddend', 'otherAddend', ...privates.taken]).not.toContain(key);
  });
});
