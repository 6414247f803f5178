import type { PublicMessage } from './conversation/select-view.js';
import { markdownToPlainText } from './elements/markdown/plain-text.js';
import { formatMoment } from './i18n/formats.js';
import type { Strings } from './i18n/strings.js';

/** How a transcript is written: to be read by a person, or as the array of `messages`. */
export type TranscriptFormat = 'text' | 'json';

/** What was said, as one string: who, when, what, and what did not get through. */
export function transcript(
  messages: readonly PublicMessage[],
  format: TranscriptFormat,
  strings: Strings,
  locale: string,
): string {
  if (format === 'json') return JSON.stringify(messages, undefined, 2);
  return messages.map((message) => entry(message, strings, locale)).join('\n\n');
}

function entry(message: PublicMessage, strings: Strings, locale: string): string {
  const { role, at, text } = message;
  return [
    `${authorOf(message, strings)}, ${formatMoment(locale, Date.parse(at))}`,
    role === 'agent' ? markdownToPlainText(text, strings) : text,
    ...remarksOn(message, strings),
  ].join('\n');
}

const authors = { user: 'you', agent: 'agent', system: 'system' } as const;

/** Who said it, in words. */
export function authorOf({ role }: PublicMessage, strings: Strings): string {
  return strings[authors[role]];
}

/** What a reader must know of a message, so that they do not take for said what the clinic never got. */
export function remarksOn({ status, incomplete }: PublicMessage, strings: Strings): string[] {
  const remarks = incomplete ? [strings.incomplete] : [];
  if (status && status !== 'delivered') remarks.push(strings[status === 'not-sent' ? 'notSent' : status]);
  return remarks.map((remark) => `(${remark})`);
}
