import { expect, strictCsp, test } from '../support/e2e.js';

/** Pages on which a script has added to `Object.prototype`, as old libraries do, or an attacker. */

type Chat = HTMLElementTagNameMap['amigo-chat'];

interface Addition {
  readonly key: string;
  readonly value: unknown;
}

/** Runs in the page, before anything else. An assignment makes a property that `for … in` meets in every object. */
function pollute({ key, value }: Addition): void {
  (Object.prototype as Record<string, unknown>)[key] = value;
}

const harmless: readonly Addition[] = [
  { key: 'extend', value: 'a method of some library' },
  { key: 'optional', value: true },
  { key: 'optin', value: 'optional' },
  { key: 'values', value: [] },
  { key: 'type', value: 'session_ended' },
  { key: 'text', value: '<img src=x onerror=attack()>' },
  { key: 'conversation_id', value: 'c-of-somebody-else' },
  { key: 'token', value: 'token-of-somebody-else' },
];

for (const addition of harmless) {
  test(`Object.prototype.${addition.key} changes nothing`, async ({ page, mountChat, problems }) => {
    await page.addInitScript(pollute, addition);
    const chat = await mountChat(page, { attributes: { layout: 'inline' }, csp: strictCsp });
    await expect.poll(() => chat.evaluate((element) => (element as Chat).state.connection)).toBe('open');
    await chat.getByRole('textbox').fill('When are you open?');
    await chat.getByRole('textbox').press('Enter');
    await expect
      .poll(() =>
        chat.evaluate((element) => (element as Chat).messages.map(({ role, status }) => [role, status])),
      )
      .toEqual([
        ['agent', undefined],
        ['user', 'delivered'],
        ['agent', undefined],
      ]);
    await expect(chat.getByText('onerror')).toHaveCount(0);
    expect(await problems.all()).toEqual([]);
  });
}

test('Object.prototype.event, which is a word of ours, fails openly: what was typed is shown as not sent', async ({
  page,
  mountChat,
}) => {
  await page.addInitScript(pollute, { key: 'event', value: 'error' });
  const chat = await mountChat(page, { attributes: { layout: 'inline' }, csp: strictCsp });
  await expect.poll(() => chat.evaluate((element) => (element as Chat).state.connection)).toBe('open');
  await chat.getByRole('textbox').fill('When are you open?');
  await chat.getByRole('textbox').press('Enter');
  await expect
    .poll(() => chat.evaluate((element) => (element as Chat).messages.at(-1)))
    .toMatchObject({ text: 'When are you open?', status: 'not-sent' });
});
