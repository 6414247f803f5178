/** A client of W3C WebDriver (https://www.w3.org/TR/webdriver2/), as far as our tests need one. */

/** Milliseconds after which a driver that does not answer a command is given up. */
const LIMIT = 60_000;

/** What every answer of a driver holds. */
interface Answer {
  readonly value: unknown;
}

/** A session: one browser window of its own, with storage of its own. */
export interface Session {
  /** Version of the browser, as it names itself. */
  readonly version: string;
  goto(url: string): Promise<void>;
  reload(): Promise<void>;
  /** Runs a function in the page and waits for what it returns; it sees its argument and the page, nothing else. */
  run<Argument, Result>(
    what: (argument: Argument) => Result | Promise<Result>,
    argument: Argument,
  ): Promise<Result>;
  /** Performs keys one after the other; see {@link keyActions}. */
  keys(actions: readonly KeyAction[]): Promise<void>;
  /** Presses and lets go of the main button at a point of the window. */
  click(x: number, y: number): Promise<void>;
  resize(width: number, height: number): Promise<void>;
  /** A picture of the window: PNG. */
  screenshot(): Promise<Buffer>;
  close(): Promise<void>;
}

/** One key goes down or up; `value` is a character, or a code point of the standard's table for the others. */
export interface KeyAction {
  readonly type: 'keyDown' | 'keyUp';
  readonly value: string;
}

/** Section 17.4.2 of the standard: keys without a character. */
const named: Readonly<Record<string, string>> = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Alt: '\uE00A',
  Escape: '\uE00C',
  PageUp: '\uE00E',
  PageDown: '\uE00F',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowUp: '\uE013',
  ArrowRight: '\uE014',
  ArrowDown: '\uE015',
  Delete: '\uE017',
};

export const keyDown = (key: string): KeyAction => ({ type: 'keyDown', value: named[key] ?? key });
export const keyUp = (key: string): KeyAction => ({ type: 'keyUp', value: named[key] ?? key });

/** A key by its name, with those held meanwhile: `Enter`, `Shift+Tab`. */
export function keyActions(combination: string): readonly KeyAction[] {
  const keys = combination.length === 1 ? [combination] : combination.split('+');
  return [...keys.map(keyDown), ...keys.reverse().map(keyUp)];
}

/** Every character of a text, pressed and let go. */
export const typedActions = (text: string): readonly KeyAction[] =>
  [...text].flatMap((character) => [keyDown(character), keyUp(character)]);

/**
 * Opens a session.
 *
 * @param address of the driver, such as `http://127.0.0.1:4444`
 * @param capabilities what browser is wanted; `alwaysMatch` of the standard
 * @param limit milliseconds to wait for it
 * @throws Error with the driver's own words where it refuses
 */
export async function openSession(address: string, capabilities: object, limit = LIMIT): Promise<Session> {
  const wanted = { capabilities: { alwaysMatch: capabilities } };
  const created = (await command(address, 'POST', '/session', wanted, limit)) as {
    sessionId: string;
    capabilities: { browserVersion: string };
  };
  const call = (method: string, path: string, body?: object): Promise<unknown> =>
    command(address, method, `/session/${created.sessionId}${path}`, body);
  return session(call, created.capabilities.browserVersion);
}

type Call = (method: string, path: string, body?: object) => Promise<unknown>;

function session(call: Call, version: string): Session {
  const perform = async (source: object): Promise<void> => {
    await call('POST', '/actions', { actions: [source] });
  };
  return {
    version,
    goto: async (url) => void (await call('POST', '/url', { url })),
    reload: async () => void (await call('POST', '/refresh', {})),
    run: (what, argument) => run(call, what, argument),
    keys: (actions) => perform({ type: 'key', id: 'keyboard', actions }),
    click: (x, y) =>
      perform({
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [
          { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ],
      }),
    resize: async (width, height) => void (await call('POST', '/window/rect', { width, height })),
    screenshot: async () => Buffer.from((await call('GET', '/screenshot')) as string, 'base64'),
    close: async () => void (await call('DELETE', '')),
  };
}

/** By way of an asynchronous script: drivers differ in whether a synchronous one waits for a promise. */
async function run<Argument, Result>(
  call: Call,
  what: (argument: Argument) => Result | Promise<Result>,
  argument: Argument,
): Promise<Result> {
  const script = `const [argument, done] = arguments;
    Promise.resolve(argument).then(${what.toString()})
      .then((value) => done({ value: value ?? null }), (error) => done({ error: String(error && error.stack || error) }));`;
  const { value, error } = (await call('POST', '/execute/async', { script, args: [argument ?? null] })) as {
    value: Result;
    error?: string;
  };
  if (error !== undefined) throw new Error(`In the page: ${error}`);
  return value;
}

async function command(
  address: string,
  method: string,
  path: string,
  body?: object,
  limit = LIMIT,
): Promise<unknown> {
  const response = await fetch(address + path, {
    method,
    signal: AbortSignal.timeout(limit),
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const { value } = (await response.json()) as Answer;
  if (response.ok) return value;
  const { error, message } = value as { error: string; message: string };
  throw new Error(`WebDriver ${method} ${path}: ${error}: ${message}`);
}
