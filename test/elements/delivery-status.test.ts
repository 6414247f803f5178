import { describe, expect, it } from 'vitest';
import { conversationError } from '../../src/conversation/error.js';
import type { UserMessage } from '../../src/conversation/state.js';
import { deliveryView } from '../../src/elements/delivery-status.js';
import { en } from '../../src/i18n/locales/en.js';
import { user } from './timeline.js';

const refused = conversationError('send', 'message-refused', { retryable: false });
const failed = conversationError('server', 'reply-failed');
const final = conversationError('server', 'reply-failed', { retryable: false });

const rows: Record<string, readonly [Partial<UserMessage>, string, string, readonly string[], string?]> = {
  queued: [{ status: 'queued' }, 'waiting', en.queued, ['withdraw: Don’t send']],
  sent: [{ status: 'sent' }, 'sent', en.sent, []],
  'being looked for': [{ status: 'unconfirmed', checking: true }, 'waiting', en.checking, []],
  'left to the person': [
    { status: 'unconfirmed' },
    'doubtful',
    en.unconfirmed,
    ['check: Check now', 'resend: Send again', 'confirm: It arrived'],
  ],
  delivered: [{ status: 'delivered' }, 'delivered', en.delivered, []],
  'delivered, reply failed': [
    { status: 'delivered', error: failed },
    'delivered',
    en.delivered,
    ['ask-again: Ask again'],
    'The reply did not work.',
  ],
  'delivered, reply failed for good': [
    { status: 'delivered', error: final },
    'delivered',
    en.delivered,
    [],
    'The reply did not work.',
  ],
  'not sent': [{ status: 'not-sent' }, 'failed', en.notSent, ['resend: Send again']],
  refused: [
    { status: 'not-sent', error: refused },
    'failed',
    en.notSent,
    ['edit: Edit'],
    'Your message could not be sent.',
  ],
};

describe('what became of a message', () => {
  it.each(Object.keys(rows))('%s', (name) => {
    const [message, tone, text, actions, problem] = rows[name]!;
    const view = deliveryView(user('a', message), en);
    expect(view).toMatchObject({ tone, text });
    expect(view.problem).toBe(problem);
    expect(view.actions.map(({ request, label }) => `${request}: ${label}`)).toEqual(actions);
  });
});
