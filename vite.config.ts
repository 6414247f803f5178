import { defineConfig } from 'vite';
import { loadOncePlugin } from './scripts/build/load-once.mjs';
import { minifyTemplatesPlugin } from './scripts/build/minify-templates.mjs';
import { renameLitPolicy } from './scripts/build/rename-lit-policy.mjs';

/**
 * The files for a script tag: each holds the widget and everything it needs.
 * What a later feature loads on demand becomes a file beside them: an entry of its own in a build of its own,
 * so that these two stay single files.
 */
const outputs = [
  { file: 'amigo-chat.js', classic: false },
  // Also an ES chunk, which the plugin then closes into one function: a classic script without any global.
  { file: 'amigo-chat.iife.js', classic: true },
];

export default defineConfig({
  publicDir: false,
  plugins: [minifyTemplatesPlugin(), renameLitPolicy()],
  build: {
    target: 'es2022',
    sourcemap: true,
    emptyOutDir: false, // `npm run build` clears dist; this build alone leaves the package's entries there.
    lib: { entry: 'src/index.ts' },
    rolldownOptions: {
      output: outputs.map(({ file, classic }) => ({
        format: 'es',
        entryFileNames: file,
        minify: true,
        codeSplitting: false,
        // Hints to bundlers: nobody bundles these files again.
        comments: { annotation: false, jsdoc: false },
        plugins: [loadOncePlugin({ classic })],
      })),
    },
  },
});
