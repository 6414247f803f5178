// Files that the script-tag bundle imports only when they are needed. Each lies beside the script and holds all
// it needs; `import('./x.js')` finds it there in a module and in a classic script alike, because both resolve it
// against their own address. A page that allows the script's directory allows them too.
import { readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { root } from '../install.mjs';

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
  ['src/elements/language-select.ts', 'language-select.js'],
  ['src/theme/page-theme.ts', 'page-theme.js'],
  ['src/protocol/text-stream/index.ts', 'surfaces/text-stream.js'],
  ['src/protocol/classic/index.ts', 'surfaces/classic.js'],
]);

/**
 * Leaves `import()` of an on-demand module to the browser. Any other `import()` would end up inside the bundle
 * and be no saving at all, so it stops the build.
 * @returns {import('vite').Plugin}
 */
export function onDemandPlugin() {
  return {
    name: 'amigo-chat:on-demand',
    enforce: 'pre',
    resolveDynamicImport(specifier, importer) {
      if (typeof specifier !== 'string') return null;
      const source = relative(root, resolve(dirname(importer), specifier)).replace(/\.js$/, '.ts');
      const file = onDemandFiles.get(source);
      if (!file) this.error(`${source} is imported on demand but not listed in scripts/build/on-demand.mjs`);
      return { id: `./${file}`, external: true };
    },
  };
}
