// Builds the files beside the script, each on its own: what two of them share is in both.
import { build } from 'vite';
import { minifyTemplatesPlugin } from './build/minify-templates.mjs';
import { onDemandFiles, onDemandPlugin } from './build/on-demand.mjs';
import { root } from './install.mjs';

for (const [source, file] of onDemandFiles) {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    plugins: [minifyTemplatesPlugin(), onDemandPlugin()],
    build: {
      target: 'es2022',
      emptyOutDir: false,
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
