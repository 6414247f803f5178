import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { webKitPaths } from '../../scripts/engines/find.mjs';
import { openSession, type Session } from './webdriver.js';

/** A running WebKitWebDriver, on a display that nobody sees. */
export interface WebKitService {
  readonly version: string;
  open(): Promise<Session>;
  stop(): Promise<void>;
}

/** Milliseconds in which a window opens, also on a busy machine; a driver that takes longer has lost it. */
const OPENING = 30_000;

/** @throws Error that names what is missing, or what the driver said */
export async function startWebKit(): Promise<WebKitService> {
  const paths = webKitPaths();
  if (!paths) throw new Error('WebKitGTK is not here: npm run test:engines installs it, or says what to do.');
  const screen = await startScreen(paths.xvfb);
  let driver = await startDriver(paths.driver, screen.display);
  const open = async (tries = 3): Promise<Session> => {
    try {
      return await openSession(driver.address, capabilities(paths.browser), OPENING);
    } catch (error) {
      if (tries === 1) throw error;
      await ended(driver.process);
      driver = await startDriver(paths.driver, screen.display);
      return open(tries - 1);
    }
  };
  // Only a session knows the version.
  const first = await open();
  await first.close();
  return {
    version: first.version,
    open: () => open(),
    stop: async () => {
      await ended(driver.process);
      await ended(screen.process);
    },
  };
}

interface Driver {
  readonly address: string;
  readonly process: ChildProcess;
}

async function startDriver(path: string, display: string): Promise<Driver> {
  const port = await freePort();
  const process = spawn(path, [`--port=${String(port)}`, '--host=127.0.0.1'], {
    env: { ...globalThis.process.env, DISPLAY: display },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${String(port)}`;
  await answering(address, process);
  return { address, process };
}

const capabilities = (binary: string): object => ({
  browserName: 'MiniBrowser',
  'webkitgtk:browserOptions': { binary, args: ['--automation'] },
});

/** Xvfb chooses a free display by itself and writes its number to the descriptor it is given. */
async function startScreen(xvfb: string): Promise<{ display: string; process: ChildProcess }> {
  const screen = spawn(xvfb, ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const written = screen.stdio[3] as NodeJS.ReadableStream;
  const number = await new Promise<string>((resolve, reject) => {
    written.once('data', (data: Buffer) => {
      resolve(data.toString().trim());
    });
    screen.once('exit', (code) => {
      reject(new Error(`Xvfb ended with ${String(code)}`));
    });
  });
  return { display: `:${number}`, process: screen };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A driver says nothing once it listens: it is asked until it answers. */
async function answering(address: string, driver: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (driver.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${String(driver.exitCode)}`);
    if (await fetch(`${address}/status`).catch(() => undefined)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('WebKitWebDriver does not answer.');
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await gone;
}
