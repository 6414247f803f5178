/** The largest text that is parsed, in UTF-16 units; about 1 MiB on the wire. */
export const MAX_JSON_LENGTH = 1_048_576;
/** The deepest nesting that is parsed. */
export const MAX_JSON_DEPTH = 64;

/**
 * Parses JSON that nobody vouches for. Undefined where it is not JSON, too long or too deeply nested: the
 * check runs over the text before anything is built from it, so a hostile frame costs one pass.
 */
export function parseJson(text: string, maxLength = MAX_JSON_LENGTH): unknown {
  if (text.length > maxLength || nestsTooDeep(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function nestsTooDeep(text: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
}

/** True for a plain object, the only shape a frame may have. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
