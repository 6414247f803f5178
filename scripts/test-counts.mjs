// Reads what the test runners report. Pure, so that it can be tested itself.

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Vitest's JSON report. A file that could not even be loaded holds no failed test, and counts as one.
 * @param {any} report
 * @returns {Counts}
 */
export function countVitest(report) {
  const files = report.testResults ?? [];
  const unloadable = files.filter(
    (/** @type {any} */ file) =>
      file.status === 'failed' &&
      !file.assertionResults.some((/** @type {any} */ t) => t.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/**
 * Playwright's JSON report. A test that passed on a retry, which only CI grants, has passed; the list above the
 * counts names it as flaky. An error outside any test is a failure.
 * @param {any} report
 * @returns {Counts}
 */
export function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected + flaky, failed: unexpected + (report.errors?.length ?? 0), skipped };
}

/**
 * The specs of Playwright's JSON report, whose suites hold suites.
 * @param {any} report a report, or a suite of one
 * @returns {any[]}
 */
export function playwrightSpecs({ suites = [], specs = [] }) {
  return [...suites.flatMap(playwrightSpecs), ...specs];
}

/**
 * A suite that crashed, reported nothing or ran no test has failed, whatever its counts say.
 * @param {Counts | undefined} counts
 * @param {boolean} succeeded whether its process ended well
 * @returns {Counts}
 */
export function ensureRan(counts, succeeded) {
  const known = counts ?? { passed: 0, failed: 0, skipped: 0 };
  const ran = known.passed + known.failed > 0;
  return succeeded && ran ? known : { ...known, failed: Math.max(known.failed, 1) };
}

/**
 * @param {Counts[]} all
 * @returns {Counts}
 */
export function addCounts(all) {
  const sum = (/** @type {keyof Counts} */ key) => all.reduce((total, counts) => total + counts[key], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}

/** @param {Counts} counts */
export function summary({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
