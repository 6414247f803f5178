import { defineConfig } from 'vite';

/** Our own files start with `.` or `/` (or a drive letter); every other import is a package or a Node module. */
const isPackage = (id: string): boolean => !/^(?:[./\0]|[A-Za-z]:)/.test(id);

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
      entry: { index: 'src/index.ts', element: 'src/element.ts', 'dev-server': 'src/dev-server.ts' },
      formats: ['es'],
    },
    rolldownOptions: {
      external: isPackage,
      output: { chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
});
