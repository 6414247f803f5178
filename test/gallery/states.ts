import type { Locator, Page } from '@playwright/test';
import { demoIds, type Control } from '../../demo/server/index.js';
import type { PublicState } from '../../src/element.js';
import { expect, type HostPage } from '../support/e2e.js';

/** What the pictures may call on the element. */
export interface ChatElement extends HTMLElement {
  readonly state: PublicState;
  readonly messages: readonly { readonly role: string; readonly status?: string }[];
  quickReplies: readonly string[];
  show(): void;
  hide(): void;
  send(text: string): void;
  setDraft(text: string): void;
  lock(): void;
  requestApproval(approval: { id: string; summary: string }): void;
}

export interface Stage {
  readonly page: Page;
  readonly chat: Locator;
  readonly control: Control;
}

/** A state of the chat, and how a page with the development server behind it comes there. */
export interface ChatState {
  readonly name: string;
  /** Faults and settings before the page opens. */
  readonly before?: (control: Control) => void;
  readonly attributes?: HostPage['attributes'];
  /** Not opened by itself. */
  readonly closed?: boolean;
  /** From the opened chat to the state; by default nothing more than the greeting. */
  readonly play?: (stage: Stage) => Promise<void>;
}

const LAB = 'Can you explain my lab result?';

const call = <Name extends 'show' | 'hide' | 'lock'>(chat: Locator, name: Name): Promise<void> =>
  chat.evaluate((element, method) => {
    (element as ChatElement)[method]();
  }, name);

const say = (chat: Locator, text: string): Promise<void> =>
  chat.evaluate((element, words) => {
    (element as ChatElement).send(words);
  }, text);

const draft = (chat: Locator, text: string): Promise<void> =>
  chat.evaluate((element, words) => {
    (element as ChatElement).setDraft(words);
  }, text);

const connection = (chat: Locator, wanted: string): Promise<void> =>
  expect
    .poll(() => chat.evaluate((element) => (element as ChatElement).state.connection), { timeout: 60_000 })
    .toBe(wanted);

const status = (chat: Locator, wanted: string): Promise<void> =>
  expect
    .poll(
      () =>
        chat.evaluate(
          (element) => (element as ChatElement).messages.filter(({ role }) => role === 'user').at(-1)?.status,
        ),
      { timeout: 60_000 },
    )
    .toBe(wanted);

/** Waits until the agent has spoken, and nothing is under way. */
export const greeted = (chat: Locator): Promise<void> =>
  expect
    .poll(() =>
      chat.evaluate((element) => {
        const { state, messages } = element as ChatElement;
        return [state.turn, messages.at(-1)?.role];
      }),
    )
    .toEqual(['idle', 'agent']);

async function ask(chat: Locator, text: string): Promise<void> {
  await greeted(chat);
  await say(chat, text);
  await status(chat, 'delivered');
  await greeted(chat);
}

const shows = (chat: Locator, selector: string): Promise<void> =>
  expect(chat.locator(selector).first()).toBeVisible({ timeout: 60_000 });

const closing =
  (code: number, wanted: string, sign = 'amigo-error-banner') =>
  async ({ chat, control }: Stage): Promise<void> => {
    await ask(chat, 'When are you open?');
    control.set({ fault: 'close', code, at: 'created', times: 20 });
    control.set({ fault: 'close', code, at: 'now' });
    await connection(chat, wanted);
    await shows(chat, sign);
  };

export const classic = (origin: string): Record<string, string | null> => ({
  transport: 'classic',
  'classic-base-url': origin,
  'organization-id': demoIds.organizationId,
  'service-id': demoIds.classicServiceId,
  'workspace-id': null,
  'entity-id': null,
});

