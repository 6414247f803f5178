import { expect, test } from '../support/e2e.js';
import { input } from '../support/accessibility.js';

test('the default conversation, its tools among it, needs no file but the script', async ({
  page,
  mountChat,
  problems,
}) => {
  const refused: string[] = [];
  await page.route('**/dist/**', (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/dist/amigo-chat.js') return route.continue();
    refused.push(pathname);
    return route.abort();
  });
  const chat = await mountChat(page, { attributes: { layout: 'inline', 'tool-events': true } });
  await expect(chat.getByRole('article')).toHaveCount(1);
  await input(chat).fill('Please refill my lisinopril');
  await input(chat).press('Enter');
  await expect(chat.getByText(/^Done: /).first()).toBeVisible();
  await expect(chat.getByRole('article').last()).toContainText(/refill|lisinopril/i);
  // What was asked for beside it, and did not come, is no more than an extra.
  expect(refused.filter((file) => !/\/(thumbs|guess-language|more)\.js$/.test(file))).toEqual([]);
  const uncaught = (await problems.all()).filter((problem) => problem.startsWith('uncaught'));
  expect(uncaught).toEqual([]);
});
