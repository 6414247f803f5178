import { expect, it } from 'vitest';
import type { AmigoAnnouncer } from '../src/announcer/announcer.js';
import type { AnnounceContext } from '../src/announcer/announcements.js';
import { initialState, type ConversationState } from '../src/conversation/state.js';
import { en } from '../src/i18n/locales/en.js';
import { Narrator } from '../src/narrator.js';

/** Two announcers and the page's slots, as far as the narrator looks at them. */
function stage({ modal = false } = {}): { narrator: Narrator; said: string[] } {
  const said: string[] = [];
  const announcer = (slot: string): Partial<AmigoAnnouncer> => ({
    slot,
    announce: (text) => said.push(`${slot || 'outside'}: ${text}`),
    clear: () => said.push(`${slot || 'outside'} is cleared`),
  });
  const words: Record<string, string> = { disclosure: 'An AI\n  answers. ', emergency: ' Call 911.' };
  const root = {
    querySelectorAll: () => [announcer(''), announcer('announcer')],
    querySelector: (selector: string) => ({
      assignedNodes: () => [{ textContent: words[/name=(\w+)/.exec(selector)?.[1] ?? ''] }],
    }),
  };
  return {
    narrator: new Narrator(
      () => root as unknown as ParentNode,
      () => modal,
    ),
    said,
  };
}

const context: AnnounceContext = { strings: en, locale: 'en', mode: 'message', open: true, unread: 0 };
const start = initialState('sessions-connect');

/** A state in which the agent has said something. */
const reply = (text: string, before: ConversationState = start): ConversationState => ({
  ...before,
  items: [
    ...before.items,
    {
      kind: 'agent',
      id: text,
      text,
      at: 0,
      revision: 0,
      streaming: false,
      provisional: false,
      incomplete: false,
    },
  ] as unknown as ConversationState['items'],
});

it('introduces a chat that nobody opens before its first words, once', () => {
  const { narrator, said } = stage();
  narrator.tell(start, context);
  expect(said).toEqual([]);
  const first = reply('Hello');
  narrator.tell(first, context);
  narrator.tell(reply('Second', first), context);
  expect(said).toEqual([
    'outside: An AI answers. Call 911.',
    'outside: AI helper: Hello',
    'outside: AI helper: Second',
  ]);
});

it('does not introduce again what was introduced by opening, and begins anew for another person', () => {
  const { narrator, said } = stage();
  narrator.introduce();
  narrator.tell(start, context);
  narrator.tell(reply('Hello'), context);
  expect(said).toEqual(['outside: An AI answers. Call 911.', 'outside: AI helper: Hello']);
  narrator.forget();
  expect(said.splice(0).slice(2)).toEqual(['outside is cleared', 'announcer is cleared']);
  narrator.introduce();
  expect(said).toEqual(['outside: An AI answers. Call 911.']);
});

it('says nothing, and introduces nothing, where nobody may hear, nobody looks, or the page wants silence', () => {
  for (const told of [undefined, { ...context, mode: 'off' as const }]) {
    const { narrator, said } = stage();
    narrator.tell(start, told);
    narrator.tell(reply('Hello'), told);
    expect(said).toEqual([]);
  }
  const { narrator, said } = stage();
  narrator.tell(start, context);
  narrator.tell(reply('Hello'), { ...context, open: false, unread: 1 });
  expect(said).toEqual(['outside: 1 new message in the chat.']);
});

it('speaks from inside a modal dialog, because what lies outside is silent', () => {
  const { narrator, said } = stage({ modal: true });
  narrator.say('Copied');
  expect(said).toEqual(['announcer: Copied']);
});

it('takes back what was to be said, wherever it was to be said', () => {
  const { narrator, said } = stage();
  narrator.hush();
  expect(said).toEqual(['outside is cleared', 'announcer is cleared']);
});
