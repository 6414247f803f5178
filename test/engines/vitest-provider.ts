import { playwright } from '@vitest/browser-playwright';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright';
import type { BrowserProvider, BrowserProviderOption, TestProject } from 'vitest/node';
import { keyActions, keyDown, keyUp, type KeyAction, type Session } from './webdriver.js';
import { startWebKit, type WebKitService } from './webkit-service.js';

/** A window in which the largest viewport that a component test asks for stands at its real size. */
const WINDOW = { width: 1300, height: 950 };

/** What Vitest's locators are made of; the queries are the same for every provider. */
const locators = fileURLToPath(new URL('./locators.js', import.meta.resolve('@vitest/browser-playwright')));
const middleOf = fileURLToPath(new URL('./middle-of.ts', import.meta.url));

/**
 * Firefox as Playwright drives it, with one difference: over BiDi, in Vitest's frame, it finds nothing to be visible and
 * to stand still, so that the point to click is looked up in the page.
 */
export function firefoxWith(options: Parameters<typeof playwright>[0]): BrowserProviderOption {
  const option = playwright(options);
  return {
    ...option,
    providerFactory: (project) => {
      const provider = option.providerFactory(project);
      const click = async ({ page }: { page: Page }, selector: string): Promise<void> => {
        const [x, y] = await page.evaluate(inFrame, selector);
        await page.mouse.click(x, y);
      };
      project.browser!.registerCommand('__vitest_click' as never, click as never);
      return Object.assign(provider, { initScripts: [...(provider.initScripts ?? []), middleOf] });
    },
  };
}

/**
 * Runs Vitest's browser mode in WebKitGTK by WebDriver. Vitest's own provider for WebDriver brings the whole of
 * WebdriverIO; component tests need a page, a keyboard and a viewport.
 */
export const webKit = (): BrowserProviderOption => ({
  ...playwright(),
  name: 'webkitgtk',
  supportedBrowser: ['webkit'],
  providerFactory: (project) => new WebKitProvider(project),
});

/** Runs in Vitest's page, around the frame of the tests: a point of the frame as a point of the window. */
function inFrame(selector: string): readonly [number, number] {
  const frame = document.querySelector<HTMLIFrameElement>('iframe[data-vitest]')!;
  const { left, top, width } = frame.getBoundingClientRect();
  const scale = width / frame.offsetWidth;
  const [x, y] = frame.contentWindow!.middleOf(selector);
  return [left + x * scale, top + y * scale];
}

class WebKitProvider implements BrowserProvider {
  readonly name = 'webkitgtk';
  readonly supportsParallelism = false;
  readonly initScripts = [locators, middleOf];

  private service: WebKitService | undefined;
  private session: Session | undefined;

  constructor(project: TestProject) {
    const keys = async (actions: readonly KeyAction[]): Promise<void> => {
      await this.session?.keys(actions);
    };
    const commands = {
      __vitest_keyboard: async (_context: unknown, text: string) => {
        await keys(keysOf(text));
        return { unreleased: [] };
      },
      __vitest_tab: (_context: unknown, options: { shift?: boolean } = {}) =>
        keys(keyActions(options.shift ? 'Shift+Tab' : 'Tab')),
      __vitest_click: async (_context: unknown, selector: string) => {
        const [x, y] = await this.session!.run(inFrame, selector);
        await this.session!.click(x, y);
      },
      __vitest_cleanup: () => Promise.resolve(),
    };
    for (const [name, command] of Object.entries(commands))
      project.browser!.registerCommand(name as never, command as never);
  }

  getCommandsContext(): Record<string, unknown> {
    return {};
  }

  async openPage(_sessionId: string, url: string): Promise<void> {
    this.service ??= await startWebKit();
    await this.session?.close();
    this.session = await this.service.open();
    await this.session.resize(WINDOW.width, WINDOW.height);
    await this.session.goto(url);
  }

  async close(): Promise<void> {
    await this.session?.close();
    await this.service?.stop();
  }
}

/**
 * Keys as Vitest's `userEvent.keyboard` writes them: `{Enter}` a key by its name, `{Shift>}` one that stays down,
 * `{/Shift}` one that goes up, all else one key per character.
 */
export function keysOf(text: string): readonly KeyAction[] {
  return (text.match(/\{\/?[^}]+\}|[\s\S]/gu) ?? []).flatMap((token) => {
    const [, up, name, down] = /^\{(\/?)(\w+)(>?)\}$/.exec(token) ?? [];
    if (name === undefined) return [keyDown(token), keyUp(token)];
    return [...(up ? [] : [keyDown(name)]), ...(down ? [] : [keyUp(name)])];
  });
}
