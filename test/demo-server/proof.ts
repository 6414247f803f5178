import { expect } from 'vitest';

import { catalogue, type FaultId, type FaultRequest } from '../../demo/server/index.js';
import type { RawClient, Stage } from './client.js';

type Parameters = Omit<FaultRequest, 'fault'>;

/** Switches faults on, and remembers which, so that a test can show that none of a group was left out. */
export class Proof {
  private readonly proven = new Set<string>();

  /** @param stage the one of the running test */
  constructor(private readonly stage: () => Stage) {}

  readonly set = (fault: FaultId, parameters: Parameters = {}): void => {
    this.proven.add(fault);
    this.stage().control.set({ ...parameters, fault });
  };

  /** Fails with the names of the faults of these groups that no test has switched on. */
  expectAll(...groups: string[]): void {
    const known = catalogue.filter((one) => groups.includes(one.group)).map((one) => one.id);
    expect(known.filter((id) => !this.proven.has(id))).toEqual([]);
    expect(known.length).toBeGreaterThan(0);
  }

  /** The user texts of the server's log, each with whether it was kept. */
  userTexts(): (string | boolean | undefined)[][] {
    const entries = this.stage()
      .control.log()
      .filter((entry) => entry.kind === 'user-text');
    return entries.map((entry) => [entry.text, entry.kept]);
  }
}

/** How many frames of that name the client has received. */
export function count(client: RawClient, name: string): number {
  return client.names.filter((one) => one === name).length;
}

export function conversationId(client: RawClient): string {
  return String(client.frames[0]?.data['conversation_id']);
}
