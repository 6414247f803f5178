import { expect, strictCsp, test } from '../support/e2e.js';

const module = '<script type="module" src="/dist/amigo-chat.js"></script>';
const again = '<script type="module" src="/dist/amigo-chat.js?again"></script>';
const classic = '<script src="/dist/amigo-chat.iife.js"></script>';
const widget = '<amigo-chat></amigo-chat>';

// The policy allows the name `amigo-chat` once: a copy that went as far as creating it again would throw.
for (const [title, scripts] of [
  ['twice as a module', module + again],
  ['twice as a classic script', classic + classic],
  ['as a classic script and as a module', classic + module],
] as const) {
  test(`a page may load the widget ${title}`, async ({ page, mountChat, problems }) => {
    const chat = await mountChat(page, { html: widget + scripts, csp: strictCsp });
    await expect.poll(() => chat.evaluate((element) => element.matches(':defined'))).toBe(true);
    await expect.poll(() => page.evaluate(() => document.readyState)).toBe('complete');
    expect(await problems.all()).toEqual([]);
  });
}

test('a second copy exports what the first one did', async ({ page, mountChat, problems }) => {
  await mountChat(page, { html: widget + module, csp: strictCsp });
  const result = await page.evaluate(async () => {
    const [one, two] = ['/dist/amigo-chat.js', '/dist/amigo-chat.js?again'];
    const load = (url = ''): Promise<Record<string, unknown>> => import(url) as never;
    const [first, second] = await Promise.all([load(one), load(two)]);
    const names = Object.keys(first);
    return {
      defined: first['AmigoChat'] === customElements.get('amigo-chat'),
      names,
      different: names.filter((name) => first[name] !== second[name]),
    };
  });
  expect(result.defined).toBe(true);
  expect(result.names.length).toBeGreaterThan(1);
  expect(result.different).toEqual([]);
  expect(await problems.all()).toEqual([]);
});

test('beside a version without our mark, the copy leaves and hands out the class that is there', async ({
  page,
  mountChat,
  problems,
}) => {
  await mountChat(page, { html: '<p>Nothing yet</p>' });
  const same = await page.evaluate(async () => {
    class Older extends HTMLElement {}
    customElements.define('amigo-chat', Older);
    const url = '/dist/amigo-chat.js';
    const loaded = (await import(url)) as Record<string, unknown>;
    return loaded['AmigoChat'] === Older;
  });
  expect(same).toBe(true);
  expect(await problems.all()).toEqual([]);
});

test('the script leaves no global behind', async ({ page, mountChat }) => {
  await mountChat(page, { html: '<p>Nothing yet</p>' });
  const before = await page.evaluate(() => Object.keys(globalThis));
  await page.addScriptTag({ url: '/dist/amigo-chat.iife.js' });
  const added = (await page.evaluate(() => Object.keys(globalThis))).filter((name) => !before.includes(name));
  expect(await page.evaluate(() => customElements.get('amigo-chat')?.name)).toBeTruthy();
  // Lit, like every copy of it, keeps its versions and settings in names of its own.
  const theirs = /^(?:lit|reactiveElement)\w*Versions$|^litPropertyMetadata$/;
  expect(added.filter((name) => !theirs.test(name))).toEqual([]);
});
