import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { demoIds, type Control } from '../../demo/server/index.js';
import { expect, test } from '../support/e2e.js';

const surfaces = ['sessions-connect', 'text-stream', 'turns', 'classic'] as const;
type Surface = (typeof surfaces)[number];

/** What a surface cannot carry (protocol §h), and what the transcript of sessions/connect becomes without it. */
const lacks = {
  same: (transcript: readonly string[]) => transcript,
  'no greeting': (transcript: readonly string[]) => transcript.slice(1),
  'no success or failure': (transcript: readonly string[]) =>
    transcript.map((line) => line.replace(/^(tool: \S+) (succeeded|failed)$/, '$1 unknown')),
} as const;
type Lack = keyof typeof lacks;

/** A person's side of a scenario. */
interface Stage {
  readonly page: Page;
  readonly chat: Locator;
  readonly control: Control;
  ask(text: string): Promise<void>;
}

interface Scenario {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void>;
  /** What differs; `same` where a surface is not named. */
  readonly differs: Partial<Record<Surface, Lack>>;
}

const scenarios: readonly Scenario[] = [
  { name: 'greeting', play: async () => Promise.resolve(), differs: { 'text-stream': 'no greeting' } },
  {
    name: 'three turns',
    play: async ({ ask }) => {
      for (const text of ['Hello', 'When are you open?', 'Thank you']) await ask(text);
    },
    differs: { 'text-stream': 'no greeting' },
  },
  {
    name: 'tool success',
    play: ({ ask }) => ask('When is my next visit?'),
    differs: { 'text-stream': 'no greeting', classic: 'no success or failure' },
  },
  {
    name: 'tool failure',
    play: ({ ask }) => ask('Does my insurance cover a visit?'),
    differs: { 'text-stream': 'no greeting', classic: 'no success or failure' },
  },
  {
    name: 'error, then retry',
    play: async ({ chat, control, ask }) => {
      control.set({ fault: 'error', at: 'received', code: 'upstream_error' });
      await say(chat, 'When are you open?');
      await chat.getByRole('button', { name: /^Send again/ }).click({ timeout: 30_000 });
      await answered(chat);
      await ask('Thank you');
    },
    differs: { 'text-stream': 'no greeting' },
  },
  {
    name: 'drop and resume',
    play: async ({ page, chat, control, ask }) => {
      await ask('When are you open?');
      await page.context().setOffline(true);
      control.drop();
      await say(chat, 'Thank you');
      await page.context().setOffline(false);
      await answered(chat);
    },
    differs: { 'text-stream': 'no greeting' },
  },
  {
    name: 'end',
    play: async ({ chat, ask }) => {
      await ask('When are you open?');
      await chat.evaluate((element) => {
        (element as unknown as { endConversation(): void }).endConversation();
      });
      await expect(chat.locator('amigo-note')).toHaveCount(1);
    },
    differs: { 'text-stream': 'no greeting' },
  },
];

const say = (chat: Locator, text: string): Promise<void> =>
  chat.evaluate((element, words) => {
    (element as unknown as { send(text: string): void }).send(words);
  }, text);

/** What the host page sees, as one word each: the state of the turn, and the last message. */
interface Seen {
  readonly state: { readonly turn: string; readonly connection: string };
  readonly messages: readonly { readonly role: string; readonly status?: string }[];
}

/** Waits until nothing is under way, and the last word is the agent's. */
const answered = (chat: Locator): Promise<void> =>
  expect
    .poll(
      () =>
        chat.evaluate((element) => {
          const { state, messages } = element as unknown as Seen;
          return [
            state.turn,
            messages.at(-1)?.role,
            messages.some(({ status }) => (status ?? 'delivered') !== 'delivered'),
          ];
        }),
      { timeout: 30_000 },
    )
    .toEqual(['idle', 'agent', false]);

/**
 * Waits until the screen has caught up: the page hears of a change at once, and the view is drawn with the next
 * frame, which a busy machine may hold back for long.
 */
