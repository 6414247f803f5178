import type { Locator, Page } from '@playwright/test';
import { expect, strictCsp, test } from '../support/e2e.js';

/** Paths of the on-demand files that the page asked for from now on. */
function filesOf(page: Page): string[] {
  const files: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/dist\/.+\//.test(pathname) || /select|theme/.test(pathname)) files.push(pathname);
  });
  return files;
}

/** The codes of every `amigo-error` of the page, as they come. */
async function errorsOf(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const codes: string[] = [];
    Object.assign(globalThis, { codes });
    document.addEventListener('amigo-error', (event) => {
      const { severity, code } = (event as HTMLElementEventMap['amigo-error']).detail;
      codes.push(`${severity} ${code}`);
    });
  });
  return () => page.evaluate(() => (globalThis as unknown as { codes: string[] }).codes);
}

const open = (chat: Locator): Promise<void> =>
  chat.evaluate((element) => {
    (element as HTMLElementTagNameMap['amigo-chat']).show();
  });

for (const script of ['module', 'classic'] as const) {
  test(`another language comes from beside the ${script} script, once, under a strict policy`, async ({
    page,
    mountChat,
    problems,
  }) => {
    const files = filesOf(page);
    const chat = await mountChat(page, { script, lang: 'vi', csp: strictCsp });
    await expect(chat.getByRole('button', { name: 'Trò chuyện với chúng tôi' })).toBeVisible();
    await open(chat);
    await expect(chat.getByRole('textbox', { name: 'Tin nhắn của quý vị' })).toBeVisible();
    expect(files).toEqual(['/dist/locales/vi.js']);
    expect(await problems.all()).toEqual([]);
  });
}

test('the region decides where a language has two scripts', async ({ page, mountChat }) => {
  const files = filesOf(page);
  const chat = await mountChat(page, { lang: 'zh-TW' });
  await expect(chat.getByRole('button', { name: '聯絡我們' })).toBeVisible();
  expect(files).toEqual(['/dist/locales/zh-Hant.js']);
});

test('English and Spanish need no file', async ({ page, mountChat }) => {
  const files = filesOf(page);
  const chat = await mountChat(page, { lang: 'es-MX' });
  await expect(chat.getByRole('button', { name: 'Hable con nosotros' })).toBeVisible();
  expect(files).toEqual([]);
});

test('an unknown language is English, and one warning', async ({ page, mountChat, problems }) => {
  const errors = await errorsOf(page);
  const chat = await mountChat(page, { lang: 'tlh' });
  await open(chat);
  await expect(chat.getByRole('textbox', { name: 'Your message' })).toBeVisible();
  expect(await errors()).toEqual(['warning invalid-attribute']);
  expect(await problems.all()).toEqual([]);
});

test('a language file that does not come leaves English, and one warning', async ({ page, mountChat }) => {
  const errors = await errorsOf(page);
  await page.route('**/locales/ko.js', (route) => route.abort());
  const chat = await mountChat(page, { lang: 'ko' });
  await expect(chat.getByRole('button', { name: 'Chat with us' })).toBeVisible();
  await expect.poll(errors).toEqual(['warning invalid-attribute']);
});

test('the language changes live, of two widgets only the one concerned, with its direction', async ({
  page,
  mountChat,
  problems,
}) => {
  await mountChat(page, {
    html: `<section lang="en"><amigo-chat layout="inline"></amigo-chat></section>
<section lang="en"><amigo-chat layout="inline"></amigo-chat></section>
<script type="module" src="/dist/amigo-chat.js"></script>`,
  });
  const [first, second] = [page.locator('amigo-chat').nth(0), page.locator('amigo-chat').nth(1)];
  await expect(first.getByRole('textbox', { name: 'Your message' })).toBeVisible();
  await page
    .locator('section')
    .nth(0)
    .evaluate((section) => {
      section.setAttribute('lang', 'ar');
    });
  const arabic = first.getByRole('textbox', { name: 'رسالتك' });
  await expect(arabic).toBeVisible();
  const direction = (field: Locator): Promise<string> =>
    field.evaluate((element) => getComputedStyle(element.parentElement as Element).direction);
  expect(await direction(arabic)).toBe('rtl');
  expect(await direction(second.getByRole('textbox', { name: 'Your message' }))).toBe('ltr');
  expect(await problems.all()).toEqual([]);
});

test('from right to left the launcher and the send button stand on the other side', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page, { lang: 'fa' });
  const launcher = chat.getByRole('button', { name: 'با ما گفتگو کنید' });
  await expect(launcher).toBeVisible();
  const width = page.viewportSize()?.width ?? 0;
  expect((await launcher.boundingBox())?.x).toBeLessThan(width / 2);
  await open(chat);
  const field = await chat.getByRole('textbox').boundingBox();
  const send = await chat.getByRole('button', { name: 'ارسال', exact: true }).boundingBox();
  expect(send?.x).toBeLessThan(field?.x ?? 0);
});

test('an unreviewed language leaves the emergency line in English, marked as such', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page, { lang: 'ru' });
  await open(chat);
  await expect(chat.getByRole('textbox', { name: 'Ваше сообщение' })).toBeVisible();
  const line = chat.getByRole('link', { name: 'Is this an emergency? Call 911.' });
  await expect(line).toBeVisible();
  expect(await line.evaluate((element) => element.closest('[lang]')?.getAttribute('lang'))).toBe('en');
  await chat.evaluate((element) => {
    (element as HTMLElementTagNameMap['amigo-chat']).strings = { emergency: 'Вам срочно? Звоните 911.' };
  });
  await expect(chat.getByRole('link', { name: 'Вам срочно? Звоните 911.' })).toBeVisible();
});

test('the picker names every language in its own words, and changes the widget', async ({
  page,
  mountChat,
  problems,
}) => {
  const files = filesOf(page);
  const chat = await mountChat(page, { attributes: { 'language-picker': true }, csp: strictCsp });
  await open(chat);
  const picker = chat.getByRole('combobox', { name: 'Language' });
  await expect(picker).toHaveValue('en');
  const options = await picker.evaluate((select) =>
    [...select.querySelectorAll('option')].map(({ lang, label }) => `${lang} ${label}`),
  );
  expect(options).toHaveLength(16);
  expect(options).toContain('ko 한국어');
  await picker.selectOption('ko');
  await expect(chat.getByRole('combobox', { name: '언어' })).toHaveValue('ko');
  await expect(chat).toHaveAttribute('lang', 'ko');
  expect(files).toEqual(['/dist/language-select.js', '/dist/locales/ko.js']);
  expect(await problems.all()).toEqual([]);
});

test('[45] a reply in another language says so, and every bubble finds its own direction', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page);
  await open(chat);
  const field = chat.getByRole('textbox', { name: 'Your message' });
  await field.fill('Hola, necesito ayuda con mi cita, por favor. ¿Puede usted ayudarme con el doctor?');
  await field.press('Enter');
  const spanish = chat.locator('amigo-message .agent .bubble[lang=es]');
  await expect(spanish.first()).toBeVisible();
  const bubbles = chat.locator('amigo-message .bubble');
  expect(await bubbles.count()).toBeGreaterThan(1);
  for (const bubble of await bubbles.all()) await expect(bubble).toHaveAttribute('dir', 'auto');
});
