/** One event of a stream. Its name is empty where no `event:` line gave one. */
export interface StreamedEvent {
  readonly name: string;
  readonly data: string;
}

const LINE_END = /\r\n|\n|\r(?!$)/;
const FIELD = /^([^:]*)(?:: ?)?([^]*)/;

/**
 * Reads `text/event-stream` that arrives cut anywhere: the fields `event` and `data`, as the HTML standard parses
 * them. What stands behind the last blank line is no event, and may never become one.
 */
export class EventStream {
  /** The beginning of a line that has not ended. */
  private rest = '';
  private name = '';
  private data: string | undefined;

  /** UTF-16 units of the event that is not whole yet. */
  get pending(): number {
    return this.rest.length + (this.data?.length ?? 0);
  }

  /** The events that more text completes. A line is looked through once, however many pieces it comes in. */
  feed(text: string): readonly StreamedEvent[] {
    this.rest += text;
    if (!/[\r\n]/.test(text)) return [];
    const lines = this.rest.split(LINE_END);
    this.rest = lines.pop() ?? '';
    return lines.flatMap((line) => (line ? this.read(line) : this.complete()));
  }

  private read(line: string): readonly never[] {
    const [, field, value = ''] = FIELD.exec(line) ?? [];
    if (field === 'event') this.name = value;
    if (field === 'data') this.data = this.data === undefined ? value : `${this.data}\n${value}`;
    return [];
  }

  private complete(): readonly StreamedEvent[] {
    const { name, data } = this;
    this.name = '';
    this.data = undefined;
    return data === undefined ? [] : [{ name, data }];
  }
}
