import { describe, expect, it } from 'vitest';
import { selectMessages } from '../src/conversation/select-view.js';
import type { TimelineItem } from '../src/conversation/state.js';
import { en } from '../src/i18n/locales/en.js';
import { es } from '../src/i18n/locales/es.js';
import { transcript } from '../src/transcript.js';

const at = new Date(2026, 10, 20, 15, 7).getTime();
const reply = {
  kind: 'agent',
  revision: 0,
  at,
  streaming: false,
  incomplete: false,
  greeting: false,
} as const;

const items: readonly TimelineItem[] = [
  { ...reply, id: 'a', text: 'Take **one** ~~two~~ tablet:\n\n- in the [morning](https://example.org/dose)' },
  { kind: 'user', id: 'b', text: 'With *food*?', at, status: 'delivered' },
  { kind: 'tool', id: 't', callId: 't', toolName: 'lookup', status: 'succeeded', at },
  { ...reply, id: 'c', text: 'Yes, and', incomplete: true },
  { kind: 'user', id: 'd', text: 'Thank you', at, status: 'not-sent' },
  { kind: 'note', id: 'n', note: 'ended', at },
];
const messages = selectMessages(items, () => en.noteEnded);

describe('the transcript', () => {
  it('says who, when and what, as a person would read it', () => {
    // The narrow space before PM is what `Intl` writes.
    expect(transcript(messages, 'text', en, 'en').replaceAll('\u202f', ' ')).toBe(
      [
        `AI helper, Nov 20, 2026, 3:07 PM\nTake one ${en.crossedOut('two')} tablet:\n\n• in the morning (example.org/dose)`,
        'You, Nov 20, 2026, 3:07 PM\nWith *food*?',
        'AI helper, Nov 20, 2026, 3:07 PM\nYes, and\n(This reply was cut off.)',
        'You, Nov 20, 2026, 3:07 PM\nThank you\n(Not sent)',
        'Notice, Nov 20, 2026, 3:07 PM\nThis chat has ended.',
      ].join('\n\n'),
    );
  });

  it('names and times follow the language', () => {
    const [first] = transcript(messages.slice(1), 'text', es, 'es').split('\n');
    expect(first).toBe(`${es.you}, 20 nov 2026, 15:07`);
  });

  it.each([
    ['queued', en.queued],
    ['sent', en.sent],
    ['unconfirmed', en.unconfirmed],
    ['not-sent', en.notSent],
  ] as const)('says of a message that is %s what is known of it', (status, words) => {
    const waiting = selectMessages([{ kind: 'user', id: 'x', text: 'Hello', at, status }], () => '');
    expect(transcript(waiting, 'text', en, 'en')).toMatch(new RegExp(`\\nHello\\n\\(${words}\\)$`));
  });

  it('is the messages themselves in JSON', () => {
    const read: unknown = JSON.parse(transcript(messages, 'json', en, 'en'));
    expect(read).toEqual(messages);
  });

  it('is empty where there is nothing', () => {
    expect(transcript([], 'text', en, 'en')).toBe('');
    expect(transcript([], 'json', en, 'en')).toBe('[]');
  });
});
