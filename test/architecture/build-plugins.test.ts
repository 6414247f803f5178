import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { loadOnce } from '../../scripts/build/load-once.mjs';
import { minifyCss, minifyHtml, minifyTemplates } from '../../scripts/build/minify-templates.mjs';
import { renamePolicy } from '../../scripts/build/rename-lit-policy.mjs';

const parse = (code: string) => parseSync('chunk.js', code).program;
const wrap = (code: string, classic = false) => loadOnce(code, parse(code).body as never, classic).toString();

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

describe('leaving before a second copy runs', () => {
  it('refuses a chunk that is not self-contained', () => {
    expect(() => wrap('import { html } from "lit";')).toThrow(/one chunk/);
    expect(() => wrap('export * from "lit";')).toThrow(/one chunk/);
    expect(() => wrap('export const a = 1;')).toThrow(/export list/);
  });

  it('keeps the names of the exports', () => {
    const body = parse(wrap('const a = 1; const b = 2; export { a as One, b };')).body;
    const last = body.at(-1) as { type: string; specifiers: { exported: { name: string } }[] };
    expect(last.type).toBe('ExportNamedDeclaration');
    expect(last.specifiers.map(({ exported }) => exported.name)).toEqual(['One', 'b']);
  });

  it('leaves neither export nor global in a classic script', () => {
    const classic = wrap('const a = 1; export { a as One };', true);
    expect(parse(classic).body.map(({ type }) => type)).toEqual(['ExpressionStatement']);
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
