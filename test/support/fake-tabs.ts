import type { Cancel } from '../../src/lib/clock.js';
import type { Candidate, TabChannel, Tabs } from '../../src/transport/tabs.js';

interface Waiting {
  readonly tab: FakeTab;
  readonly candidate: Candidate;
}

interface Listener {
  readonly tab: FakeTab;
  readonly name: string;
  readonly receive: (message: unknown) => void;
}

/** One browser with several tabs of one origin: locks and channels as browsers have them, in memory. */
export class FakeBrowser {
  readonly lines = new Map<string, Waiting[]>();
  readonly listeners = new Set<Listener>();
  /** Every message that was posted, oldest first. */
  readonly posted: unknown[] = [];
  /** Every name that was used, as anybody on the origin could read it. */
  readonly names = new Set<string>();

  tab(): FakeTab {
    return new FakeTab(this);
  }

  /** The head of a line holds the lock; whoever comes to the head is told. */
  promote(name: string): void {
    const head = this.lines.get(name)?.[0];
    queueMicrotask(() => {
      if (head && this.lines.get(name)?.[0] === head && head.tab.awake) head.candidate.led();
    });
  }
}

/** One tab. It can be killed like a process, or frozen like a page in the background. */
export class FakeTab implements Tabs {
  awake = true;
  private killed = false;
  private readonly missed: (() => void)[] = [];

  constructor(private readonly browser: FakeBrowser) {}

  nameFor(secret: string): Promise<string> {
    // Not a digest, but as good as one here: it can be told apart, and not be read.
    const digest = [...secret].reduce(
      (sum, character) => (sum * 31 + (character.codePointAt(0) ?? 0)) % 0xffffffff,
      7,
    );
    return Promise.resolve(`digest ${String(digest)}`);
  }

  lead(name: string, steal: boolean, candidate: Candidate): Cancel {
    this.browser.names.add(name);
    const line = this.browser.lines.get(name) ?? [];
    const waiting = { tab: this, candidate };
    const robbed = steal ? line.shift() : undefined;
    if (steal) line.unshift(waiting);
    else line.push(waiting);
    this.browser.lines.set(name, line);
    robbed?.tab.run(() => {
      robbed.candidate.lost(false);
    });
    if (line[0] === waiting) this.browser.promote(name);
    return () => {
      this.remove(name, waiting);
    };
  }

  channel(name: string, receive: (message: unknown) => void): TabChannel {
    this.browser.names.add(name);
    const listener = { tab: this, name, receive };
    this.browser.listeners.add(listener);
    return {
      post: (message) => {
        if (this.killed) return;
        this.browser.posted.push(message);
        const copy = structuredClone(message);
        for (const other of this.browser.listeners) {
          if (other === listener || other.name !== name) continue;
          other.tab.run(() => {
            if (this.browser.listeners.has(other)) other.receive(copy);
          });
        }
      },
      close: () => this.browser.listeners.delete(listener),
    };
  }

  /** Runs a task in this tab; what comes while it is frozen comes late. */
  run(task: () => void): void {
    if (this.killed) return;
    if (this.awake) queueMicrotask(task);
    else this.missed.push(task);
  }

  /** The process is gone: its locks are let go, nothing runs in it any more. */
  kill(): void {
    this.killed = true;
    for (const listener of this.browser.listeners)
      if (listener.tab === this) this.browser.listeners.delete(listener);
    for (const [name, line] of this.browser.lines) {
      for (const waiting of line.filter(({ tab }) => tab === this)) this.remove(name, waiting);
    }
  }

  freeze(): void {
    this.awake = false;
  }

  wake(): void {
    this.awake = true;
    for (const task of this.missed.splice(0)) queueMicrotask(task);
  }

  private remove(name: string, waiting: { tab: FakeTab; candidate: Candidate }): void {
    const line = this.browser.lines.get(name) ?? [];
    const index = line.findIndex(({ candidate }) => candidate === waiting.candidate);
    if (index < 0) return;
    line.splice(index, 1);
    if (index === 0) this.browser.promote(name);
  }
}
