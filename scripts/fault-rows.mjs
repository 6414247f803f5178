// Which row of the fault matrix passed, by what the test runners report. Pure, so that it can be tested itself.

import { playwrightSpecs } from './test-counts.mjs';

/** @typedef {{ row: string, file: string, passed: boolean, flaky: boolean }} RowResult */
/** @typedef {{ files: string[], result: string }} Row */

/**
 * How a title begins, or ends, that carries a row: `A01: …`, `F04 nonces …`, `… (F07)`. For the runners' own filters.
 * @param {string} [id] the rows looked for; any by default
 */
export const rowPattern = (id = String.raw`[A-F]\d\d`) => String.raw`(^| )${id}:? |\(${id}\)`;
const carried = /^([A-F]\d\d):? |\((F\d\d)\)$/;

/**
 * The row that a title carries. The development server's tests name contradictions of the protocol, C1 to C35.
 * @param {string} title
 * @param {string} file
 * @returns {string[]}
 */
function rowsOf(title, file) {
  const found = file.startsWith('test/demo-server/') ? null : carried.exec(title);
  return found ? [String(found[1] ?? found[2])] : [];
}

/**
 * Vitest's JSON report.
 * @param {any} report
 * @param {string} root absolute; files are named relative to it
 * @returns {RowResult[]}
 */
export function vitestRows(report, root) {
  return (report.testResults ?? []).flatMap((/** @type {any} */ { name: path, assertionResults }) => {
    const file = String(path).replace(`${root}/`, '');
    return assertionResults
      .filter((/** @type {any} */ { status }) => status === 'passed' || status === 'failed')
      .flatMap((/** @type {any} */ { title, ancestorTitles = [], status }) =>
        [title, ...ancestorTitles]
          .flatMap((name) => rowsOf(name, file))
          .map((row) => ({ row, file, passed: status === 'passed', flaky: false })),
      );
  });
}

/**
 * Playwright's JSON report.
 * @param {any} report
 * @param {string} root
 * @returns {RowResult[]}
 */
export function playwrightRows(report, root) {
  const folder = String(report.config?.rootDir ?? root)
    .replace(root, '')
    .replace(/^\//, '');
  return playwrightSpecs(report).flatMap((spec) => {
    const statuses = spec.tests.map((/** @type {any} */ { status }) => status);
    if (statuses.every((/** @type {string} */ status) => status === 'skipped')) return [];
    const file = [folder, spec.file].filter(Boolean).join('/');
    return rowsOf(spec.title, file).map((row) => ({
      row,
      file,
      passed: spec.ok === true,
      flaky: statuses.includes('flaky'),
    }));
  });
}

/**
 * One entry for each row asked for: its files, and `passed` only where a test ran and every one passed.
 * @param {readonly string[]} ids
 * @param {readonly RowResult[]} results
 * @returns {Map<string, Row>}
 */
export function matrix(ids, results) {
  return new Map(
    ids.map((id) => {
      const mine = results.filter(({ row }) => row === id);
      const flaky = mine.some((one) => one.flaky) ? ' (at a second try)' : '';
      const passed = mine.every((one) => one.passed) ? `passed${flaky}` : 'FAILED';
      const files = [...new Set(mine.map(({ file }) => file))].sort();
      return [id, { files, result: mine.length > 0 ? passed : 'NOT RUN' }];
    }),
  );
}

/** A line of the table in docs/reliability.md: id, fault, files, result. */
const line = /^\| ([A-F]\d\d) \| (.*?) *\|.*\|$/;

/**
 * The rows that a document lists, by id, with the words for each fault.
 * @param {string} document
 * @returns {Map<string, string>}
 */
export function faultsIn(document) {
  const lines = document.split('\n').map((text) => line.exec(text));
  return new Map(lines.flatMap((found) => (found ? [[found[1] ?? '', (found[2] ?? '').trim()]] : [])));
}

/**
 * The document with what a run found in place of what it said of each row.
 * @param {string} document
 * @param {ReadonlyMap<string, Row>} rows
 */
export function withResults(document, rows) {
  return document
    .split('\n')
    .map((text) => {
      const found = line.exec(text);
      const row = rows.get(found?.[1] ?? '');
      if (!found || !row) return text;
      const files = row.files.map((file) => `\`${file}\``).join(', ');
      return `| ${found[1]} | ${(found[2] ?? '').trim()} | ${files} | ${row.result} |`;
    })
    .join('\n');
}

/**
 * What the run prints.
 * @param {ReadonlyMap<string, string>} faults
 * @param {ReadonlyMap<string, Row>} rows
 */
export function printed(faults, rows) {
  return [...rows]
    .map(([id, { result }]) => `${id}  ${result.padEnd(8)}  ${faults.get(id) ?? ''}`)
    .join('\n');
}
