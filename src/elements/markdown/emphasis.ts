// Whether an emphasis marker has a partner: told from the characters around it and from a bounded look ahead.

/** How far ahead an emphasis marker looks for its partner before it takes the partner for granted. */
export const EMPHASIS_LOOKAHEAD = 128;

export const WORD = /[\p{L}\p{N}]/u;
export const VISIBLE = /\S/;

/** What may hide a closing marker from an opening one, and the markers themselves. */
const CLOSERS = /\\[^]|(`+)([^`]*\1)?|([*_~])\3*/g;

/** Whether a marker between these characters may close an emphasis. */
export function mayClose(mark: string, before: string, after: string): boolean {
  return VISIBLE.test(before) && (mark !== '_' || !WORD.test(after));
}

/**
 * Size of the first run that closes something opened here, provided that everything closes: 0 where it does
 * not, undefined while more text could still tell. Inner pairs of the same marker are counted.
 */
export function firstCloser(ahead: string, mark: string, size: number, ended: boolean): number | undefined {
  let missing = size;
  let first = 0;
  for (const found of ahead.matchAll(CLOSERS)) {
    const [run, ticks, codeRest, marker] = found;
    if (ticks && codeRest === undefined && !ended) return undefined;
    const end = found.index + run.length;
    if (end === ahead.length && !ended) return undefined;
    if (marker !== mark) continue;
    const after = ahead[end] ?? ' ';
    if (mayClose(mark, ahead.charAt(found.index - 1), after)) {
      first ||= run.length;
      missing -= run.length;
      if (missing <= 0) return first;
    } else if (VISIBLE.test(after)) missing += run.length;
  }
  return ended ? 0 : undefined;
}
