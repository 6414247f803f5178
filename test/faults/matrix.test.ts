import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  faultsIn,
  matrix,
  playwrightRows,
  printed,
  vitestRows,
  withResults,
} from '../../scripts/fault-rows.mjs';

const ROWS: Readonly<Record<string, number>> = { A: 13, B: 14, C: 10, D: 11, E: 10, F: 10 };

const ids = Object.entries(ROWS).flatMap(([group, count]) =>
  Array.from({ length: count }, (_, index) => `${group}${String(index + 1).padStart(2, '0')}`),
);

/** What a run of Vitest reports, as far as it is read. */
const vitest = (title: string, status = 'passed', name = '/repo/test/faults/a.test.ts'): object => ({
  testResults: [{ name, assertionResults: [{ title, status }] }],
});

/** What a run of Playwright reports, as far as it is read. */
const playwright = (title: string, ok: boolean, status: string): object => ({
  config: { rootDir: '/repo/test' },
  suites: [{ suites: [{ specs: [{ title, ok, file: 'faults/b.spec.ts', tests: [{ status }] }] }] }],
});

const results = (
  ...lines: readonly (readonly [report: object, runner: 'vitest' | 'playwright'])[]
): string[] => {
  const rows = lines.flatMap(([report, runner]) =>
    runner === 'vitest' ? vitestRows(report, '/repo') : playwrightRows(report, '/repo'),
  );
  return [...matrix(['A01', 'F07'], rows)].map(([id, { files, result }]) => [id, result, ...files].join(' '));
};

describe('the fault matrix', () => {
  const document = readFileSync('docs/reliability.md', 'utf8');

  it('is listed whole in docs/reliability.md', () => {
    expect([...faultsIn(document).keys()]).toEqual(ids);
  });

  it.each(ids)('row %s was run, passed, and is tested in a file that carries its id', (id) => {
    const [, , files = '', result] =
      new RegExp(`^\\| ${id} \\|(.*)\\|(.*)\\|(.*)\\|$`, 'm').exec(document)?.map((cell) => cell.trim()) ??
      [];
    expect(result).toMatch(/^passed/);
    for (const file of files.replaceAll('`', '').split(', '))
      expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`['"\`]${id}:? |\\(${id}\\)`));
  });
});

describe('what a run says of a row', () => {
  it('is passed where tests of either runner passed', () => {
    expect(
      results([vitest('A01: one'), 'vitest'], [playwright('A01: two', true, 'expected'), 'playwright'])[0],
    ).toBe('A01 passed test/faults/a.test.ts test/faults/b.spec.ts');
  });

  it('is failed where one of them failed', () => {
    expect(results([vitest('A01: one'), 'vitest'], [vitest('A01: two', 'failed'), 'vitest'])[0]).toContain(
      'FAILED',
    );
    expect(results([playwright('rules (F07)', false, 'unexpected'), 'playwright'])[1]).toContain('FAILED');
  });

  it('is not run where nothing ran', () => {
    expect(results()).toEqual(['A01 NOT RUN', 'F07 NOT RUN']);
    expect(results([vitest('A01: one', 'skipped'), 'vitest'])[0]).toBe('A01 NOT RUN');
    expect(results([playwright('A01: one', true, 'skipped'), 'playwright'])[0]).toBe('A01 NOT RUN');
  });

  it('names what passed at a second try only', () => {
    expect(results([playwright('A01: one', true, 'flaky'), 'playwright'])[0]).toContain(
      'passed (at a second try)',
    );
  });

  it('takes no contradiction of the protocol for a row', () => {
    expect(results([vitest('A01: one', 'passed', '/repo/test/demo-server/x.test.ts'), 'vitest'])[0]).toBe(
      'A01 NOT RUN',
    );
  });

  it('goes into the document and the print, row by row', () => {
    const before =
      '| row | fault | tested in | result |\n| A01 | a fault | `old` | passed |\n| E10 | another | | |';
    const rows = matrix(['A01'], vitestRows(vitest('A01: one', 'failed'), '/repo'));
    expect(withResults(before, rows).split('\n')).toEqual([
      '| row | fault | tested in | result |',
      '| A01 | a fault | `test/faults/a.test.ts` | FAILED |',
      '| E10 | another | | |',
    ]);
    expect(printed(faultsIn(before), rows)).toBe('A01  FAILED    a fault');
  });
});
