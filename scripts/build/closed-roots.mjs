// Closed shadow roots, for platforms that allow no others (Salesforce Lightning Web Security): Lit takes the mode
// of every root from one place, which is looked for in the finished script.
const mode = /(shadowRootOptions\s*=\s*\{\s*mode:\s*)(["'`])open\2/g;

/**
 * The same script with closed shadow roots. It throws where that one place is not found: a Lit that is built
 * differently must be looked at.
 * @param {string} code a script-tag file
 */
export function withClosedRoots(code) {
  const places = [...code.matchAll(mode)].length;
  if (places !== 1) throw new Error(`Expected one mode of shadow roots in the script, found ${places}.`);
  return code.replace(mode, '$1$2closed$2').replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
}
