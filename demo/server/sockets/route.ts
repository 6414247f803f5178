import type { FaultBoard } from '../faults/fault-board.js';
import type { Thread } from '../threads/thread.js';
import type { ThreadKey } from '../threads/thread-world.js';
import type { ThreadStore } from '../threads/thread-store.js';
import type { Dialect } from './dialect.js';

/** What tells one WebSocket surface from another in its handshake. */
export interface SocketRoute {
  /** The workspace that an address names (perhaps wrongly); undefined: the path is not this surface's. */
  workspaceOf(url: URL): string | undefined;
  readonly needsEntity: boolean;
  /** Whether the token may be in the address too. */
  readonly tokenInQuery: boolean;
  /** The conversation of a connect that names none. */
  threadFor(key: ThreadKey, threads: ThreadStore): Thread;
  dialect(board: FaultBoard, thread: Thread): Dialect;
}
