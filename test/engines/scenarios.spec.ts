import { demoIds } from '../../demo/server/index.js';
import { strictCsp } from '../support/e2e.js';
import { expect, problems, test } from './engine-test.js';
import type { Patient } from './patient.js';

/** The agent's answer to this has a tool, a table and a link. */
const LAB_QUESTION = 'Can you explain my lab result?';

const asked = async (patient: Patient): Promise<readonly string[]> =>
  (await patient.messages()).filter(({ role }) => role === 'user').map(({ text }) => text);

const shown = async (patient: Patient): Promise<string> =>
  (await patient.see('article')).map(({ text }) => text).join('\n');

const upgrades = 'upgrade';

test('opens, and costs the platform nothing before', async ({ visit, control }) => {
  const patient = await visit();
  await patient.one('button', /^Chat with us/);
  expect(control.log().filter(({ kind }) => kind === upgrades)).toEqual([]);
  await patient.open();
  expect(control.log().filter(({ kind }) => kind === upgrades)).toHaveLength(1);
  expect(await problems(patient)).toEqual([]);
});

test('a reply streams: it grows on the screen before it is whole', async ({ visit, control }) => {
  control.set({ fault: 'pace', speed: 2 });
  const patient = await visit();
  await patient.open();
  await patient.ask('What should I know about diabetes?');
  const lengths = new Set<number>();
  await expect
    .poll(
      async () => {
        const last = (await patient.see('article')).at(-1);
        if (last?.busy) lengths.add(last.text.length);
        return lengths.size;
      },
      { intervals: [25] },
    )
    .toBeGreaterThan(2);
  await patient.answered(1);
  expect((await patient.see('article')).at(-1)?.busy).toBe(false);
});

test('a reply with a tool, a table and a link', async ({ visit }) => {
  const patient = await visit({ attributes: { 'tool-events': true } });
  await patient.open();
  await patient.ask(LAB_QUESTION);
  await patient.answered(1);
  await patient.one('table');
  await patient.one('link', /MedlinePlus/);
  const before = await shown(patient);
  await patient.click('button', /Details/);
  await expect.poll(async () => (await patient.see('button', /Details/)).length).toBeGreaterThan(0);
  expect(await shown(patient)).toBe(before);
  expect(await problems(patient)).toEqual([]);
});

test('what is typed while connecting and during a turn waits, and goes in order', async ({
  visit,
  control,
}) => {
  control.set({ fault: 'slow-session', ms: 5_000 });
  const patient = await visit();
  await patient.click('button', /^Chat with us/);
  const texts = ['First: hello', 'Second: refill my lisinopril', 'Third: thanks'];
  await patient.ask(texts[0]!);
  await expect.poll(() => shown(patient)).toContain('Waiting to send');
  await patient.ask(texts[1]!);
  await patient.ask(texts[2]!);
  await patient.answered(3);
  expect(await asked(patient)).toEqual(texts);
  const received = control.log().flatMap((entry) => (entry.kind === 'user-text' ? [entry.text] : []));
  expect(received).toEqual(texts);
});

test('blank and too long are kept, and said', async ({ visit, control }) => {
  const patient = await visit();
  await patient.open();
  await patient.ask('   ');
  await patient.fill('😀'.repeat(10_001));
  await patient.driver.press('Enter');
  await patient.sees('1 character too long');
  expect((await patient.one('textbox')).value.length).toBe(20_002);
  await patient.fill('😀'.repeat(10_000));
  await patient.driver.press('Enter');
  await patient.answered(1);
  expect(control.log().filter(({ kind }) => kind === 'user-text')).toHaveLength(1);
});

test('a line that breaks in the middle of a reply: connected again, completed, nothing sent twice', async ({
  visit,
  control,
}) => {
  const patient = await visit();
  await patient.open();
  control.set({ fault: 'drop', at: 'mid-reply', after: 5 });
  await patient.ask('What should I know about diabetes?');
  await patient.answered(1);
  await expect
    .poll(async () => (await patient.messages()).map(({ incomplete }) => incomplete ?? false))
    .toEqual([false, false, false]);
  expect(control.log().filter(({ kind }) => kind === 'user-text')).toHaveLength(1);
  expect(control.log().filter(({ kind }) => kind === upgrades)).toHaveLength(2);
});

test('a refused token is asked for anew', async ({ visit, control }) => {
  const patient = await visit();
  await patient.open();
  control.expireTokens(4001);
  await expect.poll(() => control.log().filter(({ kind }) => kind === upgrades).length).toBe(2);
  await patient.greeted();
  await patient.ask('hello');
  await patient.answered(1);
  expect(JSON.stringify(control.log())).not.toContain('access_token');
});

test('after a reload, what was said is there again', async ({ visit }) => {
  const patient = await visit();
  await patient.open();
  await patient.ask('Please refill my lisinopril');
  await patient.answered(1);
  const words = async (): Promise<object[]> =>
    (await patient.messages()).map(({ role, text }) => ({ role, text }));
  const before = await words();
  await patient.driver.reload();
  await patient.open();
  await expect.poll(words).toEqual(before);
});

