import { defineConfig } from 'vite';
import { leanZod } from './scripts/build/lean-zod/plugin.mjs';
import { loadOncePlugin } from './scripts/build/load-once.mjs';
import { minifyPlugins } from './scripts/build/minify.mjs';
import { minifyTemplatesPlugin } from './scripts/build/minify-templates.mjs';
import { modernSocketLibrary } from './scripts/build/modern-socket-library.mjs';
import { plainMembersPlugin } from './scripts/build/plain-members.mjs';
import { onDemandPlugin } from './scripts/build/on-demand.mjs';
import { renameLitPolicy } from './scripts/build/rename-lit-policy.mjs';
import { settleLit } from './scripts/build/settle-lit.mjs';
import { lendPlugin } from './scripts/build/shared-modules.mjs';

/**
 * The files for a script tag: each holds the widget and everything that a default conversation needs. What is
 * loaded on demand becomes a file beside them (scripts/build/on-demand.mjs).
 */
const outputs = [
  { file: 'amigo-chat.js', classic: false },
  // Also an ES chunk, which the plugin then closes into one function: a classic script without any global.
  { file: 'amigo-chat.iife.js', classic: true },
];

export default defineConfig({
  publicDir: false,
  plugins: [
    leanZod(),
    modernSocketLibrary(),
    plainMembersPlugin(),
    minifyTemplatesPlugin(),
    onDemandPlugin(),
    lendPlugin({ inCore: true }),
    renameLitPolicy(),
    settleLit(),
  ],
  build: {
    target: 'es2022',
    sourcemap: true,
    emptyOutDir: false, // `npm run build` clears dist; this build alone leaves the package's entries there.
    lib: { entry: 'src/index.ts' },
    rolldownOptions: {
      output: outputs.map(({ file, classic }) => ({
        format: 'es',
        entryFileNames: file,
        minify: false, // The plugin below does it.
        codeSplitting: false,
        plugins: [loadOncePlugin({ classic }), ...minifyPlugins()],
      })),
    },
  },
});
