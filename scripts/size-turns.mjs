// What HTTP turns, the fallback of `auto`, cost the ES module: the bundle as it is, against the same without them
// (their folder under src/protocol but for what sessions/connect asks over HTTP too, the SSE parser, the choice
// between socket and HTTP, and the link over HTTP as far as nothing else needs it). `node scripts/size-turns.mjs`; the figure is kept in docs/surfaces.md.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';
import { root } from './install.mjs';

/** Sources, and what they are without HTTP turns. @type {Readonly<Record<string, (code: string) => string>>} */
const without = {
  'src/session/surfaces.ts': (code) =>
    code
      .replace(/^import \{ turns \}.*$/m, '')
      .replace('surface: sessionsConnect, fallback: turns', 'surface: sessionsConnect')
      .replace(/^.*turns: \{ surface: turns \},$/m, ''),
  'src/session/create-link.ts': (code) =>
    code
      .replace(/^import \{ AutoLink \}.*$/m, '')
      .replace(/ {2}if \(fallback && surface\.carrier === 'socket'\) \{[^}]*\{[^}]*\}[^}]*\}\n/, ''),
};

/** The link over HTTP, which classic needs too once it is fetched. @param {string} code */
const withoutLink = (code) =>
  code.replace('return httpLink(surface, context, observer);', 'return new DeferredLink(surface);');

/** @param {'whole' | 'turns' | 'link'} left what is left out @returns {Promise<number>} bytes, brotli 11 */
async function size(left) {
  const outDir = mkdtempSync(join(tmpdir(), 'amigo-size-'));
  let changed = 0;
  await build({
    root,
    logLevel: 'error',
    build: { outDir, sourcemap: false },
    plugins: [
      {
        name: 'amigo-chat:without-turns',
        enforce: 'pre',
        transform(code, id) {
          const edit = Object.entries(without).find(([file]) => id.endsWith(file))?.[1];
          if (left === 'whole' || !edit) return null;
          changed += 1;
          const edited = left === 'link' ? withoutLink(edit(code)) : edit(code);
          if (/AutoLink|fallback: turns/.test(edited)) this.error(`${id} is not what it was.`);
          return { code: edited, map: null };
        },
      },
    ],
  });
  if (left !== 'whole' && changed < 2) throw new Error('Nothing was left out.');
  const code = readFileSync(join(outDir, 'amigo-chat.js'));
  rmSync(outDir, { recursive: true });
  return brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

const all = await size('whole');
const rest = await size('turns');
const least = await size('link');
const bytes = (/** @type {number} */ count) => `${count.toLocaleString('en-US')} B`;
console.log(
  `amigo-chat.js ${bytes(all)} brotli, without HTTP turns ${bytes(rest)}: they cost ${bytes(all - rest)}`,
);
console.log(`with the link over HTTP, which classic shares: ${bytes(all - least)}`);
if (all - rest > 4_096) {
  console.error('More than the 4 KB that the fallback may cost.');
  process.exit(1);
}
