import { HttpError } from './exchange.js';

/** One thing that is wrong with a request, as the platform words it (ValidationError). */
export interface Issue {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
}

/** 422 with the platform's list of what is wrong (protocol §c, Errors). */
export function invalid(loc: Issue['loc'], msg: string, type = 'value_error'): HttpError {
  const issue: Issue = { loc, msg, type };
  return new HttpError(422, [issue]);
}

type Body = Readonly<Record<string, unknown>>;

/** Reads the fields of a JSON body; whatever does not fit is named in a 422. */
export class Fields {
  constructor(private readonly body: Body) {}

  /** A text, or undefined where it is absent or null. */
  text(name: string, limits: { min?: number; max?: number; pattern?: RegExp } = {}): string | undefined {
    const value = this.body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw this.wrong(name, 'Input should be a valid string', 'string_type');
    const { length } = [...value];
    if (length < (limits.min ?? 0))
      throw this.wrong(name, `At least ${limits.min} characters`, 'string_too_short');
    if (length > (limits.max ?? Infinity))
      throw this.wrong(name, `At most ${limits.max} characters`, 'string_too_long');
    if (limits.pattern && !limits.pattern.test(value))
      throw this.wrong(name, `String should match ${limits.pattern.source}`, 'string_pattern_mismatch');
    return value;
  }

  required(name: string, limits: Parameters<Fields['text']>[1] = {}): string {
    const value = this.text(name, limits);
    if (value === undefined) throw this.wrong(name, 'Field required', 'missing');
    return value;
  }

  flag(name: string): boolean {
    const value = this.body[name];
    if (value === undefined || value === null) return false;
    if (typeof value !== 'boolean') throw this.wrong(name, 'Input should be a valid boolean', 'bool_type');
    return value;
  }

  /** A whole number within limits. */
  integer(name: string, min: number, max: number): number | undefined {
    const value = this.body[name];
    if (value === undefined || value === null) return undefined;
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw this.wrong(name, `Input should be an integer from ${min} to ${max}`, 'int_range');
  }

  /** One of the given words. */
  choice<Word extends string>(name: string, words: readonly Word[], fallback?: Word): Word {
    const value = this.text(name) ?? fallback;
    const found = words.find((word) => word === value);
    if (found) return found;
    throw this.wrong(name, `Input should be ${words.join(' or ')}`, value === undefined ? 'missing' : 'enum');
  }

  list(name: string, max: number): readonly unknown[] {
    const value = this.body[name] ?? [];
    if (Array.isArray(value) && value.length <= max) return value;
    throw this.wrong(name, `Input should be a list of at most ${max}`, 'list_type');
  }

  wrong(name: string, msg: string, type?: string): HttpError {
    return invalid(['body', name], msg, type);
  }
}
