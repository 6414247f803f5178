import type { Locator } from '@playwright/test';

/** What a screen reader is told from now on, in order; call the answer to read it. */
export async function announced(chat: Locator): Promise<() => Promise<readonly string[]>> {
  await chat.evaluate((element) => {
    const said: string[] = [];
    Object.assign(element, { said });
    const watch = new MutationObserver((changes) => {
      for (const { addedNodes } of changes)
        for (const node of addedNodes) if (node.textContent) said.push(node.textContent.trim());
    });
    // One outside the panel and one inside, of which one is heard.
    for (const { shadowRoot } of element.shadowRoot?.querySelectorAll('amigo-announcer') ?? [])
      watch.observe(shadowRoot as Node, { childList: true, subtree: true });
  });
  return () => chat.evaluate((element) => (element as unknown as { said: string[] }).said);
}
