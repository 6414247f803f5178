// From the reports of the two test runners to the tables of docs/engines.md.
import { countVitest, ensureRan, summary } from '../test-counts.mjs';

/**
 * @typedef {object} EngineResult
 * @property {string} title
 * @property {string} [version] as the browser tells it
 * @property {Map<string, string>} scenarios by title
 * @property {import('../test-counts.mjs').Counts | undefined} components undefined where they did not run
 * @property {string[]} failed titles of the component tests that failed
 * @property {import('./install.mjs').Attempt | undefined} missing why it could not run
 */

/** @type {Readonly<Record<string, string>>} */
const verdicts = {
  expected: 'passed',
  flaky: 'passed at a second try',
  unexpected: 'failed',
  skipped: 'skipped',
};

/** Every spec of a Playwright report. @returns {any[]} */
const specsOf = (/** @type {any} */ suite) => [
  ...(suite.specs ?? []),
  ...(suite.suites ?? []).flatMap(specsOf),
];

/**
 * What a Playwright report says of one engine's scenarios.
 * @param {any} report @param {string} engine
 * @returns {Pick<EngineResult, 'scenarios' | 'version'>}
 */
export function readScenarios(report, engine) {
  const scenarios = new Map();
  let version;
  for (const spec of specsOf(report)) {
    for (const test of spec.tests.filter((/** @type {any} */ { projectName }) => projectName === engine)) {
      scenarios.set(spec.title, verdicts[test.status] ?? 'failed');
      const notes = [
        ...test.annotations,
        ...test.results.flatMap((/** @type {any} */ { annotations }) => annotations ?? []),
      ];
      version ??= notes.find(({ type }) => type === 'engine')?.description;
    }
  }
  return { scenarios, version };
}

/**
 * What a Vitest report says of component tests.
 * @param {any} report
 * @returns {Pick<EngineResult, 'components' | 'failed'>}
 */
export function readComponents(report) {
  if (!report) return { components: undefined, failed: [] };
  const tests = report.testResults.flatMap((/** @type {any} */ { assertionResults }) => assertionResults);
  const failed = tests.filter((/** @type {any} */ { status }) => status === 'failed');
  return {
    components: ensureRan(countVitest(report), true),
    failed: failed.map((/** @type {any} */ { fullName }) => fullName),
  };
}

/** Whether all that ran passed, and all that should have run did. @param {readonly EngineResult[]} results */
export const succeeded = (results) =>
  results.every(
    ({ missing, components, scenarios }) =>
      !missing &&
      components?.failed === 0 &&
      scenarios.size > 0 &&
      ![...scenarios.values()].includes('failed'),
  );

const row = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;

/**
 * The result as the documentation keeps it.
 * @param {readonly EngineResult[]} results @param {{ command: string, date: string }} run
 */
export function markdown(results, { command, date }) {
  const titles = [...new Set(results.flatMap(({ scenarios }) => [...scenarios.keys()]))];
  const head = [
    row(['', ...results.map(({ title }) => title)]),
    row(['---', ...results.map(() => '---')]),
    row(['version', ...results.map(({ version }) => version?.split(' ')[1] ?? 'not here')]),
    row(['component tests', ...results.map(counts)]),
  ];
  const lines = titles.map((title) =>
    row([title, ...results.map(({ scenarios }) => scenarios.get(title) ?? 'not run')]),
  );
  return [
    `\`${command}\`, ${date}:`,
    '',
    ...head,
    ...lines,
    '',
    ...failures(results),
    ...results.flatMap(missing),
  ]
    .join('\n')
    .trim();
}

/** @param {EngineResult} result */
const counts = ({ components }) => (components ? summary(components) : 'not run');

/** @param {readonly EngineResult[]} results */
function failures(results) {
  const lines = results.flatMap(({ title, failed }) => failed.map((name) => `- ${title}: ${name}`));
  return lines.length > 0 ? ['Component tests that fail:', '', ...lines, ''] : [];
}

/** @param {EngineResult} result */
const missing = ({ title, missing }) =>
  missing
    ? [`${title} could not be run. Tried:`, '', '```', `$ ${missing.command}`, missing.output, '```', '']
    : [];
