import { chromium, firefox, type Browser, type BrowserContext, type Page } from 'playwright';
import { chromiumLaunchOptions, firefoxPath } from '../../scripts/browsers.mjs';
import { keyActions, typedActions, type Session } from './webdriver.js';
import { startWebKit } from './webkit-service.js';

/** What a scenario asks of an engine: a window, a keyboard, a mouse, and a look into the page. */
export interface Driver {
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page and waits for what it returns; it sees its argument and the page, nothing else. */
  run<Argument, Result>(
    what: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Presses a key by its name, `Enter`, `Shift+Tab`, on whatever has the focus. */
  press(key: string): Promise<void>;
  type(text: string): Promise<void>;
  /** Clicks at a point of the window. */
  click(x: number, y: number): Promise<void>;
  /** Sizes the window; an engine's own smallest window may be wider than asked. */
  resize(width: number, height: number): Promise<void>;
  close(): Promise<void>;
}

/** An engine that runs, and opens windows that share nothing. */
export interface RunningEngine {
  /** Name and version, as the browser tells them. */
  readonly version: string;
  open(): Promise<Driver>;
  stop(): Promise<void>;
}

export type EngineName = 'chromium' | 'firefox' | 'webkitgtk';

/** Starts an engine. @throws Error that says what is missing */
export async function startEngine(name: EngineName): Promise<RunningEngine> {
  if (name === 'webkitgtk') {
    const service = await startWebKit();
    const open = async (): Promise<Driver> => webDriver(await service.open());
    return { version: `WebKitGTK ${service.version}`, open, stop: service.stop };
  }
  const browser = await (name === 'chromium' ? chromium.launch(chromiumLaunchOptions()) : launchFirefox());
  const version = `${name === 'chromium' ? 'Chromium' : 'Firefox'} ${browser.version()}`;
  return { version, open: () => openContext(browser), stop: () => browser.close() };
}

/** Debian's own Firefox, which Playwright drives over WebDriver BiDi. */
function launchFirefox(): Promise<Browser> {
  const executablePath = firefoxPath();
  if (!executablePath) throw new Error('Firefox is not here: apt-get install firefox-esr');
  return firefox.launch({ channel: 'moz-firefox', executablePath });
}

async function openContext(browser: Browser): Promise<Driver> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 800 } });
  return playwrightDriver(context, await context.newPage());
}

function playwrightDriver(context: BrowserContext, page: Page): Driver {
  return {
    goto: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    // Playwright's type for the argument of a page function is narrower than ours, which is plain data too.
    run: (what, argument) => page.evaluate(what as (argument: unknown) => never, argument),
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text),
    click: (x, y) => page.mouse.click(x, y),
    resize: (width, height) => page.setViewportSize({ width, height }),
    close: () => context.close(),
  };
}

function webDriver(session: Session): Driver {
  return {
    goto: session.goto,
    reload: session.reload,
    run: session.run,
    press: (key) => session.keys(keyActions(key)),
    type: (text) => session.keys(typedActions(text)),
    click: session.click,
    resize: session.resize,
    close: session.close,
  };
}
