import type { Locator, Page } from '@playwright/test';
import { test as base, type HostPage } from './e2e.js';
import { fastTime } from './fast-time.js';
import { FaultProxy } from './fault-proxy.js';

export { expect } from './e2e.js';

interface NetworkFixtures {
  /** The network between the page and the server. */
  readonly network: FaultProxy;
  /** Opens a host page behind that network, with time `hurry` times as fast (default 1). */
  readonly mountBehind: (page: Page, host?: HostPage & { readonly hurry?: number }) => Promise<Locator>;
}

/** End-to-end tests over a network that fails on request. */
export const test = base.extend<NetworkFixtures>({
  network: async ({ site }, use) => {
    const proxy = await FaultProxy.listen(Number(new URL(site.origin).port));
    await use(proxy);
    await proxy.close();
  },

  mountBehind: async ({ network, mountChat }, use) => {
    await use(async (page, { hurry = 1, ...host } = {}) => {
      if (hurry !== 1) await page.addInitScript(fastTime, hurry);
      const attributes = { layout: 'inline', ...host.attributes };
      return mountChat(page, { ...host, attributes }, network.origin);
    });
  },
});
