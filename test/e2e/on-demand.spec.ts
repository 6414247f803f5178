import type { Locator } from '@playwright/test';
import { expect, strictCsp, test, widgetMarkup } from '../support/e2e.js';

const open = (chat: Locator): Promise<void> =>
  chat.evaluate((element) => {
    (element as HTMLElementTagNameMap['amigo-chat']).show();
  });

for (const script of ['module', 'classic'] as const) {
  test(`an element from beside the ${script} script is made with the script's own Lit`, async ({
    page,
    mountChat,
    problems,
  }) => {
    const attributes = { 'language-picker': true };
    const chat = await mountChat(page, { script, attributes, csp: strictCsp });
    await open(chat);
    await expect(chat.getByRole('combobox', { name: 'Language' })).toBeVisible();
    const shared = await page.evaluate(() => {
      const parents = (tag: string): unknown[] => {
        const chain: unknown[] = [];
        for (let at = customElements.get(tag); at; at = Object.getPrototypeOf(at)) chain.push(at);
        return chain.slice(1);
      };
      const inScript = new Set(parents('amigo-header'));
      const [lit] = parents('amigo-language-select');
      const versions = (globalThis as { litElementVersions?: string[] }).litElementVersions;
      return { same: inScript.has(lit), versions: versions?.length };
    });
    expect(shared).toEqual({ same: true, versions: 1 });
    expect(await problems.all()).toEqual([]);
  });
}

// The browser tells such a script nothing about itself: it resolves `import('./x.js')` against about:blank.
test('a classic script from another origin, without crossorigin, finds the files beside it', async ({
  page,
  site,
  mountChat,
}) => {
  const cdn = site.origin.replace('127.0.0.1', 'localhost');
  const files: string[] = [];
  page.on('response', (response) => {
    const { origin, pathname } = new URL(response.url());
    if (origin === cdn) files.push(`${response.status()} ${pathname}`);
  });
  const chat = await mountChat(page, {
    lang: 'vi',
    html: `${widgetMarkup(site.origin, { 'language-picker': true })}<script src="${cdn}/dist/amigo-chat.iife.js"></script>`,
  });
  await expect(chat.getByRole('button', { name: 'Trò chuyện với chúng tôi' })).toBeVisible();
  await open(chat);
  await expect(chat.getByRole('combobox', { name: 'Ngôn ngữ' })).toHaveValue('vi');
  const expected = ['amigo-chat.iife.js', 'language-select.js', 'locales/vi.js'];
  expect(files.sort()).toEqual(expected.map((file) => `200 /dist/${file}`));
});

test('a picker that did not come leaves the rest as it is, and the next look tries again', async ({
  page,
  mountChat,
}) => {
  let asked = 0;
  await page.route('**/language-select.js', (route) => {
    asked += 1;
    return asked === 1 ? route.abort() : route.continue();
  });
  const chat = await mountChat(page, { attributes: { 'language-picker': true } });
  await expect.poll(() => asked).toBe(1);
  await open(chat);
  await expect(chat.getByRole('textbox', { name: 'Your message' })).toBeVisible();
  await expect(chat.getByRole('combobox', { name: 'Language' })).toHaveValue('en');
  expect(asked).toBe(2);
});
