import { readdirSync } from 'node:fs';
import { defineConfig } from 'vite';
import manifest from './package.json' with { type: 'json' };

/** What an importer installs with us, and Node's own modules. Anything else, such as the compiler's helpers, is ours. */
const packages = Object.keys(manifest.dependencies);
const isExternal = (id: string): boolean =>
  id.startsWith('node:') || packages.some((name) => id === name || id.startsWith(`${name}/`));

/** `amigo-chat/locales/fr` and its like; the widget imports the same files when it needs them. */
const locales = readdirSync('src/i18n/locales').map((file): [string, string] => [
  `locales/${file.replace(/\.ts$/, '')}`,
  `src/i18n/locales/${file}`,
]);

/**
 * The package's entries. They share the app's Lit, zod and reconnecting-websocket, and are left readable:
 * the app's own bundler minifies them.
 */
export default defineConfig({
  publicDir: false,
  build: {
    target: 'es2022',
    outDir: 'dist/npm',
    sourcemap: true,
    minify: false,
    lib: {
      entry: {
        index: 'src/index.ts',
        element: 'src/element.ts',
        platform: 'src/platform.ts',
        'dev-server': 'src/dev-server.ts',
        ...Object.fromEntries(locales),
      },
      formats: ['es'],
    },
    rolldownOptions: {
      external: isExternal,
      output: { chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
