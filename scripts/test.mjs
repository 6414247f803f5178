// npm test: installs what is missing, builds, runs every suite and ends with "N passed, N failed".
// npm test -- unit e2e  runs only the suites named.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, root, run } from './install.mjs';
import { faultsIn, matrix, playwrightRows, printed, vitestRows } from './fault-rows.mjs';
import { addCounts, countPlaywright, countVitest, ensureRan, summary } from './test-counts.mjs';
import { playwrightFailures, printed as printedFailure, vitestFailures } from './test-failures.mjs';

const suites = ['unit', 'component', 'package', 'e2e'];
const reports = mkdtempSync(join(tmpdir(), 'amigo-chat-test-'));

/** @param {string} title */
const heading = (title) => {
  console.log(`\n── ${title} ${'─'.repeat(Math.max(0, 70 - title.length))}`);
};

/** @param {string} suite @param {string} report */
function runSuite(suite, report) {
  if (suite === 'e2e')
    return run(
      'npx',
      ['playwright', 'test', '--reporter=list,json,./test/support/accessibility-reporter.ts'],
      {
        env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
      },
    );
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return run('npx', ['vitest', 'run', '--project', suite, ...reporters]);
}

/** @param {string} path */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // A suite that crashed wrote no report: ensureRan counts it as a failure.
  }
}

/** @type {import('./fault-rows.mjs').RowResult[]} */
const faultRows = [];

/** @type {import('./test-failures.mjs').Trouble[]} */
const troubles = [];

/** Every row of the fault matrix by what this run found of it, whether it was asked for or not. */
function printFaultMatrix() {
  const faults = faultsIn(readFileSync(join(root, 'docs/reliability.md'), 'utf8'));
  heading('fault matrix');
  console.log(printed(faults, matrix([...faults.keys()], faultRows)));
}

/** @param {string} suite */
function testSuite(suite) {
  heading(suite);
  const path = join(reports, `${suite}.json`);
  const succeeded = runSuite(suite, path);
  const report = readReport(path);
  if (report) {
    faultRows.push(...(suite === 'e2e' ? playwrightRows : vitestRows)(report, root));
    troubles.push(...(suite === 'e2e' ? playwrightFailures : vitestFailures)(report, root));
  }
  const counts = report && (suite === 'e2e' ? countPlaywright(report) : countVitest(report));
  return ensureRan(counts, succeeded);
}

/** @param {import('./test-counts.mjs').Counts} counts */
function finish(counts) {
  rmSync(reports, { recursive: true, force: true });
  console.log(summary(counts));
  process.exit(counts.failed === 0 ? 0 : 1);
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((suite) => !suites.includes(suite));
if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(', ')}. There are ${suites.join(', ')}.`);
  process.exit(2);
}

ensureInstalled();
const { ensureBrowser } = await import('./ensure-browser.mjs');
console.log(`Browser: ${ensureBrowser()}`);

heading('build');
if (!run('npm', ['run', '--silent', 'build'])) {
  console.error('The build failed, so no test ran.');
  finish({ passed: 0, failed: 1, skipped: 0 });
}

const results = suites
  .filter((suite) => wanted.length === 0 || wanted.includes(suite))
  .map((suite) => ({ suite, counts: testSuite(suite) }));

printFaultMatrix();
heading('result');
for (const trouble of troubles) console.log(printedFailure(trouble));
for (const { suite, counts } of results) console.log(`${suite.padEnd(10)} ${summary(counts)}`);
finish(addCounts(results.map(({ counts }) => counts)));