const painted = (chat: Locator): Promise<void> =>
  expect
    .poll(() =>
      chat.evaluate((element) => {
        const words = ({ text }: { readonly text: string }): string => text;
        const said = (element as unknown as { messages: { role: string; text: string }[] }).messages;
        const list = element.shadowRoot?.querySelector('amigo-message-list');
        const lines = [...(list?.shadowRoot?.querySelectorAll('amigo-message') ?? [])];
        const drawn = lines.map((line) => (line as unknown as { message: { text: string } }).message);
        const spoken = said.filter(({ role }) => role !== 'system');
        return JSON.stringify(drawn.map(words)) === JSON.stringify(spoken.map(words));
      }),
    )
    .toBe(true);

/**
 * What is on the screen, turn by turn: what the person said, the tools, and what the agent said. How the agent's
 * words are spread over bubbles, and where the tools stand between them, is each surface's own.
 */
async function transcript(chat: Locator): Promise<readonly string[]> {
  await painted(chat);
  const rows = await chat.locator('amigo-message-list .items > .line').evaluateAll((lines) =>
    lines.map((line) => {
      const { message, call, note } = line as unknown as {
        message?: { kind: string; text: string; status?: string };
        call?: { toolName: string; status: string };
        note?: { note: string };
      };
      if (call) return { kind: 'tool', text: `${call.toolName} ${call.status}` };
      return message
        ? { kind: message.kind, text: [message.status, message.text].filter(Boolean).join(' ') }
        : { kind: 'note', text: note?.note ?? '' };
    }),
  );
  const written: string[] = [];
  let tools: string[] = [];
  let words: string[] = [];
  const close = (): void => {
    written.push(...tools, ...(words.length > 0 ? [`agent: ${words.join(' ')}`] : []));
    [tools, words] = [[], []];
  };
  for (const { kind, text } of rows) {
    if (kind === 'tool') tools.push(`tool: ${text}`);
    else if (kind === 'agent') words.push(text.replace(/\s+/g, ' ').trim());
    else {
      close();
      written.push(`${kind}: ${text}`);
    }
  }
  close();
  return written;
}

const attributesOf = (surface: Surface, origin: string): Record<string, string | boolean | null> => ({
  layout: 'inline',
  transport: surface,
  'tool-events': true,
  ...(surface === 'classic'
    ? {
        'classic-base-url': origin,
        'organization-id': demoIds.organizationId,
        'service-id': demoIds.classicServiceId,
        'workspace-id': null,
        'entity-id': null,
      }
    : {}),
});

const lackOf = ({ differs }: Scenario, surface: Surface): Lack => differs[surface] ?? 'same';
const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The table of scenario × surface, as the documentation has it. */
const table = [
  row(['scenario', ...surfaces]),
  ...scenarios.map((scenario) =>
    row([scenario.name, ...surfaces.map((surface) => lackOf(scenario, surface))]),
  ),
];

for (const scenario of scenarios) {
  test(`${scenario.name}: the same transcript on every surface`, async ({
    page,
    site,
    mountChat,
    control,
  }) => {
    test.setTimeout(180_000);
    let reference: readonly string[] | undefined;
    const found: string[] = [];
    for (const surface of surfaces) {
      control.reset();
      const chat = await mountChat(page, { attributes: attributesOf(surface, site.origin) });
      const ask = async (text: string): Promise<void> => {
        await say(chat, text);
        await answered(chat);
      };
      if (surface === 'text-stream') {
        await expect
          .poll(() => chat.evaluate((element) => (element as unknown as Seen).state.connection))
          .toBe('open');
      } else await answered(chat);
      await scenario.play({ page, chat, control, ask });
      const shown = await transcript(chat);
      reference ??= shown;
      const lack = lackOf(scenario, surface);
      expect(shown, `${scenario.name} on ${surface}`).toEqual(lacks[lack](reference));
      if (lack !== 'same')
        expect(shown, `${surface} carries more than the table says`).not.toEqual(reference);
      found.push(lack);
    }
    console.log(row([scenario.name, ...found]));
  });
}

test('the documentation has the table of what each surface cannot carry', async () => {
  const docs = await readFile(new URL('../../docs/surfaces.md', import.meta.url), 'utf8');
  const squeezed = docs.replace(/ +/g, ' ').split('\n');
  console.log(table.join('\n'));
  expect(squeezed).toEqual(expect.arrayContaining(table));
});
