// The last step of the script-tag files: terser, which finds some 2 % more than the bundler's own minifier, and
// renames members that are private to their class (./private-names.mjs). The bundler's own then finds another 0.3 %.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { minify } from 'terser';
import { minifySync } from 'vite';
import { root } from '../install.mjs';
import { onDemandFiles } from './on-demand.mjs';
import { clashes, privateNames } from './private-names.mjs';

/**
 * What may be assumed of our code and of the libraries in it: reading a property has no effect (getters
 * compute), and no function expression is used as a constructor.
 * @param {{ names: string[], taken: string[] }} privates
 * @returns {import('terser').MinifyOptions}
 */
export function minifyOptions({ names, taken }) {
  return {
    module: true,
    ecma: 2020,
    compress: { passes: 3, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
    // On top of `taken`, terser keeps every name of the DOM and of JavaScript itself.
    mangle: { properties: { regex: new RegExp(`^(?:${names.join('|')})$`), reserved: taken } },
    format: { comments: false },
  };
}

/** Modules in TypeScript are renamed; one in plain JavaScript is a library whose words are left alone. */
const isSource = (/** @type {string} */ id) => id.endsWith('.ts');

const read = (/** @type {string} */ id) => ({ id, code: readFileSync(id, 'utf8') });

/** @returns {import('vite').Plugin[]} */
export const minifyPlugins = () => [tersePlugin(), againPlugin()];

/** @returns {import('vite').Plugin} */
function tersePlugin() {
  return {
    name: 'amigo-chat:minify',
    async renderChunk(code, chunk) {
      const ids = Object.keys(chunk.modules);
      const sources = ids.filter(isSource).map(read);
      const libraries = ids.filter((id) => !isSource(id)).map((id) => this.getModuleInfo(id)?.code ?? '');
      const privates = privateNames(sources, libraries);
      const clashing = clashes(
        privates.names,
        [...onDemandFiles.keys()].map((file) => read(join(root, file))),
      );
      if (clashing.length > 0) this.error(clashing.join('\n'));
      const options = minifyOptions(privates);
      const result = await minify(code, { ...options, sourceMap: true });
      return { code: result.code ?? '', map: /** @type {any} */ (result.map) };
    },
  };
}

/** @returns {import('vite').Plugin} */
function againPlugin() {
  return {
    name: 'amigo-chat:minify-again',
    renderChunk(code, { fileName }) {
      const result = minifySync(fileName, code, { module: true, sourcemap: true });
      return { code: result.code, map: /** @type {any} */ (result.map) };
    },
  };
}
