import { describe, expect, it } from 'vitest';
import { playwrightFailures, printed, vitestFailures } from '../../scripts/test-failures.mjs';

const lines = (troubles: ReturnType<typeof vitestFailures>) => troubles.map(printed);

describe('the failures that npm test names at its end', () => {
  it('names a failed test of Vitest by its file, and says why in one line without colours', () => {
    const failed = {
      status: 'failed',
      fullName: 'the clock stops',
      failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m\n    at somewhere'],
    };
    const file = { name: '/here/test/clock.test.ts', status: 'failed', assertionResults: [failed] };
    expect(lines(vitestFailures({ testResults: [file] }, '/here'))).toEqual([
      'FAILED  test/clock.test.ts › the clock stops: expected 1 to be 2',
    ]);
  });

  it('names a file that could not be loaded', () => {
    const file = {
      name: '/here/a.test.ts',
      status: 'failed',
      message: 'no such module',
      assertionResults: [],
    };
    expect(lines(vitestFailures({ testResults: [file] }, '/here'))).toEqual([
      'FAILED  a.test.ts › could not be loaded: no such module',
    ]);
  });

  it('tells a test of Playwright that failed from one that passed when tried again', () => {
    const spec = (title: string, status: string) => ({
      file: 'e2e/a.spec.ts',
      title,
      tests: [{ status, results: [{ error: { message: '\n  Timed out' } }, {}] }],
    });
    const specs = [spec('opens', 'unexpected'), spec('closes', 'flaky'), spec('waits', 'expected')];
    expect(lines(playwrightFailures({ suites: [{ suites: [{ specs }] }] }))).toEqual([
      'FAILED  e2e/a.spec.ts › opens: Timed out',
      'FLAKY  e2e/a.spec.ts › closes: Timed out',
    ]);
  });

  it('names an error outside any test', () => {
    const errors = [{ message: 'the server did not start' }];
    expect(lines(playwrightFailures({ errors }))).toEqual([
      'FAILED  no file › an error outside the tests: the server did not start',
    ]);
  });

  it('has nothing to say of a run in which all passed', () => {
    const passed = { name: '/here/a.test.ts', status: 'passed', assertionResults: [{ status: 'passed' }] };
    expect(vitestFailures({ testResults: [passed] }, '/here')).toEqual([]);
    expect(playwrightFailures({ suites: [] })).toEqual([]);
  });
});
