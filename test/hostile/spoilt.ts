import fc from 'fast-check';

/** What no decoder should trip over. */
const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null, undefined, '', 'x', 0, -0, -1, 1e308, 9e15, Number.NaN, true, false, [], {}, [[]], '\ud83d', '\udc00', '\0',
    '\u2028', '__proto__', '<img src=x onerror=attack()>', '9'.repeat(400), JSON.parse('{"__proto__":{"text":"a"}}'),
  ), // prettier-ignore
  fc.jsonValue({ maxDepth: 3 }),
  fc
    .integer({ min: 1, max: 200 })
    .map((depth) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown),
);

const names = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'type',
  'event',
  'data',
  'text',
  'then',
  '0',
  '',
);

/** Mostly as it is; at times something else, or (as a field) nothing. */
function field(value: unknown, absent: boolean): fc.Arbitrary<readonly [unknown] | readonly []> {
  return fc.oneof(
    { weight: 30, arbitrary: spoilt(value).map((kept) => [kept] as const) },
    { weight: 1, arbitrary: odd.map((other) => [other] as const) },
    ...(absent ? [{ weight: 1, arbitrary: fc.constant([] as const) }] : []),
  );
}

/** A valid value in which here and there something is missing, too much, or something else. */
export function spoilt(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value)) {
    return fc
      .tuple(fc.tuple(...value.map((item) => field(item, true))), fc.array(odd, { maxLength: 1 }))
      .map(([items, more]) => [...items.flat(), ...more]);
  }
  if (typeof value === 'object' && value !== null) {
    const keys = Object.keys(value);
    return fc
      .tuple(
        fc.tuple(...Object.values(value).map((one) => field(one, true))),
        fc.array(fc.tuple(names, odd), { maxLength: 1 }),
      )
      .map(([fields, more]) => {
        const spoiltFields = fields.flatMap((one, at) => one.map((kept) => [keys[at] ?? '', kept] as const));
        return Object.fromEntries([...more, ...spoiltFields]);
      });
  }
  return fc.constant(value);
}

/** One of some valid values, spoilt. */
export const oneSpoilt = (values: readonly unknown[]): fc.Arbitrary<unknown> =>
  fc.constantFrom(...values).chain((value) => field(value, false).map(([only]) => only));

/** The same as text, which may also be cut, be joined with another, or be none of it. */
export const spoiltText = (values: readonly unknown[]): fc.Arbitrary<string> => {
  const json = oneSpoilt(values).map((value) => JSON.stringify(value) ?? '');
  return fc.oneof(
    { weight: 8, arbitrary: json },
    {
      weight: 1,
      arbitrary: fc.tuple(json, fc.nat()).map(([text, at]) => text.slice(0, at % (text.length + 1))),
    },
    { weight: 1, arbitrary: fc.tuple(json, json).map((texts) => texts.join('')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  );
};

/** Pieces of a text, as a network cuts it. */
export function cut(text: string, sizes: readonly number[]): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const end = at + (sizes[turn % sizes.length] ?? 1);
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}
