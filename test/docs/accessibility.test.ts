import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { statementOf, statements } from '../support/accessibility-statements.js';

/** Files of end-to-end tests by the statements that their titles carry. */
function filesByStatement(): ReadonlyMap<number, readonly string[]> {
  const files = readdirSync('test/e2e', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.spec.ts'),
  );
  const found = new Map<number, string[]>();
  for (const file of files) {
    for (const [, title = ''] of readFileSync(`test/e2e/${file}`, 'utf8').matchAll(
      /['"`](\[\d+\] [^'"`]+)/g,
    )) {
      const number = statementOf(title);
      if (number !== undefined)
        found.set(number, [...(found.get(number) ?? []), `e2e/${file.replaceAll('\\', '/')}`]);
    }
  }
  return found;
}

/** The rows of the table in docs/accessibility.md, by number. */
function documented(): ReadonlyMap<number, readonly string[]> {
  const lines = readFileSync('docs/accessibility.md', 'utf8').split('\n');
  const rows = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(
    rows.filter(([, number = '']) => /^\d+$/.test(number)).map((cells) => [Number(cells[1]), cells]),
  );
}

describe('the 48 statements about accessibility', () => {
  const tested = filesByStatement();
  const rows = documented();

  it('are 48, and no test carries another number', () => {
    expect(statements).toHaveLength(48);
    expect([...tested.keys()].filter((number) => number < 1 || number > 48)).toEqual([]);
  });

  it.each(statements)(
    '[$number] has a test, and its row in docs/accessibility.md',
    ({ number, text, criteria }) => {
      const files = [...new Set(tested.get(number) ?? [])];
      expect(files).not.toEqual([]);
      const [, , statement, wcag, result, tests] = rows.get(number) ?? [];
      expect([statement, wcag]).toEqual([text, criteria]);
      expect(result).toBe('passed');
      for (const file of files) expect(tests).toContain(file);
    },
  );
});
