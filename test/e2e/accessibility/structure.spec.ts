import type { Locator } from '@playwright/test';
import {
  accessibilityTree,
  articles,
  converse,
  greeted,
  input,
  launcher,
  messagesOf,
  send,
  settled,
  stateOf,
  violations,
} from '../../support/accessibility.js';
import { expect, test, widgetMarkup } from '../../support/e2e.js';

const script = '<script type="module" src="/dist/amigo-chat.js"></script>';

/** Everything of the page and the open panel, and nothing else. */
const openPanel = `
- /children: deep-equal
- main:
  - heading "Clinic portal" [level=1]
- button "Chat with us" [expanded]
- region "Chat with us":
  - heading "Chat with us" [level=2]
  - paragraph: Connected
  - button "More options"
  - button "Close chat"
  - paragraph:
    - link "Is this an emergency? Call 911.":
      - /url: tel:911
  - paragraph: You are chatting with an AI helper, not a person. It can make mistakes.
  - paragraph: To talk to a person, call your clinic.
  - region "Messages":
    - paragraph:
      - time: Today
    - article /AI helper, \\d+:\\d\\d [AP]M/:
      - text: AI helper
      - time: /\\d+:\\d\\d [AP]M/
      - paragraph: Your visit is on Friday.
      - 'button "Copy: “Your visit is on Friday.”"'
      - 'button "Helpful: “Your visit is on Friday.”"'
      - 'button "Not helpful: “Your visit is on Friday.”"'
  - text: Your message
  - textbox "Your message":
    - /placeholder: Write a message
  - button "Send" [disabled]
  - status
`;

test('[1] the open panel is one named landmark, with nothing nameless in it', async ({
  page,
  mountChat,
  control,
}) => {
  control.set({ fault: 'greeting', on: 'never' });
  const chat = await mountChat(page, { attributes: { announce: 'off' } });
  await launcher(chat).click();
  await expect(chat.getByText('How can we help?')).toBeVisible();
  // What the agent says before anybody is connected, nobody hears.
  await expect.poll(async () => (await stateOf(chat)).connection).toBe('open');
  control.say('Your visit is on Friday.');
  await expect(articles(chat)).toHaveCount(1);
  await settled(chat);
  await expect(page.locator('body')).toMatchAriaSnapshot(openPanel);
  expect(await violations(page)).toEqual([]);
});

test('[2] the launcher is a button that tells whether it is open, and its name contains its visible text', async ({
  page,
  mountChat,
  site,
}) => {
  const markup = widgetMarkup(site.origin).replace(
    '</',
    '<span slot="launcher-icon">Ask the clinic</span></',
  );
  const chat = await mountChat(page, { html: `<main></main>${markup}${script}` });
  const button = chat.getByRole('button', { name: /Ask the clinic/ });
  await expect(button).toHaveAccessibleName('Ask the clinic Chat with us');
  await expect(button).toHaveAttribute('aria-expanded', 'false');
  await button.click();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  expect(await violations(page)).toEqual([]);
});

test('[3] the launcher’s name includes the unread count', async ({ page, mountChat, control }) => {
  const chat = await mountChat(page);
  await greeted(chat);
  await input(chat).press('Escape');
  await expect(launcher(chat)).toHaveAccessibleName('Chat with us');
  for (const [text, name] of [
    ['Your result is here.', 'Chat with us, 1 new message'],
    ['It is all fine.', 'Chat with us, 2 new messages'],
  ] as const) {
    control.say(text);
    await expect(launcher(chat)).toHaveAccessibleName(name);
  }
});

test('[11] each message is an article named by sender and time', async ({ page, mountChat }) => {
  const chat = await mountChat(page);
  await greeted(chat);
  await converse(chat, 'hello');
  const names = await Promise.all(
    (await articles(chat).all()).map((article) => article.getAttribute('aria-label')),
  );
  const time = String.raw`, \d+:\d\d [AP]M`;
  for (const [index, author] of ['AI helper', 'You', 'AI helper'].entries()) {
    expect(names[index]).toMatch(new RegExp(`^${author}${time}$`));
    await expect(articles(chat).nth(index)).toHaveAccessibleName(names[index] ?? '');
  }
  expect(names).toHaveLength(3);
});

/** What the articles say when, in the order of the document. */
const told = (chat: Locator): Promise<{ at: string; text: string }[]> =>
  articles(chat).evaluateAll((all) =>
    all.map((article) => ({
      at: article.shadowRoot?.querySelector('time')?.dateTime ?? '',
      text:
        article.shadowRoot?.querySelector('amigo-markdown')?.shadowRoot?.textContent ??
        article.shadowRoot?.querySelector('.typed')?.textContent ??
        '',
    })),
  );

