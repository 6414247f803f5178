import type { Locator, Page } from '@playwright/test';

/** Something a live region was given to say. */
export interface Saying {
  readonly text: string;
  readonly live: 'polite' | 'assertive';
  /** The page's `performance.now()`. */
  readonly at: number;
}

interface Recorded extends Saying {
  readonly announcer: Element;
}

type Recording = typeof globalThis & { recordedSayings?: Recorded[] };

/** Runs in the page, before anything else: hears every announcer from its first word. */
function record(): void {
  const said: Recorded[] = ((globalThis as Recording).recordedSayings = []);
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function attachShadow(init) {
    const root = attach.call(this, init);
    if (this.localName !== 'amigo-announcer') return root;
    new MutationObserver((changes) => {
      for (const { addedNodes, target } of changes)
        for (const node of addedNodes) {
          const live = (target as Element).getAttribute?.('aria-live');
          if (live && node.textContent)
            said.push({
              announcer: this,
              text: node.textContent.trim(),
              live: live as Saying['live'],
              at: performance.now(),
            });
        }
    }).observe(root, { childList: true, subtree: true });
    return root;
  };
}

/** Lets `sayings` hear a page that is opened from now on. */
export async function recordSayings(page: Page): Promise<void> {
  await page.addInitScript(record);
}

/** All that screen readers were given by this widget since its page was opened, by whichever announcer. */
export function sayings(chat: Locator): Promise<readonly Saying[]> {
  return chat.evaluate((element) =>
    ((globalThis as Recording).recordedSayings ?? [])
      .filter(({ announcer }) => (announcer.getRootNode() as ShadowRoot).host === element)
      .map(({ text, live, at }) => ({ text, live, at })),
  );
}

/** What a screen reader is told from now on, in order; call the answer to read it. */
export async function announced(chat: Locator): Promise<() => Promise<readonly string[]>> {
  const before = (await sayings(chat)).length;
  return async () => (await sayings(chat)).slice(before).map(({ text }) => text);
}
