// The script-tag files carry their own Lit. Its Trusted Types policy gets our name there, so that a page
// which loads a Lit of its own under `trusted-types lit-html` does not meet a second policy of that name.
import MagicString from 'magic-string';

export const policyName = 'amigo-chat';

const creation = /createPolicy\(\s*(["'`])lit-html\1/;

/**
 * @param {string} code a module of lit-html
 * @returns {MagicString | undefined} undefined where the module creates no policy
 */
export function renamePolicy(code) {
  const found = creation.exec(code);
  if (!found) return undefined;
  const start = found.index + found[0].lastIndexOf('lit-html');
  return new MagicString(code).update(start, start + 'lit-html'.length, policyName);
}

/**
 * Fails the build where no policy was renamed: a Lit that creates it differently must be looked at.
 * @returns {import('vite').Plugin}
 */
export function renameLitPolicy() {
  let renamed = 0;
  return {
    name: 'amigo-chat:rename-lit-policy',
    buildStart() {
      renamed = 0; // Each output is a build of its own.
    },
    transform: {
      filter: { id: /[\\/]lit-html[\\/]/ },
      handler(code) {
        const result = renamePolicy(code);
        if (!result) return null;
        renamed += 1;
        return { code: result.toString(), map: result.generateMap({ hires: true }) };
      },
    },
    buildEnd(error) {
      if (error || renamed === 1) return;
      this.error(`Expected one Trusted Types policy "lit-html" in Lit, renamed ${renamed}.`);
    },
  };
}
