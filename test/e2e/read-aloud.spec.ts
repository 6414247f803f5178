import type { Locator, Page } from '@playwright/test';
import { expect, strictCsp, test } from '../support/e2e.js';

type Chat = HTMLElementTagNameMap['amigo-chat'];

interface Voice {
  readonly lang: string;
  readonly localService: boolean;
  readonly default?: boolean;
}

interface Spoken {
  readonly text: string;
  readonly voice: string;
}

const LOCAL_ENGLISH: Voice = { lang: 'en-US', localService: true, default: true };
const CLOUD_ENGLISH: Voice = { lang: 'en-US', localService: false };

/** In place of the device's own speech: the boundary of the platform. What is spoken lasts until a test ends it. */
async function fakeSpeech(page: Page, voices: readonly Voice[]): Promise<void> {
  await page.addInitScript((known) => {
    const said: { text: string; voice: string }[] = [];
    let queue: EventTarget[] = [];
    const all = known.map((voice) => ({
      ...voice,
      name: `${voice.lang} ${voice.localService ? 'local' : 'cloud'}`,
    }));
    class FakeUtterance extends EventTarget {
      voice: { name: string } | null = null;
      lang = '';
      constructor(readonly text: string) {
        super();
      }
    }
    const speech = Object.assign(new EventTarget(), {
      getVoices: () => all,
      speak: (utterance: FakeUtterance) => {
        queue.push(utterance);
        said.push({ text: utterance.text, voice: utterance.voice?.name ?? 'any' });
      },
      cancel: () => {
        const stopped = queue;
        queue = [];
        for (const one of stopped) one.dispatchEvent(new Event('error'));
      },
    });
    Object.defineProperty(globalThis, 'speechSynthesis', { value: speech });
    Object.assign(globalThis, {
      SpeechSynthesisUtterance: FakeUtterance,
      speechOf: () => ({ said, speaking: queue.length }),
      endSpeech: () => {
        for (const one of queue.splice(0)) one.dispatchEvent(new Event('end'));
      },
    });
  }, voices);
}

const speech = (page: Page): Promise<{ said: Spoken[]; speaking: number }> =>
  page.evaluate(() =>
    (globalThis as unknown as { speechOf: () => { said: Spoken[]; speaking: number } }).speechOf(),
  );
const said = async (page: Page): Promise<string> =>
  (await speech(page)).said.map(({ text }) => text).join('');
const speaking = async (page: Page): Promise<number> => (await speech(page)).speaking;
const endSpeech = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (globalThis as unknown as { endSpeech: () => void }).endSpeech();
  });

async function greeted(chat: Locator): Promise<void> {
  await chat.evaluate((element) => {
    (element as Chat).show();
  });
  await expect(chat.getByRole('article')).toHaveCount(1);
}

const send = (chat: Locator, text: string): Promise<void> =>
  chat.evaluate((element, words) => {
    (element as Chat).send(words);
  }, text);

const readButton = (chat: Locator): Locator => chat.getByRole('button', { name: /^Read aloud: “/ });
/** The button of one message, whether it is being read or not: a greeting that is just finished is. */
const eitherButton = (chat: Locator): Locator => readButton(chat).or(stopButton(chat));
const stopButton = (chat: Locator): Locator => chat.getByRole('button', { name: /^Stop reading: “/ });

test('is off by default: nothing is loaded, and nothing spoken', async ({ page, mountChat }) => {
  const files: string[] = [];
  page.on('request', (request) => files.push(new URL(request.url()).pathname));
  await fakeSpeech(page, [LOCAL_ENGLISH]);
  const chat = await mountChat(page);
  await greeted(chat);
  await expect(readButton(chat)).toHaveCount(0);
  expect(files).toContain('/dist/amigo-chat.js');
  expect(files.filter((file) => /read-aloud|more/.test(file))).toEqual([]);
  expect((await speech(page)).said).toEqual([]);
});

test('reads finished replies in whole, without markup, by the device’s own voice', async ({
  page,
  mountChat,
  problems,
}) => {
  await fakeSpeech(page, [CLOUD_ENGLISH, LOCAL_ENGLISH]);
  const chat = await mountChat(page, { attributes: { 'read-aloud': true }, csp: strictCsp });
  await greeted(chat);
  await expect(eitherButton(chat)).toHaveCount(1);
  const before = (await said(page)).length;
  await endSpeech(page);
  await send(chat, 'Is my insurance still good?');
  await expect.poll(() => chat.evaluate((element) => (element as Chat).state.turn)).toBe('idle');
  await expect
    .poll(async () => {
      await endSpeech(page);
      return (await said(page)).slice(before);
    })
    .toContain('Copay for a visit: $25');
  const { said: all } = await speech(page);
  expect(all.map(({ text }) => text).join('')).not.toContain('**');
  expect(new Set(all.map(({ voice }) => voice))).toEqual(new Set(['en-US local']));
  expect(await problems.all()).toEqual([]);
});

