import type { ActiveFault, FaultDescription } from '../faults/fault.js';
import { catalogue, type FaultRequest } from '../faults/fault-board.js';
import type { LogEntry } from '../server-log.js';
import type { OpenConnection, SurfaceParts } from '../surface.js';
import type { StoredTurn } from '../threads/stored-turn.js';

/** A conversation as a test or a panel wants to see it. */
export interface ConversationView {
  readonly id: string;
  readonly entityId: string;
  readonly serviceId: string;
  readonly closed: boolean;
  /** A turn runs, or waits to run. */
  readonly busy: boolean;
  /** Open connections. */
  readonly connections: number;
  readonly turns: readonly StoredTurn[];
}

/**
 * Switches faults and settings, and shows what the server saw: the same for tests in the process and, over
 * `/control/…`, for everybody else. A scope is `default` (everybody), an entity id or a conversation id.
 */
export class Control {
  constructor(private readonly parts: SurfaceParts) {}

  /** Everything that can be switched on, as data. */
  catalogue(): readonly FaultDescription[] {
    return catalogue;
  }

  /**
   * Switches a fault or setting on; one with `at: 'now'` happens at once on every open connection of its scope.
   *
   * @throws FaultRequestError naming what is wrong with the request
   */
  set(request: FaultRequest): ActiveFault {
    const { board } = this.parts;
    const fault = board.set(request);
    if (fault.text('at') !== 'now') return fault;
    board.remove(fault);
    for (const connection of this.connections(fault.scope)) connection.suffer(fault);
    return fault;
  }

  /** Switches off one fault, or all of a scope, or all. */
  clear(fault?: string, scope?: string): void {
    this.parts.board.clear(fault, scope);
  }

  /** What is switched on. */
  active(): readonly ActiveFault[] {
    return this.parts.board.list();
  }

  /** What happened, oldest first; `after` is the sequence number of the last entry already seen. */
  log(after = 0): readonly LogEntry[] {
    return this.parts.log.entries(after);
  }

  conversations(scope?: string): readonly ConversationView[] {
    return this.parts.threads.inScope(scope).map((thread) => ({
      id: thread.id,
      entityId: thread.key.entityId,
      serviceId: thread.key.serviceId,
      closed: thread.closed,
      busy: thread.isBusy,
      connections: this.connections(thread.id).length,
      turns: [...thread.turns],
    }));
  }

  /** The agent says something unprompted, in every conversation of the scope that is connected. */
  say(text: string, scope = 'default'): void {
    const threads = new Set(this.connections(scope).map((connection) => connection.thread));
    for (const thread of threads) thread.say(text);
  }

  /** Cuts the open connections of a scope, by FIN or RST. @returns how many there were */
  drop(scope = 'default', reset = false): number {
    const open = this.connections(scope);
    for (const connection of open) connection.wire.drop(reset);
    return open.length;
  }

  /** Ends every token issued so far, and with `closeCode` the open connections too. */
  expireTokens(closeCode?: number): void {
    this.parts.tokens.expireAll();
    if (closeCode === undefined) return;
    for (const connection of this.connections('default')) connection.close(closeCode, 'token expired');
  }

  /** Back to the start: no faults, no conversations, an empty log; open connections are closed with 1001. */
  reset(): void {
    for (const connection of this.connections('default')) connection.close(1001, 'reset');
    this.parts.threads.reset();
    this.parts.board.reset();
    this.parts.log.clear();
  }

  private connections(scope: string): OpenConnection[] {
    return [...this.parts.connections].filter((connection) => connection.thread.scopes.includes(scope));
  }
}
