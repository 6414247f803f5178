import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Locator, type Page } from '@playwright/test';
import type { PublicMessage, PublicState } from '../../src/element.js';
import { sayings, type Saying } from './announced.js';

/** The element as a page uses it. */
export type Chat = HTMLElementTagNameMap['amigo-chat'];

export const stateOf = (chat: Locator): Promise<PublicState> =>
  chat.evaluate((element) => (element as Chat).state);
export const messagesOf = (chat: Locator): Promise<readonly PublicMessage[]> =>
  chat.evaluate((element) => (element as Chat).messages);
export const input = (chat: Locator): Locator => chat.getByRole('textbox', { name: 'Your message' });
export const launcher = (chat: Locator): Locator => chat.getByRole('button', { name: /^Chat with us/ });
export const articles = (chat: Locator): Locator => chat.getByRole('article');

/** Opens the popup by its launcher and waits for the whole greeting. */
export async function greeted(chat: Locator): Promise<void> {
  await launcher(chat).click();
  await ready(chat);
}

/** Waits until the greeting is whole. */
export async function ready(chat: Locator): Promise<void> {
  await expect(articles(chat)).toHaveCount(1);
  await settled(chat);
}

/** Waits until nobody speaks. */
export const settled = (chat: Locator): Promise<void> =>
  expect.poll(async () => (await stateOf(chat)).turn).toBe('idle');

/** Sends a text by keyboard. */
export async function send(chat: Locator, text: string): Promise<void> {
  await input(chat).fill(text);
  await input(chat).press('Enter');
}

/** Sends a text and waits for the whole reply. */
export async function converse(chat: Locator, text: string): Promise<void> {
  const before = (await messagesOf(chat)).filter(({ role }) => role === 'agent').length;
  await send(chat, text);
  await expect
    .poll(async () => (await messagesOf(chat)).filter(({ role }) => role === 'agent').length)
    .toBeGreaterThan(before);
  await settled(chat);
}

/** Records from now on what the widget's announcers are given. */
export async function listen(chat: Locator): Promise<() => Promise<readonly Saying[]>> {
  const before = (await sayings(chat)).length;
  return async () => (await sayings(chat)).slice(before);
}

/** The same, once the greeting has been said, from then on. */
export async function listenOn(chat: Locator): Promise<() => Promise<readonly Saying[]>> {
  await ready(chat);
  const greeted = async (): Promise<number> =>
    (await sayings(chat)).findIndex(({ text }) => text.startsWith('AI helper: Good'));
  await expect.poll(greeted).toBeGreaterThanOrEqual(0);
  const greeting = (await greeted()) + 1;
  return async () => (await sayings(chat)).slice(greeting);
}

/** Where the focus is, through all open shadow roots. */
export interface Focus {
  /** The innermost element's name, its `aria-label` or text, and its part. */
  readonly tag: string;
  readonly label: string;
  /** Inside the widget. */
  readonly ours: boolean;
}

export const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    let active = document.activeElement;
    const ours = active?.localName === 'amigo-chat';
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    const label =
      active?.getAttribute('aria-label') ?? active?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
    return { tag: active?.localName ?? '', label: label.slice(0, 80), ours };
  });

/** A node of the accessibility tree, as the browser gives it to assistive technology. */
export interface AxNode {
  readonly id: string;
  readonly parent: string | undefined;
  readonly role: string;
  readonly name: string;
  readonly live: string | undefined;
}

/** The accessibility tree without what is ignored in it; closed shadow roots and inertness included. */
export async function accessibilityTree(page: Page): Promise<readonly AxNode[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ nodeId, parentId, role, name, properties = [] }) => ({
      id: nodeId,
      parent: parentId,
      role: String(role?.value),
      name: String(name?.value ?? ''),
      live: properties.find((property) => property.name === 'live')?.value.value as string | undefined,
    }));
}

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What axe finds in the widget, as "rule: element". */
export async function violations(page: Page, rules?: readonly string[]): Promise<string[]> {
  await still(page);
  const axe = new AxeBuilder({ page }).include('amigo-chat');
  const results = await (rules ? axe.withRules([...rules]) : axe.withTags(WCAG)).analyze();
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

/** Waits until nothing fades or slides any more: colours halfway are no colours. */
export const still = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const endless = (animation: Animation): boolean =>
      animation.effect?.getComputedTiming().iterations === Infinity;
    const finite = document.getAnimations().filter((animation) => !endless(animation));
    await Promise.allSettled(finite.map((animation) => animation.finished));
  });
