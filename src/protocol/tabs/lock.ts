import * as z from 'zod/mini';

/** Why nothing is shown: the page asked for it, nobody was there, or the person has to sign in. */
export type LockReason = 'host' | 'idle' | 'signed-out';

/** What the widgets of an origin tell each other, whoever they speak for. */
export type LockMessage =
  | { readonly type: 'lock'; readonly reason: LockReason }
  /** `active`: somebody is there. `who`: is anybody locked? */
  | { readonly type: 'unlock' | 'reset' | 'active' | 'who' };

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('lock'), reason: z.enum(['host', 'idle', 'signed-out']) }),
  z.object({ type: z.enum(['unlock', 'reset', 'active', 'who']) }),
]);

/** A message of another widget of the origin, or undefined for what is none. */
export function decodeLockMessage(data: unknown): LockMessage | undefined {
  return message.safeParse(data).data;
}
