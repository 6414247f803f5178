import type { FaultDescription, FaultParameter, LogEntry } from '../server/index.js';

export type { FaultDescription, FaultParameter, LogEntry };

export type ParameterValue = NonNullable<FaultParameter['default']>;

/** A fault as `GET /control/faults` lists it among those that are switched on. */
export interface SwitchedOn {
  readonly fault: string;
  readonly scope: string;
  /** How often it will still happen; null: until it is switched off. */
  readonly times: number | null;
  readonly [parameter: string]: ParameterValue | null;
}

/** JSON knows no infinity; this often is "every time". */
export const EVERY_TIME = 1_000_000;

/** What the token answers with is asked for before anybody knows for whom: its faults are everybody's. */
const EVERYBODY = 'default';

/** `/control/…` of the development server, for one patient: other people's conversations are left alone. */
export class ControlClient {
  constructor(private readonly entityId: string) {}

  /** Everything that can be switched on, and what is. */
  async faults(): Promise<{ faults: readonly FaultDescription[]; active: readonly SwitchedOn[] }> {
    return (await this.ask('GET', 'faults')) as Awaited<ReturnType<ControlClient['faults']>>;
  }

  /** Rejects with the server's own words where a parameter is wrong. */
  async switchOn(
    { id, group }: FaultDescription,
    values: Readonly<Record<string, ParameterValue>>,
    times?: number,
  ): Promise<void> {
    const scope = group === 'token' && id !== 'refuse-token' ? EVERYBODY : this.entityId;
    await this.ask('POST', 'faults', { fault: id, scope, ...values, ...(times ? { times } : {}) });
  }

  async switchOff({ fault, scope }: SwitchedOn): Promise<void> {
    await this.ask('DELETE', `faults?${new URLSearchParams({ fault, scope }).toString()}`);
  }

  async switchAllOff(): Promise<void> {
    await this.ask('DELETE', 'faults');
  }

  async drop(): Promise<void> {
    await this.ask('POST', 'drop', { scope: this.entityId });
  }

  async say(text: string): Promise<void> {
    await this.ask('POST', 'say', { text, scope: this.entityId });
  }

  /** With a close code, open connections end too. */
  async expireTokens(closeCode?: number): Promise<void> {
    await this.ask('POST', 'expire-tokens', closeCode === undefined ? {} : { close_code: closeCode });
  }

  /** No faults, no conversations, an empty log. */
  async reset(): Promise<void> {
    await this.ask('POST', 'reset', {});
  }

  /** What happened after the entry with that sequence number, oldest first. */
  async log(after: number): Promise<readonly LogEntry[]> {
    const { log } = (await this.ask('GET', `log?after=${after}`)) as { log: readonly LogEntry[] };
    return log;
  }

  private async ask(method: string, path: string, body?: object): Promise<unknown> {
    const sent = body ? { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) } : {};
    const response = await fetch(`/control/${path}`, { method, ...sent });
    if (response.status === 204) return undefined;
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    throw new Error((answer as { detail?: string }).detail ?? `HTTP ${response.status}`);
  }
}
