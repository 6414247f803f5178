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

/** @throws Error that names what is missing, or what the driver said */
export async function startWebKit(): Promise<WebKitService> {
  const paths = webKitPaths();
  if (!paths) throw new Error('WebKitGTK is not here: npm run test:engines installs it, or says what to do.');
  const screen = await startScreen(paths.xvfb);
  const port = await freePort();
  const driver = spawn(paths.driver, [`--port=${String(port)}`, '--host=127.0.0.1'], {
    env: { ...process.env, DISPLAY: screen.display },
    stdio: 'ignore',
  });
  const address = `http://127.0.0.1:${String(port)}`;
  await answering(address, driver);
  const open = (): Promise<Session> => openSession(address, capabilities(paths.browser));
  // Only a session knows the version.
  const first = await open();
  await first.close();
  return {
    version: first.version,
    open,
    stop: async () => {
      await ended(driver);
      await ended(screen.process);
    },
  };
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
