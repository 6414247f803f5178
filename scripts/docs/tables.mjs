// The tables of the documentation that are made from the source, so that neither can be wrong alone.

/** @typedef {string | readonly [light: string, dark: string]} Default */

/** @param {string} text */
const code = (text) => `\`${text}\``;

/** @param {readonly (readonly string[])[]} rows the first is the heading */
const table = ([heading = [], ...rows]) =>
  [heading, heading.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/**
 * Every custom property: default in light and dark, meaning.
 * @param {Readonly<Record<string, Default>>} tokens
 * @param {Readonly<Record<string, string>>} meanings
 */
export function tokenTable(tokens, meanings) {
  const rows = Object.entries(tokens).map(([name, value]) => {
    const [light, dark] = typeof value === 'string' ? [value] : value;
    return [code(`--amigo-${name}`), code(light), dark ? code(dark) : '', meanings[name] ?? ''];
  });
  return table([['Property', 'Default', 'In the dark theme', 'Meaning'], ...rows]);
}

/**
 * Every language: its own name, where its catalogue lies, whether a translator has checked it.
 * @param {readonly { tag: string, name: string, direction: string, reviewed: boolean, inside: boolean }[]} languages
 */
export function languageTable(languages) {
  const rows = languages.map(({ tag, name, direction, reviewed, inside }) => [
    code(tag),
    name,
    direction === 'rtl' ? 'right to left' : 'left to right',
    inside ? 'inside the script' : code(`locales/${tag}.js`),
    reviewed ? 'yes' : '**not reviewed**',
  ]);
  return table([['Tag', 'Language', 'Direction', 'File', 'Reviewed by a translator'], ...rows]);
}

/**
 * Puts a table between `<!-- name -->` and `<!-- /name -->`.
 * @param {string} text @param {string} name @param {string} content
 */
export function fill(text, name, content) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new Error(`No place for the table "${name}".`);
  return `${text.slice(0, start + open.length)}\n\n${content}\n\n${text.slice(end)}`;
}

/** Without what the formatter adds to line columns up. @param {string} text */
export const plain = (text) => text.replace(/ +/g, ' ').replace(/-{3,}/g, '---');
