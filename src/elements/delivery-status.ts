import type { UserMessage } from '../conversation/state.js';
import { errorText } from '../i18n/error-text.js';
import type { Strings } from '../i18n/strings.js';

/** What the person can do about one of their messages. */
export interface DeliveryAction {
  readonly request: 'withdraw' | 'edit' | 'resend' | 'check' | 'confirm' | 'ask-again';
  readonly label: string;
}

/** How far a message got, ready to be shown: the tone picks icon and colour, the words say it. */
export interface DeliveryView {
  readonly tone: 'waiting' | 'sent' | 'delivered' | 'doubtful' | 'failed';
  readonly text: string;
  /** What went wrong, in a sentence. */
  readonly problem?: string;
  readonly actions: readonly DeliveryAction[];
}

type View = (message: UserMessage, strings: Strings) => DeliveryView;

const view = (
  tone: DeliveryView['tone'],
  text: string,
  actions: readonly DeliveryAction[] = [],
  problem?: string,
): DeliveryView => ({ tone, text, actions, ...(problem === undefined ? {} : { problem }) });

const problemOf = ({ error }: UserMessage, strings: Strings): string | undefined =>
  error && errorText(error, strings).what;

const sendAgain = (strings: Strings): DeliveryAction => ({ request: 'resend', label: strings.sendAgain });

/** One entry for each status of the promise about a message; only a person ever sends one again. */
const views: Readonly<Record<UserMessage['status'], View>> = {
  queued: (_, strings) => view('waiting', strings.queued, [{ request: 'withdraw', label: strings.dontSend }]),
  sent: (_, strings) => view('sent', strings.sent),
  unconfirmed: (message, strings) =>
    message.checking
      ? view('waiting', strings.checking)
      : view('doubtful', strings.unconfirmed, [
          { request: 'check', label: strings.checkNow },
          sendAgain(strings),
          { request: 'confirm', label: strings.itArrived },
        ]),
  delivered: (message, strings) =>
    view(
      'delivered',
      strings.delivered,
      message.error?.retryable ? [{ request: 'ask-again', label: strings.askAgain }] : [],
      problemOf(message, strings),
    ),
  'not-sent': (message, strings) =>
    view(
      'failed',
      strings.notSent,
      // The same text would be refused again: it goes back to the composer.
      message.error?.code === 'message-refused'
        ? [{ request: 'edit', label: strings.edit }]
        : [sendAgain(strings)],
      problemOf(message, strings),
    ),
};

/** What to show under one of the person's messages. */
export function deliveryView(message: UserMessage, strings: Strings): DeliveryView {
  return views[message.status](message, strings);
}
