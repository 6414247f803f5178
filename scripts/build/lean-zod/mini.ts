// `zod/mini` for the script-tag files: the part of it that our schemas use, with the same answers (kept by
// test/architecture/lean-zod.property.test.ts, against the installed zod). All of zod comes with error messages, checks,
// transforms and asynchronous parsing that nothing here asks for: 5.3 KB, a twelfth of the widget. The npm package
// imports zod itself and shares it with the app.

/** Stands for a value that does not fit. */
const misfit = Symbol('misfit');

/** What stands for a schema: as much of zod's interface as the decoders call. */
class Schema {
  constructor(
    /** The value as the schema lets it through, or `misfit`. */
    readonly read: (value: unknown) => unknown,
    /** Whether an object may lack it. */
    readonly absent = false,
  ) {}

  safeParse(value: unknown): { success: boolean; data?: unknown } {
    const data = this.read(value);
    return data === misfit ? { success: false } : { success: true, data };
  }
}

const where = (fits: (value: unknown) => boolean): Schema =>
  new Schema((value) => (fits(value) ? value : misfit));

export const unknown = (): Schema => where(() => true);
export const string = (): Schema => where((value) => typeof value === 'string');
export const number = (): Schema => where(Number.isFinite);
export const boolean = (): Schema => where((value) => typeof value === 'boolean');
export const literal = (only: unknown): Schema => where((value) => value === only);

const anyOf = (values: readonly unknown[]): Schema => where((value) => values.includes(value));
export { anyOf as enum };

export const optional = ({ read }: Schema): Schema =>
  new Schema((value) => (value === undefined ? value : read(value)), true);

export const nullable = ({ read, absent }: Schema): Schema =>
  new Schema((value) => (value === null ? value : read(value)), absent);

export const array = ({ read }: Schema): Schema =>
  new Schema((value) => {
    if (!Array.isArray(value)) return misfit;
    const items = value.map((item) => read(item));
    return items.includes(misfit) ? misfit : items;
  });

/** `discriminatedUnion` names its key first; here it is no help. */
export const union = (first: readonly Schema[] | string, options = first as readonly Schema[]): Schema =>
  new Schema(
    (value) => {
      const fitting = options.find(({ read }) => read(value) !== misfit);
      return fitting ? fitting.read(value) : misfit;
    },
    options.some(({ absent }) => absent),
  );
export { union as discriminatedUnion };

type Shape = Readonly<Record<string, Schema>>;
type Fields = Record<string, unknown>;

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Only an object's own fields count: what a page has put on `Object.prototype` is no part of a frame. There zod
 * differs, which reads what is inherited too.
 */
export const object = (shape: Shape, loose = false): Schema =>
  new Schema((value) => {
    if (!isObject(value)) return misfit;
    const { ['__proto__']: _, ...fields } = loose ? value : {};
    const fits = Object.entries(shape).every(([key, { read, absent }]) =>
      Object.hasOwn(value, key) ? (fields[key] = read(value[key])) !== misfit : absent,
    );
    return fits ? fields : misfit;
  });

export const looseObject = (shape: Shape): Schema => object(shape, true);
