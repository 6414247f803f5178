import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, strictCsp, test, widgetMarkup } from '../support/e2e.js';

type Chat = HTMLElementTagNameMap['amigo-chat'];

async function greeted(chat: Locator): Promise<void> {
  await chat.evaluate((element) => {
    (element as Chat).show();
  });
  await expect(chat.getByRole('article')).toHaveCount(1);
}

const menu = (chat: Locator): Locator => chat.getByRole('button', { name: 'More options' });
const button = (chat: Locator, name: string): Locator => chat.getByRole('button', { name, exact: true });

async function openMenu(chat: Locator): Promise<void> {
  await menu(chat).click();
  await expect(button(chat, 'Larger text')).toBeVisible();
}

/** Paths of the on-demand file that the page asked for from now on. */
function filesOf(page: Page): string[] {
  const files: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.endsWith('/more.js')) files.push(pathname);
  });
  return files;
}

const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.getAttribute('aria-label') ?? active?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  });

test.describe('the menu', () => {
  for (const script of ['module', 'classic'] as const) {
    test(`brings what it offers when it is first opened, once, under a strict policy (${script})`, async ({
      page,
      mountChat,
      problems,
    }) => {
      const files = filesOf(page);
      const chat = await mountChat(page, { csp: strictCsp, script });
      await greeted(chat);
      expect(files).toEqual([]);
      await openMenu(chat);
      await menu(chat).click();
      await openMenu(chat);
      expect(files).toEqual(['/dist/more.js']);
      expect(await problems.all()).toEqual([]);
    });
  }

  test('works by keyboard: Tab goes through it, Escape closes it alone and gives the focus back', async ({
    page,
    mountChat,
  }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    await menu(chat).focus();
    await page.keyboard.press('Enter');
    await expect(button(chat, 'Larger text')).toBeVisible();
    const visited: string[] = [];
    for (let stop = 0; stop < 7; stop += 1) {
      await page.keyboard.press('Tab');
      visited.push(await focusedName(page));
    }
    expect(visited).toEqual([
      'Start a new chat',
      'End this chat',
      'Smaller text',
      'Larger text',
      'Read replies aloud',
      'Save this chat',
      'Print this chat',
    ]);
    await page.keyboard.press('Escape');
    await expect(button(chat, 'Larger text')).toBeHidden();
    expect(await focusedName(page)).toBe('More options');
    await expect(chat.getByRole('textbox')).toBeVisible();
  });

  test('a press on its text does not close it', async ({ page, mountChat }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    await openMenu(chat);
    await chat.getByText('Text size', { exact: true }).click();
    await button(chat, 'Save this chat').click();
    await chat.getByText('Anyone who opens this file can read your chat.').click();
    await expect(button(chat, 'Save as text')).toBeVisible();
  });

  test('a file that does not come leaves a new chat and the end; the next opening tries again', async ({
    page,
    mountChat,
  }) => {
    const files = filesOf(page);
    await page.route('**/more.js', (route) => route.abort());
    const chat = await mountChat(page);
    await greeted(chat);
    await menu(chat).click();
    await expect(button(chat, 'End this chat')).toBeVisible();
    await expect.poll(() => files.length).toBe(1);
    await menu(chat).click();
    await menu(chat).click();
    await expect.poll(() => files.length).toBe(2);
  });

  test('while locked it offers the size of the text alone', async ({ page, mountChat }) => {
    const chat = await mountChat(page);
    await greeted(chat);
    await chat.evaluate((element) => {
      (element as Chat).lock();
    });
    await openMenu(chat);
    for (const name of ['Start a new chat', 'End this chat', 'Save this chat', 'Print this chat'])
      await expect(button(chat, name)).toBeHidden();
    expect(await chat.evaluate((element) => (element as Chat).getTranscript())).toBe('');
    expect(await chat.evaluate((element) => (element as Chat).getTranscript('json'))).toBe('[]');
  });
});

