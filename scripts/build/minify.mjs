// The last step of the script-tag files: terser, which finds some 2 % more than the bundler's own minifier.
import { minify } from 'terser';

/**
 * What may be assumed of our code and of the three libraries in it: reading a property has no effect (getters
 * compute), and a function written as a method or function expression is not used as a constructor.
 * @returns {import('terser').MinifyOptions}
 */
export function minifyOptions() {
  return {
    module: true,
    ecma: 2020,
    compress: { passes: 4, pure_getters: true, unsafe_arrows: true, unsafe_methods: true },
    format: { comments: false },
  };
}

/** @returns {import('vite').Plugin} */
export function minifyPlugin() {
  return {
    name: 'amigo-chat:minify',
    async renderChunk(code) {
      const result = await minify(code, { ...minifyOptions(), sourceMap: true });
      return { code: result.code ?? '', map: /** @type {any} */ (result.map) };
    },
  };
}
