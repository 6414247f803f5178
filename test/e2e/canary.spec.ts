import type { Page } from '@playwright/test';
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

  const { events, tokens, stored, title, url } = await page.evaluate(async () => {
    const { seen } = globalThis as unknown as { seen: { events: string[]; tokens: string[] } };
    const databases = await indexedDB.databases();
    const cached = await caches.keys().catch(() => []);
    return {
      ...seen,
      title: document.title,
      url: location.href + JSON.stringify(history.state) + document.referrer + window.name,
      stored: JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        databases,
        cached,
      ]),
    };
  });
  expect(events.length).toBeGreaterThan(20);
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
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length, document.cookie])).toEqual([
    0,
    0,
    '',
  ]);
});
