import type { Cancel } from '../lib/clock.js';

/** What a tab says to the other tabs of its origin. */
export interface TabChannel {
  /** Sends plain data to every other tab that listens under the same name. */
  post(message: unknown): void;
  close(): void;
}

/** What becomes of a request to lead. */
export interface Candidate {
  /** This tab leads from now on, and nobody else under the same name. */
  led(): void;
  /** Another tab took the lead away; `refused`: the page may not ask for it at all. */
  lost(refused: boolean): void;
}

/** The other tabs of the same origin, injected so that a test can play them. */
export interface Tabs {
  /** A name that tells nothing of what it was made from. */
  nameFor(secret: string): Promise<string>;
  /** Stands in line to lead; `steal` goes to its head. The cancel leaves the line, or gives up the lead. */
  lead(name: string, steal: boolean, candidate: Candidate): Cancel;
  channel(name: string, receive: (message: unknown) => void): TabChannel;
}

const lockedTabs: Tabs = {
  async nameFor(secret) {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret));
    return `amigo-chat ${[...new Uint8Array(digest, 0, 16)].map((byte) => byte.toString(16)).join('-')}`;
  },
  lead(name, steal, candidate) {
    const over = new AbortController();
    const { signal } = over;
    const hold = (): Promise<void> | undefined => {
      if (signal.aborted) return undefined;
      candidate.led();
      return new Promise((resolve) => {
        signal.addEventListener('abort', () => {
          resolve();
        });
      });
    };
    // A lock is let go by its promise, a place in the line by the signal; the two options exclude each other.
    navigator.locks.request(name, steal ? { steal } : { signal }, hold).catch((error: unknown) => {
      if (!signal.aborted) candidate.lost(!(error instanceof Error && error.name === 'AbortError'));
    });
    return () => {
      over.abort();
    };
  },
  channel: openChannel,
};

function openChannel(name: string, receive: (message: unknown) => void): TabChannel {
  const channel = new BroadcastChannel(name);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    receive(data);
  };
  return {
    post: (message) => {
      channel.postMessage(message);
    },
    close: () => {
      channel.close();
    },
  };
}

/** A channel to the other pages of the origin; undefined where the browser has none. */
export function pageChannel(name: string, receive: (message: unknown) => void): TabChannel | undefined {
  try {
    return openChannel(name, receive);
  } catch {
    // Missing, or there and refused.
    return undefined;
  }
}

/** The page's own tabs; undefined where the browser has not all of the means, or no secure context to use them. */
export function pageTabs(): Tabs | undefined {
  try {
    const { navigator, BroadcastChannel, crypto } = globalThis as Partial<typeof globalThis>;
    const { locks } = (navigator ?? {}) as Partial<Navigator>;
    const { subtle } = (crypto ?? {}) as Partial<Crypto>;
    if (!locks || !BroadcastChannel || !subtle) return undefined;
    // A page may leave the means in place and refuse their use.
    new BroadcastChannel('amigo-chat').close();
    return lockedTabs;
  } catch {
    return undefined;
  }
}
