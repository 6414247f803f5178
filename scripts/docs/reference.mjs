// docs/reference.md from the custom elements manifest: the class's own documentation is the reference.
import { readFileSync } from 'node:fs';

/** @typedef {{ name?: string, description?: string, type?: { text?: string }, default?: string }} Entry */
/** @typedef {Entry & { kind: string, privacy?: string, static?: boolean, attribute?: string, readonly?: boolean,
 *   parameters?: (Entry & { optional?: boolean })[] }} Member */

/** @param {string | undefined} text */
const cell = (text = '') => text.replaceAll('\n', ' ').replaceAll('|', '\\|');

/** @param {string[]} head @param {string[][]} rows */
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

/** @param {Member} method */
const signature = ({ name, parameters = [] }) =>
  `${name}(${parameters.map((parameter) => parameter.name + (parameter.optional ? '?' : '')).join(', ')})`;

/** The reference page. @param {string} manifestPath `dist/custom-elements.json` */
export function reference(manifestPath) {
  /** @type {{ modules: { declarations?: (Entry & { attributes?: Entry[], members?: Member[], events?: Entry[],
   *   slots?: Entry[], cssParts?: Entry[] })[] }[] }} */
  const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'));
  const chat = manifest.modules
    .flatMap((module) => module.declarations ?? [])
    .find(({ name }) => name === 'AmigoChat');
  if (!chat) throw new Error('The manifest does not know AmigoChat: npm run build makes it.');
  const open = (chat.members ?? []).filter(({ privacy, static: isStatic, name }) => {
    return (
      privacy !== 'private' &&
      privacy !== 'protected' &&
      !isStatic &&
      !/^(render|styles|.*Callback|updated)$/.test(name ?? '')
    );
  });
  const code = (/** @type {string | undefined} */ text) => (text ? `\`${text}\`` : '');
  return `# Reference

Everything public about \`<amigo-chat>\`, written from its source by \`npm run docs\`.

## Attributes

Each is a property too, in camelCase.

${table(
  ['attribute', 'type', 'default', 'meaning'],
  (chat.attributes ?? []).map((a) => [
    code(a.name),
    code(a.type?.text),
    code(a.default),
    a.description ?? '',
  ]),
)}

## Properties without an attribute

${table(
  ['property', 'meaning'],
  open
    .filter((m) => m.kind === 'field' && !m.attribute && m.description)
    .map((m) => [code(m.name) + (m.readonly ? ' (read-only)' : ''), m.description ?? '']),
)}

## Methods

${table(
  ['method', 'meaning'],
  open
    .filter((m) => m.kind === 'method' && m.description)
    .map((m) => [code(signature(m)), m.description ?? '']),
)}

## Events

All bubble and cross shadow roots. Details carry ids, roles, counts and codes; text only with \`event-text\`.

${table(
  ['event', 'class', 'meaning'],
  (chat.events ?? [])
    .filter((e) => e.name)
    .map((e) => [code(e.name), code(e.type?.text), e.description ?? '']),
)}

## Slots

${table(
  ['slot', 'meaning'],
  (chat.slots ?? []).map((s) => [code(s.name), s.description ?? '']),
)}

## Parts

${table(
  ['part', 'meaning'],
  (chat.cssParts ?? []).map((p) => [code(p.name), p.description ?? '']),
)}

Custom properties: [theming.md](theming.md).
`;
}
