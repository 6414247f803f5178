import { describe, expect, it } from 'vitest';
import { markdown, readComponents, readScenarios, succeeded } from '../../scripts/engines/results.mjs';

const spec = (title: string, projectName: string, status: string): object => ({
  title,
  tests: [
    { projectName, status, annotations: [{ type: 'engine', description: 'Firefox 153.7' }], results: [] },
  ],
});
const scenarios = {
  suites: [
    {
      specs: [spec('opens', 'firefox', 'expected'), spec('greets', 'firefox', 'flaky')],
      suites: [{ specs: [spec('streams', 'firefox', 'unexpected')] }],
    },
    { specs: [spec('opens', 'webkitgtk', 'expected')] },
  ],
};
const components = (failed: number): object => ({
  numPassedTests: 5,
  numFailedTests: failed,
  numPendingTests: 0,
  testResults: [
    {
      status: failed ? 'failed' : 'passed',
      assertionResults: failed
        ? [{ status: 'failed', fullName: 'a panel opens' }]
        : [{ status: 'passed', fullName: 'a panel opens' }],
    },
  ],
});
const firefox = {
  title: 'Firefox',
  missing: undefined,
  ...readComponents(components(0)),
  ...readScenarios(scenarios, 'firefox'),
};

describe('the result of the engines', () => {
  it('has every scenario of one engine, however deep it stands, and the engine’s version', () => {
    expect([...firefox.scenarios]).toEqual([
      ['opens', 'passed'],
      ['greets', 'passed at a second try'],
      ['streams', 'failed'],
    ]);
    expect(firefox.version).toBe('Firefox 153.7');
  });

  it('succeeds only where all that should run ran and passed', () => {
    const passed = { ...firefox, scenarios: new Map([['opens', 'passed']]) };
    expect(succeeded([passed])).toBe(true);
    expect(succeeded([passed, firefox])).toBe(false);
    expect(succeeded([{ ...passed, ...readComponents(components(1)) }])).toBe(false);
    expect(succeeded([{ ...passed, ...readComponents(undefined) }])).toBe(false);
    expect(succeeded([{ ...passed, scenarios: new Map() }])).toBe(false);
    expect(succeeded([{ ...passed, missing: { command: 'apt-get', output: 'no' } }])).toBe(false);
  });

  it('says what did not run, and what was tried', () => {
    const webkit = {
      title: 'WebKitGTK',
      ...readComponents(undefined),
      ...readScenarios({}, 'webkitgtk'),
      missing: { command: 'apt-get install webkit2gtk-driver', output: 'E: Unable to locate' },
    };
    const text = markdown([{ ...firefox, ...readComponents(components(1)) }, webkit], {
      command: 'npm run test:engines',
      date: '2026-11-21',
    });
    expect(text).toContain('| version | 153.7 | not here |');
    expect(text).toContain('| component tests | 5 passed, 1 failed | not run |');
    expect(text).toContain('| streams | failed | not run |');
    expect(text).toContain('- Firefox: a panel opens');
    expect(text).toContain('$ apt-get install webkit2gtk-driver\nE: Unable to locate');
  });
});
