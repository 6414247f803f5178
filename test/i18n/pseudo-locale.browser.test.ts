import { elementUpdated, expect, fixture, html, nextFrame } from '@open-wc/testing';
import { conversationError } from '../../src/conversation/error.js';
import type { TimelineItem } from '../../src/conversation/state.js';
import '../../src/elements/error-banner.js';
import '../../src/elements/message-list.js';
import { languages } from '../../src/i18n/languages.js';
import { en } from '../../src/i18n/locales/en.js';
import type { Strings } from '../../src/i18n/strings.js';
import '../../src/index.js';
import { agent, note, tool, turn, user } from '../elements/timeline.js';

type Words = string | readonly Words[] | ((...blanks: never[]) => Words);

/** In brackets and half as long again: what stands without them was never given to the translators. */
function pseudo(words: Words): Words {
  if (typeof words === 'function') return (...blanks: never[]): Words => pseudo(words(...blanks));
  if (typeof words !== 'string') return words.map(pseudo);
  const longer = words + ' ẽẽẽẽ'.repeat(Math.ceil(words.length / 10));
  return `⟦${longer.replaceAll('a', 'á').replaceAll('o', 'ó').replaceAll('e', 'é')}⟧`;
}

const all = (texts: object): object =>
  Object.fromEntries(Object.entries(texts).map(([key, words]) => [key, pseudo(words as Words)]));
const { errors, reviewed, ...flat } = en;
const strings = { reviewed, ...all(flat), errors: all(errors) } as Strings;

/** What is not ours to translate. */
const foreign = [/^(?:Question|Answer) \w+$/, /^\d{1,2}:\d\d/, /^[^\p{L}]*$/u, /^[\d.]+ (?:sec|min)$/];
const isOurs = (text: string): boolean => !foreign.some((pattern) => pattern.test(text));

/** Every text that a person may see or hear, through all shadow roots. */
function texts(root: Element | ShadowRoot): string[] {
  const found: string[] = [];
  for (const element of [root, ...root.querySelectorAll('*')]) {
    if (element instanceof Element) {
      for (const name of [
        'aria-label',
        'placeholder',
        'title',
        'alt',
        'aria-description',
        'aria-roledescription',
      ])
        found.push(element.getAttribute(name) ?? '');
      if (element.shadowRoot) found.push(...texts(element.shadowRoot));
    }
    if (element instanceof HTMLStyleElement) continue;
    for (const child of element.childNodes) if (child instanceof Text) found.push(child.data);
  }
  return found.map((text) => text.replace(/\s+/g, ' ').trim()).filter(Boolean);
}

/** Texts with letters outside every bracket. */
const untranslated = (root: Element): string[] =>
  texts(root).filter((text) => isOurs(text) && /\p{L}/u.test(text.replace(/⟦.*⟧/, '')));

const items: TimelineItem[] = [
  note('n1', { note: 'resumed-thread' }),
  note('n2', { note: 'handover' }),
  user('u1', { status: 'queued' }),
  user('u2', { status: 'sent' }),
  user('u3', { status: 'unconfirmed' }),
  user('u4', { status: 'delivered' }),
  user('u5', { status: 'not-sent' }),
  agent('a1'),
  agent('a2', { incomplete: true }),
  agent('a3', { provisional: true }),
  agent('a4', { stopped: true }),
  tool('t1', { status: 'running', input: '42' }),
  tool('t2', { status: 'succeeded', input: '42', result: '7', durationMs: 400 }),
  tool('t3', { status: 'failed' }),
  tool('t4', { status: 'unknown' }),
  note('n3'),
];

describe('in a pseudo-language, nothing is left in English', () => {
  it('of the conversation, in every state of a message and a tool', async () => {
    const list = await fixture(html`
      <amigo-message-list .items=${items} .turn=${turn('waiting')} .strings=${strings}></amigo-message-list>
    `);
    await nextFrame();
    expect(texts(list).length).to.be.greaterThan(40);
    expect(untranslated(list)).to.deep.equal([]);
  });

  it('of the whole widget, with its launcher, menu and notices', async () => {
    const chat = await fixture<HTMLElementTagNameMap['amigo-chat']>(html`
      <amigo-chat open language-picker .strings=${strings}></amigo-chat>
    `);
    await elementUpdated(chat);
    await nextFrame();
    // Each language stands in its own words.
    const picker = Object.values<string>(languages);
    expect(texts(chat.shadowRoot!).length).to.be.greaterThan(15);
    expect(untranslated(chat).filter((text) => !picker.includes(text))).to.deep.equal([]);
  });

  for (const code of Object.keys(en.errors) as (keyof typeof en.errors)[]) {
    it(`of the error ${code}`, async () => {
      const error = conversationError('server', code, { subject: 'service-id', retryable: true });
      const banner = await fixture(html`
        <amigo-error-banner .error=${error} .strings=${strings}></amigo-error-banner>
      `);
      expect(texts(banner)).to.have.lengthOf.above(0);
      // The name of an attribute is the same in every language.
      expect(untranslated(banner).filter((text) => text !== '(service-id)')).to.deep.equal([]);
    });
  }

  it('finds what was left, so that the tests above can fail', async () => {
    const list = await fixture(html`
      <amigo-message-list
        .items=${items}
        .strings=${{ ...strings, notSent: 'Not sent' }}
      ></amigo-message-list>
    `);
    await nextFrame();
    expect(untranslated(list)).to.deep.equal(['Not sent']);
  });
});
