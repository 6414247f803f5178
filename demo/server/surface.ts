import type { Clock } from './clock.js';
import type { ActiveFault } from './faults/fault.js';
import type { FaultBoard } from './faults/fault-board.js';
import type { ServerLog } from './server-log.js';
import type { Target } from './sockets/strike.js';
import type { Thread } from './threads/thread.js';
import type { ThreadStore } from './threads/thread-store.js';
import type { TokenMint } from './tokens.js';

/** A connection that is open, on whatever surface. */
export interface OpenConnection extends Target {
  readonly thread: Thread;
  /** Makes one fault happen now. */
  suffer(fault: ActiveFault): void;
  /** Closes with a code, as the platform would. */
  close(code: number, reason: string): void;
}

/** What every surface of the server shares. */
export interface SurfaceParts {
  readonly clock: Clock;
  readonly threads: ThreadStore;
  readonly board: FaultBoard;
  readonly tokens: TokenMint;
  readonly log: ServerLog;
  /** Those of all surfaces: one conversation may be open on several. */
  readonly connections: Set<OpenConnection>;
}
