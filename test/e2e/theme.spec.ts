import { AxeBuilder } from '@axe-core/playwright';
import { test as demoTest } from '@playwright/test';
import { DemoHost } from '../support/demo-host.js';
import { expect, strictCsp, test } from '../support/e2e.js';

test('a brand colour gives readable controls under a strict policy; bad colours leave the defaults', async ({
  page,
  mountChat,
  problems,
}) => {
  const chat = await mountChat(page, { csp: strictCsp, attributes: { theme: 'light' } });
  const token = (name: string): Promise<string> =>
    chat.evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);
  const set = (name: string, value: string): Promise<void> =>
    chat.evaluate(
      (element, [property, text]) => {
        (element as HTMLElement).style.setProperty(property, text);
      },
      [name, value] as const,
    );

  await page.evaluate(() => {
    const found: string[] = [];
    Object.assign(globalThis, { found });
    document.addEventListener('amigo-error', (event) => {
      const { severity, code } = (event as HTMLElementEventMap['amigo-error']).detail;
      found.push(`${severity} ${code}`);
    });
  });

  await set('--amigo-color-brand', 'yellow');
  await expect.poll(() => token('--amigo-color-on-brand')).toMatch(/^#(?:0{6}|f{6})$/);
  const results = await new AxeBuilder({ page }).withRules(['color-contrast']).analyze();
  expect(results.violations).toEqual([]);

  await set('--amigo-color-surface', 'banana');
  await expect.poll(() => token('--amigo-color-surface')).toBe('#fff');
  expect(await page.evaluate(() => (globalThis as unknown as { found: string[] }).found)).toEqual([
    'warning invalid-attribute',
  ]);
  expect(await problems.all()).toEqual([]);
});

test('what cannot be meant is one warning each, nothing in the console, and the chat works as by default', async ({
  page,
  mountChat,
  problems,
}) => {
  const logged: string[] = [];
  page.on('console', (message) => logged.push(message.text()));
  await page.addInitScript(() => {
    const found: string[] = [];
    Object.assign(globalThis, { found });
    document.addEventListener('amigo-error', (event) => {
      const { severity, code } = (event as HTMLElementEventMap['amigo-error']).detail;
      found.push(`${severity} ${code}`);
    });
  });
  const attributes = { theme: 'purple', layout: 'sideways', announce: 'shout', 'text-size': '9' };
  const chat = await mountChat(page, { lang: 'tlh', attributes });
  await chat.evaluate((element) => {
    element.style.setProperty('--amigo-color-text', 'banana');
    element.style.setProperty('--amigo-color-brand', 'clinic-blue');
  });
  await chat.getByRole('button', { name: 'Chat with us' }).click();
  await chat.getByRole('textbox', { name: 'Your message' }).fill('When are you open?');
  await page.keyboard.press('Enter');
  await expect(chat.getByText('We are open', { exact: false }).first()).toBeVisible();
  const found = (): Promise<string[]> =>
    page.evaluate(() => (globalThis as unknown as { found: string[] }).found);
  await expect.poll(async () => (await found()).length).toBe(7);
  expect(new Set(await found())).toEqual(new Set(['warning invalid-attribute']));
  expect(logged).toEqual([]);
  expect(await problems.all()).toEqual([]);
});

test('inline, the panel fills the place that the page gives it', async ({ page, mountChat }) => {
  const chat = await mountChat(page, { attributes: { layout: 'inline' } });
  const panel = chat.getByRole('region', { name: 'Chat with us' });
  await expect(panel).toBeVisible();
  const [outer, inner] = [await chat.boundingBox(), await panel.boundingBox()];
  expect(inner?.height).toBe(outer?.height);
  expect(outer?.height).toBe(640);
});

const builder = demoTest.extend<object, { demo: DemoHost }>({
  demo: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants a destructured first argument.
    async ({}, use) => {
      const demo = await DemoHost.start();
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  baseURL: async ({ demo }, use) => use(demo.origin),
});

builder(
  'the theme builder shows what it sets, how well it can be read, and the CSS for it',
  async ({ page }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto('/demo/pages/theme.html');
    await expect(page.locator('amigo-chat').getByRole('textbox')).toBeVisible();
    const code = page.locator('pre code');
    await expect(code).toHaveText('/* The defaults. */');

    await page.getByLabel('Brand colour', { exact: true }).fill('#ffd500');
    await expect(code).toHaveText('amigo-chat { --amigo-color-brand: #ffd500; }', { useInnerText: true });
    const rows = page.locator('.figures tbody tr');
    await expect(rows).toHaveCount(10);
    await expect(rows.locator('td:last-child')).toHaveText(Array.from({ length: 10 }, () => 'Yes'));
    await page.getByLabel('Dark').check();
    await expect(page.locator('amigo-chat')).toHaveAttribute('theme', 'dark');
    await expect(rows.locator('td:last-child')).toHaveText(Array.from({ length: 10 }, () => 'Yes'));

    await page.getByLabel('Brand colour', { exact: true }).fill('clinic blue');
    await expect(page.getByRole('alert').filter({ hasText: 'This is no colour' })).toBeVisible();
    await expect(rows.locator('td:last-child')).toHaveText(Array.from({ length: 10 }, () => 'Yes'));

    await page.getByRole('button', { name: 'Start over' }).click();
    await expect(code).toHaveText('/* The defaults. */');
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa']).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(errors).toEqual([]);
  },
);