test('[12] DOM order is chronological, however frames, queue and history come in', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page);
  await greeted(chat);
  control.set({ fault: 'out-of-order', how: 'message-after-done' });
  // The second waits while the first is answered: its reply must stand below it, the first's above.
  await send(chat, 'hello');
  await send(chat, 'thanks');
  await expect.poll(async () => (await messagesOf(chat)).length).toBe(5);
  await settled(chat);
  for (const look of ['as it came', 'as the history has it']) {
    if (look !== 'as it came') {
      await page.reload();
      await launcher(chat).click();
      await expect(articles(chat)).toHaveCount(5);
    }
    const shown = await told(chat);
    const times = shown.map(({ at }) => at);
    expect(times, look).toEqual([...times].sort());
    expect(
      shown.map(({ text }) => (text === 'hello' || text === 'thanks' ? text : 'reply')),
      look,
    ).toEqual(['reply', 'hello', 'reply', 'thanks', 'reply']);
  }
});

for (const [width, height] of [
  [1024, 768],
  [360, 640],
] as const) {
  test(`[13] announcers exist and are empty at first render, and can be heard (${String(width)} px)`, async ({
    page,
    mountChat,
  }) => {
    await page.setViewportSize({ width, height });
    const chat = await mountChat(page);
    await launcher(chat).waitFor();
    const live = async (): Promise<{ live: string; children: number }[]> => {
      const nodes = await accessibilityTree(page);
      return nodes.flatMap(({ id, live: kind, role }) =>
        kind && role === 'generic'
          ? [{ live: kind, children: nodes.filter(({ parent }) => parent === id).length }]
          : [],
      );
    };
    const empty = ['polite', 'polite', 'polite', 'assertive'].map((kind) => ({ live: kind, children: 0 }));
    expect(await live()).toEqual(empty);
    // On a phone the panel is modal and what is outside is silent: it has announcers of its own, in use alone.
    await greeted(chat);
    await expect
      .poll(
        async () => (await accessibilityTree(page)).some(({ name }) => name.startsWith('AI helper: Good')),
        {
          intervals: [50],
        },
      )
      .toBe(true);
    await expect.poll(async () => (await live()).length).toBe(width < 480 ? 4 : 8);
  });
}

test('[25] tool details are a disclosure button', async ({ page, mountChat }) => {
  const chat = await mountChat(page, { attributes: { 'tool-events': true } });
  await greeted(chat);
  await converse(chat, 'Can you explain my lab result?');
  const details = chat.getByRole('button', { name: /^Details/ });
  await expect(details).toHaveAccessibleName(/Get lab results/);
  await expect(details).toHaveAttribute('aria-expanded', 'false');
  await expect(chat.getByRole('region', { name: 'Result' })).toHaveCount(0);
  await details.press('Enter');
  await expect(details).toHaveAttribute('aria-expanded', 'true');
  await expect(chat.getByRole('region', { name: 'Result' })).toBeVisible();
  await details.press('Space');
  await expect(chat.getByRole('region', { name: 'Result' })).toHaveCount(0);
});

test('[46] the composer has a label that stays, at every size and with a text in it', async ({
  page,
  mountChat,
}) => {
  const chat = await mountChat(page);
  await greeted(chat);
  const label = chat.locator('label');
  await expect(label).toHaveText('Your message');
  await expect(label).toBeVisible();
  await input(chat).fill('a draft');
  await expect(chat.getByRole('textbox')).toHaveAccessibleName('Your message');
  expect((await label.boundingBox())?.height).toBeGreaterThan(10);
  // Where little height is left it is kept for those who hear it.
  await page.setViewportSize({ width: 320, height: 256 });
  await expect(chat.getByRole('textbox')).toHaveAccessibleName('Your message');
});

test('[48] images have alternatives; links name where they go, and that a tab opens', async ({
  page,
  mountChat,
  control,
}) => {
  const chat = await mountChat(page);
  await greeted(chat);
  control.say(
    '![A rash on an arm](https://example.org/rash.png) See [our leaflet](https://example.org/leaflet) or https://example.org/more',
  );
  await expect(articles(chat)).toHaveCount(2);
  await settled(chat);
  const links = articles(chat).last().getByRole('link');
  const names = await links.evaluateAll((all) =>
    all.map((link) => [link.textContent, (link as HTMLAnchorElement).target]),
  );
  for (const [name, target] of names) {
    expect(target).toBe('_blank');
    expect(name).toMatch(/\S.* ?\(opens in a new tab\)$/);
  }
  expect(names.map(([name]) => name).join('|')).toContain('A rash on an arm');
  expect(names.map(([name]) => name).join('|')).toContain('our leaflet');
  expect(
    await violations(page, ['image-alt', 'svg-img-alt', 'role-img-alt', 'link-name', 'input-image-alt']),
  ).toEqual([]);
  // A picture that has no words for it is not passed off as decoration.
  await expect(chat.locator('img:not([alt]), img[alt=""]')).toHaveCount(0);
});
