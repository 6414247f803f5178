import { expect, test } from '../support/e2e.js';
import { classic, states, type ChatElement } from './states.js';

/** What a state is looked at on. */
const sizes = { phone: { width: 360, height: 640 }, desktop: { width: 1100, height: 760 } } as const;
const languages = { en: 'ltr', es: 'ltr', ar: 'rtl' } as const;
const looks = {
  light: { theme: 'light', forcedColors: 'none' },
  dark: { theme: 'dark', forcedColors: 'none' },
  forced: { theme: 'auto', forcedColors: 'active' },
} as const;

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const state of states) {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const [lang, dir] of Object.entries(languages)) {
      test(`${state.name} ${size} ${lang}`, async ({ page, site, mountChat, control }) => {
        await page.setViewportSize(viewport);
        state.before?.(control);
        const attributes =
          state.attributes?.transport === 'classic'
            ? { ...state.attributes, ...classic(site.origin) }
            : state.attributes;
        const chat = await mountChat(page, { lang, dir, attributes: attributes ?? {} });
        await expect(chat.locator('amigo-launcher, amigo-panel').first()).toBeAttached();
        if (!state.closed)
          await chat.evaluate((element) => {
            (element as ChatElement).show();
          });
        await state.play?.({ page, chat, control });
        for (const [look, { theme, forcedColors }] of Object.entries(looks)) {
          await page.emulateMedia({ forcedColors, colorScheme: 'dark', reducedMotion: 'reduce' });
          await chat.evaluate((element, value) => {
            element.setAttribute('theme', value);
          }, theme);
          await page.screenshot({ path: `gallery/${state.name}/${size}-${lang}-${look}.png` });
        }
      });
    }
  }
}
