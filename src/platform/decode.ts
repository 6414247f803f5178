import * as z from 'zod/mini';
import { parseJson } from '../lib/json.js';
import { PlatformError } from './error.js';

/** A large history is larger than any frame. */
const MAX_LENGTH = 16 * 1_048_576;

/**
 * Reads an answer.
 *
 * @param what the call, for the error's message
 * @throws PlatformError `malformed` that names the first field that does not fit, never its value
 */
export function decode<Schema extends z.ZodMiniType>(
  schema: Schema,
  text: string,
  what: string,
): z.infer<Schema> {
  const read = schema.safeParse(parseJson(text, MAX_LENGTH));
  if (read.success) return read.data;
  const where = read.error.issues[0]?.path.join('.') || 'the whole answer';
  throw new PlatformError(`${what} was answered with something else than it should: ${where}.`, {
    code: 'malformed',
    status: 200,
    detail: where,
  });
}
