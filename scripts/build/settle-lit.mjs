// Questions that Lit asks of the browser, where the answer is settled for the script-tag files: a browser that can
// parse them (class static blocks) has style sheets that shadow roots adopt and needs no polyfill of web components;
// no decorator of the standard is in them; and a page that hydrates its own Lit must not hydrate ours. The minifier
// then drops what only the other answer needs.
import MagicString from 'magic-string';

/** What is asked in each module of Lit, and the answer. @type {ReadonlyMap<string, readonly (readonly [RegExp, string])[]>} */
const answers = new Map([
  ['css-tag.js', [[/\w\.ShadowRoot&&.*?"replace"in CSSStyleSheet\.prototype/g, '!0']]],
  [
    'reactive-element.js',
    [
      [/\w\.reactiveElementPolyfillSupport\b/g, 'undefined'],
      [/Symbol\.metadata\?\?=.*?new WeakMap;/g, ''],
      [/this\[Symbol\.metadata\]/g, 'null'],
    ],
  ],
  ['lit-element.js', [[/\w\.(?:litElementPolyfillSupport|litElementHydrateSupport)\b/g, 'undefined']]],
  ['lit-html.js', [[/\w\.litHtmlPolyfillSupport\b/g, 'undefined']]],
]);

const fileOf = (/** @type {string} */ id) => id.split('?')[0]?.split(/[\\/]/).at(-1) ?? '';

/**
 * It throws where a question is not found: a Lit that asks differently must be looked at.
 * @param {string} code a module of Lit
 * @param {string} file its name
 */
export function settle(code, file) {
  const output = new MagicString(code);
  for (const [question, answer] of answers.get(file) ?? []) {
    const places = [...code.matchAll(question)];
    if (places.length === 0) throw new Error(`Lit's ${file} does not ask ${question}.`);
    for (const { index, 0: text } of places) output.update(index, index + text.length, answer);
  }
  return output;
}

/** @returns {import('vite').Plugin} */
export function settleLit() {
  return {
    name: 'amigo-chat:settle-lit',
    transform: {
      filter: { id: /[\\/](?:@lit[\\/]reactive-element|lit-element|lit-html)[\\/][\w-]+\.js/ },
      handler(code, id) {
        const output = settle(code, fileOf(id));
        return output.hasChanged()
          ? { code: output.toString(), map: output.generateMap({ hires: true }) }
          : null;
      },
    },
  };
}
