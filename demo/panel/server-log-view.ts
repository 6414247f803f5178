import { create } from '../portal/dom.js';
import type { ControlClient, LogEntry } from './control-client.js';

const KEPT = 200;

/** What the development server saw, newest first. */
export class ServerLogView {
  readonly element = create('ol', {
    className: 'log',
    reversed: true,
    tabIndex: 0,
    ariaLabel: 'Server log, newest first',
  });
  private last = 0;

  constructor(private readonly control: ControlClient) {}

  async refresh(): Promise<void> {
    for (const entry of await this.control.log(this.last)) this.add(entry);
  }

  /** For after a reset; the server goes on counting where it was. */
  clear(): void {
    this.element.replaceChildren();
  }

  private add(entry: LogEntry): void {
    if (entry.sequence <= this.last) return; // Two readings may overlap.
    this.last = entry.sequence;
    const what = [entry.code, entry.detail, entry.text && `“${entry.text}”`].filter(Boolean).join(' ');
    const line = create(
      'li',
      {},
      `${entry.at.slice(11, 19)} `,
      create('strong', { textContent: entry.kind }),
      ` ${what}`,
    );
    this.element.prepend(line);
    if (this.element.childElementCount > KEPT) this.element.lastElementChild?.remove();
  }
}
