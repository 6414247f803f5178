const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const CANONICAL = /^[A-Za-z0-9._-]+:[A-Za-z0-9._-]+:[A-Za-z0-9._-]+$/;
const HEX_ID = /^[a-f0-9]{24}$/;

/** @throws TypeError that names the argument */
export function requireUuid(name: string, value: string): string {
  return require(name, value, UUID.test(value), 'must be a UUID');
}

/** `source:type:id`, each part of letters, digits, `.`, `_` and `-` (protocol §d). @throws TypeError */
export function requireCanonicalId(value: string): string {
  const fits = value.length >= 3 && value.length <= 256 && CANONICAL.test(value);
  return require('canonicalId', value, fits, 'must be source:type:id, such as charmhealth:Patient:67890');
}

/** Classic ids (protocol §e). @throws TypeError */
export function requireHexId(name: string, value: string): string {
  return require(name, value, HEX_ID.test(value), 'must be 24 hexadecimal digits');
}

/** Counted in code points (protocol G5). @throws TypeError */
export function requireLength(name: string, value: string, min: number, max: number): string {
  const { length } = [...value];
  return require(name, value, length >= min && length <= max, `must be ${min} to ${max} characters long`);
}

/** The base URL without its trailing slashes. @throws TypeError */
export function requireUrl(name: string, value: string): string {
  const fits = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
  return require(name, value, fits, 'must be a full http or https address').replace(/\/+$/, '');
}

function require(name: string, value: string, fits: boolean, rule: string): string {
  if (fits) return value;
  throw new TypeError(`${name} ${rule}.`);
}
