import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenMeanings, tokens } from '../../src/theme/tokens.js';

const src = new URL('../../src', import.meta.url).pathname;
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
const sources = files.map((file) => readFileSync(join(src, file), 'utf8'));
const uses = new Set(
  sources.flatMap((text) => Array.from(text.matchAll(/var\(\s*--amigo-([\w-]+)/g), ([, name]) => name)),
);
const names = Object.keys(tokens);

describe('the design tokens', () => {
  it.each(Object.entries(tokenMeanings))('%s says what it is for', (_, meaning) => {
    expect(meaning).toMatch(/^[A-Z].{10,}\.$/);
  });

  it('are all documented', () => {
    expect(Object.keys(tokenMeanings).sort()).toEqual([...names].sort());
  });

  it('are all used by some element', () => {
    expect(names.filter((name) => !uses.has(name))).toEqual([]);
  });

  it('are the only custom properties that elements use', () => {
    expect([...uses].filter((name) => !names.includes(name ?? ''))).toEqual([]);
  });

  it('have no length that depends on the page’s root font size', () => {
    expect(JSON.stringify(tokens)).not.toMatch(/\drem/);
    expect(sources.filter((text) => /\d+rem\b/.test(text))).toEqual([]);
  });
});
