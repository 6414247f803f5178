import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as zod from 'zod/mini';
import * as lean from '../../scripts/build/lean-zod/mini.js';

/** A schema in words, to be built with either library. */
type Plan =
  | { readonly type: 'string' | 'number' | 'boolean' | 'unknown' }
  | { readonly type: 'literal'; readonly only: string }
  | { readonly type: 'enum'; readonly values: readonly [string, ...string[]] }
  | { readonly type: 'optional' | 'nullable' | 'array'; readonly inner: Plan }
  | { readonly type: 'union'; readonly options: readonly [Plan, Plan] }
  | { readonly type: 'object' | 'looseObject'; readonly shape: Readonly<Record<string, Plan>> };

interface Library<Schema> {
  string: () => Schema;
  number: () => Schema;
  boolean: () => Schema;
  unknown: () => Schema;
  literal: (only: string) => Schema;
  enum: (values: [string, ...string[]]) => Schema;
  optional: (inner: Schema) => Schema;
  nullable: (inner: Schema) => Schema;
  array: (inner: Schema) => Schema;
  union: (options: [Schema, Schema]) => Schema;
  object: (shape: Record<string, Schema>) => Schema;
  looseObject: (shape: Record<string, Schema>) => Schema;
}

function build<Schema>(library: Library<Schema>, plan: Plan): Schema {
  const from = (inner: Plan): Schema => build(library, inner);
  switch (plan.type) {
    case 'literal':
      return library.literal(plan.only);
    case 'enum':
      return library.enum([...plan.values]);
    case 'optional':
    case 'nullable':
    case 'array':
      return library[plan.type](from(plan.inner));
    case 'union':
      return library.union([from(plan.options[0]), from(plan.options[1])]);
    case 'object':
    case 'looseObject':
      return library[plan.type](
        Object.fromEntries(Object.entries(plan.shape).map(([key, inner]) => [key, from(inner)])),
      );
    default:
      return library[plan.type]();
  }
}

// None that every object inherits: there the two differ, see below.
const keys = fc.constantFrom('a', 'b', 'type', 'text', 'own');
const words = fc.constantFrom('', 'lock', 'who', 'a');

const leaf = fc.constantFrom('string' as const, 'number' as const, 'boolean' as const, 'unknown' as const);

const { plan: plans } = fc.letrec<{ plan: Plan; node: Plan }>((tie) => ({
  plan: fc.oneof({ depthSize: 'small' }, fc.record({ type: leaf }), tie('node')),
  node: fc.oneof(
    fc.record({ type: fc.constant('literal' as const), only: words }),
    fc.record({ type: fc.constant('enum' as const), values: fc.tuple(words, words) }),
    fc.record({ type: fc.constantFrom('optional', 'nullable', 'array'), inner: tie('plan') }),
    fc.record({ type: fc.constant('union' as const), options: fc.tuple(tie('plan'), tie('plan')) }),
    fc.record({
      type: fc.constantFrom('object', 'looseObject'),
      shape: fc.dictionary(keys, tie('plan'), { maxKeys: 4 }),
    }),
  ),
}));

/** Values that mostly fit a plan, with what fits nothing here and there. */
function valueFor(plan: Plan): fc.Arbitrary<unknown> {
  const fitting = (): fc.Arbitrary<unknown> => {
    switch (plan.type) {
      case 'string':
        return words;
      case 'number':
        return fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY));
      case 'boolean':
        return fc.boolean();
      case 'unknown':
        return fc.jsonValue();
      case 'literal':
        return fc.constant(plan.only);
      case 'enum':
        return fc.constantFrom(...plan.values);
      case 'optional':
        return fc.oneof(fc.constant(undefined), valueFor(plan.inner));
      case 'nullable':
        return fc.oneof(fc.constant(null), valueFor(plan.inner));
      case 'array':
        return fc.array(valueFor(plan.inner), { maxLength: 3 });
      case 'union':
        return fc.oneof(...plan.options.map(valueFor));
      default: {
        const fields = Object.entries(plan.shape).map(([key, inner]) => [key, valueFor(inner)] as const);
        const shaped = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
        return fc.tuple(shaped, fc.dictionary(keys, fc.jsonValue(), { maxKeys: 2 })).map(([own, more]) => ({
          ...more,
          ...own,
        }));
      }
    }
  };
  const odd = fc.constantFrom<unknown>(undefined, null, {}, [], '', 0, JSON.parse('{"__proto__":{"a":1}}'));
  return fc.oneof({ weight: 12, arbitrary: fitting() }, { weight: 1, arbitrary: odd });
}

const both = (plan: Plan, value: unknown): [unknown, unknown] => {
  const real = build(zod as unknown as Library<zod.ZodMiniType>, plan).safeParse(value);
  const ours = build(lean as unknown as Library<ReturnType<typeof lean.string>>, plan).safeParse(value);
  return [
    { success: ours.success, data: ours.data },
    { success: real.success, data: real.data },
  ];
};

describe('zod/mini of the script-tag files', () => {
  it('answers what zod answers, whatever the schema and the value', () => {
    const fit = { yes: 0, no: 0 };
    fc.assert(
      fc.property(
        plans.chain((plan) => fc.tuple(fc.constant(plan), valueFor(plan))),
        ([plan, value]) => {
          const [ours, real] = both(plan, value);
          expect(ours).toStrictEqual(real);
          fit[(real as { success: boolean }).success ? 'yes' : 'no'] += 1;
        },
      ),
      { numRuns: 3000 },
    );
    // Both answers must have been tried, or this test says nothing.
    expect(Math.min(fit.yes, fit.no)).toBeGreaterThan(200);
  });

  it.each<[string, Plan, unknown, boolean]>([
    ['is absent where it may be', { type: 'optional', inner: { type: 'string' } }, {}, true],
    ['is missing where it may not', { type: 'unknown' }, {}, false],
    ['is read where it is the object’s own', { type: 'string' }, { toString: 'a' }, true],
  ])(
    'reads no field that an object only inherits: one that is not its own %s',
    (_title, inner, value, fits) => {
      for (const type of ['object', 'looseObject'] as const) {
        const plan: Plan = { type, shape: { toString: inner } };
        const read = build(lean as unknown as Library<ReturnType<typeof lean.string>>, plan).safeParse(value);
        expect(read).toEqual(fits ? { success: true, data: value } : { success: false });
      }
    },
  );

  it('offers whatever the bundled sources ask zod for', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('platform'))
      .map((file) => readFileSync(`src/${file}`, 'utf8'))
      .filter((code) => code.includes("from 'zod/mini'"));
    const asked = new Set(
      sources.flatMap((code) => [...code.matchAll(/\bz\.([a-z]\w*)\(/g)].map(([, name]) => name)),
    );
    expect(asked.size).toBeGreaterThan(5);
    expect([...asked].filter((name) => !(name! in lean))).toEqual([]);
  });
});
