import type { LitElement } from 'lit';
import type { LogWindow } from './log-window.js';
import { PrintWatch } from './print-watch.js';
import { renderNow } from './render-now.js';

/** Has a log show the whole conversation while it is printed, and its latest part again after, where the reader was. */
export class WholeOnPaper {
  private top = 0;

  /** @param region the log's scroll container */
  constructor(
    private readonly host: LitElement,
    private readonly window: LogWindow,
    private readonly region: () => HTMLElement | null,
  ) {
    new PrintWatch(host, (printing) => {
      this.show(printing);
    });
  }

  private show(whole: boolean): void {
    const region = this.region();
    if (whole) this.top = region?.scrollTop ?? 0;
    this.window.whole = whole;
    this.host.requestUpdate();
    renderNow(this.host);
    if (!whole && region) region.scrollTop = this.top;
  }
}
