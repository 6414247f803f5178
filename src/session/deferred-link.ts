import { conversationError } from '../conversation/error.js';
import type { Saying, Surface } from '../protocol/surface.js';
import type { OnDemandSurface } from './create-link.js';
import type { Link, LinkObserver } from './link.js';

/** A link whose surface is still to be fetched: that is done on opening, and again where it failed. */
export class DeferredLink implements Link {
  private link: Link | undefined;
  private wanted = false;
  private loading = false;

  constructor(
    private readonly surface: OnDemandSurface,
    private readonly create: (surface: Surface) => Link,
    private readonly observer: LinkObserver,
  ) {}

  open(): void {
    this.wanted = true;
    if (this.link) this.link.open();
    else if (!this.loading) void this.load();
  }

  hurry(): void {
    this.link?.hurry();
  }

  send(saying: Saying): boolean {
    return this.link?.send(saying) ?? false;
  }

  turn(active: boolean): void {
    this.link?.turn(active);
  }

  abandon(): void {
    this.link?.abandon();
  }

  async end(conversationId: string | undefined): Promise<void> {
    this.wanted = false;
    await this.link?.end(conversationId);
  }

  close(code: number): void {
    this.wanted = false;
    this.link?.close(code);
  }

  private async load(): Promise<void> {
    this.loading = true;
    this.observer.status('connecting', 0, false);
    try {
      this.link = this.create(await this.surface.load());
    } catch {
      // The file could not be fetched: a network that fails, or a page that serves no such file.
      const error = conversationError('connection', 'could-not-connect', {
        severity: 'fatal',
        detail: 'load',
      });
      if (this.wanted) this.observer.stopped({ reason: 'failed', error });
    }
    this.loading = false;
    if (this.wanted) this.link?.open();
  }
}
