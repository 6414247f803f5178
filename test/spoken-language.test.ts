import { expect, it, vi } from 'vitest';
import type { TimelineItem } from '../src/conversation/state.js';
import { SpokenLanguage } from '../src/spoken-language.js';

const said = (text: string, rest: object = {}): TimelineItem =>
  ({ kind: 'agent', id: text, text, streaming: false, ...rest }) as unknown as TimelineItem;

/** Whether these messages make the chat fetch what tells languages apart. */
async function fetches(locale: string, ...items: TimelineItem[]): Promise<boolean> {
  const host = { requestUpdate: vi.fn() };
  const spoken = new SpokenLanguage(host as never);
  spoken.look(items, locale);
  // What is asked for comes with an import of a file that is there: the next one takes no longer.
  await import('../src/i18n/guess-language.js');
  await Promise.resolve();
  return spoken.of !== undefined;
}

it.each([
  ['nothing has been said', 'en', []],
  [
    'everything is English',
    'en-US',
    [said('Good afternoon! What can I do for you?'), said('Is my visit on Friday?')],
  ],
  ['a reply is still being written', 'en', [said('Hola, ¿qué tal?', { streaming: true })]],
])('fetches nothing where %s', async (_, locale, items) => {
  expect(await fetches(locale, ...items)).toBe(false);
});

it.each([
  ['letters that English lacks', 'en', [said('La clínica abre a las ocho.')]],
  ['another script', 'en', [said('Клиника открыта с восьми.')]],
  ['no word of English', 'en', [said('Bukas ang klinika mula Lunes hanggang Biyernes.')]],
  ['English in a chat that speaks Spanish', 'es', [said('You can call the clinic.')]],
])('fetches it for %s', async (_, locale, items) => {
  await expect.poll(() => fetches(locale, ...items)).toBe(true);
});
