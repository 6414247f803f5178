// Files that the script-tag bundle imports only when they are needed. Each lies beside the script, so that a page
// which allows the script's directory allows them too. What one needs of the core it is lent (./shared-modules.mjs).
import { readdirSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import { root } from '../install.mjs';
import { moduleOf } from './module-graph.mjs';

/** Languages inside the bundle. */
const inside = ['en.ts', 'es.ts'];

const locales = readdirSync(join(root, 'src/i18n/locales')).filter((file) => !inside.includes(file));

/**
 * Source modules, and the files that they become in `dist`.
 * @type {ReadonlyMap<string, string>}
 */
export const onDemandFiles = new Map([
  ...locales.map(
    (file) => /** @type {const} */ ([`src/i18n/locales/${file}`, `locales/${file.replace(/ts$/, 'js')}`]),
  ),
  ['src/elements/approval.ts', 'approval.js'],
  ['src/elements/choice.ts', 'choice.js'],
  ['src/elements/language-select.ts', 'language-select.js'],
  ['src/elements/consent.ts', 'consent.js'],
  ['src/more.ts', 'more.js'],
  ['src/elements/quick-replies.ts', 'quick-replies.js'],
  ['src/i18n/guess-language.ts', 'guess-language.js'],
  ['src/kept-history.ts', 'kept-history.js'],
  ['src/elements/thumbs.ts', 'thumbs.js'],
  ['src/theme/page-theme.ts', 'page-theme.js'],
  ['src/left-alone.ts', 'left-alone.js'],
  ['src/protocol/text-stream/index.ts', 'surfaces/text-stream.js'],
  ['src/protocol/classic/index.ts', 'surfaces/classic.js'],
]);

/** The source that an `import()` names. @param {string} specifier @param {string} importer absolute */
export const sourceOf = (specifier, importer) => moduleOf(relative(root, importer), specifier);

/**
 * Leaves `import()` of an on-demand module to the browser. Any other `import()` would end up inside the bundle
 * and be no saving at all, so it stops the build.
 * @param {string} [from] the file being built, where that is an on-demand file itself
 * @returns {import('vite').Plugin}
 */
export function onDemandPlugin(from = '') {
  return {
    name: 'amigo-chat:on-demand',
    enforce: 'pre',
    resolveDynamicImport(specifier, importer) {
      if (typeof specifier !== 'string') return null;
      const source = sourceOf(specifier, importer);
      const file = onDemandFiles.get(source);
      if (!file) this.error(`${source} is imported on demand but not listed in scripts/build/on-demand.mjs`);
      const address = posix.relative(dirname(from), file);
      return { id: address.startsWith('.') ? address : `./${address}`, external: true };
    },
  };
}
