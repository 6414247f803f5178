import { createHash } from 'node:crypto';

import { HttpError } from '../http/exchange.js';
import { invalid } from '../http/validation.js';

const HEX_ID = /^[a-f0-9]{24}$/;

/** Whether a value has the shape of a classic id (protocol §e). */
export function isHexId(value: unknown): value is string {
  return typeof value === 'string' && HEX_ID.test(value);
}

/** The classic id that belongs to these words: always the same. */
export function hexId(...of: readonly string[]): string {
  return createHash('sha256').update(of.join('/')).digest('hex').slice(0, 24);
}

/** @throws HttpError 422 that names the place */
export function requireHexId(value: unknown, ...loc: string[]): string {
  if (isHexId(value)) return value;
  throw value === undefined
    ? missing(loc)
    : invalid(loc, 'String should match ^[a-f0-9]{24}$', 'string_pattern_mismatch');
}

function missing(loc: readonly string[]): HttpError {
  return invalid(loc, 'Field required', 'missing');
}
