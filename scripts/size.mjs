// npm run size: what dist/amigo-chat.js weighs, by dependency and by folder of ours, against the budget (./budget.mjs).
// Each byte of the minified file belongs to the source its source map names. A part's compressed size is that
// of its own bytes alone, so the parts add up to somewhat more than the whole. `-- --without` also compresses the
// file without each part: what leaving that part out would save.
import { eachMapping, TraceMap } from '@jridgewell/trace-mapping';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { budget, ceiling, closedBudget } from './budget.mjs';
import { root } from './install.mjs';

const file = join(root, 'dist/amigo-chat.js');

/** @param {string} text */
const brotli = (text) =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;

/** The package or folder a source belongs to. @param {string | null} source */
function partOf(source) {
  if (!source) return 'glue';
  const dependency = /node_modules\/(?!.*node_modules\/)((?:@[^/]+\/)?[^/]+)/.exec(source)?.[1];
  if (dependency) return /^(?:lit|lit-html|lit-element|@lit\/.*)$/.test(dependency) ? 'lit' : dependency;
  return /(?:^|\/)(src\/[^/]+|lean-zod)/.exec(source)?.[1] ?? 'glue';
}

/** @returns {{ part: string, text: string }[]} the file, cut where the part changes */
function pieces() {
  const lines = readFileSync(file, 'utf8').split('\n');
  /** @type {{ column: number, part: string }[][]} */
  const marks = lines.map(() => []);
  const map = new TraceMap(readFileSync(`${file}.map`, 'utf8'));
  eachMapping(map, ({ generatedLine, generatedColumn, source }) => {
    marks[generatedLine - 1]?.push({ column: generatedColumn, part: partOf(source) });
  });
  let part = 'glue';
  return lines.flatMap((line, number) => {
    const here = marks[number] ?? [];
    // Lines inside a template literal hold no mark: they belong to what stood before them.
    const found = [{ part, text: line.slice(0, here[0]?.column) + (number < lines.length - 1 ? '\n' : '') }];
    here.forEach((mark, index) => {
      part = mark.part;
      found.push({ part, text: line.slice(mark.column, here[index + 1]?.column) });
    });
    return found;
  });
}

/** @param {ReturnType<typeof pieces>} found @returns {Map<string, string>} the code of each part */
function parts(found) {
  /** @type {Map<string, string>} */
  const code = new Map();
  for (const { part, text } of found) code.set(part, (code.get(part) ?? '') + text);
  return code;
}

/** How many bytes the compressed file loses without a part. @param {ReturnType<typeof pieces>} found @param {string} name */
function savedWithout(found, name) {
  const rest = found.filter(({ part }) => part !== name).map(({ text }) => text);
  return whole.brotli - brotli(rest.join(''));
}

/** @param {string} name @param {string} code */
const row = (name, code) => ({
  name,
  raw: Buffer.byteLength(code),
  gzip: gzipSync(code, { level: 9 }).length,
  brotli: brotli(code),
});

/** @param {ReturnType<typeof row>} row @param {number[]} more further figures */
const print = ({ name, raw, gzip, brotli }, ...more) => {
  const figures = [raw, gzip, brotli, ...more].map((bytes) => bytes.toLocaleString('en-US').padStart(9));
  console.log(`${name.padEnd(26)}${figures.join('')}`);
};

if (!existsSync(file)) {
  console.error('dist/amigo-chat.js is missing: npm run build makes it.');
  process.exit(1);
}
const whole = row('amigo-chat.js', readFileSync(file, 'utf8'));
const measured = process.argv.includes('--without');
const titles = ['raw', 'gzip', 'brotli', ...(measured ? ['saved'] : [])];
console.log(`${''.padEnd(26)}${titles.map((title) => title.padStart(9)).join('')}`);
const found = pieces();
[...parts(found)]
  .map(([name, code]) => row(name, code))
  .sort((a, b) => b.raw - a.raw)
  .forEach((part) => print(part, ...(measured ? [savedWithout(found, part.name)] : [])));
print(whole);

const bytes = (/** @type {number} */ count) => `${count.toLocaleString('en-US')} B`;
const over = whole.brotli - budget;
console.log(`goal     ${bytes(budget)} brotli: ${bytes(Math.abs(over))} ${over > 0 ? 'over' : 'spare'}`);
console.log(`ceiling  ${bytes(ceiling)} brotli: ${whole.brotli > ceiling ? 'exceeded' : 'kept'}`);
const lowest = Math.max(budget, Math.ceil(whole.brotli / 250) * 250);
if (lowest < ceiling) console.log(`The ceiling in scripts/budget.mjs can come down to ${bytes(lowest)}.`);
const closed = row('amigo-chat.closed.js', readFileSync(join(root, 'dist/amigo-chat.closed.js'), 'utf8'));
console.log(`closed   ${bytes(closed.gzip)} gzip: budget ${bytes(closedBudget)}`);
if (whole.brotli > ceiling || closed.gzip > closedBudget) process.exit(1);
