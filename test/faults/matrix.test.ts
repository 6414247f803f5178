import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROWS: Readonly<Record<string, number>> = { A: 13, B: 14, C: 10, D: 11, E: 10 };

const ids = Object.entries(ROWS).flatMap(([group, count]) =>
  Array.from({ length: count }, (_, index) => `${group}${String(index + 1).padStart(2, '0')}`),
);

/** Test files by the rows that their titles carry. */
function filesOfRows(): ReadonlyMap<string, ReadonlySet<string>> {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(test|spec)\.ts$/.test(file),
  );
  const rows = new Map<string, Set<string>>();
  for (const file of files) {
    const titles = readFileSync(join('test', file), 'utf8').matchAll(/['`]([A-E]\d\d): /g);
    for (const [, id = ''] of titles)
      rows.set(id, (rows.get(id) ?? new Set()).add(file.replaceAll('\\', '/')));
  }
  return rows;
}

/** The rows of the table in docs/reliability.md: what is written there must be what is tested. */
function documented(): ReadonlyMap<string, string> {
  const lines = readFileSync('docs/reliability.md', 'utf8').split('\n');
  const rows = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  return new Map(
    rows.filter(([, id = '']) => /^[A-E]\d\d$/.test(id)).map(([, id = '', , files = '']) => [id, files]),
  );
}

describe('the fault matrix', () => {
  const tested = filesOfRows();

  it.each(ids)('%s has a test that carries its id, named in docs/reliability.md', (id) => {
    const files = [...(tested.get(id) ?? [])];
    expect(files).not.toEqual([]);
    for (const file of files) expect(documented().get(id)).toContain(file);
  });
});
