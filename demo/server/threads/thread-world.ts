import type { Clock } from '../clock.js';
import type { FaultBoard } from '../faults/fault-board.js';
import type { ServerLog } from '../server-log.js';

/** Whose thread it is: one conversation per entity and service (protocol §a, Thread). */
export interface ThreadKey {
  readonly workspaceId: string;
  readonly serviceId: string;
  readonly entityId: string;
}

/** What a thread needs from its server. */
export interface ThreadWorld {
  readonly clock: Clock;
  readonly board: FaultBoard;
  readonly log: ServerLog;
  nextSequence(): number;
}

/** What is not the same on every surface. */
export interface ThreadOptions {
  /** A UUID by default; classic ids are 24 hexadecimal digits (protocol §e). */
  readonly id?: string;
  /** A turn that fails leaves nothing behind (protocol §e, Rollback). */
  readonly rollsBack?: boolean;
  /** The external user whose conversation it is (protocol §f); nobody else's token then opens it. */
  readonly owner?: string | undefined;
}
