/** What happened, in the order in which it did. Tokens are never written here. */
export interface LogEntry {
  /** Position in the log, counted from 1; never reused. */
  readonly sequence: number;
  /** ISO time. */
  readonly at: string;
  readonly kind:
    | 'upgrade'
    | 'connected'
    | 'refused'
    | 'session'
    | 'user-text'
    | 'bad-frame'
    | 'turn-done'
    | 'turn-failed'
    | 'closed'
    | 'http'
    | 'fault';
  readonly connectionId?: string | undefined;
  readonly conversationId?: string | undefined;
  readonly entityId?: string | undefined;
  readonly turnId?: string | undefined;
  /** The user's words, for `user-text`. */
  readonly text?: string | undefined;
  /** For `user-text`: whether the text entered the history. */
  readonly kept?: boolean | undefined;
  /** Close code, HTTP status or fault id. */
  readonly code?: number | string | undefined;
  /** The query of an `upgrade`, the request of an `http`, the reason of a refusal, the moment of a fault. */
  readonly detail?: string | undefined;
}

const LIMIT = 50_000;

/** An append-only record; the oldest entries leave when there are more than 50,000. */
export class ServerLog {
  private list: LogEntry[] = [];
  private count = 0;

  constructor(private readonly now: () => number) {}

  add(entry: Omit<LogEntry, 'sequence' | 'at'>): void {
    this.list.push({ sequence: ++this.count, at: new Date(this.now()).toISOString(), ...entry });
    if (this.list.length > LIMIT) this.list.splice(0, LIMIT / 10);
  }

  /** Entries after `sequence` (default all), oldest first. */
  entries(after = 0): readonly LogEntry[] {
    return this.list.filter((entry) => entry.sequence > after);
  }

  clear(): void {
    this.list = [];
  }
}
