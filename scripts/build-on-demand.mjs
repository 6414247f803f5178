// Builds the files beside the script, each on its own: what two of them share, and the core does not lend, is in
// both.
import { build } from 'vite';
import { leanZod } from './build/lean-zod/plugin.mjs';
import { minifyTemplatesPlugin } from './build/minify-templates.mjs';
import { onDemandFiles, onDemandPlugin } from './build/on-demand.mjs';
import { plainMembersPlugin } from './build/plain-members.mjs';
import { borrowPlugin, lendPlugin } from './build/shared-modules.mjs';
import { root } from './install.mjs';

for (const [source, file] of onDemandFiles) {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [
      leanZod(),
      plainMembersPlugin(),
      minifyTemplatesPlugin(),
      onDemandPlugin(file),
      lendPlugin({ inCore: false }),
      borrowPlugin(source),
    ],
    build: {
      target: 'es2022',
      emptyOutDir: false,
      sourcemap: true,
      lib: { entry: source, formats: ['es'] },
      rolldownOptions: {
        output: {
          entryFileNames: file,
          minify: true,
          codeSplitting: false,
          comments: { annotation: false, jsdoc: false },
        },
      },
    },
  });
}