test('the size of the text goes up and down by a quarter, is said, and ends at 100 % and 200 %', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page);
  await greeted(chat);
  await openMenu(chat);
  const size = (): Promise<number> => chat.evaluate((element) => (element as Chat).textSize);
  await button(chat, 'Larger text').click();
  expect(await size()).toBe(1.25);
  await expect(chat.locator('amigo-announcer').filter({ hasText: 'Text size: 125%' })).toHaveCount(1);
  await expect(chat.getByRole('group', { name: 'Text size: 125%' })).toBeVisible();
  for (let press = 0; press < 3; press += 1) await button(chat, 'Larger text').click();
  expect(await size()).toBe(2);
  // Still there and focused, for who presses on; but it does nothing.
  await page.keyboard.press('Enter');
  expect(await size()).toBe(2);
  await expect(button(chat, 'Larger text')).toBeDisabled();
  expect(await focusedName(page)).toBe('Larger text');
  for (let press = 0; press < 4; press += 1) await button(chat, 'Smaller text').click();
  expect(await size()).toBe(1);
  expect(await chat.evaluate((element) => element.style.length)).toBe(0);
});

test.describe('saving', () => {
  for (const [label, name, begins] of [
    ['Save as text', 'chat-transcript.txt', 'You are chatting with an AI helper'],
    ['Save as data', 'chat-transcript.json', '['],
  ] as const) {
    test(`${label}: after a warning, a file of that kind, in the page alone, under default-src 'self'`, async ({
      page,
      mountChat,
      problems,
    }) => {
      const chat = await mountChat(page, {
        csp: "default-src 'self'; style-src 'self'; require-trusted-types-for 'script'; trusted-types amigo-chat",
      });
      await greeted(chat);
      await openMenu(chat);
      await expect(button(chat, label)).toBeHidden();
      await button(chat, 'Save this chat').click();
      await expect(chat.getByText('Anyone who opens this file can read your chat.')).toBeVisible();
      const [download] = await Promise.all([page.waitForEvent('download'), button(chat, label).click()]);
      expect(download.suggestedFilename()).toBe(name);
      const text = await readFile(await download.path(), 'utf8');
      expect(text.startsWith(begins)).toBe(true);
      const format: 'json' | 'text' = name.endsWith('json') ? 'json' : 'text';
      const transcript = await chat.evaluate(
        (element, kind) => (element as Chat).getTranscript(kind),
        format,
      );
      expect(text).toContain(transcript);
      expect(transcript).toContain('virtual assistant');
      expect(await problems.all()).toEqual([]);
    });
  }

  test('the file leaves the page’s memory', async ({ page, mountChat }) => {
    await page.addInitScript(() => {
      const urls = { made: [] as string[], gone: [] as string[] };
      Object.assign(globalThis, { urls });
      const { createObjectURL, revokeObjectURL } = URL;
      URL.createObjectURL = (blob) => {
        const url = createObjectURL.call(URL, blob);
        urls.made.push(url);
        return url;
      };
      URL.revokeObjectURL = (url) => {
        urls.gone.push(url);
        revokeObjectURL.call(URL, url);
      };
    });
    const urls = (): Promise<{ made: string[]; gone: string[] }> =>
      page.evaluate(() => (globalThis as unknown as { urls: { made: string[]; gone: string[] } }).urls);
    const chat = await mountChat(page);
    await greeted(chat);
    await openMenu(chat);
    await button(chat, 'Save this chat').click();
    await Promise.all([page.waitForEvent('download'), button(chat, 'Save as text').click()]);
    expect(await urls()).toMatchObject({ made: [expect.any(String)], gone: [] });
    await chat.evaluate((element) => {
      (element as Chat).lock();
    });
    await expect.poll(async () => (await urls()).gone).toEqual((await urls()).made);
  });

  for (const [sandbox, offered, hint] of [
    ['allow-scripts allow-same-origin', false, false],
    ['allow-scripts allow-same-origin allow-downloads allow-modals', true, false],
    ['allow-scripts allow-downloads', true, true],
  ] as const) {
    test(`in a frame with sandbox="${sandbox}" it is ${offered ? 'offered' : 'not offered'}${hint ? ', with a hint' : ''}`, async ({
      page,
      site,
      control,
    }) => {
      control.reset();
      const widget = widgetMarkup(site.origin, { 'token-url': null, layout: 'fullscreen' });
      const inner = site.publish(`<!doctype html><html lang="en"><title>Chat</title>
        ${widget}<script type="module" src="/dist/amigo-chat.js"></script>
        <script>document.querySelector('amigo-chat').getToken = () => ${JSON.stringify(site.devServer.issueToken())};</script>`);
      await page.goto(
        site.origin +
          site.publish(`<!doctype html><html lang="en"><title>Portal</title>
        <iframe title="Chat" width="420" height="700" sandbox="${sandbox}" src="${inner}"></iframe>`),
      );
      const chat = page.frameLocator('iframe').locator('amigo-chat');
      await expect(chat.getByRole('article')).toHaveCount(1);
      await openMenu(chat);
      for (const name of ['Save this chat', 'Print this chat'])
        await expect(button(chat, name)).toHaveCount(offered ? 1 : 0);
      if (!offered) return;
      await button(chat, 'Save this chat').click();
      await expect(chat.getByText('If nothing happens').first()).toBeVisible({ visible: hint });
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        button(chat, 'Save as text').click(),
      ]);
      expect(download.suggestedFilename()).toBe('chat-transcript.txt');
    });
  }
});

