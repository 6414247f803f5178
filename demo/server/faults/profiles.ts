import type { FaultRequest } from './fault-board.js';

/** Which reading of the platform the server follows where the sources disagree (protocol §g). */
export type Profile = 'openapi' | 'seed';

/** Names of the profiles. */
export const profiles: readonly Profile[] = ['openapi', 'seed'];

/**
 * The settings of a profile. `openapi` is what the catalogue's defaults say: every HTTP answer fits the platform's
 * published descriptions. `seed` is the guides' form where those descriptions reject it.
 */
export function profileSettings(profile: Profile): readonly FaultRequest[] {
  return profile === 'openapi' ? [] : SEED;
}

const SEED: readonly FaultRequest[] = [
  { fault: 'classic-completion', fields: 'bare' },
  { fault: 'classic-errors', fields: 'code-message' },
  { fault: 'classic-actions', shape: 'string' },
  { fault: 'classic-transcript', at_create: 'with' },
  { fault: 'classic-accept', audio: 'accepted' },
  { fault: 'classic-alignment', pairs: 'text' },
];