test('by keyboard alone', async ({ visit }) => {
  const patient = await visit();
  await patient.one('button', /^Chat with us/);
  await patient.moveTo('Tab', 'button', /^Chat with us/);
  await patient.driver.press('Enter');
  await expect.poll(async () => (await patient.see('textbox'))[0]?.focused).toBe(true);
  await patient.greeted();
  await patient.driver.type('Can you explain my lab result?');
  await patient.driver.press('Enter');
  await patient.answered(1);
  expect((await patient.one('textbox')).focused).toBe(true);
  await patient.moveTo('Shift+Tab', 'region', /^Messages/);
  await patient.driver.press('ArrowUp');
  await expect.poll(async () => (await patient.see('article')).at(-1)?.focused).toBe(true);
  await patient.driver.press('Home');
  await expect.poll(async () => (await patient.see('article')).at(0)?.focused).toBe(true);
  await patient.driver.press('End');
  await patient.driver.press('Shift+Tab');
  expect(
    (await patient.see('button')).filter(({ name }) => /^Copy/.test(name)).map(({ focused }) => focused),
  ).not.toContain(true);
  await patient.moveTo('Tab', 'region', /^Messages/);
  await patient.driver.press('Escape');
  await expect.poll(async () => (await patient.one('textbox')).focused).toBe(true);
  await patient.driver.press('Escape');
  await expect.poll(async () => (await patient.see('button', /^Chat with us/))[0]?.focused).toBe(true);
  await expect.poll(() => patient.see('textbox')).toEqual([]);
});

for (const theme of ['light', 'dark']) {
  test(`axe finds nothing, ${theme}`, async ({ visit }) => {
    const patient = await visit({ attributes: { 'tool-events': true, theme } });
    await patient.open();
    await patient.ask(LAB_QUESTION);
    await patient.answered(1);
    expect(await patient.violations()).toEqual([]);
  });
}

test('a strict policy and enforced Trusted Types are never violated', async ({ visit }) => {
  const patient = await visit({ csp: strictCsp, attributes: { 'tool-events': true } });
  await patient.open();
  await patient.ask(LAB_QUESTION);
  await patient.answered(1);
  await patient.one('table');
  expect(await problems(patient)).toEqual([]);
});

test('a page in Arabic: from right to left, in Arabic words', async ({ visit }) => {
  const patient = await visit({ root: 'lang="ar" dir="rtl"' });
  const launcher = await patient.one('button', /[\u0600-\u06ff]/);
  expect(launcher.x, 'the launcher stands at the left').toBeLessThan(200);
  await patient.click('button', /[\u0600-\u06ff]/);
  await patient.greeted();
  await patient.ask('hello');
  await patient.answered(1);
  const [own] = (await patient.see('article')).filter(({ text }) => text.includes('hello'));
  const field = await patient.one('textbox');
  expect(field.x).toBeLessThan(200);
  expect(own!.x).toBeGreaterThanOrEqual(0);
  expect(await patient.overflow()).toBe(0);
  expect(await patient.violations()).toEqual([]);
});

test('a small window: the chat takes all of it, and Tab stays inside', async ({ visit }) => {
  const patient = await visit();
  await patient.driver.resize(460, 700);
  await patient.open();
  const panel = await patient.one('dialog');
  const [width, height] = await patient.driver.run(() => [innerWidth, innerHeight] as const, null);
  await expect
    .poll(async () => {
      const { x, y, width, height } = await patient.one('dialog');
      return [x, y, width, height];
    })
    .toEqual([0, 0, width, height]);
  expect(panel.name).not.toBe('');
  for (let presses = 0; presses < 12; presses += 1) {
    await patient.driver.press('Tab');
    expect(await patient.focusInside()).toBe(true);
  }
  for (let presses = 0; presses < 12; presses += 1) {
    await patient.driver.press('Shift+Tab');
    expect(await patient.focusInside()).toBe(true);
  }
  expect(await patient.overflow()).toBe(0);
});

test('lock hides, unlock brings back, reset leaves nothing', async ({ visit }) => {
  const patient = await visit();
  await patient.open();
  await patient.ask('I take canaryword daily');
  await patient.answered(1);
  await patient.fill('a draft with canaryword');
  await patient.call('lock');
  await patient.one('heading', /^Chat hidden/);
  expect(await patient.everything()).not.toContain('canaryword');
  await patient.call('unlock');
  await expect.poll(async () => (await patient.one('textbox')).value).toBe('a draft with canaryword');
  expect(await shown(patient)).toContain('canaryword');
  await patient.call('reset');
  await expect.poll(() => patient.everything()).not.toContain('canaryword');
  expect(await patient.messages()).toEqual([]);
});

test('a language that is a file of its own', async ({ visit }) => {
  const patient = await visit({ root: 'lang="pl"' });
  await patient.one('button', /^Porozmawiaj z nami/);
  expect(await problems(patient)).toEqual([]);
});

test('the classic script', async ({ visit }) => {
  const patient = await visit({ script: 'classic', csp: strictCsp });
  await patient.open();
  await patient.ask('hello');
  await patient.answered(1);
  expect(await problems(patient)).toEqual([]);
});

const classic = (origin: string): Record<string, string | null> => ({
  'classic-base-url': origin,
  'organization-id': demoIds.organizationId,
  'service-id': demoIds.classicServiceId,
  'workspace-id': null,
  'entity-id': null,
});

for (const transport of ['turns', 'text-stream', 'classic']) {
  test(`over ${transport}`, async ({ visit, site }) => {
    const patient = await visit({
      attributes: { transport, layout: 'inline', ...(transport === 'classic' ? classic(site.origin) : {}) },
    });
    if (transport === 'text-stream')
      await expect.poll(async () => (await patient.state()).connection).toBe('open');
    else await patient.greeted();
    await patient.ask('When are you open?');
    await patient.answered(1);
    expect(await problems(patient)).toEqual([]);
  });
}

test('WebSockets that cannot be opened: the chat goes on over HTTP', async ({ visit, control }) => {
  control.set({ fault: 'http-status', status: 502, times: 100 });
  const patient = await visit();
  await patient.click('button', /^Chat with us/);
  await expect.poll(async () => (await patient.state()).surface, { timeout: 60_000 }).toBe('turns');
  await patient.ask('When are you open?');
  await patient.answered(1);
});
