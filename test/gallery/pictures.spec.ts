import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from '@playwright/test';
import { withParts } from '../../demo/server/page-parts.js';
import { expect, test, widgetMarkup } from '../support/e2e.js';
import { greeted, type ChatElement } from './states.js';

/** Pictures for the README, of the demo's portal with the built script on it; the best are kept in docs/images. */
const pictures = [
  { name: 'desktop-light', size: [1280, 800, 1], theme: 'light', ask: ['Can you explain my lab result?'] },
  { name: 'desktop-dark', size: [1280, 800, 1], theme: 'dark', ask: ['Can I move my visit to another day?'] },
  { name: 'phone-light', size: [390, 780, 2], theme: 'light', ask: ['Can you explain my lab result?'] },
  { name: 'phone-dark', size: [390, 780, 2], theme: 'dark', ask: ['Can I move my visit to another day?'] },
  {
    name: 'phone-arabic',
    size: [390, 780, 2],
    theme: 'light',
    lang: 'ar',
    ask: [],
    says: 'مساء الخير! نتائج تحاليلك وصلت:\n\n| الفحص | نتيجتك | الهدف |\n|---|---|---|\n| السكر التراكمي | 5.9 % | أقل من 5.7 |\n| الكوليسترول الكلي | 198 | أقل من 200 |\n\nراجعها **د. أوكافور**: السكر أعلى قليلًا من الهدف، ولا شيء عاجل. هل تريد نصائح تساعد على خفضه؟',
    replies: ['نعم، من فضلك', 'أريد حجز موعد', 'متى تفتحون؟'],
  },
  { name: 'phone-offline', size: [390, 780, 2], theme: 'light', ask: ['When are you open?'], offline: true },
] as const;

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** The demo's page as a portal would have it: attributes instead of the demo's script, the built file, no panel. */
async function portal(origin: string, theme: string, lang = 'en'): Promise<string> {
  const attributes = widgetMarkup(origin, { 'tool-events': true, theme, lang }).replace(/><.*$/, '');
  const page = withParts(await readFile(file('index.html'), 'utf8'));
  return page
    .replace(/<script.*<\/script>/, '')
    .replace(/<link rel="stylesheet" href="\/demo\/panel.*>/, '')
    .replace(/<aside data-developer-panel.*<\/aside>/, '')
    .replace(/<amigo-chat[^>]*/, lang === 'ar' ? `${attributes} dir="rtl"` : attributes)
    .replace('</body>', '<script type="module" src="/dist/amigo-chat.js"></script></body>');
}

async function serveDemo(page: Page): Promise<void> {
  await page.route('**/favicon.svg', (route) => route.fulfill({ path: file('public/favicon.svg') }));
  await page.route('**/portal.css', (route) => route.fulfill({ path: file('demo/portal/portal.css') }));
}

async function ask(chat: Locator, text: string, count: number): Promise<void> {
  await chat.evaluate((element, words) => {
    (element as ChatElement).send(words);
  }, text);
  await expect
    .poll(() =>
      chat.evaluate(
        (element) =>
          (element as ChatElement).messages.filter(({ status }) => status === 'delivered').length,
      ),
    )
    .toBe(count);
  await greeted(chat);
}

for (const { name, size, theme, ask: questions, ...rest } of pictures) {
  test(`picture ${name}`, async ({ browser, site, control }) => {
    control.reset();
    const [width, height, deviceScaleFactor] = size;
    const context = await browser.newContext({
      viewport: { width, height },
      deviceScaleFactor,
      colorScheme: theme,
      reducedMotion: 'reduce',
      locale: 'en-US',
    });
    const page = await context.newPage();
    if ('says' in rest) control.set({ fault: 'greeting', on: 'never' });
    await serveDemo(page);
    const html = await portal(site.origin, theme, 'lang' in rest ? rest.lang : 'en');
    await page.goto(site.origin + site.publish(html));
    const chat = page.locator('amigo-chat');
    await chat.evaluate(async (element) => {
      await customElements.whenDefined('amigo-chat');
      (element as ChatElement).show();
    });
    if ('says' in rest) {
      await expect
        .poll(() => chat.evaluate((element) => (element as ChatElement).state.connection))
        .toBe('open');
      control.say(rest.says);
      await chat.evaluate((element, replies) => {
        (element as ChatElement).quickReplies = replies;
      }, rest.replies);
    }
    await greeted(chat);
    for (const [index, text] of questions.entries()) await ask(chat, text, index + 1);
    if ('offline' in rest) {
      await context.setOffline(true);
      control.drop();
      await expect(chat.locator('amigo-error-banner')).toBeVisible();
      await chat.evaluate((element) => {
        (element as ChatElement).send('I also need a refill, please');
      });
      await expect(chat.locator('amigo-message')).toHaveCount(4);
    }
    await page.screenshot({ path: `gallery/pictures/${name}.jpg`, type: 'jpeg', quality: 58 });
    await context.close();
  });
}
