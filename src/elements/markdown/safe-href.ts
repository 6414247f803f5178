const SCHEMES = new Set(['https:', 'http:', 'mailto:', 'tel:']);

/** Control and invisible characters, which browsers drop from or hide in an address. */
const INVISIBLE = /[\0- \x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The normalised absolute address of a link that may be followed, or undefined where it may not.
 *
 * Only `https:`, `http:`, `mailto:` and `tel:`. Relative addresses are refused (the agent does not know the
 * portal's routes), and so are addresses with a user name, which can make a foreign host look like the clinic's.
 */
export function safeHref(address: string): string | undefined {
  try {
    const url = new URL(address.replace(INVISIBLE, ''));
    return SCHEMES.has(url.protocol) && !url.username && !url.password ? url.href : undefined;
  } catch {
    return undefined; // not an absolute URL
  }
}
