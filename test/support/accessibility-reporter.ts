import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { fill } from '../../scripts/docs/tables.mjs';
import { statementOf, statements } from './accessibility-statements.js';

interface Outcome {
  readonly files: Set<string>;
  passed: boolean;
}

const DOCS = 'docs/accessibility.md';

/**
 * Prints the 48 statements about accessibility with what became of their tests, where any of them ran.
 * `ACCESSIBILITY_TABLE=1` keeps the table in docs/accessibility.md.
 */
export default class AccessibilityReporter implements Reporter {
  private readonly outcomes = new Map<number, Outcome>();

  onTestEnd(test: TestCase, result: TestResult): void {
    const number = statementOf(test.title);
    if (number === undefined || result.status === 'skipped') return;
    const outcome = this.outcomes.get(number) ?? { files: new Set(), passed: true };
    this.outcomes.set(number, outcome);
    outcome.files.add(relative('test', test.location.file));
    // A test that is tried again counts by its last result.
    outcome.passed &&= result.status === 'passed' || result.retry < test.retries;
  }

  async onEnd(): Promise<void> {
    if (this.outcomes.size === 0) return;
    const table = this.table();
    console.log(`\n${table}\n`);
    if (process.env.ACCESSIBILITY_TABLE) await keep(table);
  }

  private table(): string {
    const rows = statements.map(({ number, text, criteria }) => {
      const outcome = this.outcomes.get(number);
      const result = outcome ? (outcome.passed ? 'passed' : '**failed**') : 'not run';
      const files = [...(outcome?.files ?? [])].map((file) => `\`${file}\``).join(', ');
      return `| ${String(number)} | ${text} | ${criteria} | ${result} | ${files} |`;
    });
    return ['| # | Statement | WCAG | Result | Test |', '| --- | --- | --- | --- | --- |', ...rows].join(
      '\n',
    );
  }
}

async function keep(table: string): Promise<void> {
  const text = fill(readFileSync(DOCS, 'utf8'), 'statements', table);
  writeFileSync(DOCS, await format(text, { ...(await resolveConfig(DOCS)), filepath: DOCS }));
}
