import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { DemoHost } from '../support/demo-host.js';

/** What the pages promise a portal with a strict policy. */
const policy = "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'";

const test = base.extend<{ trouble: string[] }, { demo: DemoHost }>({
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
  trouble: [
    async ({ page, demo }, use) => {
      const trouble: string[] = [];
      await demo.control('reset', {});
      await demo.control('faults', { fault: 'pace', speed: 20 });
      page.on('console', (message) => message.type() === 'error' && trouble.push(message.text()));
      page.on('pageerror', (error) => trouble.push(error.message));
      page.on('request', (request) => {
        if (new URL(request.url()).origin !== demo.origin) trouble.push(request.url());
      });
      await page.addInitScript(applyPolicy, policy);
      await page.addInitScript(reportViolations);
      await use(trouble);
    },
    { auto: true },
  ],
});

/** Runs in the page, before its own code: the policy stands as soon as there is a head to hold it. */
function applyPolicy(content: string): void {
  const observer = new MutationObserver(() => {
    if (!document.head) return;
    observer.disconnect();
    const meta = document.createElement('meta');
    meta.httpEquiv = 'Content-Security-Policy';
    meta.content = content;
    document.head.prepend(meta);
  });
  observer.observe(document, { childList: true, subtree: true });
}

/** Also where the browser would block something without a word on the console. */
function reportViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) => {
    console.error(`CSP violation: ${effectiveDirective} ${blockedURI}`);
  });
}

// One host for the file: the pages share its patient.
test.describe.configure({ mode: 'default' });

const chat = (page: Page): Locator => page.locator('amigo-chat');
const composer = (page: Page): Locator => chat(page).getByRole('textbox');
const replies = (page: Page, text: RegExp): Locator =>
  chat(page).getByRole('article').filter({ hasText: text });

async function openChat(page: Page): Promise<void> {
  await chat(page).getByRole('button').first().click();
  await expect(replies(page, /virtual assistant/)).toHaveCount(1);
}

async function openPanel(page: Page): Promise<Locator> {
  await page.getByText('Developer panel').click();
  return page.locator('.developer-panel');
}

test('the portal’s chat greets and answers, under a strict policy and without a foreign request', async ({
  page,
  trouble,
}) => {
  await page.goto('/');
  await openChat(page);
  await composer(page).fill('Is my insurance still good?');
  await composer(page).press('Enter');
  await expect(replies(page, /Copay for a visit/)).toHaveCount(1);
  expect(trouble).toEqual([]);
});

test('a button of the portal prepares a question that the patient sends', async ({ page, trouble }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'Ask for a refill' }).click();
  await expect(composer(page)).toHaveValue('I need a refill');
  await expect(composer(page)).toBeFocused();
  await composer(page).press('Enter');
  await expect(replies(page, /These are your medicines/)).toHaveCount(1);
  expect(trouble).toEqual([]);
});

test('a fault switched on in the panel strikes once, and the conversation recovers', async ({
  page,
  trouble,
}) => {
  await page.goto('/');
  const panel = await openPanel(page);
  await openChat(page);
  await panel.getByLabel('What should happen').selectOption('close');
  await panel.getByRole('button', { name: 'Switch on once' }).click();
  await expect(panel.locator('.active')).toContainText('close (1 more) code=4503');

  await composer(page).fill('Is my insurance still good?');
  await composer(page).press('Enter');
  await expect(panel.locator('.log').first()).toContainText('"connection":"reconnecting"');
  await expect(panel.locator('.log').last()).toContainText('closed 4503');
  await expect(replies(page, /Copay for a visit/)).toHaveCount(1, { timeout: 20_000 });
  await expect(chat(page).getByText('This reply was cut off')).toHaveCount(0);
  await expect(panel.locator('.active')).not.toContainText('close');
  expect(trouble).toEqual([]);
});

test('the panel lets the agent speak unasked, and names what the server refuses', async ({ page }) => {
  await page.goto('/');
  const panel = await openPanel(page);
  await openChat(page);
  await panel.getByLabel('The agent says, unasked').fill('Your doctor has confirmed the visit.');
  await panel.getByRole('button', { name: 'Say it' }).click();
  await expect(replies(page, /Your doctor has confirmed the visit\./)).toHaveCount(1);

  await panel.getByLabel('The agent says, unasked').fill(' ');
  await panel.getByRole('button', { name: 'Say it' }).click();
  await expect(panel.getByText('"text" must be a text.')).toBeVisible();
});

test('the panel shows ids and codes of the widget, never what was said', async ({ page }) => {
  await page.goto('/');
  const panel = await openPanel(page);
  await openChat(page);
  await composer(page).fill('My secret is gooseberry');
  await composer(page).press('Enter');
  await expect(panel.locator('.log').first()).toContainText('amigo-turn-complete');
  await expect(panel.locator('.log').first()).not.toContainText('gooseberry');
  await expect(panel.locator('.state')).toContainText('sessions-connect');
});

for (const path of ['/demo/pages/inline.html', '/demo/pages/fullscreen.html', '/demo/pages/csp.html']) {
  test(`${path} holds a conversation`, async ({ page, trouble }) => {
    await page.goto(path);
    if (path.endsWith('csp.html')) await chat(page).getByRole('button').first().click();
    await expect(replies(page, /virtual assistant/)).toHaveCount(1);
    await composer(page).fill('Is my insurance still good?');
    await composer(page).press('Enter');
    await expect(replies(page, /Copay for a visit/)).toHaveCount(1);
    expect(trouble).toEqual([]);
  });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on the portal and its panel (${colorScheme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await page.goto('/');
    await expect(page.getByText('Developer panel')).toBeVisible();
    const closed = await new AxeBuilder({ page }).exclude('amigo-chat').analyze(); // It has tests of its own.
    await openPanel(page);
    const open = await new AxeBuilder({ page }).include('.developer-panel').analyze();
    const found = [...closed.violations, ...open.violations];
    expect(found.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}

for (const path of ['/', '/demo/pages/', '/demo/pages/inline.html']) {
  test(`${path} fits a phone of 360 pixels`, async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 640 });
    await page.goto(path);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
}
