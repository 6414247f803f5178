import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { wait } from '../../src/lib/clock.js';
import { Disposer } from '../../src/lib/disposer.js';
import { createId } from '../../src/lib/id.js';
import { MAX_JSON_DEPTH, MAX_JSON_LENGTH, isRecord, parseJson } from '../../src/lib/json.js';
import { codePoints, isBlank } from '../../src/lib/text.js';
import { FakeClock } from '../support/fake-clock.js';

describe('parseJson', () => {
  it('agrees with JSON.parse on everything a server may mean', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 20 }), (value) => {
        const text = JSON.stringify(value);
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  it('answers undefined to what is no JSON, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        let expected: unknown;
        try {
          expected = JSON.parse(text);
        } catch {
          expected = undefined;
        }
        expect(parseJson(text)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
  it.each([
    [nested(MAX_JSON_DEPTH), true],
    [nested(MAX_JSON_DEPTH + 1), false],
    [nested(100_000), false],
    [JSON.stringify(nested(100)), true],
    [JSON.stringify(`"\\"${nested(100)}`), true],
    [JSON.stringify('x'.repeat(MAX_JSON_LENGTH - 2)), true],
    [JSON.stringify('x'.repeat(MAX_JSON_LENGTH - 1)), false],
  ])('reads %.40s: %s', (text, readable) => {
    expect(parseJson(text) !== undefined).toBe(readable);
  });

  it('knows a record from what only looks like one', () => {
    expect([{}, [], null, 'x', 7, undefined].map(isRecord)).toEqual([
      true,
      false,
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('a text', () => {
  it.each([
    ['', 0],
    ['abc', 3],
    ['é', 1],
    ['🙂🙂', 2],
    ['👩‍⚕️', 4],
    ['\ud800', 1],
  ])('%j has %i code points', (text, count) => {
    expect(codePoints(text)).toBe(count);
  });

  it.each([
    ['', true],
    [' \n\t\u00a0\u3000', true],
    [' x ', false],
  ])('%j is blank: %s', (text, blank) => {
    expect(isBlank(text)).toBe(blank);
  });
});

describe('an id', () => {
  it('is another each time', () => {
    expect(new Set(Array.from({ length: 1_000 }, createId)).size).toBe(1_000);
  });
});

describe('wait', () => {
  it('ends when its time is over, and leaves nothing behind', async () => {
    const clock = new FakeClock();
    let over = false;
    void wait(clock, 100).then(() => {
      over = true;
    });
    await clock.pass(99);
    expect(over).toBe(false);
    await clock.pass(1);
    expect(over).toBe(true);
  });

  it('ends at once when it is called off, before or meanwhile', async () => {
    const clock = new FakeClock();
    await wait(clock, 100, AbortSignal.abort());
    const caller = new AbortController();
    const waiting = wait(clock, 100, caller.signal);
    caller.abort();
    await waiting;
    expect(clock.pending).toBe(0);
  });
});

describe('a disposer', () => {
  it('undoes everything once', () => {
    const disposer = new Disposer();
    const undone: string[] = [];
    disposer.add(() => undone.push('a'));
    const early = disposer.add(() => undone.push('b'));
    early();
    early();
    disposer.dispose();
    disposer.dispose();
    expect(undone).toEqual(['b', 'a']);
  });

  it('undoes at once what comes after its end', () => {
    const disposer = new Disposer();
    disposer.dispose();
    let undone = 0;
    disposer.add(() => {
      undone += 1;
    });
    expect([undone, disposer.disposed]).toEqual([1, true]);
  });

  it('takes its listeners back', () => {
    const disposer = new Disposer();
    const target = new EventTarget();
    let heard = 0;
    disposer.listen(target, 'x', () => {
      heard += 1;
    });
    target.dispatchEvent(new Event('x'));
    disposer.dispose();
    target.dispatchEvent(new Event('x'));
    expect(heard).toBe(1);
  });
});
