import { Session, type Profiler } from 'node:inspector';
import { expect } from 'vitest';

/** What one call of a native function costs, in characters that it has to look at. */
type Cost = (text: string, args: readonly unknown[], result: unknown) => number;

const upTo: Cost = (text, [wanted, from], found) => {
  const start = typeof from === 'number' ? from : 0;
  return typeof found === 'number' && found >= 0
    ? found - start + String(wanted).length
    : text.length - start;
};
const whole: Cost = (text) => text.length;

/** The natives that read through a text; what cuts a piece out of it copies nothing. */
const natives: Readonly<Record<string, Cost>> = {
  indexOf: upTo,
  includes: (text, args, found) =>
    found === true ? upTo(text, args, text.indexOf(String(args[0]))) : text.length,
  split: whole,
  replaceAll: whole,
  trim: (text, _args, trimmed) => text.length - String(trimmed).length,
};

let inspector: Session | undefined;

function post<Result>(method: string, parameters: object = {}): Promise<Result> {
  inspector ??= new Session();
  const session = inspector;
  return new Promise((resolve, reject) => {
    session.post(method, parameters, (error, result) => {
      if (error) reject(error);
      else resolve(result as Result);
    });
  });
}

/** Counts what natives look at while it is in place. */
function countNatives(): { characters: () => number; restore: () => void } {
  let characters = 0;
  const strings = String.prototype as unknown as Record<string, (...args: unknown[]) => unknown>;
  const originals = Object.keys(natives).map((name) => [name, strings[name]!] as const);
  for (const [name, original] of originals) {
    strings[name] = function (this: unknown, ...args: unknown[]): unknown {
      const result = Reflect.apply(original, this, args);
      characters += natives[name]!(String(this), args, result);
      return result;
    };
  }

  const { exec } = RegExp.prototype;
  RegExp.prototype.exec = function (text: string): RegExpExecArray | null {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const match = Reflect.apply(exec, this, [text]);
    if (match) characters += match.index + match[0].length - from + 1;
    else characters += this.sticky ? 1 : text.length - from;
    return match;
  };
  return {
    characters: () => characters,
    restore: () => {
      for (const [name, original] of originals) strings[name] = original;
      RegExp.prototype.exec = exec;
    },
  };
}

/** Our sources, and the parser of server-sent events. */
const counted = /\/src\/|eventsource-parser/;

/**
 * How many steps a piece of work takes: how often each block of our code runs (V8's own count, as for coverage), and how
 * many characters natives look at for it. The same in every run, however busy the machine is.
 */
export async function stepsOf(work: () => unknown): Promise<number> {
  await whenStarted();
  // Clears the counts.
  await post('Profiler.takePreciseCoverage');
  const texts = countNatives();
  try {
    await work();
  } finally {
    texts.restore();
  }
  const { result } = await post<Profiler.TakePreciseCoverageReturnType>('Profiler.takePreciseCoverage');
  const blocks = result
    .filter(({ url }) => counted.test(url))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)));
  return texts.characters() + blocks.reduce((sum, count) => sum + count, 0);
}

let started: Promise<unknown> | undefined;

async function whenStarted(): Promise<void> {
  started ??= (async () => {
    inspector = new Session();
    inspector.connect();
    await post('Profiler.enable');
    await post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  })();
  await started;
}

/** Steps for work of one size, ten times as much, and so on: ten times each if linear, 100 times if quadratic. */
export function expectLinear(steps: readonly number[]): void {
  expect(steps.length).toBeGreaterThan(1);
  expect(Math.min(...steps)).toBeGreaterThan(0);
  for (const [index, more] of steps.slice(1).entries()) expect(more / (steps[index] ?? 0)).toBeLessThan(20);
}
