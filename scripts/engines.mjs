// npm run test:engines: component tests and the main scenarios in Chromium, Firefox and WebKitGTK.
// Installs what is missing where it may, and writes the result into docs/engines.md.
// npm run test:engines -- firefox  runs only the engines named, and prints the result instead.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { engines } from './engines/find.mjs';
import { ensureEngine } from './engines/install.mjs';
import { markdown, readComponents, readScenarios, succeeded } from './engines/results.mjs';
import { ensureInstalled, root, run } from './install.mjs';

const reports = mkdtempSync(join(tmpdir(), 'amigo-chat-engines-'));
const page = join(root, 'docs/engines.md');
const [begin, end] = ['<!-- result of npm run test:engines -->', '<!-- end of the result -->'];

/** @param {string} name */
function readReport(name) {
  try {
    return JSON.parse(readFileSync(join(reports, name), 'utf8'));
  } catch {
    return undefined; // A run that crashed wrote none: its tests then count as not run, which fails.
  }
}

/** @param {string} engine */
function testComponents(engine) {
  console.log(`\n── component tests, ${engine}`);
  const file = `${engine}.json`;
  run(
    'npx',
    [
      'vitest',
      'run',
      '--project',
      'component',
      '--reporter=dot',
      '--reporter=json',
      `--outputFile.json=${join(reports, file)}`,
    ],
    { env: { ...process.env, ENGINE: engine } },
  );
  return readComponents(readReport(file));
}

/** @param {readonly string[]} names */
function testScenarios(names) {
  console.log('\n── scenarios');
  run('npx', ['playwright', 'test', '--config=playwright.engines.config.ts', '--reporter=list,json'], {
    env: {
      ...process.env,
      ENGINES: names.join(),
      PLAYWRIGHT_JSON_OUTPUT_NAME: join(reports, 'scenarios.json'),
    },
  });
  return readReport('scenarios.json');
}

/** @param {string} text */
function keep(text) {
  const before = readFileSync(page, 'utf8');
  const [head, rest] = before.split(begin);
  const tail = rest?.split(end)[1];
  if (tail === undefined) throw new Error(`docs/engines.md has lost its marks “${begin}” and “${end}”.`);
  writeFileSync(page, `${head}${begin}\n\n${text}\n\n${end}${tail}`);
  run('npx', ['prettier', '--write', '--log-level', 'warn', page]);
}

const named = process.argv.slice(2);
const unknown = named.filter((name) => !engines.some((engine) => engine.name === name));
if (unknown.length > 0) {
  console.error(
    `No such engine: ${unknown.join(', ')}. There are ${engines.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const wanted = engines.filter(({ name }) => named.length === 0 || named.includes(name));

ensureInstalled();
const attempts = new Map(wanted.map((engine) => [engine.name, ensureEngine(engine)]));
for (const [name, attempt] of attempts)
  if (attempt) console.error(`${name} cannot run. To install it: ${attempt.command}\n${attempt.output}`);
if (!run('npm', ['run', '--silent', 'build:bundle'])) process.exit(1);

const present = wanted.filter((engine) => !attempts.get(engine.name));
const components = new Map(present.map(({ name }) => [name, testComponents(name)]));
const report = present.length > 0 ? testScenarios(present.map(({ name }) => name)) : undefined;

const results = wanted.map(({ name, title }) => ({
  title,
  missing: attempts.get(name),
  ...(components.get(name) ?? readComponents(undefined)),
  ...readScenarios(report ?? {}, name),
}));
rmSync(reports, { recursive: true, force: true });
const command = ['npm run test:engines', ...(named.length > 0 ? ['--', ...named] : [])].join(' ');
const text = markdown(results, { command, date: new Date().toISOString().slice(0, 10) });
console.log(`\n${text}`);
if (named.length === 0) keep(text);
process.exit(succeeded(results) ? 0 : 1);
