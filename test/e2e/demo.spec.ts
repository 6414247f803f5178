import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Locator, type Page } from '@playwright/test';
import { demoIds } from '../../demo/server/index.js';
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

const { workspaceId, serviceId, entityId } = demoIds;
const mariasChat = { workspaceId, serviceId, entityId };

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

test('who comes while the agent greets sees the greeting from its beginning', async ({ page, demo }) => {
  // Slow enough that it is still speaking when the page has been read.
  await demo.control('faults', { fault: 'pace', speed: 0.05 });
  await page.goto('/demo/pages/inline.html');
  await expect(replies(page, /virtual assistant/)).toHaveCount(1);
  const heard = await replies(page, /virtual assistant/).ariaSnapshot();
  expect(heard).toMatch(/Good (?:morning|afternoon|evening)!/);
  expect(heard).not.toContain('What can I do for you?');
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

test.describe('patients', () => {
  const signOut = async (page: Page): Promise<void> => {
    // The open chat lies over the corner of the page.
    await chat(page).getByRole('button', { name: 'Close chat' }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
  };
  const signIn = async (page: Page, patient: string): Promise<void> => {
    await page.locator('.sign-in-card').getByLabel('Patient').selectOption(patient);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible();
  };
  const token = (page: Page): Promise<number> =>
    page.evaluate(async () => (await fetch('/token', { method: 'POST' })).status);

  test('the portal’s backend finds the patient’s entity by their record, and mints their tokens', async ({
    page,
    trouble,
  }) => {
    await page.goto('/');
    await openChat(page);
    const { person, chat: settings } = (await page.evaluate(
      async () => (await fetch('/chat')).json() as Promise<unknown>,
    )) as {
      person: object;
      chat: Record<string, string>;
    };
    expect(person).toEqual({ name: 'maria', fullName: 'Maria Alvarez' });
    expect(settings).toEqual({ baseUrl: '/', ...mariasChat, tokenUrl: '/token' });
    await expect(chat(page)).toHaveAttribute('entity-id', mariasChat.entityId);
    expect(trouble).toEqual([]);
  });

  test('signing out leaves nothing of the chat, in any tab, and the next patient has their own', async ({
    page,
    context,
  }) => {
    await page.goto('/');
    await openChat(page);
    await composer(page).fill('Is my insurance still good?');
    await composer(page).press('Enter');
    await expect(replies(page, /Copay for a visit/)).toHaveCount(1);
    const other = await context.newPage();
    await other.goto('/');
    await expect(other.getByRole('button', { name: 'Sign out' })).toBeVisible();

    await signOut(page);
    for (const tab of [page, other]) {
      await expect(tab.getByRole('heading', { name: /Sign in to/ })).toBeVisible();
      await expect(tab.getByText('Lisinopril')).toBeHidden();
      await expect(chat(tab)).toBeHidden();
    }
    expect(
      await chat(page).evaluate((element) => (element as unknown as { messages: unknown[] }).messages),
    ).toEqual([]);
    expect(await token(page)).toBe(401);
    await page.reload();
    await expect(page.getByRole('heading', { name: /Sign in to/ })).toBeVisible();

    await signIn(page, 'james');
    await expect(page.getByText('Hello, James')).toBeVisible();
    await expect(page.getByText('Lisinopril')).toBeHidden();
    expect(await token(page)).toBe(200);
    await openChat(page);
    await expect(page.getByText('Is my insurance still good?')).toHaveCount(0);
    expect(await chat(page).getAttribute('entity-id')).not.toBe(mariasChat.entityId);
    await composer(page).fill('Thank you');
    await composer(page).press('Enter');
    await expect(replies(page, /Thank you/)).toHaveCount(1);

    await signOut(page);
    await signIn(page, 'maria');
    await openChat(page);
    await expect(replies(page, /Copay for a visit/)).toHaveCount(1);
    await expect(replies(page, /^Thank you/)).toHaveCount(0);
  });

  test('a wrong password opens nothing', async ({ page }) => {
    await page.goto('/?signed-out');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('That did not work. Check the password.')).toBeVisible();
    expect(await token(page)).toBe(401);
  });

  test('axe finds nothing on the sign-in card', async ({ page }) => {
    await page.goto('/?signed-out');
    await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
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