/** Every state that a designer has to sign. */
export const states: readonly ChatState[] = [
  { name: 'launcher', closed: true },
  {
    name: 'launcher-unread',
    closed: true,
    play: async ({ chat, control }) => {
      await call(chat, 'show');
      await greeted(chat);
      await call(chat, 'hide');
      control.say('Dr. Okafor has looked at your results.');
      control.say('There is nothing urgent.');
      await expect
        .poll(() => chat.evaluate((element) => (element as ChatElement).state.unread))
        .toBeGreaterThan(1);
    },
  },
  {
    name: 'empty',
    attributes: { transport: 'text-stream' },
    play: ({ chat }) => connection(chat, 'open'),
  },
  {
    name: 'connecting',
    before: (control) => {
      control.set({ fault: 'slow-session', ms: 600_000, times: 50 });
    },
    play: ({ chat }) => connection(chat, 'connecting'),
  },
  { name: 'greeting', play: ({ chat }) => greeted(chat) },
  {
    name: 'streaming',
    play: async ({ chat, control }) => {
      await greeted(chat);
      control.set({ fault: 'stall', at: 'mid-reply', after: 40 });
      await say(chat, LAB);
      await shows(chat, 'amigo-message[aria-busy=true]');
    },
  },
  {
    name: 'tool-running',
    attributes: { 'tool-events': true },
    play: async ({ chat, control }) => {
      await greeted(chat);
      control.set({ fault: 'pace', speed: 0.05 });
      await say(chat, LAB);
      await shows(chat, 'amigo-tool-event');
    },
  },
  {
    name: 'tool-failed-open',
    attributes: { 'tool-events': true },
    play: async ({ chat }) => {
      await ask(chat, 'Does my insurance cover a visit?');
      await chat.locator('amigo-tool-event button').first().click();
    },
  },
  {
    name: 'table-and-tool',
    attributes: { 'tool-events': true },
    play: async ({ chat }) => {
      await ask(chat, LAB);
      await shows(chat, 'table');
    },
  },
  { name: 'ended-for-good', play: closing(4404, 'failed') },
  { name: 'open-elsewhere', play: closing(4409, 'reconnecting') },
  {
    name: 'offline-and-waiting',
    play: async ({ page, chat, control }) => {
      await ask(chat, 'When are you open?');
      await page.context().setOffline(true);
      control.drop();
      await connection(chat, 'reconnecting');
      await say(chat, 'I also need a refill, please');
      await status(chat, 'queued');
    },
  },
  {
    name: 'too-long',
    play: async ({ chat }) => {
      await greeted(chat);
      await draft(chat, 'I have had a headache for a week. '.repeat(300));
    },
  },
  {
    name: 'not-sent',
    play: async ({ chat, control }) => {
      await greeted(chat);
      control.set({ fault: 'error', at: 'received', code: 'client_error' });
      await say(chat, 'Can I come in on Friday instead?');
      await status(chat, 'not-sent');
    },
  },
  {
    name: 'unconfirmed',
    play: async ({ chat, control }) => {
      await greeted(chat);
      control.set({ fault: 'history-fails', status: 500, times: 100 });
      control.set({ fault: 'drop', at: 'received' });
      await say(chat, 'Can I come in on Friday instead?');
      await status(chat, 'unconfirmed');
      await connection(chat, 'open');
    },
  },
  {
    name: 'unconfirmed-choice',
    play: async ({ chat, control }) => {
      await greeted(chat);
      control.set({ fault: 'history-fails', status: 500, times: 100 });
      control.set({ fault: 'drop', at: 'received' });
      await say(chat, 'Can I come in on Friday instead?');
      await shows(chat, 'amigo-message .actions button');
    },
  },
  {
    name: 'reply-tools',
    play: async ({ chat }) => {
      await ask(chat, 'When are you open?');
      await chat.locator('amigo-thumbs button').last().click();
    },
  },
  {
    name: 'slots-of-the-page',
    play: async ({ chat }) => {
      await greeted(chat);
      await chat.evaluate((element) => {
        const slots = {
          emergency: 'In danger? Call 911, or 988 for a crisis.',
          notice: 'The office is closed on Friday (July 4).',
          disclosure: 'An AI helper answers here.',
          'human-contact': 'Front desk: (555) 010-0199, 8 to 5.',
          interpreter: 'Interpreters are free: ask us!',
          footer: 'Lakeside Clinic, 120 Main Street.',
        };
        for (const [slot, text] of Object.entries(slots)) {
          const line = document.createElement('p');
          line.slot = slot;
          line.textContent = text;
          element.append(line);
        }
      });
    },
  },
  {
    name: 'cut-off',
    play: async ({ chat, control }) => {
      await greeted(chat);
      control.set({ fault: 'history-fails', status: 500, times: 100 });
      control.set({ fault: 'drop', at: 'mid-reply', after: 20 });
      await say(chat, LAB);
      await expect
        .poll(() =>
          chat.evaluate((element) =>
            (element as unknown as { messages: { incomplete?: boolean }[] }).messages.some(
              ({ incomplete }) => incomplete,
            ),
          ),
        )
        .toBe(true);
    },
  },
  {
    name: 'sign-in-needed',
    play: closing(4001, 'failed', 'amigo-lock-screen'),
  },
  {
    name: 'locked',
    play: async ({ chat }) => {
      await ask(chat, 'When are you open?');
      await call(chat, 'lock');
      await shows(chat, 'amigo-lock-screen');
    },
  },
  {
    name: 'lock-warning',
    attributes: { 'lock-after': '0.52' },
    play: async ({ chat }) => {
      await greeted(chat);
      await shows(chat, '.strip button');
    },
  },
  {
    name: 'approval',
    play: async ({ chat }) => {
      await ask(chat, 'Please refill my lisinopril');
      await chat.evaluate((element) => {
        (element as ChatElement).requestApproval({
          id: 'refill-1',
          summary: 'Order a refill of lisinopril 10 mg, 90 tablets, at the Lakeside Pharmacy.',
        });
      });
      await shows(chat, 'amigo-approval');
    },
  },
  {
    name: 'quick-replies',
    attributes: { 'quick-replies': true },
    play: async ({ chat }) => {
      await chat.evaluate((element) => {
        (element as ChatElement).quickReplies = [
          'Move my visit',
          'Refill a medicine',
          'Explain my lab result',
          'Is my insurance still good?',
        ];
      });
      await greeted(chat);
      await shows(chat, 'amigo-quick-replies');
    },
  },
  {
    name: 'choice',
    attributes: { transport: 'classic' },
    play: async ({ page, chat }) => {
      await ask(chat, 'When are you open?');
      await page.reload();
      await call(chat, 'show');
      await shows(chat, 'amigo-choice');
    },
  },
  {
    name: 'consent',
    attributes: { consent: 'chat-terms-1' },
    play: ({ chat }) => shows(chat, 'amigo-consent'),
  },
  {
    name: 'hand-over',
    attributes: { transport: 'text-stream' },
    play: async ({ chat, control }) => {
      await connection(chat, 'open');
      control.set({ fault: 'session-ended', reason: 'escalated' });
      await say(chat, 'I would like to talk to a nurse');
      await expect
        .poll(() => chat.evaluate((element) => (element as ChatElement).state.handover))
        .toBe('escalated');
    },
  },
  {
    name: 'menu-open',
    attributes: { 'language-picker': true },
    play: async ({ chat }) => {
      await ask(chat, 'When are you open?');
      await chat.locator('amigo-header button').first().click();
    },
  },
  {
    name: 'long-conversation',
    play: async ({ chat }) => {
      for (const text of ['Hello', 'When are you open?', 'Please refill my lisinopril', 'Yes, please', LAB])
        await ask(chat, text);
    },
  },
  {
    name: 'large-text',
    attributes: { 'text-size': '2' },
    play: ({ chat }) => ask(chat, LAB),
  },
  {
    name: 'history-loading',
    play: async ({ page, chat, control }) => {
      await ask(chat, 'When are you open?');
      control.set({ fault: 'history-hangs', times: 10 });
      await page.reload();
      await call(chat, 'show');
      await connection(chat, 'open');
    },
  },
];
