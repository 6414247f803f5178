import { randomUUID } from 'node:crypto';

import type { Job } from './job.js';
import type { ThreadKey } from './thread-world.js';
import type { TurnInfo } from './turn-event.js';

/**
 * What is known of a turn before it is played.
 *
 * @param polled the turn that a poll asks about
 */
export function turnInfo(
  job: Job,
  { id, turnCount }: { readonly id: string; readonly turnCount: number },
  polled: TurnInfo | undefined,
): TurnInfo {
  if (job.kind === 'poll' && polled) return { ...polled, kind: 'poll', connectionId: job.connectionId };
  const user = job.kind === 'user';
  return {
    kind: job.kind === 'skip' ? 'unprompted' : job.kind,
    conversationId: id,
    turnId: user || job.kind === 'skip' ? randomUUID() : null,
    turnIndex: user ? turnCount : null,
    connectionId: job.connectionId,
  };
}

/** Whose turn it is, in the words of the server's log. */
export function logged(
  { connectionId, conversationId, turnId }: TurnInfo,
  { entityId }: ThreadKey,
): {
  readonly connectionId: string | undefined;
  readonly conversationId: string;
  readonly entityId: string;
  readonly turnId: string | undefined;
} {
  return { connectionId, conversationId, entityId, turnId: turnId ?? undefined };
}
