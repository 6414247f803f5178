import { vi } from 'vitest';

/** What a controller needs of the element that it belongs to. Nothing is rendered. */
export const fakeHost = {
  addController: (): void => undefined,
  removeController: (): void => undefined,
  requestUpdate: (): void => undefined,
  updateComplete: Promise.resolve(true),
};

/** The globals of a visible page that is online, for tests in Node. Undo it with `vi.unstubAllGlobals()`. */
export function stubPage(network: { readonly WebSocket: unknown; readonly fetch: unknown }): void {
  vi.stubGlobal('WebSocket', network.WebSocket);
  vi.stubGlobal('fetch', network.fetch);
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', new EventTarget());
  vi.stubGlobal('requestAnimationFrame', () => 0);
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
}
