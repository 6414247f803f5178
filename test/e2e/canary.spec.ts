import type { Locator, Page } from '@playwright/test';
import { expect, strictCsp, test } from '../support/e2e.js';

type Chat = HTMLElementTagNameMap['amigo-chat'];

/** Planted in what the person types, what the agent says and the token; to be found nowhere but in the chat. */
const PERSON = 'canaryperson';
const AGENT = 'canaryagent';

/** Everything by which words could leave the conversation, as it happens. */
interface Leaks {
  readonly console: string[];
  readonly requests: string[];
  readonly origins: Set<string>;
}

function watch(page: Page): Leaks {
  const leaks: Leaks = { console: [], requests: [], origins: new Set() };
  page.on('console', (message) => leaks.console.push(message.text()));
  page.on('pageerror', (error) => leaks.console.push(`${error.message} ${error.stack ?? ''}`));
  page.on('request', (request) => {
    leaks.requests.push(`${request.url()} ${request.headers()['referer'] ?? ''}`);
    leaks.origins.add(new URL(request.url()).host);
  });
  page.on('websocket', (socket) => {
    leaks.requests.push(socket.url());
    leaks.origins.add(new URL(socket.url()).host);
  });
  return leaks;
}

/** Keeps the details of every public event, and every token that the page is given. Runs before anything else. */
function listen(): void {
  const seen = { events: [] as string[], tokens: [] as string[] };
  Object.assign(globalThis, { seen });
  const dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.dispatchEvent = function (event: Event): boolean {
    if (event.type.startsWith('amigo-') && event instanceof CustomEvent) {
      seen.events.push(`${event.type} ${JSON.stringify(event.detail)}`);
    }
    return dispatch.call(this, event);
  };
  const original = globalThis.fetch;
  globalThis.fetch = async (...request: Parameters<typeof fetch>): Promise<Response> => {
    const response = await original(...request);
    if (response.url.endsWith('/token')) {
      seen.tokens.push(
        (
          (await response
            .clone()
            .json()
            .catch(() => ({}))) as { token?: string }
        ).token ?? '',
      );
    }
    return response;
  };
}

/** Looks everywhere but in the chat itself, after `least` public events. `kept`: the one key of sessionStorage that may hold words, by the page's wish. */
async function expectNothingElsewhere(page: Page, leaks: Leaks, least: number, kept?: string): Promise<void> {
  const { events, tokens, stored, title, url } = await page.evaluate(async (allowed) => {
    const { seen } = globalThis as unknown as { seen: { events: string[]; tokens: string[] } };
    const databases = await indexedDB.databases();
    const cached = await caches.keys().catch(() => []);
    return {
      ...seen,
      title: document.title,
      url: location.href + JSON.stringify(history.state) + document.referrer + window.name,
      stored: JSON.stringify([
        { ...localStorage },
        Object.entries(sessionStorage).filter(([key]) => key !== allowed),
        document.cookie,
        databases,
        cached,
      ]),
    };
  }, kept);
  expect(events.length).toBeGreaterThan(least);
  expect(tokens.filter((token) => token.length > 8).length).toBeGreaterThan(1);
  const everywhere = [...leaks.console, ...leaks.requests, ...events, stored, title, url].join('\n');
  for (const secret of [PERSON, AGENT, ...tokens.filter(Boolean)]) expect(everywhere).not.toContain(secret);
  // No word of the conversation is in an attribute either, where replay scripts and style sheets could read it.
  const attributes = await page.evaluate(() => {
    const all = (root: ParentNode): string[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...[...element.attributes].filter(({ name }) => name !== 'aria-label').map(({ value }) => value),
        ...(element.shadowRoot ? all(element.shadowRoot) : []),
      ]);
    return all(document).join('\n');
  });
  for (const secret of [PERSON, AGENT, ...tokens.filter(Boolean)]) expect(attributes).not.toContain(secret);
  expect([...leaks.origins]).toEqual([new URL(page.url()).host]);
}

