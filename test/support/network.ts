import type { Locator, Page } from '@playwright/test';
import { test as base, type HostPage } from './e2e.js';
import { fastTime } from './fast-time.js';
import { FaultProxy } from './fault-proxy.js';

export { expect } from './e2e.js';

interface HostBehind extends HostPage {
  readonly hurry?: number;
  readonly network?: FaultProxy;
}

interface NetworkFixtures {
  /** The network between the page and the server. */
  readonly network: FaultProxy;
  /** Opens a host page behind a network (the test's own by default), with time `hurry` times as fast. */
  readonly mountBehind: (page: Page, host?: HostBehind) => Promise<Locator>;
}

/** End-to-end tests over a network that fails on request. */
export const test = base.extend<NetworkFixtures>({
  network: async ({ site }, use) => {
    const proxy = await FaultProxy.listen(site.port);
    await use(proxy);
    await proxy.close();
  },

  mountBehind: async ({ network, mountChat }, use) => {
    await use(async (page, { hurry = 1, network: behind = network, ...host } = {}) => {
      if (hurry !== 1) await page.addInitScript(fastTime, hurry);
      const attributes = { layout: 'inline', ...host.attributes };
      return mountChat(page, { ...host, attributes }, behind.origin);
    });
  },
});
