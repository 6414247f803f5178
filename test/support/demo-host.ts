import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url));

/** What `npm start` runs, on a free port. */
export class DemoHost {
  private constructor(
    readonly origin: string,
    private readonly process: ChildProcess,
  ) {}

  /** @param flags `--dev-server` for the development server alone, in a process of its own */
  static async start(...flags: readonly string[]): Promise<DemoHost> {
    const command = [script, ...flags, '--port', '0'];
    const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface(child.stdout)) {
      const origin = /http:\/\/[\d.:]+/.exec(line)?.[0];
      if (origin) return new DemoHost(origin, child);
    }
    throw new Error('The demo ended before it named its address.');
  }

  /** Uses one of the development server's controls. */
  async control(name: string, body: object): Promise<void> {
    const headers = { 'content-type': 'application/json' };
    const url = `${this.origin}/control/${name}`;
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
  }

  async stop(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.kill('SIGINT');
    await exited;
  }
}
