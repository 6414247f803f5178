import type { Locator, Page } from '@playwright/test';
import type { Control } from '../../demo/server/index.js';
import { AccessibilityTree } from '../support/accessibility-tree.js';
import { expect, strictCsp, test, type HostPage } from '../support/e2e.js';

/**
 * The main scenarios, once with open and once with closed shadow roots, through nothing but the accessibility
 * tree, mouse and keyboard: what a person has of either build.
 */

type Chat = HTMLElementTagNameMap['amigo-chat'];

const inline: HostPage['attributes'] = { layout: 'inline', 'tool-events': true };

const state = (chat: Locator): Promise<Chat['state']> => chat.evaluate((element) => (element as Chat).state);

/** How many of the person's messages have arrived, once nothing is under way. */
const answered = (chat: Locator): Promise<number> =>
  chat.evaluate((element) => {
    const { messages, state } = element as Chat;
    return state.turn === 'idle' ? messages.filter(({ status }) => status === 'delivered').length : -1;
  });

for (const script of ['module', 'closed'] as const) {
  test.describe(`${script} build`, () => {
    interface Stage {
      readonly page: Page;
      readonly chat: Locator;
      readonly tree: AccessibilityTree;
      readonly control: Control;
    }

    async function greeted(stage: Stage): Promise<void> {
      await expect.poll(() => stage.tree.count('article', /^AI helper/)).toBe(1);
      await expect.poll(async () => (await state(stage.chat)).turn).toBe('idle');
    }

    async function ask({ page, tree, chat }: Stage, text: string, count: number): Promise<void> {
      await tree.click('textbox', 'Your message');
      await page.keyboard.type(text);
      await page.keyboard.press('Enter');
      await expect.poll(() => answered(chat)).toBe(count);
    }

    const stage = async (
      page: Page,
      mountChat: (page: Page, host?: HostPage) => Promise<Locator>,
      control: Control,
      attributes: HostPage['attributes'] = inline,
    ): Promise<Stage> => {
      const chat = await mountChat(page, { script, attributes, csp: strictCsp });
      return { page, chat, control, tree: await AccessibilityTree.of(page) };
    };

    test(`shows its shadow root to ${script === 'closed' ? 'nobody' : 'everybody'}`, async ({
      page,
      mountChat,
      control,
    }) => {
      const { chat } = await stage(page, mountChat, control);
      await expect.poll(async () => (await state(chat)).connection).toBe('open');
      expect(await chat.evaluate((element) => element.shadowRoot === null)).toBe(script === 'closed');
      // The root itself, and all that a walk through the page's open roots comes to.
      const seen = await page.evaluate(() => {
        const walk = (node: ParentNode): number =>
          [...node.querySelectorAll('*')].reduce(
            (sum, { shadowRoot }) => sum + (shadowRoot ? 1 + walk(shadowRoot) : 0),
            0,
          );
        return walk(document);
      });
      if (script === 'closed') expect(seen).toBe(0);
      else expect(seen).toBeGreaterThan(5);
    });

    test('the popup opens, takes the focus, answers, and gives the focus back', async ({
      page,
      mountChat,
      control,
      problems,
    }) => {
      const on = await stage(page, mountChat, control, {});
      await on.tree.click('button', /^Chat with us/);
      await expect.poll(() => on.tree.focus()).toBe('textbox Your message');
      await greeted(on);
      await ask(on, 'When are you open?', 1);
      await expect.poll(() => on.tree.count('article', /^AI helper/)).toBe(2);
      expect(await on.tree.count('article', /^You/)).toBe(1);
      await page.keyboard.press('Escape');
      await expect.poll(() => on.tree.count('region', 'Chat with us')).toBe(0);
      expect(await on.tree.focus()).toMatch(/^button Chat with us/);
      expect(await problems.all()).toEqual([]);
    });

    test('keys move through the log, into a message, and use what is in it', async ({
      page,
      mountChat,
      control,
      problems,
    }) => {
      const on = await stage(page, mountChat, control);
      await greeted(on);
      await ask(on, 'Can you explain my lab result?', 1);
      await page.keyboard.press('Shift+Tab');
      await expect.poll(() => on.tree.focus()).toBe('region Messages');
      await page.keyboard.press('ArrowUp');
      await expect.poll(() => on.tree.focus()).toMatch(/^article AI helper/);
      await page.keyboard.press('Enter');
      const inside = /^(link|region|button|table)/;
      await expect.poll(() => on.tree.focus()).toMatch(inside);
      // Inside, the arrows are the control's: the focus stays.
      await page.keyboard.press('ArrowUp');
      expect(await on.tree.focus()).toMatch(inside);
      await page.keyboard.press('Escape');
      await expect.poll(() => on.tree.focus()).toBe('textbox Your message');
      // The details of a tool open and close by key.
      const details = /Details/;
      expect((await on.tree.one('button', details)).expanded).toBe(false);
      await on.tree.click('button', details);
      await expect.poll(async () => (await on.tree.one('button', details)).expanded).toBe(true);
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await on.tree.one('button', details)).expanded).toBe(false);
      expect(await problems.all()).toEqual([]);
    });

    test('what failed is sent again by the person, and a break is bridged', async ({
      page,
      mountChat,
      control,
    }) => {
      const on = await stage(page, mountChat, control);
      await greeted(on);
      control.set({ fault: 'error', at: 'received', code: 'upstream_error' });
      await on.tree.click('textbox', 'Your message');
      await page.keyboard.type('When are you open?');
      await page.keyboard.press('Enter');
      await expect.poll(() => on.tree.count('button', /^Send again/), { timeout: 30_000 }).toBe(1);
      await on.tree.click('button', /^Send again/);
      await expect.poll(() => answered(on.chat)).toBe(1);
      control.drop();
      await ask(on, 'Thank you', 2);
      expect(await on.tree.count('article', /^You/)).toBe(2);
    });

    test('locked, nothing can be read; unlocked, it is back', async ({ page, mountChat, control }) => {
      const on = await stage(page, mountChat, control);
      await greeted(on);
      await ask(on, 'When are you open?', 1);
      await on.chat.evaluate((element) => {
        (element as Chat).lock();
      });
      await on.tree.one('heading', 'Chat hidden');
      expect(await on.tree.text()).not.toContain('When are you open?');
      await on.chat.evaluate((element) => {
        (element as Chat).unlock();
      });
      await expect.poll(() => on.tree.count('article', /^You/)).toBe(1);
    });

    test('full-screen on a phone keeps Tab inside', async ({ page, mountChat, control }) => {
      await page.setViewportSize({ width: 360, height: 640 });
      const on = await stage(page, mountChat, control, {});
      await on.tree.click('button', /^Chat with us/);
      await greeted(on);
      const stops: string[] = [];
      for (let times = 0; times < 20; times += 1) {
        await page.keyboard.press('Tab');
        stops.push(await on.tree.focus());
      }
      // Around twice at least, never out of it.
      expect(stops.filter((stop) => stop === 'textbox Your message').length).toBeGreaterThan(1);
      expect(stops).not.toContain('');
      expect(stops.filter((stop) => stop.startsWith('button Chat with us'))).toEqual([]);
    });

    test('a language is chosen, from a file beside the script', async ({
      page,
      mountChat,
      control,
      problems,
    }) => {
      const on = await stage(page, mountChat, control, { ...inline, 'language-picker': true });
      await greeted(on);
      await on.tree.click('combobox', 'Language');
      await page.keyboard.press('Escape');
      await page.keyboard.type('Espa');
      await page.keyboard.press('Enter');
      await on.tree.one('textbox', 'Su mensaje');
      expect(await problems.all()).toEqual([]);
    });

    test('the end is told', async ({ page, mountChat, control }) => {
      const on = await stage(page, mountChat, control);
      await greeted(on);
      await ask(on, 'When are you open?', 1);
      await on.chat.evaluate((element) => {
        (element as Chat).endConversation();
      });
      await expect.poll(() => on.tree.text()).toMatch(/This chat has ended/);
      await expect.poll(async () => (await state(on.chat)).connection).toBe('closed');
    });
  });
}
