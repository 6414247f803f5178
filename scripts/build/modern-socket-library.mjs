// reconnecting-websocket publishes ES5 with TypeScript's helpers for classes, generators and spreading, but also
// its TypeScript source, of the same version: built for our target, it is less than half as long. Its debug
// output goes, too: nothing here turns `debug` on.
import MagicString from 'magic-string';
import { createRequire } from 'node:module';

const library = 'reconnecting-websocket';

/** @param {string} code the library's source */
export function withoutDebugOutput(code) {
  const output = new MagicString(code);
  for (const { index, 0: call } of code.matchAll(/this\._debug\(.*\);/g))
    output.remove(index, index + call.length);
  return output;
}

/** @returns {import('vite').Plugin} */
export function modernSocketLibrary() {
  const require = createRequire(import.meta.url);
  const source = require.resolve(`${library}/${library}.ts`);
  return {
    name: 'amigo-chat:modern-socket-library',
    enforce: 'pre',
    resolveId: { filter: { id: /^reconnecting-websocket$/ }, handler: () => source },
    transform: {
      filter: { id: /[\\/]reconnecting-websocket\.ts$/ },
      handler(code) {
        const output = withoutDebugOutput(code);
        return { code: output.toString(), map: output.generateMap({ hires: true }) };
      },
    },
  };
}
