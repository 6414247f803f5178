import { MarkdownParser } from './block-parser.js';
import { DomRenderer, type DomRendererOptions } from './dom-renderer.js';

export interface MarkdownStream {
  /** Appends more of the reply. The cost depends on `delta`, not on what is there already. */
  write(delta: string): void;
  /** Shows what was held back as possibly unfinished. Nothing may be written afterwards. */
  end(): void;
}

/** Renders markdown into `container` as it arrives; see {@link MarkdownParser} for what is held back and when. */
export function createMarkdownStream(
  container: HTMLElement | DocumentFragment,
  options: DomRendererOptions,
): MarkdownStream {
  const renderer = new DomRenderer(container, options);
  const parser = new MarkdownParser(renderer);
  return {
    write(delta) {
      parser.write(delta);
      renderer.flush();
    },
    end() {
      parser.end();
    },
  };
}