test('words and tokens stay in the conversation, through faults and all', async ({
  page,
  mountChat,
  control,
}) => {
  const leaks = watch(page);
  await page.addInitScript(listen);
  const csp = strictCsp.replace("style-src 'none'", "style-src 'self'");
  const chat = await mountChat(page, { attributes: { layout: 'inline', 'tool-events': true }, csp });
  const messages = (): Promise<Chat['messages']> => chat.evaluate((element) => (element as Chat).messages);
  const say = async (text: string): Promise<void> => {
    await chat.getByRole('textbox').fill(text);
    await chat.getByRole('textbox').press('Enter');
    await expect
      .poll(async () => (await messages()).find((message) => message.text === text)?.status, {
        timeout: 20_000,
      })
      .toMatch(/^(delivered|not-sent)$/);
  };
  await expect.poll(async () => (await messages()).length).toBe(1);
  await say(`I need a refill, ${PERSON} one`);
  control.say(`Your result is ${AGENT}`);
  await expect.poll(async () => (await messages()).some(({ text }) => text.includes(AGENT))).toBe(true);
  control.set({ fault: 'error', code: 'turn_timeout', message: AGENT });
  await say(`${PERSON} two`);
  control.set({ fault: 'drop', at: 'mid-reply' });
  await say(`${PERSON} three`);
  control.set({ fault: 'close', code: 4001, at: 'now' });
  await say(`${PERSON} four`);
  control.set({ fault: 'history-junk' });
  control.drop();
  await say(`${PERSON} five`);
  await chat.getByRole('textbox').fill(`a draft of ${PERSON}`);

  await expectNothingElsewhere(page, leaks, 20);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
    0,
    0,
    '',
  ]);
});

/** Presses everything that the widget has learnt to do with words. */
async function useEverything(page: Page, chat: Locator): Promise<void> {
  await chat
    .getByRole('button', { name: /^Helpful: “/ })
    .last()
    .click();
  await chat.evaluate((element, word) => {
    const widget = element as Chat;
    widget.quickReplies = [`Yes, ${word}`];
    widget.requestApproval({ id: 'a1', summary: `Cancel the visit of ${word}` });
    widget.getTranscript('text');
    widget.getTranscript('json');
  }, PERSON);
  await chat.getByRole('button', { name: `Yes, ${PERSON}` }).click();
  await chat.getByRole('button', { name: 'Decline' }).click();
  const menu = chat.getByRole('button', { name: 'More options' });
  await menu.click();
  const saved = page.waitForEvent('download');
  const save = chat.getByRole('button', { name: 'Save this chat', exact: true });
  await save.click();
  await chat.getByRole('button', { name: 'Save as text', exact: true }).click();
  expect((await saved).suggestedFilename()).not.toMatch(/canary/);
}

test('words stay there, too, with consent, thumbs, suggestions, an approval, saving and a language guessed', async ({
  page,
  mountChat,
  control,
}) => {
  const leaks = watch(page);
  await page.addInitScript(listen);
  const attributes = {
    layout: 'inline',
    'tool-events': true,
    consent: 'v1',
    history: 'session',
  };
  const chat = await mountChat(page, { attributes, csp: strictCsp });
  await chat.getByRole('button', { name: 'I agree and want to chat' }).click();
  const delivered = (): Promise<number> =>
    chat.evaluate(
      (element) => (element as Chat).messages.filter(({ status }) => status === 'delivered').length,
    );
  await expect(chat.getByRole('article')).toHaveCount(1);
  // Spanish, so that the widget wonders in which language it should speak.
  await chat
    .getByRole('textbox')
    .fill(`Necesito cambiar mi cita, por favor, soy ${PERSON} y me duele la cabeza`);
  await chat.getByRole('textbox').press('Enter');
  await expect.poll(delivered).toBe(1);
  control.say(`Your result is ${AGENT}`);
  await expect(chat.getByText(AGENT).first()).toBeVisible();
  control.drop();
  await expect.poll(() => control.log().filter(({ kind }) => kind === 'session').length).toBe(2);
  await useEverything(page, chat);
  await expect.poll(delivered).toBe(2);
  const [kept = ''] = await page.evaluate(() => Object.keys(sessionStorage));
  expect(await page.evaluate((key) => sessionStorage.getItem(key), kept)).toContain(AGENT);
  await expectNothingElsewhere(page, leaks, 10, kept);
});
