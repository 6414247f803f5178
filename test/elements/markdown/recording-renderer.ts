import { MarkdownParser } from '../../../src/elements/markdown/block-parser.js';
import type { MarkdownAttributes, MarkdownTag, Renderer } from '../../../src/elements/markdown/renderer.js';

/** Writes down what the parser asks for, as tags that a test can read. */
export class RecordingRenderer implements Renderer {
  markup = '';
  visible = '';
  operations = 0;
  deepest = 0;
  private readonly path: MarkdownTag[] = [];

  open(tag: MarkdownTag, attributes: MarkdownAttributes = {}): void {
    const written = Object.entries(attributes).filter(([, value]) => value !== undefined);
    this.markup += `<${[tag, ...written.map(([name, value]) => `${name}=${value}`)].join(' ')}>`;
    this.path.push(tag);
    this.operations += 1;
    this.deepest = Math.max(this.deepest, this.path.length);
  }

  close(): void {
    const tag = this.path.pop();
    if (!tag) throw new Error('closed more than was opened');
    this.markup += `</${tag}>`;
  }

  text(value: string): void {
    this.markup += value;
    this.visible += value;
    this.operations += 1;
  }

  get unclosed(): number {
    return this.path.length;
  }
}

/** Parses `text` cut into pieces of the given sizes, in turn; whole without sizes. */
export function record(text: string, sizes: readonly number[] = [text.length || 1]): RecordingRenderer {
  const renderer = new RecordingRenderer();
  const parser = new MarkdownParser(renderer);
  for (let at = 0, turn = 0; at < text.length; turn += 1) {
    const size = sizes[turn % sizes.length]!;
    parser.write(text.slice(at, at + size));
    at += size;
  }
  parser.end();
  return renderer;
}
