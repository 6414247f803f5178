import type { Cancel } from '../../src/lib/clock.js';
import type { Environment, Signal } from '../../src/transport/environment.js';

/** A page that a test plays: goes offline, is hidden and shown, blocks connections by its policy. */
export class FakeEnvironment implements Environment {
  online = true;
  private readonly listeners = new Set<(signal: Signal) => void>();
  private readonly blocked = new Set<() => void>();

  /** Listeners that nobody has taken back. */
  get listening(): number {
    return this.listeners.size + this.blocked.size;
  }

  observe(listener: (signal: Signal) => void): Cancel {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  observeBlocked(_url: string, listener: () => void): Cancel {
    this.blocked.add(listener);
    return () => {
      this.blocked.delete(listener);
    };
  }

  signal(signal: Signal): void {
    for (const listener of [...this.listeners]) listener(signal);
  }

  goOffline(): void {
    this.online = false;
    this.signal('offline');
  }

  goOnline(): void {
    this.online = true;
    this.signal('online');
  }

  /** The page's Content-Security-Policy refuses the connection. */
  block(): void {
    for (const listener of [...this.blocked]) listener();
  }
}
