// npm run test:faults [-- A12 B08]: runs every test that carries a row of the fault matrix (or one of those named),
// prints row × result, and writes the results into docs/reliability.md. The rows in a browser need a build of the script.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  faultsIn,
  matrix,
  playwrightRows,
  printed,
  rowPattern,
  vitestRows,
  withResults,
} from './fault-rows.mjs';
import { root, run } from './install.mjs';

const document = join(root, 'docs/reliability.md');
const reports = mkdtempSync(join(tmpdir(), 'amigo-chat-faults-'));
const [unit, e2e] = [join(reports, 'unit.json'), join(reports, 'e2e.json')];

/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const named = process.argv.slice(2);
const pattern = named.length > 0 ? rowPattern(`(?:${named.join('|')})`) : rowPattern();

run('npx', [
  'vitest',
  'run',
  '--project',
  'unit',
  '-t',
  pattern,
  '--reporter=dot',
  '--reporter=json',
  `--outputFile.json=${unit}`,
]);
run('npx', ['playwright', 'test', '--grep', pattern, '--reporter=list,json'], {
  env: { ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: e2e },
});

const before = readFileSync(document, 'utf8');
const faults = faultsIn(before);
const rows = matrix(
  [...faults.keys()].filter((id) => named.length === 0 || named.includes(id)),
  [...vitestRows(readJson(unit), root), ...playwrightRows(readJson(e2e), root)],
);
rmSync(reports, { recursive: true, force: true });
writeFileSync(document, withResults(before, rows));
run('npx', ['prettier', '--write', '--log-level', 'warn', document]);
console.log(printed(faults, rows));
const passed = [...rows.values()].filter(({ result }) => result.startsWith('passed')).length;
console.log(`${String(passed)} of ${String(rows.size)} rows passed`);
process.exit(passed === rows.size ? 0 : 1);
