import { describe, expect, it } from 'vitest';
import { addCounts, countPlaywright, countVitest, ensureRan, summary } from '../../scripts/test-counts.mjs';

describe('the last line of npm test', () => {
  it('takes Vitest’s numbers', () => {
    const report = { numPassedTests: 7, numFailedTests: 2, numPendingTests: 1, testResults: [] };
    expect(countVitest(report)).toEqual({ passed: 7, failed: 2, skipped: 1 });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const broken = { status: 'failed', assertionResults: [] };
    const failing = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 0,
      testResults: [broken, failing],
    };
    expect(countVitest(report).failed).toBe(2);
  });

  it('counts an end-to-end test that passed on a retry as passed, and an error outside the tests as a failure', () => {
    const report = { stats: { expected: 5, unexpected: 1, flaky: 1, skipped: 0 }, errors: [{}] };
    expect(countPlaywright(report)).toEqual({ passed: 6, failed: 2, skipped: 0 });
  });

  it.each([
    ['crashed after its report', { passed: 4, failed: 0, skipped: 0 }, false],
    ['ran nothing', { passed: 0, failed: 0, skipped: 2 }, true],
    ['left no report', undefined, true],
  ])('fails a suite that %s', (_title, counts, succeeded) => {
    expect(ensureRan(counts, succeeded).failed).toBe(1);
  });

  it('leaves a suite that ran well alone', () => {
    expect(ensureRan({ passed: 4, failed: 0, skipped: 1 }, true)).toEqual({
      passed: 4,
      failed: 0,
      skipped: 1,
    });
  });

  it('adds up, and names skipped tests only where there are any', () => {
    const total = addCounts([
      { passed: 1, failed: 0, skipped: 0 },
      { passed: 2, failed: 1, skipped: 1 },
    ]);
    expect(summary(total)).toBe('3 passed, 1 failed, 1 skipped');
    expect(summary({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
  });
});