test('a button reads one message, says so, and stops it', async ({ page, mountChat }) => {
  await fakeSpeech(page, [LOCAL_ENGLISH]);
  const chat = await mountChat(page, { attributes: { 'read-aloud': true } });
  await greeted(chat);
  await expect(eitherButton(chat)).toHaveCount(1);
  if (await stopButton(chat).count()) await stopButton(chat).click();
  const before = (await said(page)).length;
  await readButton(chat).click();
  expect((await said(page)).slice(before)).toContain('virtual assistant');
  await expect(stopButton(chat)).toBeVisible();
  expect(await speaking(page)).toBeGreaterThan(0);
  await stopButton(chat).click();
  expect(await speaking(page)).toBe(0);
  await readButton(chat).click();
  await endSpeech(page);
  await expect(readButton(chat)).toBeVisible();
});

test('each message has a voice of its language; one without such a voice has no button', async ({
  page,
  mountChat,
  control,
}) => {
  await fakeSpeech(page, [LOCAL_ENGLISH, { lang: 'es_MX', localService: true }]);
  const chat = await mountChat(page, { attributes: { 'read-aloud': true } });
  await greeted(chat);
  await expect(eitherButton(chat)).toHaveCount(1);
  await chat.evaluate((element) => {
    (element as Chat).readAloud = false;
  });
  control.say('Su cita es el lunes a las nueve y la doctora está en su consulta para usted.');
  control.say('이 진료는 월요일 오전 아홉 시에 있습니다.');
  await expect(chat.getByRole('article')).toHaveCount(3);
  await chat.evaluate((element) => {
    (element as Chat).readAloud = true;
  });
  await expect(readButton(chat)).toHaveCount(2);
  await readButton(chat).nth(1).click();
  const { said: all } = await speech(page);
  expect(all.at(-1)?.text).toContain('Su cita');
  expect(all.at(-1)?.voice).toBe('es_MX local');
});

for (const [what, leave] of [
  ['the lock', (chat: Chat) => chat.lock()],
  ['reset()', (chat: Chat) => chat.reset()],
  ['closing the popup', (chat: Chat) => chat.hide()],
  ['removal from the page', (chat: Chat) => chat.remove()],
  ['switching it off', (chat: Chat) => chat.removeAttribute('read-aloud')],
] as const) {
  test(`stops at ${what}`, async ({ page, mountChat }) => {
    await fakeSpeech(page, [LOCAL_ENGLISH]);
    const chat = await mountChat(page, { attributes: { 'read-aloud': true } });
    await greeted(chat);
    await expect(eitherButton(chat)).toHaveCount(1);
    if ((await stopButton(chat).count()) === 0) await readButton(chat).click();
    expect(await speaking(page)).toBeGreaterThan(0);
    await chat.evaluate(leave as (chat: SVGElement | HTMLElement) => void);
    await expect.poll(() => speaking(page)).toBe(0);
  });
}

test('the person switches it on in the menu; without a voice of the device’s own that is said', async ({
  page,
  mountChat,
}) => {
  await fakeSpeech(page, [CLOUD_ENGLISH]);
  const chat = await mountChat(page);
  await greeted(chat);
  await chat.getByRole('button', { name: 'More options' }).click();
  const toggle = chat.getByRole('switch', { name: 'Read replies aloud' });
  await expect(toggle).not.toBeChecked();
  await toggle.click();
  await expect(toggle).toBeChecked();
  const words = 'This device has no voice of its own to read with.';
  await expect(chat.locator('amigo-more').getByText(words)).toBeVisible();
  await expect(chat.locator('amigo-announcer').filter({ hasText: words })).toHaveCount(1);
  await send(chat, 'Is my insurance still good?');
  await expect.poll(() => chat.evaluate((element) => (element as Chat).state.turn)).toBe('idle');
  await expect.poll(() => chat.getByRole('article').count()).toBeGreaterThan(2);
  expect((await speech(page)).said).toEqual([]);
  await expect(readButton(chat)).toHaveCount(0);
});

test('a voice that the browser finds later is used', async ({ page, mountChat }) => {
  await fakeSpeech(page, []);
  const chat = await mountChat(page, { attributes: { 'read-aloud': true } });
  await greeted(chat);
  await expect.poll(() => chat.evaluate((element) => (element as Chat).state.turn)).toBe('idle');
  await expect(eitherButton(chat)).toHaveCount(0);
  await page.evaluate((voice) => {
    (speechSynthesis.getVoices() as unknown[]).push({ ...voice, name: 'late' });
    speechSynthesis.dispatchEvent(new Event('voiceschanged'));
  }, LOCAL_ENGLISH);
  await expect(eitherButton(chat)).toHaveCount(1);
});
