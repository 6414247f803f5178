import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const PART = /<!-- part: (?<name>[a-z]+) -->/g;

const read = (name: string): string =>
  readFileSync(new URL(`../pages/parts/${name}.html`, import.meta.url), 'utf8');

/** A page with what the portal's pages share, which stands in `demo/pages/parts`: `<!-- part: header -->` becomes that file. */
export function withParts(page: string): string {
  return page.replaceAll(PART, (_, name: string) => read(name));
}

/** {@link withParts} for the pages that Vite serves. */
export const pageParts: Plugin = {
  name: 'page-parts',
  transformIndexHtml: { order: 'pre', handler: withParts },
};
