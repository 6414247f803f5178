// reconnecting-websocket publishes ES5 with TypeScript's helpers for classes, generators and spreading, but also
// its TypeScript source, of the same version: built for our target, it is less than half as long. Its debug
// output goes, too, and what makes it look like a WebSocket: src/transport/reconnecting-socket.ts, its only user,
// listens to the native socket and writes to it.
import MagicString from 'magic-string';
import { createRequire } from 'node:module';
import { parseSync } from 'vite';

const library = 'reconnecting-websocket';

/** Members that are left: the loop's own, and these. */
export const used = ['constructor', 'addEventListener', 'reconnect', 'close', 'CLOSED'];

/** @param {any} member of the library's class */
const isUnused = ({ type, key }) =>
  type === 'MethodDefinition' && !used.includes(key.name) && !key.name.startsWith('_');

/** @param {string} code the library's source */
export function onlyTheLoop(code) {
  const output = new MagicString(code);
  for (const { index, 0: call } of code.matchAll(/this\._debug\(.*\);/g))
    output.remove(index, index + call.length);
  const { program } = parseSync(`${library}.ts`, code);
  for (const { type, declaration } of program.body)
    if (type === 'ExportDefaultDeclaration' && declaration.type === 'ClassDeclaration')
      for (const member of declaration.body.body.filter(isUnused)) output.remove(member.start, member.end);
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
        const output = onlyTheLoop(code);
        return { code: output.toString(), map: output.generateMap({ hires: true }) };
      },
    },
  };
}
