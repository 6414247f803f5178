// What a line begins with decides what block it belongs to.

/** How much of a line's beginning may be looked at to tell what the line is. */
const LONGEST_MARKER = 100;

export const HEADING = /^(#{1,6})(?=[ \t\n])/;
export const RULE = /^([-*_])(?:[ \t]*\1){2,}[ \t]*\n/;
export const ITEM = /^(?:[-*+]|(\d{1,9})[.)])(?=[ \t\n])/;
export const FENCE = /^(`{3,}(?!.*`)|~{3,})[ \t]*(\S*).*\n/;
/** Every beginning of the above that says too little. */
export const UNDECIDED =
  /^(?:#{1,6}|([-*_])(?:[ \t]*\1)*[ \t]*|\+|\d{1,9}[.)]?|`{1,2}|`{3,}[^`]*|~{1,2}|~{3,}[^]*)$/;
export const CLOSING_FENCE = /^(?:`+|~+)[ \t]*$/;

/** A bounded look at the rest of the line. */
export interface Line {
  /** The text, with a newline at its end if that has come. */
  readonly text: string;
  /** Whether more text can change nothing that a marker is recognised by. */
  readonly decided: boolean;
}

/**
 * The line of `source` from `at` on, as far as markers reach.
 * @param final - whether nothing follows `source`
 */
export function peekLine(source: string, at: number, final: boolean): Line {
  const ahead = source.slice(at, at + LONGEST_MARKER);
  const newline = ahead.indexOf('\n');
  if (newline >= 0) return { text: ahead.slice(0, newline + 1), decided: true };
  if (ahead.length === LONGEST_MARKER) return { text: ahead, decided: true };
  return { text: final ? `${ahead}\n` : ahead, decided: final };
}
