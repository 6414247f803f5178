import * as z from 'zod/mini';

/** Why nothing is shown: the page asked for it, nobody was there, or the person has to sign in. */
export type LockReason = 'host' | 'idle' | 'signed-out';

/** Whom a widget speaks for, as far as it knows. */
export interface Whose {
  readonly entity?: string | undefined;
  /** Whom the token stands for. */
  readonly subject?: string | undefined;
}

/** What the widgets of an origin tell each other: all of them, or those that speak for the same person. */
export type LockMessage = Whose &
  (
    | { readonly type: 'lock'; readonly reason: LockReason }
    /** `active`: somebody is there. `who`: is anybody locked? */
    | { readonly type: 'unlock' | 'reset' | 'active' | 'who' }
  );

const optional = z.optional(z.string());
const whose = { entity: optional, subject: optional };
const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('lock'), reason: z.enum(['host', 'idle', 'signed-out']), ...whose }),
  z.object({ type: z.enum(['unlock', 'reset', 'active', 'who']), ...whose }),
]);

/** A message of another widget of the origin, or undefined for what is none. */
export function decodeLockMessage(data: unknown): LockMessage | undefined {
  return message.safeParse(data).data;
}