test.describe('printing from the menu', () => {
  /** In place of the browser's dialog: what stands on the paper, by frame. */
  async function watchPrinter(page: Page): Promise<() => Promise<string[]>> {
    await page.addInitScript(() => {
      const papers: string[] = ((top as unknown as { papers?: string[] }).papers ??= []);
      globalThis.print = () => {
        papers.push(`${document.documentElement.lang} ${document.body.innerText}`);
      };
    });
    return () => page.evaluate(() => (globalThis as unknown as { papers: string[] }).papers);
  }

  const frames = (chat: Locator): Promise<number> =>
    chat.evaluate((element) => element.shadowRoot!.querySelectorAll('iframe').length);

  test('prints the conversation alone, after a warning, under default-src none', async ({
    page,
    mountChat,
    problems,
  }) => {
    const papers = await watchPrinter(page);
    const chat = await mountChat(page, { csp: strictCsp });
    await greeted(chat);
    await openMenu(chat);
    await button(chat, 'Print this chat').click();
    await expect(chat.getByText('Anyone who sees this paper can read your chat.')).toBeVisible();
    expect(await papers()).toEqual([]);
    await button(chat, 'Print').click();
    await expect.poll(papers).toHaveLength(1);
    const [paper = ''] = await papers();
    expect(paper).toMatch(/^en Chat with us\s+You are chatting with an AI helper/);
    expect(paper).toMatch(/AI helper \w+ \d+, \d{4}, [\d:]+\s[AP]M\s+.*virtual assistant/);
    // Markdown became bold text, and the page around the chat is not there.
    expect(paper).not.toContain('**');
    expect(paper).not.toContain('Clinic portal');
    const paperStyle = await chat.evaluate((element) => {
      const { contentDocument } = element.shadowRoot!.querySelector('iframe')!;
      const { color, marginBlockStart } = getComputedStyle(contentDocument!.querySelector('article')!);
      return { color, gap: Number.parseFloat(marginBlockStart) };
    });
    expect(paperStyle.color).toBe('rgb(0, 0, 0)');
    expect(paperStyle.gap).toBeGreaterThan(10);
    expect(await problems.all()).toEqual([]);
  });

  for (const [what, end] of [
    [
      'the end of printing',
      (frame: HTMLIFrameElement) => frame.contentWindow!.dispatchEvent(new Event('afterprint')),
    ],
    ['the lock', (frame: HTMLIFrameElement) => ((frame.getRootNode() as ShadowRoot).host as Chat).lock()],
    ['reset()', (frame: HTMLIFrameElement) => ((frame.getRootNode() as ShadowRoot).host as Chat).reset()],
  ] as const) {
    test(`nothing of it stays after ${what}`, async ({ page, mountChat }) => {
      await watchPrinter(page);
      const chat = await mountChat(page);
      await greeted(chat);
      await openMenu(chat);
      await button(chat, 'Print this chat').click();
      await button(chat, 'Print').click();
      await expect.poll(() => frames(chat)).toBe(1);
      await chat.locator('iframe').evaluate(end as (frame: SVGElement | HTMLElement) => void);
      await expect.poll(() => frames(chat)).toBe(0);
    });
  }
});
