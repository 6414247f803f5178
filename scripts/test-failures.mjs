// Which tests failed, and which passed only when tried again, by what the test runners report. Pure, so that it
// can be tested itself. A log of thousands of lines is read from its end: the names stand there, with the reason.

import { playwrightSpecs } from './test-counts.mjs';

/** @typedef {{ kind: 'FAILED' | 'FLAKY', file: string, title: string, reason: string }} Trouble */

/** The first line of a message, without a terminal's colours. @param {unknown} message */
function firstLine(message) {
  // eslint-disable-next-line no-control-regex -- the escape character is what is looked for
  const plain = String(message ?? '').replace(/\u001b\[[\d;]*m/g, '');
  return (plain.split('\n').find((line) => line.trim() !== '') ?? '').trim();
}

/**
 * Vitest's JSON report. A file that could not be loaded has no test to name, so the file is named.
 * @param {any} report
 * @param {string} root absolute; files are named relative to it
 * @returns {Trouble[]}
 */
export function vitestFailures(report, root) {
  return (report.testResults ?? []).flatMap(
    (/** @type {any} */ { name, status, message, assertionResults }) => {
      const file = String(name).replace(`${root}/`, '');
      const failed = assertionResults.filter((/** @type {any} */ test) => test.status === 'failed');
      if (status === 'failed' && failed.length === 0)
        return [{ kind: 'FAILED', file, title: 'could not be loaded', reason: firstLine(message) }];
      return failed.map((/** @type {any} */ test) => ({
        kind: 'FAILED',
        file,
        title: test.fullName,
        reason: firstLine(test.failureMessages?.[0]),
      }));
    },
  );
}

/**
 * Playwright's JSON report.
 * @param {any} report
 * @returns {Trouble[]}
 */
export function playwrightFailures(report) {
  return [
    ...playwrightSpecs(report).flatMap((spec) => spec.tests.flatMap(inTest(spec))),
    ...(report.errors ?? []).map((/** @type {any} */ error) => ({
      kind: 'FAILED',
      file: error.location?.file ?? 'no file',
      title: 'an error outside the tests',
      reason: firstLine(error.message),
    })),
  ];
}

/** @param {any} spec @returns {(test: any) => Trouble[]} */
function inTest(spec) {
  return ({ status, results }) => {
    if (status !== 'unexpected' && status !== 'flaky') return [];
    const failed = results.find((/** @type {any} */ result) => result.error);
    return [
      {
        kind: status === 'flaky' ? 'FLAKY' : 'FAILED',
        file: spec.file,
        title: spec.title,
        reason: firstLine(failed?.error.message),
      },
    ];
  };
}

/** One line each, which `.ci/run` finds again by its first word. @param {Trouble} trouble */
export const printed = ({ kind, file, title, reason }) =>
  `${kind}  ${file} › ${title}: ${reason.slice(0, 300)}`;
