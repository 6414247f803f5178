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

const authors = { user: 'you', agent: 'agent', system: 'system' } as const;

function entry(
  { role, at, text, status, incomplete }: PublicMessage,
  strings: Strings,
  locale: string,
): string {
  const who = `${strings[authors[role]]}, ${formatMoment(locale, Date.parse(at))}`;
  const lines = [who, role === 'agent' ? markdownToPlainText(text, strings) : text];
  // A reader must not take for said what the clinic never got.
  if (status && status !== 'delivered')
    lines.push(`(${strings[status === 'not-sent' ? 'notSent' : status]})`);
  if (incomplete) lines.push(`(${strings.incomplete})`);
  return lines.join('\n');
}
