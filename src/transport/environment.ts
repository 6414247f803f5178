import type { Cancel } from '../lib/clock.js';

/** What the page tells about itself that a connection has to know. */
export type Signal = 'online' | 'offline' | 'visible' | 'pageshow' | 'pagehide';

/** The page as a connection sees it, injected so that a test can play it. */
export interface Environment {
  readonly online: boolean;
  /** Listens until the returned cancel is called. */
  observe(listener: (signal: Signal) => void): Cancel;
  /** Calls back when the page's Content-Security-Policy refuses a connection to this address. */
  observeBlocked(url: string, listener: () => void): Cancel;
}

/** `blockedURI` may be cut down to the origin, or carry the http form of a ws address. */
function sameOrigin(blocked: string, url: string): boolean {
  try {
    return new URL(blocked).host === new URL(url).host;
  } catch {
    return false;
  }
}

function listen(target: EventTarget, type: string, listener: (event: Event) => void): Cancel {
  target.addEventListener(type, listener);
  return () => {
    target.removeEventListener(type, listener);
  };
}

/** The real page. Looks its globals up when used, so that importing it without a DOM does not throw. */
export const pageEnvironment: Environment = {
  // `undefined` in a page that hides it counts as online: the browser is the judge of last resort.
  get online() {
    return (navigator.onLine as boolean | undefined) !== false;
  },
  observe(listener) {
    const cancels = [
      listen(window, 'online', () => {
        listener('online');
      }),
      listen(window, 'offline', () => {
        listener('offline');
      }),
      listen(window, 'pageshow', () => {
        listener('pageshow');
      }),
      listen(window, 'pagehide', () => {
        listener('pagehide');
      }),
      listen(document, 'visibilitychange', () => {
        if (document.visibilityState === 'visible') listener('visible');
      }),
    ];
    return () => {
      for (const cancel of cancels) cancel();
    };
  },
  observeBlocked(url, listener) {
    return listen(document, 'securitypolicyviolation', (event) => {
      const { disposition, effectiveDirective, blockedURI } = event as SecurityPolicyViolationEvent;
      if (disposition === 'enforce' && effectiveDirective === 'connect-src' && sameOrigin(blockedURI, url))
        listener();
    });
  },
};
